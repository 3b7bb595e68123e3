/** Where a person stands in the employment lifecycle, in the directory's eyes. `unknown` never counts as gone nor as fine. */
export const PERSON_STATES = ['pre-hire', 'active', 'leave', 'suspended', 'terminated', 'deleted', 'unknown'] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export const PERSON_KINDS = ['human', 'service', 'shared', 'guest', 'unknown'] as const;
export type PersonKind = (typeof PERSON_KINDS)[number];

/** False of mailboxes, rooms and services: they are switched off by design, and never leave. Of whom the kind is not told may be a human. */
export function isPerson(kind: PersonKind): boolean {
  return kind !== 'service' && kind !== 'shared';
}

/**
 * Attribute values by normal-form name. `undefined` (or no key) means that the system did not give the attribute at all;
 * the empty string means that it gave it, and it is empty. The two are never confused: absent is never stale.
 */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** An instant that may be known only to the day: `day` is true when the system gave a date without a time. */
export interface Moment {
  /** Milliseconds since the epoch, UTC. For a date without a time: 00:00 UTC of that day. */
  readonly at: number;
  readonly day?: boolean;
}

/** The other of two dates that one notation may mean: day and month exchanged. */
export function exchanged({ at, day }: Moment): Moment {
  const date = new Date(at);
  const [month, dayOfMonth] = [date.getUTCMonth(), date.getUTCDate()];
  const other = Date.UTC(date.getUTCFullYear(), dayOfMonth - 1, month + 1) + (((at % DAY) + DAY) % DAY);
  return { at: other, ...(day === undefined ? {} : { day }) };
}

const DAY = 86_400_000;

/** Of dates that could not be read, those that are one of two: one of them by field, the other has day and month `exchanged`. */
export type Either = Readonly<Partial<Record<string, Moment>>>;

/** One record of the authoritative directory in normal form. What it does not say is absent or undefined, the same: rows of one list have one shape. */
export interface Person {
  /** Immutable identifier inside its source. */
  readonly id: string;
  readonly userName?: string | undefined;
  /** Primary address first. */
  readonly emails?: readonly string[] | undefined;
  /** Further addresses (proxyAddresses, otherMails): they match, but rank below the primary. */
  readonly aliases?: readonly string[] | undefined;
  readonly employeeId?: string | undefined;
  readonly externalId?: string | undefined;
  readonly state: PersonState;
  readonly kind: PersonKind;
  /** givenName, familyName, displayName, department, title, manager and attributes of one's own. */
  readonly attributes: Attributes;
  readonly groups?: readonly string[] | undefined;
  readonly startAt?: Moment | undefined;
  readonly endAt?: Moment | undefined;
  readonly createdAt?: Moment | undefined;
  readonly changedAt?: Moment | undefined;
  /** Of the dates, those that are there and could not be read: not known, which is not "none". */
  readonly unread?: readonly string[] | undefined;
  /** What those may be. */
  readonly either?: Either | undefined;
}
