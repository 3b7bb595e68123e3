import type { AppDiff } from '../diff/app-diff.js';
import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import { dayOf } from './chance.js';
import type { Evidence } from './evidence.js';
import { tell } from './trials.js';

const DAY = 86_400_000;

/** When somebody joined: the first day, else the day on which the directory first knew them. */
export function joined(diff: AppDiff, row: number): number {
  const start = diff.standing.index.instant('startAt', row);
  return Number.isNaN(start) ? diff.standing.index.instant('createdAt', row) : start;
}

/**
 * A person who joined in the window, at `at`, and is expected here: did an account come? True when the first login is still to
 * come, which JIT waits for. `imported`: the day on which most accounts were made, or NaN.
 */
export function joiner(diff: AppDiff, row: number, has: boolean, at: number, imported: number, create: Evidence): boolean {
  const { rows, policy, standing } = diff;
  const told = { event: 'joined', at };
  const note = (outcome: 'open' | 'undetermined', evidence: string): void => {
    if (create.list !== undefined) tell(diff, create.list, row, { ...told, outcome, evidence });
  };
  if (has) {
    const born = rows.createdAt(row);
    // Made for everybody on one day, it was not made for this joiner. Undated, it may be from before; and one from long before the first day was not made for this joiner.
    if (Number.isNaN(born)) {
      create.undetermined++;
      note('undetermined', 'there is an account, and nothing says since when');
    } else if (dayOf(born) === imported && born > at + Math.max(policy.grace.create, DAY)) {
      create.undetermined++;
      note('undetermined', `the account was made on ${iso(born)?.slice(0, 10)}, late, on the day on which most accounts were: an import`);
    } else if (born >= at - policy.preHireLead) {
      create.succeeded(born - at);
      if (create.list !== undefined)
        tell(diff, create.list, row, { ...told, outcome: 'followed', then: born, evidence: `the account was made at ${iso(born)}` });
    }
    return false;
  }
  if (((rows.seen[row] as number) & (SEEN.unknown | SEEN.unclear)) !== 0) {
    create.undetermined++;
    note('undetermined', 'an account may be theirs: its status, or whose it is, cannot be told');
    return false;
  }
  if (diff.spec.lifecycle.create?.by === 'jit') {
    note('undetermined', 'no account yet, and JIT makes one at the first login');
    return true;
  }
  create.failed(standing.asOf - at);
  note('open', 'no account is in the list');
  return false;
}
