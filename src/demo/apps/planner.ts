import { isPerson, leaversOf } from '../lifecycle.js';
import { randomOf } from '../random.js';
import type { AppMaker } from './account.js';
import { provision } from './provision.js';

/** Leavers whose groups were left to them. */
const RESIDUAL = 2;

/** Pages by cursor and without a total (RFC 9865). Answers 200 to every update and keeps what it has. */
export const planner: AppMaker = (company) => {
  const random = randomOf(company.seed * 101 + 8);
  const residual = new Set(
    leaversOf(company)
      .slice(4, 4 + RESIDUAL)
      .map((human) => human.key),
  );
  const accounts = provision(company, random, {
    prefix: 'pl',
    goLive: 300,
    carries: () => false,
    keepsGroups: (human) => residual.has(human.key),
    offDuringAbsence: true,
  });
  return {
    name: 'planner',
    story: [
      'SCIM by cursor (RFC 9865) that creates and removes, and drops every update after answering 200: movers keep their old department.',
      "Somebody who came back from leave was never switched on again, and two leavers' accounts are off but still in their groups.",
    ],
    accounts,
    listed: accounts,
    expects: isPerson,
    staleCause: 'not-propagated',
    verdicts: { create: 'covered', update: 'contradicted', delete: 'covered' },
    source: { kind: 'scim', dialect: { paging: 'cursor', pageSize: 80, busyOnce: true } },
    config: [
      'lifecycle:',
      '  create: { by: scim, system: idp }',
      '  update: { by: scim, system: idp }',
      '  delete: { by: scim, system: idp }',
    ],
  };
};
