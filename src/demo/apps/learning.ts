import { isPerson, leaversOf } from '../lifecycle.js';
import { randomOf } from '../random.js';
import type { AppMaker } from './account.js';
import { provision } from './provision.js';

/** The list goes no further, whatever is asked for. */
const CAP = 250;
const FORGOTTEN = 5;

/** A list that counts everybody and sends the first 250: nothing may be called complete, and what was seen still counts. */
export const learning: AppMaker = (company) => {
  const random = randomOf(company.seed * 101 + 5);
  const forgotten = new Set(
    leaversOf(company)
      .slice(1, 1 + FORGOTTEN)
      .map((human) => human.key),
  );
  const accounts = provision(company, random, {
    prefix: 'lrn_',
    goLive: 650,
    onLeave: (human) => (forgotten.has(human.key) ? 'nothing' : 'off'),
  });
  return {
    name: 'learning',
    story: [
      `A list that lies: it declares every account and sends the first ${CAP}. It stays unproven: nobody is called missing, and no stage is`,
      'called covered. Leavers who were seen in it are findings all the same.',
    ],
    accounts,
    listed: accounts.slice(0, CAP),
    expects: isPerson,
    unproven: true,
    staleCause: 'not-propagated',
    verdicts: { create: 'unproven', update: 'unproven', delete: 'unproven' },
    source: { kind: 'scim', dialect: { paging: 'index', pageSize: 50, lastPlace: CAP } },
    config: [
      'lifecycle:',
      '  create: { by: scim, system: idp }',
      '  update: { by: scim, system: idp }',
      '  delete: { by: scim, system: idp }',
    ],
  };
};
