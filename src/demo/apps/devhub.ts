import { type Company, DAY, HOUR, type Human, isoDay, isPerson, leaversOf, recordOf, standingAt } from '../lifecycle.js';
import { randomOf } from '../random.js';
import { type AppAccount, type AppMaker, type Fate, newAccount } from './account.js';
import { provision } from './provision.js';
import { itemAt } from '../../model/at.js';

const FORGOTTEN = 2;

const isEngineer = (human: Human): boolean => isPerson(human) && recordOf(human).profile.department === 'Engineering';

/** For engineers alone; has service accounts and bots, some registered, some not, some past their review. */
export const devhub: AppMaker = (company) => {
  const random = randomOf(company.seed * 101 + 6);
  const left = leaversOf(company).filter((human) => isEngineer(human) && recordOf(human).source === 'hr');
  const forgotten = new Set(left.slice(1, 1 + FORGOTTEN).map((human) => human.key));
  const people = provision(company, random, {
    prefix: 'dev',
    goLive: 800,
    covers: (_, profile) => profile.department === 'Engineering',
    onLeave: (human) => (forgotten.has(human.key) ? 'nothing' : 'off'),
    leaveLag: () => random.int(3, 30) * HOUR,
  });
  const accounts = [...people, ...machines(company, (n) => `dev${random.hex(10 - n)}${'f'.repeat(n)}`)];
  const leads = company.people.filter((human) => isEngineer(human) && recordOf(human).profile.title === 'Team Lead');
  const owner = leads.find((human) => standingAt(human, company.asOf) === 'here') as Human;
  return {
    name: 'devhub',
    story: [
      'For Engineering only, so people who moved to another department are not entitled any more. Leavers are removed by a workflow that',
      'missed two. Its service accounts: registered and in date, past their review, owned by somebody who left, and known to nobody.',
    ],
    accounts,
    listed: accounts,
    expects: isEngineer,
    staleCause: 'not-propagated',
    verdicts: { create: 'covered', update: 'covered', delete: 'partial' },
    source: {
      kind: 'scim',
      dialect: { paging: 'index', pageSize: 100, userTypes: true },
      fields: ['kind: { from: userType, map: { member: human, service: service, bot: bot, guest: guest } }'],
    },
    config: [
      'expected: department eq "Engineering" and kind eq "human"',
      'allowed: department eq "Engineering"',
      'lifecycle:',
      '  create: { by: scim, system: idp }',
      '  update: { by: scim, system: idp }',
      '  delete: { by: workflow, system: leaver-desk, owner: it-ops@meridian.example }',
      'accounts:',
      ...registered(company, recordOf(owner).id, recordOf(itemAt(left, 0)).id),
    ],
  };
};

function registered(company: Company, owner: string, formerOwner: string): string[] {
  const due = isoDay(company.asOf + 120 * DAY);
  const entry = (name: string, kind: string, who: string, review: string, reason: string): string =>
    `  - { match: userName eq "${name}", kind: ${kind}, owner: ${who}, review_by: ${review}, reason: ${reason} }`;
  return [
    entry('svc-deploy', 'service', owner, due, 'deploy keys'),
    entry('release-bot', 'bot', owner, due, 'tags releases'),
    entry('admin-break-glass', 'break-glass', owner, due, 'when single sign-on is down'),
    entry('svc-backup', 'service', owner, isoDay(company.asOf - 40 * DAY), 'nightly backup'),
    entry('svc-metrics', 'service', formerOwner, due, 'dashboards'),
  ];
}

/** Accounts that nobody logs in to with a name of their own. */
function machines({ asOf, domain }: Company, id: (n: number) => string): AppAccount[] {
  const all: readonly (readonly [string, 'service' | 'bot' | 'guest' | undefined, Fate, string?])[] = [
    ['svc-deploy', 'service', 'fine'],
    ['release-bot', 'bot', 'fine'],
    ['admin-break-glass', undefined, 'fine'],
    ['svc-backup', 'service', 'unowned-service'],
    ['svc-metrics', 'service', 'unowned-service'],
    // The directory keeps this one itself.
    ['svc-monitoring', 'service', 'fine', `svc-monitoring@${domain}`],
    ['svc-legacy-sync', 'service', 'no-owner'],
    ['ci-runner-7', 'bot', 'no-owner'],
    ['loadtest-2019', undefined, 'no-owner'],
    ['pen.tester@bastion.example', 'guest', 'no-owner', 'pen.tester@bastion.example'],
  ];
  return all.map(([userName, kind, fate, email], i) => {
    const createdAt = asOf - (700 - i * 20) * DAY;
    const known = { ...(email === undefined ? {} : { email }), ...(kind === undefined ? {} : { kind }) };
    return newAccount({ id: id(2), userName, createdAt, groups: ['automation'], fate, ...known });
  });
}
