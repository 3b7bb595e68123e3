import { isPerson } from '../lifecycle.js';
import { randomOf } from '../random.js';
import type { AppMaker } from './account.js';
import { provision } from './provision.js';

/** SCIM as it is meant: every stage follows within minutes, and accounts that are off stay in the list. */
export const chat: AppMaker = (company) => {
  const random = randomOf(company.seed * 101 + 1);
  // This app keeps addresses as they were first typed; upper case is no difference.
  const typed = (text: string): string => (random.int(0, 9) === 0 ? text.charAt(0).toUpperCase() + text.slice(1) : text);
  const accounts = provision(company, random, { prefix: 'U', goLive: 1100 });
  for (const account of accounts) account.email = typed(account.email ?? '');
  return {
    name: 'chat',
    story: ['SCIM that works: joiners, movers and leavers follow within minutes, and accounts that are off stay listed.'],
    accounts,
    listed: accounts,
    expects: isPerson,
    staleCause: 'not-propagated',
    verdicts: { create: 'covered', update: 'covered', delete: 'covered' },
    source: { kind: 'scim', dialect: { paging: 'index', pageSize: 200 } },
    config: [
      'lifecycle:',
      '  create: { by: scim, system: idp, owner: iam@meridian.example }',
      '  update: { by: scim, system: idp, owner: iam@meridian.example }',
      '  # Not the system that creates: what provisioning forgets, this workflow still removes.',
      '  delete: { by: workflow, system: leaver-desk, owner: it-ops@meridian.example }',
    ],
  };
};
