import type { AppDiff } from '../diff/app-diff.js';
import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import type { Evidence } from './evidence.js';
import { holdsOf } from './holds.js';
import { tell, type Told } from './trials.js';
import { wilson } from './wilson.js';

const DAY = 86_400_000;
/** An account that was switched off this long before the leave was not switched off for it. */
const BEFORE = 30 * DAY;

/** Counts over all leavers of one app. */
export interface Leavers {
  all: number;
  /** Not in the app's list. */
  absent: number;
  undated: number;
  undatedOff: number;
  /** Of those whose account is a trial, where the source tells. */
  readonly credentials: { trials: number; successes: number };
  readonly memberships: { trials: number; successes: number };
}

/** Of a leaver whose account is a trial: did credentials and memberships go too? */
function countParts(diff: AppDiff, row: number, counts: Leavers): void {
  const left = holdsOf(diff, row);
  for (const part of ['credentials', 'memberships'] as const) {
    const holds = left?.[part];
    if (holds === undefined) continue;
    counts[part].trials++;
    if (!holds) counts[part].successes++;
  }
}

/** A person who left in the window, at `left` (NaN where nothing dates it): is the account off, and was it switched off for that? */
export function leaver(diff: AppDiff, row: number, left: number, listsLeavers: boolean, gone: Evidence, counts: Leavers): void {
  const { rows, standing } = diff;
  const dated = !Number.isNaN(left);
  const note = (told: Pick<Told, 'outcome' | 'evidence' | 'then'>): void => {
    if (gone.list !== undefined) tell(diff, gone.list, row, { event: 'left', at: left, ...told });
  };
  counts.all++;
  if (!dated) counts.undated++;
  if (rows.saw(row, SEEN.orphaned)) {
    gone.failed(standing.asOf - left);
    countParts(diff, row, counts);
    note({ outcome: 'open', evidence: `the account is ${rows.get(row).status}` });
  } else if (rows.saw(row, SEEN.unknown | SEEN.unclear)) {
    gone.cannotTell('unclear');
    gone.doubtful++;
    note({ outcome: 'undetermined', evidence: 'an account may be theirs: its status, or whose it is, cannot be told' });
  } else if (rows.saw(row, SEEN.off)) {
    const off = rows.offSince(row);
    const touched = rows.updatedAt(row);
    // Switched off, or last touched, long before the leave: the leave did nothing, so there was nothing to remove.
    // A day that could not be read may lie before the leave, whatever was touched since.
    const last = rows.isUnread(row, 'deactivatedAt') ? NaN : Number.isNaN(off) ? touched : off;
    if (last >= left - BEFORE) {
      // The last touch came when it was switched off, or later: then that took no longer.
      gone.succeeded(off - left, Number.isNaN(off) ? Math.max(0, touched - left) / 2 : off - left);
      countParts(diff, row, counts);
      const since = Number.isNaN(off) ? `last touched at ${iso(touched)}` : `switched off at ${iso(off)}`;
      note({ outcome: 'followed', then: off, evidence: `the account is ${rows.get(row).status}, ${since}` });
    } else if (Number.isNaN(last) || !dated) {
      counts.undatedOff++;
      note({ outcome: 'undetermined', evidence: 'the account is off, and nothing says whether since before the leave' });
    } else gone.setAside('off-before');
  } else {
    counts.absent++;
    // Where accounts that are off are listed, this leaver had none: no trial.
    if (!listsLeavers) note({ outcome: 'undetermined', evidence: "not in the app's list: gone, hidden, or never there" });
  }
}

/**
 * How many of the leavers whom the app does not list may have had an account: at most as many as the app's reach among
 * those who are here allows. Taken high, because everybody counted here weakens the claim of a gap.
 */
export function likelyHolders(leavers: Leavers, trials: number, present: number, expected: number): number {
  const reach = wilson(present, expected)?.[1] ?? 1;
  return Math.max(0, Math.min(leavers.absent, Math.ceil(reach * leavers.all) - trials - leavers.undatedOff));
}
