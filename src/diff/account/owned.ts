import type { Match } from '../../match/match.js';
import { hasLiveCredential, type Account } from '../../model/account.js';
import { isPerson } from '../../model/person.js';
import { CLOCK_SKEW } from '../dates.js';
import type { Docket } from '../docket.js';
import { showAccount, showPerson } from '../finding.js';
import { held, SEEN } from '../rows.js';
import { mustNotBe } from '../sentences.js';
import { ownerOf, VERDICTS } from '../table.js';
import { isOldInvitation } from '../unread.js';

const OVERDUE = 30 * 86_400_000;

/** The account is one person's: the verdict table says what that means (diff/table.ts). */
export function judgeOwned(docket: Docket, account: Account, { row, rule }: Match & { kind: 'one' }): void {
  const { standing, rows, ruling } = docket;
  const state = standing.state(row);
  const kind = standing.index.kind(row);
  const cell = VERDICTS[ownerOf(state, docket.spec.allowed(row), docket.policy, kind)][account.status];
  docket.foundBy.keep(rows, row, account, rule);
  switch (cell) {
    case 'compare':
      return judgeEntitled(docket, row, account);
    case 'invited':
      return judgeInvited(docket, row, account);
    case 'in-sync':
      rows.mark(row, SEEN.invited);
      if (state !== 'pre-hire') return isPerson(kind) ? ruling.is('inSync', 'keeps') : ruling.is('inSync');
      return ruling.is('inSync', 'pre-hire', standing.index.instant('startAt', row));
    case 'inactive':
      rows.mark(row, SEEN.off);
      return ruling.is('inactive', 'off');
    case 'residual':
      return judgeResidual(docket, row, account, rule);
    case 'inconclusive':
      rows.mark(row, SEEN.unknown);
      return docket.unknown(account, row);
    case 'not-entitled':
    case 'owner-disabled':
    case 'owner-terminated':
      return judgeMustNotBe(docket, cell, row, account, rule);
    case 'no-owner':
      throw new Error('an owned account cannot be without owner');
  }
}

function judgeEntitled({ rows, ruling, comparison, differences }: Docket, row: number, account: Account): void {
  rows.mark(row, SEEN.active);
  ruling.waits('compared');
  const found = comparison.compare(row, account);
  if (found === undefined) return;
  rows.mark(row, SEEN.compared);
  // Of two active accounts the kept one is compared; both are a conflict anyway.
  if (found.length > 0 && rows.id(row) === account.id) differences.set(row, found);
}

function judgeInvited(docket: Docket, row: number, account: Account): void {
  const { standing, policy, rows, ruling } = docket;
  const old = isOldInvitation(account, standing.asOf - policy.invitation);
  if (old === undefined) {
    rows.mark(row, SEEN.unknown);
    return docket.unknown(account, row, 'invitation');
  }
  rows.mark(row, old ? SEEN.invitedLongAgo : SEEN.invited);
  return old ? ruling.is('pending') : ruling.is('inSync', 'invitation', (account.createdAt?.at ?? NaN) + policy.invitation);
}

function judgeMustNotBe(
  docket: Docket,
  reason: 'not-entitled' | 'owner-disabled' | 'owner-terminated',
  row: number,
  account: Account,
  rule: string,
): void {
  const { standing, policy, dates, rows } = docket;
  const since = dates.since(row);
  const stage = reason === 'not-entitled' ? 'update' : 'delete';
  const from = stage === 'update' ? dates.changed(row) : since;
  if (dates.within(from, policy.grace[stage])) {
    rows.mark(row, SEEN.grace);
    return docket.ruling.is('pending', `grace-${stage}`, from + policy.grace[stage]);
  }
  rows.mark(row, reason === 'not-entitled' ? SEEN.invited : SEEN.orphaned);
  const login = account.lastLoginAt?.at ?? NaN;
  // A login that is yet to come is a broken clock, and proves nothing.
  const loginAfter = reason !== 'not-entitled' && login > since + CLOCK_SKEW && dates.happened(login);
  const overdue = !Number.isNaN(since) && since < standing.asOf - OVERDUE;
  const shown = showAccount(held(account));
  const person = showPerson(standing, row);
  const summary = mustNotBe(reason, person, shown, loginAfter);
  docket.orphan({ reason, account: shown, person, rule, summary, facts: docket.facts(account, { loginAfter, overdue }) });
}

/** The account is off, and its owner is gone. */
function judgeResidual(docket: Docket, row: number, account: Account, rule: string): void {
  const { asOf } = docket.standing;
  docket.rows.mark(row, SEEN.off);
  if (!hasLiveCredential(account, asOf) && (account.roles ?? []).length === 0) return docket.ruling.is('inactive', 'off');
  // Roles and credentials may follow the account: they have the same time.
  if (docket.dates.hasJustLeft(row)) return docket.justLeft(row);
  docket.ruling.waits('residual');
  docket.residuals.hold(account, row, rule, asOf);
}
