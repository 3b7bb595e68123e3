import { type Company, DAY, HOUR, type Human, iso, isPerson, type LifeEvent, moversOf, type Profile, standingAt } from '../lifecycle.js';
import { type Random, randomOf } from '../random.js';
import { type AppAccount, type AppMaker, newAccount } from './account.js';
import { lastOf } from '../../model/at.js';

const GO_LIVE = 700;
const CLAIMS = ['givenName', 'familyName', 'email', 'department', 'title'] as const;

/** Just-in-time alone: the first login makes the account, every login refreshes it, and whoever left never logs in again. */
export const wiki: AppMaker = (company) => {
  const logins = new Logins(company, randomOf(company.seed * 101 + 3));
  const accounts = company.people.filter((human) => isPerson(human)).flatMap((human) => logins.accountsOf(human));
  return {
    name: 'wiki',
    story: [
      'Just-in-time only: an account is made at the first login and refreshed at each one. Leavers never log in again, so theirs stay on.',
      "A new name is a new address, and the next login made a second account; a recycled address opened its first owner's account.",
    ],
    accounts,
    listed: accounts,
    expects: isPerson,
    byLogin: true,
    staleCause: 'awaiting-login',
    unclear: new Set([company.recycled.now]),
    verdicts: { create: 'covered', update: 'unproven', delete: 'gap' },
    source: {
      kind: 'file',
      file: 'wiki.ndjson',
      text: accounts.map((account) => `${JSON.stringify(exported(account))}\n`).join(''),
      fields: [
        'id: user_id',
        'userName: login',
        'emails: email',
        'givenName: profile.first_name',
        'familyName: profile.last_name',
        'department: profile.department',
        'title: profile.job_title',
        'createdAt: first_login',
        'lastLoginAt: last_login',
        'updatedAt: profile_refreshed',
      ],
    },
    config: [
      'status: { from: state, map: { enabled: active, disabled: deactivated } }',
      'lifecycle:',
      '  create: { by: jit, system: idp }',
      '  update: { by: jit, system: idp }',
      '  delete: { by: none }',
    ],
  };
};

/** As the wiki's administration page exports it. */
function exported(account: AppAccount): object {
  const { givenName, familyName, department, title } = account.shown;
  return {
    user_id: account.id,
    login: account.userName,
    email: account.email,
    state: account.on ? 'enabled' : 'disabled',
    profile: { first_name: givenName, last_name: familyName, department, job_title: title },
    first_login: iso(account.createdAt),
    last_login: iso(account.lastLoginAt ?? account.createdAt),
    profile_refreshed: iso(account.lastLoginAt ?? account.createdAt),
  };
}

type Move = LifeEvent & { kind: 'move' };

class Logins {
  /** Every second mover has not logged in since. */
  readonly #rare = new Set<string>();
  #steady = 0;

  constructor(
    private readonly company: Company,
    private readonly random: Random,
  ) {
    const movers = moversOf(company).filter(({ move }) => CLAIMS.some((claim) => move.changed.includes(claim)));
    movers.forEach(({ human }, i) => i % 2 === 1 && this.#rare.add(human.key));
  }

  accountsOf(human: Human): AppAccount[] {
    const { random, company } = this;
    if (human.key === company.recycled.now) return [];
    const { asOf } = company;
    const joined = human.events[0] as LifeEvent & { kind: 'join' };
    const move = human.events.find((event): event is Move => event.kind === 'move');
    const first = this.#firstLogin(joined.at);
    const steady = human.events.length === 1 && joined.at < asOf - 200 * DAY;
    if (first > asOf) return [];
    const nth = steady ? this.#steady++ : -1;
    if (nth % 19 === 3) return [];
    const gone = standingAt(human, asOf) === 'gone' || standingAt(human, asOf) === 'disabled';
    const until = gone ? lastOf(human.events).at : asOf;
    const usual = Math.max(first, until - random.int(1, 70) * HOUR);
    const last = nth % 19 === 7 ? first : move !== undefined && this.#rare.has(human.key) ? move.at - random.int(5, 40) * DAY : usual;
    if (move?.changed.includes('email') === true && last > move.at) return this.#renamed(human, joined.profile, move, first, last);
    const refreshed = move !== undefined && last > move.at;
    const account = this.#account(human, refreshed ? move.profile : joined.profile, first, last);
    if (move !== undefined && !refreshed) for (const name of CLAIMS) if (move.changed.includes(name)) account.drift.add(name);
    if (human.key === company.recycled.before) this.#takenOver(account);
    return [account];
  }

  #firstLogin(joined: number): number {
    const { random, company } = this;
    const start = company.asOf - GO_LIVE * DAY;
    const soon = joined < start ? start + random.int(0, 30) * DAY : joined + random.int(0, 3) * DAY;
    return Math.floor(soon / DAY) * DAY + random.int(8 * 60, 16 * 60) * 60_000;
  }

  /** The old address keeps its account; the login under the new one makes another. */
  #renamed(human: Human, before: Profile, move: Move, first: number, last: number): AppAccount[] {
    const old = this.#account(human, before, first, move.at - this.random.int(1, 30) * HOUR);
    const second = this.#account(human, move.profile, move.at + this.random.int(2, 40) * HOUR, last);
    old.fate = second.fate = 'duplicate';
    return [old, second];
  }

  /** Single sign-on knows an address: its new owner is let into the account of the old one. */
  #takenOver(account: AppAccount): void {
    const now = this.company.byKey.get(this.company.recycled.now)?.events[0];
    if (now?.kind === 'join') account.shown = now.profile;
    account.lastLoginAt = account.updatedAt = this.company.asOf - 2 * DAY;
    account.fate = 'recycled-identifier';
  }

  #account(human: Human, profile: Profile, createdAt: number, lastLoginAt: number): AppAccount {
    return newAccount({
      id: `w${this.random.hex(10)}`,
      human: human.key,
      userName: profile.email,
      email: profile.email,
      shown: profile,
      createdAt,
      updatedAt: lastLoginAt,
      lastLoginAt,
    });
  }
}
