import type { Standing } from '../match/standing.js';
import { endInstant } from '../match/state-at.js';
import type { Policy } from '../model/policy.js';
import { mustGo } from './table.js';

/** Clocks differ: a login counts as "after" only beyond this (ms). */
export const CLOCK_SKEW = 3_600_000;

/** A date further ahead than this is none: nothing waits for it. */
const AHEAD = 86_400_000;
/** Fewer leavers than this show no pattern in their dates. */
const PATTERN = 10;

/** When people left and changed, as far as the directory's dates can be believed; milliseconds, NaN where they do not say. */
export class ChangeDates {
  readonly #datedLeaves: boolean;

  constructor(
    private readonly standing: Standing,
    private readonly policy: Policy,
    /** Do the directory's change dates say when a person changed? (An export stamps all of them alike.) */
    readonly datedChanges: boolean,
    /** By when history had seen that a person had left, ms; NaN where it has not. */
    private readonly leftBy: (row: number) => number = () => NaN,
    /** When the directory's own log says that the person was switched off, ms; NaN where it does not. */
    private readonly loggedOff: (row: number) => number = () => NaN,
  ) {
    this.#datedLeaves = leavesAreDated(standing, policy);
  }

  /** When the person left. */
  since(row: number): number {
    const { index, asOf } = this.standing;
    // There is a last day, and nobody can say which: no grace is counted from another one.
    if (index.isUnread('endAt', row)) return NaN;
    const end = this.standing.lastDay(row);
    const ended = end === undefined ? NaN : endInstant(end);
    if (ended <= asOf) return ended;
    // The directory is as good as its word on the last day, which is not yet over everywhere.
    if (end !== undefined && end.at <= asOf && index.rawState(row) === 'terminated') return asOf;
    const logged = this.loggedOff(row);
    const at = this.happened(logged) ? logged : this.#datedLeaves ? this.changed(row) : NaN;
    // A record that is touched, or switched off, again and again would wait in its grace for ever.
    const seen = Number.isNaN(at) ? NaN : this.leftBy(row);
    return seen < at ? seen : at;
  }

  /** When the directory last changed the person. */
  changed(row: number): number {
    const at = this.datedChanges ? this.standing.index.instant('changedAt', row) : NaN;
    return this.happened(at) ? at : NaN;
  }

  /** False of a date that is yet to come, or of none. */
  happened(at: number): boolean {
    return at <= this.standing.asOf + AHEAD;
  }

  /** A leaver whose grace still runs. */
  hasJustLeft(row: number): boolean {
    return mustGo(this.standing, row, this.policy) && this.within(this.since(row), this.policy.grace.delete);
  }

  /** Did it happen so lately that its grace still runs? */
  within(at: number, grace: number): boolean {
    return at > this.standing.asOf - grace && this.happened(at);
  }
}

/** A job that touches every disabled record at night dates no leave: then leavers would wait in their grace for ever. */
function leavesAreDated(standing: Standing, policy: Policy): boolean {
  const { index, asOf } = standing;
  let dated = 0;
  let recent = 0;
  for (let row = 0; row < index.size; row++) {
    if (!mustGo(standing, row, policy) || standing.lastDay(row) !== undefined) continue;
    const at = index.instant('changedAt', row);
    if (Number.isNaN(at)) continue;
    dated++;
    if (at > asOf - policy.grace.delete) recent++;
  }
  return dated < PATTERN || recent < dated / 2;
}
