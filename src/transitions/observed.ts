import type { Stage } from '../model/policy.js';

/** An instant between two others, ms: after the first, not after the second. Both are the same where a system dates it. */
export type Between = readonly [after: number, until: number];

/** A touch this near to the last login is the login, ms. */
export const LOGIN = 60_000;
/** Clocks that are kept differ by less, ms. */
export const CLOCKS = 5 * 60_000;

/**
 * Had the account been logged in to since the change, when it had the new value, or by now where it has not? `not since`: not since the audit before the change
 * either. `hardly`: not since the date that the directory gives, which a later touch of the record may have moved. `touch`: it had, and was touched last by that login. `unknown`: the app says it of others.
 */
export type LoggedIn = 'not since' | 'hardly' | 'since' | 'touch' | 'unknown';

/** Something that history saw happen to a person, and what one app made of it. Times in ms. */
export interface Observed {
  readonly stage: Stage;
  /** Row of the person index; undefined when the directory no longer has the person. */
  readonly row: number | undefined;
  readonly person: { readonly id: string; readonly source: string };
  readonly account: { readonly id: string; readonly userName?: string } | null;
  readonly event: string;
  /** The audits around the event. */
  readonly seen: Between;
  readonly when: Between;
  readonly outcome: 'followed' | 'open';
  /** Of `followed`: when. Of `open`: until when nothing had followed. */
  readonly then: Between;
  readonly evidence: string;
  /** Of leavers: has the account live credentials still, groups or roles? Absent where history cannot say. */
  readonly holds?: { readonly credentials?: boolean; readonly memberships?: boolean };
  /** Of leavers, whose account came back after it had been removed, while they were still gone. */
  readonly cameBack?: 'made anew' | 'switched on again';
  /** Of movers, where the app says when anybody logged in. */
  readonly loggedIn?: LoggedIn;
  /** Of movers who followed, where both systems date it: from the change to the write, ms. Below zero where the directory has moved its date since. */
  readonly written?: number;
  /** Of movers who followed: an audit after the grace still saw the old value. */
  readonly waited?: true;
}

/** Wider than this, the middle of two audits says nothing of when something happened. */
const NARROW = 48 * 3_600_000;

/** From the event to the effect, ms; where the audits lie too far apart to say, what it was at least, or NaN where that is nothing. */
export function lagOfObserved({ outcome, when, then }: Observed): number {
  // What is still open has waited for this long at least.
  if (outcome === 'open') return then[0] - when[1];
  const [least, most] = spanOf({ when, then });
  if (most - least <= NARROW) return (least + most) / 2;
  return least > 0 ? least : NaN;
}

/** The middle of what the audits leave possible, however far apart they are, ms. */
export function middleOf(observed: Pick<Observed, 'when' | 'then'>): number {
  const [least, most] = spanOf(observed);
  return (least + most) / 2;
}

function spanOf({ when, then }: Pick<Observed, 'when' | 'then'>): readonly [least: number, most: number] {
  return [Math.max(0, then[0] - when[1]), Math.max(0, then[1] - when[0])];
}

/** The date that a system gives, where it lies between the audits; else the audits themselves. */
export function sharpen(between: Between, date: number | undefined): Between {
  return date !== undefined && date > between[0] && date <= between[1] ? [date, date] : between;
}

/** The same of a date by which it had happened, and maybe before: where it lies between the audits, it is the upper end. */
export function byThen(between: Between, date: number | undefined): Between {
  return [between[0], sharpen(between, date)[1]];
}
