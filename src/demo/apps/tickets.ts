import { DAY, HOUR, isPerson, leaversOf } from '../lifecycle.js';
import { randomOf } from '../random.js';
import type { AppMaker } from './account.js';
import { provision } from './provision.js';

const URN = 'urn:deskwise:params:scim:schemas:extension:activity:2.0:User';
/** Every so many leavers, one who went on working. */
const STILL_USED = 4;

/** SCIM whose deactivation is answered 200 and does nothing. An address stays taken, so its next owner gets no account (409). */
export const tickets: AppMaker = (company) => {
  const random = randomOf(company.seed * 101 + 2);
  const { asOf } = company;
  const accounts = provision(company, random, { prefix: 'agent-', goLive: 420, onLeave: () => 'nothing', uniqueWhileOn: true });
  const left = new Map(leaversOf(company).map((human, i) => [human.key, { at: human.events.at(-1)?.at ?? asOf, i }]));
  for (const account of accounts) {
    const leave = left.get(account.human ?? '');
    const day = random.int(1, 20) * DAY + random.int(0, 9) * HOUR;
    const stillUsed = leave !== undefined && leave.i % STILL_USED === 1;
    const login = leave === undefined ? asOf - day : stillUsed ? Math.min(leave.at + day, asOf - HOUR) : leave.at - day;
    if (login > account.createdAt) account.lastLoginAt = login;
  }
  return {
    name: 'tickets',
    story: [
      'SCIM whose deactivation is answered with 200 and does nothing: the config declares delete by scim, the accounts say otherwise.',
      "Some leavers still work there; and the next owner of a leaver's address could not be created, because it is still taken.",
    ],
    accounts,
    listed: accounts,
    expects: isPerson,
    staleCause: 'not-propagated',
    verdicts: { create: 'covered', update: 'covered', delete: 'contradicted' },
    source: {
      kind: 'scim',
      dialect: { paging: 'index', pageSize: 100, activeAsText: true, busyOnce: true, extension: { urn: URN, lastLogin: 'lastLogin' } },
      fields: [`lastLoginAt: ${URN}:lastLogin`],
    },
    config: [
      'lifecycle:',
      '  create: { by: scim, system: idp }',
      '  update: { by: scim, system: idp }',
      '  delete: { by: scim, system: idp }',
    ],
  };
};
