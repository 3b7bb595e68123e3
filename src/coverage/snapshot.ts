import type { AppDiff } from '../diff/app-diff.js';
import { SEEN } from '../diff/rows.js';
import { isLeaver } from '../diff/table.js';
import type { Policy } from '../model/policy.js';
import { beyondChance, bulkDay, dayOf, type Agreeing } from './chance.js';
import { Evidence } from './evidence.js';
import { wilson } from './wilson.js';

const DAY = 86_400_000;
/** An account that was switched off this long before the leave was not switched off for it. */
const BEFORE = 30 * DAY;

/** What one audit alone can show about each stage. */
export interface Snapshot {
  readonly create: Evidence;
  readonly update: Evidence;
  readonly delete: Evidence;
  /** Leavers whose leave the directory does not date. */
  readonly undatedLeavers: number;
  /** Stale accounts whose change the directory does not date. */
  readonly undatedStale: number;
  /** Leavers whose account is off, and neither a date nor a last touch says since when: it may have been off before they left. */
  readonly undatedOff: number;
  /** Leavers without an account in the list: there never was one, or it is hidden, or removed. */
  readonly absentLeavers: number;
  /** Joiners who have yet to log in for the first time (JIT). */
  readonly awaitingLogin: number;
}

/**
 * Trials from one audit. Only what the dates prove counts: a success of the update stage must have touched the account in
 * time, a success of the delete stage must be visible as an account that is off. `listsLeavers`: the app is known to keep
 * switched-off accounts in its list, so a leaver who is not there had no account. An app that removes accounts is none of these: only what
 * shows that there was an account (an earlier audit) makes an absence a removal.
 */
export function snapshot(diff: AppDiff, listsLeavers: boolean): Snapshot {
  const { standing, policy } = diff;
  const { asOf, index } = standing;
  const create = new Evidence('snapshot');
  const update = new Evidence('snapshot');
  const gone = new Evidence('snapshot');
  let absentLeavers = 0;
  let leavers = 0;
  let undatedLeavers = 0;
  let undatedStale = 0;
  let undatedOff = 0;
  let awaitingLogin = 0;
  let expected = 0;
  let present = 0;
  const jit = diff.spec.lifecycle.create?.by === 'jit';
  const from = asOf - policy.window;
  const imported = bulkDay(index.size, (row) => (diff.rows.has(row) ? diff.rows.createdAt(row) : NaN));
  const late = Math.max(policy.grace.create, DAY);
  const stamped = bulkDay(index.size, (row) => diff.dates.changed(row));
  const agreeing: Agreeing[] = [];
  /** Touches of accounts whose people nobody changed in the window. */
  const others: number[] = [];
  for (let row = 0; row < index.size; row++) {
    const state = standing.state(row);
    const seen = diff.rows.seen[row] as number;
    if (state === 'active' && !standing.isShadowed(row)) {
      const wanted = diff.expects(row) && !diff.spec.undecided(row);
      const has = (seen & (SEEN.active | SEEN.invited | SEEN.invitedLongAgo | SEEN.off)) !== 0;
      if (wanted) {
        expected++;
        if (has) present++;
        const start = joined(diff, row);
        if (start >= from && start <= asOf - policy.grace.create) {
          if (has) {
            const born = diff.rows.createdAt(row);
            // Made for everybody on one day, it was not made for this joiner. Undated, it may be from before; and one from long before the first day was not made for this joiner.
            if (Number.isNaN(born) || (dayOf(born) === imported && born > start + late)) create.undetermined++;
            else if (born >= start - policy.preHireLead) create.succeeded(born - start);
          } else if ((seen & (SEEN.unknown | SEEN.unclear)) !== 0) create.undetermined++;
          else if (jit) awaitingLogin++;
          else create.failed(asOf - start);
        }
      }
      if ((seen & SEEN.compared) !== 0 && !diff.rows.extra.has(row)) {
        const changed = diff.dates.changed(row);
        const stale = (seen & SEEN.stale) !== 0;
        if (Number.isNaN(changed)) undatedStale += stale ? 1 : 0;
        else if (changed >= from && changed <= asOf - policy.grace.update && dayOf(changed) !== stamped) {
          mover(diff, row, changed, stale, update, agreeing);
        } else if (!stale && !Number.isNaN(diff.rows.updatedAt(row))) others.push(diff.rows.updatedAt(row));
      }
    } else if (isLeaver(state, policy) && standing.current(row) === row && (seen & SEEN.grace) === 0) {
      const left = diff.dates.since(row);
      const dated = !Number.isNaN(left);
      if (dated && (left < from || left > asOf - policy.grace.delete)) continue;
      leavers++;
      if (!dated) undatedLeavers++;
      if ((seen & SEEN.orphaned) !== 0) gone.failed(asOf - left);
      else if ((seen & (SEEN.unknown | SEEN.unclear)) !== 0) {
        gone.undetermined++;
        gone.doubtful++;
      } else if ((seen & SEEN.off) !== 0) {
        const off = diff.rows.offSince.get(row) ?? NaN;
        const touched = diff.rows.updatedAt(row);
        // Switched off, or last touched, long before the leave: the leave did nothing, so there was nothing to remove.
        const last = Number.isNaN(off) ? touched : off;
        if (last >= left - BEFORE) gone.succeeded(off - left);
        else if (Number.isNaN(last) || !dated) undatedOff++;
      } else absentLeavers++;
    }
  }
  const follow = beyondChance(agreeing, others, span(policy));
  for (const { touched, changed } of follow) update.succeeded(touched - changed);
  update.undetermined += agreeing.length - follow.length;
  gone.undetermined += undatedOff;
  update.doubtful += undatedStale;
  if (!listsLeavers) gone.undetermined += likelyHolders(absentLeavers, leavers, gone.trials + undatedOff, present, expected);
  return { create, update, delete: gone, undatedLeavers, undatedStale, undatedOff, absentLeavers, awaitingLogin };
}

/** When somebody joined: the first day, else the day on which the directory first knew them. */
function joined(diff: AppDiff, row: number): number {
  const start = diff.standing.index.instant('startAt', row);
  return Number.isNaN(start) ? diff.standing.index.instant('createdAt', row) : start;
}

/**
 * A person whom the directory changed. In sync alone proves nothing (perhaps no compared attribute changed): the account
 * must have been there before the change and been touched within the grace after it. A touch that comes later may be a
 * login, so it is no evidence; and of the others, as many as chance may have had are none either (coverage/chance.ts).
 */
function mover(diff: AppDiff, row: number, changed: number, stale: boolean, update: Evidence, agreeing: Agreeing[]): void {
  const { rows, standing, policy } = diff;
  const born = rows.createdAt(row);
  if (born >= changed) return;
  if (stale) {
    update.failed(standing.asOf - changed);
    return;
  }
  const touched = rows.updatedAt(row);
  const byLogin = Math.abs(rows.lastLoginAt(row) - touched) < 60_000;
  const follows = touched >= changed && touched <= changed + span(policy) && !byLogin && !Number.isNaN(born);
  agreeing.push({ changed, touched, follows });
}

/** How long after a change a touch still counts as its effect. */
function span(policy: Policy): number {
  return Math.max(policy.grace.update, DAY);
}

/**
 * How many of the leavers whom the app does not list may have had an account: at most as many as the app's reach among
 * those who are here allows. Taken high, because everybody counted here weakens the claim of a gap.
 */
function likelyHolders(absent: number, leavers: number, seen: number, present: number, expected: number): number {
  const reach = wilson(present, expected)?.[1] ?? 1;
  return Math.max(0, Math.min(absent, Math.ceil(reach * leavers) - seen));
}
