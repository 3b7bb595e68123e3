/**
 * The proof that a list is whole.
 *  - `proven`: the declared total was reached, ids are unique, nothing new came past the end, nothing drifted;
 *  - `consistent`: the protocol ended the list by itself (a cursor, the end of a file), and there was no total to check;
 *  - `unproven`: something spoke against it, and `reasons` names it.
 */
export type CompletenessVerdict = 'proven' | 'consistent' | 'unproven';

export interface Completeness {
  readonly verdict: CompletenessVerdict;
  /** Sentences, sorted and unique; empty unless there is something to say. */
  readonly reasons: readonly string[];
  /** What the system said the list holds; absent when it said nothing. */
  readonly declaredTotal?: number;
  /** Rows that came, duplicates included. */
  readonly received: number;
  /** Rows with distinct ids. */
  readonly unique: number;
  readonly pages: number;
  /** Dates that are there and could not be read, by field and cause; absent where there are none. */
  readonly unread?: readonly UnreadDates[];
  /**
   * Why not all keys and tokens of the accounts are known, where the source tells of them: sentences, sorted. The list of accounts is none the worse; what an
   * account that is off, or one that is gone, may still be used with is not known. Absent where all of them were read, or the source does not list any.
   */
  readonly credentials?: readonly string[];
}

/** `two-ways`: day and month cannot be told apart. `contradicts`: no date in the order that the config gives. */
export type UnreadCause = 'two-ways' | 'contradicts' | 'unreadable';

export interface UnreadDates {
  /** Its name in the normal form: `endAt`. */
  readonly field: string;
  /** Where it stands in the source, as the user knows it: `Termination Date`. */
  readonly place: string;
  readonly cause: UnreadCause;
  readonly values: number;
  /** One of them, in quotes. */
  readonly sample: string;
}
