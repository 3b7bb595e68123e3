/**
 * The proof that a list is whole.
 *  - `proven`: the declared total was reached, ids are unique, nothing new came past the end, nothing drifted;
 *  - `consistent`: the protocol ended the list by itself (a cursor, the end of a file), and there was no total to check;
 *  - `unproven`: something spoke against it, and `reasons` names it.
 */
export type CompletenessVerdict = 'proven' | 'consistent' | 'unproven';

export interface Completeness {
  readonly verdict: CompletenessVerdict;
  /** Sentences, doubts before remarks, each sorted and unique; empty unless there is something to say. */
  readonly reasons: readonly string[];
  /** What the sentences are, one by one: who wants to know is to look here, and never into a sentence. */
  readonly facts?: readonly ListFact[];
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

/**
 * `first-pages`: no more was asked for. `unfinished`: the list has no end. `total`: it has not as many rows as the system says. `left-out`: records that are
 * no rows. `credentials`: keys and tokens that could not be read, or not all of them. `one-person`: the system was asked for one alone. `contrary`: rows of one id that contradict each other. `words`: states or statuses that are
 * missing, that nobody has mapped, or that disagree.
 */
export type FactKind = 'first-pages' | 'unfinished' | 'total' | 'left-out' | 'credentials' | 'one-person' | 'contrary' | 'words' | 'other';

export interface ListFact {
  readonly kind: FactKind;
  /** It speaks against the list being whole; otherwise it is worth saying, and no more. */
  readonly isDoubt: boolean;
  /** One sentence. */
  readonly text: string;
}

/** Of a list of which nobody has kept the facts, all is doubt that is said of an unproven one. */
export function factsOf({ verdict, reasons, facts }: Pick<Completeness, 'verdict' | 'reasons' | 'facts'>): readonly ListFact[] {
  return facts ?? reasons.map((text) => ({ kind: 'other', isDoubt: verdict === 'unproven', text }));
}

/** Why the list is not proven whole; empty where it is. */
export function doubtsOf(list: Pick<Completeness, 'verdict' | 'reasons' | 'facts'>): string[] {
  return factsOf(list).flatMap(({ isDoubt, text }) => (isDoubt ? [text] : []));
}

/** The verdict's part of a `Completeness`, of what is known of a list. */
export function told(facts: Iterable<ListFact>): Required<Pick<Completeness, 'reasons' | 'facts'>> {
  const order = ({ isDoubt, text }: ListFact): string => `${isDoubt ? 0 : 1}${text}`;
  const sorted = [...facts]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .filter(({ text }, i, all) => all.findIndex((one) => one.text === text) === i);
  return { reasons: sorted.map(({ text }) => text), facts: sorted };
}

/** The same list, with one more thing that speaks against it. */
export function doubting(list: Completeness, text: string, kind: FactKind = 'other'): Completeness {
  return { ...list, verdict: 'unproven', ...told([...factsOf(list), { kind, isDoubt: true, text }]) };
}

/** The same list, with one more thing that is worth saying. */
export function remarking(list: Completeness, text: string): Completeness {
  return { ...list, ...told([...factsOf(list), { kind: 'other', isDoubt: false, text }]) };
}
