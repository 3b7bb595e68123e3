import { isPerson, leaversOf } from '../lifecycle.js';
import { randomOf } from '../random.js';
import type { AppMaker } from './account.js';
import { provision } from './provision.js';

/** Hides accounts that are off: absence means gone, hidden, or never there, so the delete stage cannot be proven. */
export const drive: AppMaker = (company) => {
  const random = randomOf(company.seed * 101 + 7);
  const forgotten = leaversOf(company)[3]?.key;
  const accounts = provision(company, random, {
    prefix: 'drv-',
    goLive: 500,
    onLeave: (human) => (human.key === forgotten ? 'nothing' : 'off'),
  });
  return {
    name: 'drive',
    story: [
      'Hides accounts that are off. Leavers are not in the list, which proves nothing: gone, hidden, or never there. One of them is in it.',
    ],
    accounts,
    listed: accounts.filter((account) => account.on),
    expects: isPerson,
    staleCause: 'not-propagated',
    verdicts: { create: 'covered', update: 'covered', delete: 'unproven' },
    source: { kind: 'scim', dialect: { paging: 'index', pageSize: 60, refusesPastEnd: true } },
    config: [
      'lifecycle:',
      '  create: { by: scim, system: idp }',
      '  update: { by: scim, system: idp }',
      '  delete: { by: scim, system: idp }',
    ],
  };
};
