import type { AppDiff } from '../diff/app-diff.js';
import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import { bulkDay, dayOf } from './chance.js';
import type { Evidence } from './evidence.js';
import { tell } from './trials.js';

const DAY = 86_400_000;
/** An account made this near to its owner's first day was made for them, however many joined that day. */
const FOR_A_JOINER = 7 * DAY;

/** When somebody joined: the first day, else the day on which the directory first knew them. */
export function joined(diff: AppDiff, row: number): number {
  const start = diff.standing.index.instant('startAt', row);
  return Number.isNaN(start) ? diff.standing.index.instant('createdAt', row) : start;
}

/** Was an account of that time made for somebody who had been here for long, or for an unknown time? */
export function madeLate(diff: AppDiff, row: number, created: number): boolean {
  const start = joined(diff, row);
  return Number.isNaN(start) || Math.abs(created - start) > FOR_A_JOINER;
}

/** The day on which more than half of all accounts were made, for people who had been here before: an import. NaN without one. */
export function importDay(diff: AppDiff): number {
  const { rows, standing } = diff;
  const { size } = standing.index;
  const day = bulkDay(size, (row) => (rows.has(row) ? rows.createdAt(row) : NaN));
  if (Number.isNaN(day)) return day;
  let late = 0;
  let all = 0;
  for (let row = 0; row < size; row++) {
    const created = rows.has(row) ? rows.createdAt(row) : NaN;
    if (dayOf(created) !== day) continue;
    all++;
    if (madeLate(diff, row, created)) late++;
  }
  return late > all / 2 ? day : NaN;
}

/**
 * A person who joined in the window, at `at`, and is expected here: did an account come? True when the first login is still to
 * come, which JIT waits for. `imported`: the day of an import, or NaN. `isWhole`: does the list show every account, and its keys
 * whose it is? Then who has none in it has none.
 */
export function joiner(
  diff: AppDiff,
  row: number,
  has: boolean,
  at: number,
  imported: number,
  create: Evidence,
  isWhole: boolean,
): boolean {
  const { rows, policy, standing } = diff;
  const told = { event: 'joined', at };
  const note = (outcome: 'open' | 'undetermined', evidence: string): void => {
    if (create.list !== undefined) tell(diff, create.list, row, { ...told, outcome, evidence });
  };
  if (has) {
    const born = rows.createdAt(row);
    // Made for everybody on one day, it was not made for this joiner. Undated, it may be from before; and so may one from long before the first day.
    if (Number.isNaN(born)) {
      create.cannotTell('undated-account');
      note('undetermined', 'there is an account, and nothing says since when');
    } else if (dayOf(born) === imported) {
      // Whoever was here before the import got an account by it, whatever would have made one for them.
      if (dayOf(at) < imported) {
        create.setAside('import');
        return false;
      }
      create.cannotTell('import');
      note('undetermined', `the account was made on ${iso(born)?.slice(0, 10)}, as most accounts were: an import`);
    } else if (born >= at - policy.preHireLead) {
      create.succeeded(born - at);
      if (create.list !== undefined)
        tell(diff, create.list, row, { ...told, outcome: 'followed', then: born, evidence: `the account was made at ${iso(born)}` });
    } else create.setAside('older-account');
    return false;
  }
  if (rows.saw(row, SEEN.unknown | SEEN.unclear)) {
    create.cannotTell('unclear');
    note('undetermined', 'an account may be theirs: its status, or whose it is, cannot be told');
    return false;
  }
  if (diff.spec.lifecycle.create?.by === 'jit') {
    note('undetermined', 'no account yet, and JIT makes one at the first login');
    return true;
  }
  if (!isWhole) {
    create.cannotTell('unread');
    note('undetermined', 'no account is in what was read, and that is not proven to be all');
    return false;
  }
  if (dayOf(at) < imported) {
    create.cannotTell('before-import');
    create.doubtful++;
    note(
      'undetermined',
      `no account is in the list; whether one was due before the import of ${iso(imported * DAY)?.slice(0, 10)} is not known`,
    );
    return false;
  }
  create.failed(standing.asOf - at);
  note('open', 'no account is in the list');
  return false;
}
