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
}
