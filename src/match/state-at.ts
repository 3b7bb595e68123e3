import type { Moment, PersonState } from '../model/person.js';

const DAY = 86_400_000;
/** The longest break between two contracts of one human that is not a leave. */
export const BREAK = 30 * DAY;
/** A last day given as a date is over when it is over everywhere: UTC-12 is the last time zone on Earth. */
const LAST_ZONE = 12 * 3_600_000;
/** A record is made for a hire so long before the first day at most: one that is older is of somebody who was here before. */
const AHEAD = 365 * DAY;

/** When a leave date has passed for certain: a date without a time lasts to the end of that day, in every time zone. */
export function endInstant(end: Moment): number {
  return end.day === true ? end.at + DAY + LAST_ZONE : end.at;
}

/** Records that may still work; `unknown` is neither live nor gone. */
export function isLive(state: PersonState): boolean {
  return state === 'active' || state === 'leave' || state === 'pre-hire';
}

export function isGone(state: PersonState): boolean {
  return state === 'terminated' || state === 'deleted' || state === 'suspended';
}

/** One record, a last day, and a first day behind it: the first employment ended, and another begins. */
export function isRehire(start: Moment | undefined, end: Moment | undefined): start is Moment {
  return start !== undefined && end !== undefined && start.at > end.at;
}

/**
 * The state at an instant. Dates make a future leaver active until the last day and a hire a pre-hire until the first, though the record be switched off
 * until then. Of two employments in one record the later holds once it has begun; until then its owner has left. A record that says "terminated" and yet
 * ends in the future contradicts itself, so it is unknown rather than guessed. `made`: when the directory made the record, ms; NaN where it does not say.
 */
export function stateAt(raw: PersonState, start: Moment | undefined, end: Moment | undefined, asOf: number, made = NaN): PersonState {
  if (raw === 'deleted') return raw;
  if (raw === 'terminated') return end !== undefined && end.at > asOf ? 'unknown' : raw;
  const begins = start !== undefined && start.at > asOf ? start.at : undefined;
  if (end !== undefined && endInstant(end) <= asOf) {
    // A hire who is to come, and whose last day is over (rescinded?), contradicts itself in the same way.
    if (!isRehire(start, end)) return raw === 'pre-hire' ? 'unknown' : 'terminated';
    if (begins !== undefined) return begins - end.at <= BREAK ? 'pre-hire' : 'terminated';
  }
  if (begins !== undefined && raw === 'active') return 'pre-hire';
  // Made beforehand and switched off until the first day; or switched off when somebody left who is to come back.
  if (begins !== undefined && raw === 'suspended') return made < begins - AHEAD ? 'unknown' : 'pre-hire';
  // Nobody is about to begin for a month: a hire who never came, or whose record nobody followed up.
  return raw === 'pre-hire' && start !== undefined && start.at + BREAK <= asOf ? 'unknown' : raw;
}

/** Of the dates that decide a state, those that are there and could not be read. */
export interface Unread {
  readonly startAt: Possible;
  readonly endAt: Possible;
}

/** False: the date is as it was given. True: it may be any; or one of these. */
export type Possible = boolean | readonly Moment[];

/** Days from now, and from a date that is known: one of each kind that could make a difference. */
const ANY_TIME = [-7300, -400, -40, -2, 2, 40, 400, 7300];
const AROUND = [-40, -2, 2, 40];

/**
 * The state where a date could not be read: it may be any date, so the state is known only where all of them come to the same. Where they come to nothing but
 * states of `leavers`, which must have lost access either way, the directory's own word holds.
 */
export function stateWithUnread(
  raw: PersonState,
  start: Moment | undefined,
  end: Moment | undefined,
  unread: Unread,
  asOf: number,
  made: number,
  leavers: readonly PersonState[],
): PersonState {
  // Who left by the directory's own word has left, whatever the day was.
  if (raw === 'terminated' || raw === 'deleted') return stateAt(raw, start, end, asOf, made);
  const times = (possible: Possible, date: Moment | undefined, other: Moment | undefined): readonly (Moment | undefined)[] => {
    if (typeof possible === 'object') return possible;
    if (!possible) return [date];
    const from = other === undefined ? [] : AROUND.map((days) => other.at + days * DAY);
    return [...ANY_TIME.map((days) => asOf + days * DAY), ...from].map((at) => ({ at }));
  };
  const starts = times(unread.startAt, start, end);
  const ends = times(unread.endAt, end, start);
  const states = new Set(starts.flatMap((first) => ends.map((last) => stateAt(raw, first, last, asOf, made))));
  const [only] = states;
  if (states.size === 1 && only !== undefined) return only;
  return leavers.includes(raw) && [...states].every((state) => leavers.includes(state)) ? raw : 'unknown';
}
