import { unreadSentence } from '../model/unread-dates.js';
import type { FactKind, UnreadCause, UnreadDates } from '../model/completeness.js';

interface Problem {
  readonly field: string;
  readonly what: string;
  readonly first: string;
  count: number;
}

/** In place of a value where there is none to show. */
export const NO_SAMPLE = Symbol('no sample');

/** Longest sample shown of a value that could not be read. */
const SAMPLE = 40;

/**
 * What is odd about the values of one pull, counted by field and kind. A million odd values are one sentence:
 * `state: 12 values could not be found in its map (first: "paused")`.
 */
export class Problems {
  readonly #problems = new Map<string, Problem>();
  readonly #unread = new Map<string, { -readonly [K in keyof UnreadDates]: UnreadDates[K] }>();

  /** `what` reads on after "12 values ...". True when this field had no such problem before. */
  add(field: string, what: string, value: unknown): boolean {
    const key = `${field} ${what}`;
    const known = this.#problems.get(key);
    if (known !== undefined) {
      known.count++;
      return false;
    }
    this.#problems.set(key, { field, what, first: firstOf(value), count: 1 });
    return true;
  }

  /** What is odd about others of the same list. */
  include(other: Problems): void {
    for (const [key, problem] of other.#problems) {
      const known = this.#problems.get(key);
      if (known === undefined) this.#problems.set(key, { ...problem });
      else known.count += problem.count;
    }
    for (const [key, dates] of other.#unread) {
      const known = this.#unread.get(key);
      if (known === undefined) this.#unread.set(key, { ...dates });
      else {
        known.values += dates.values;
        if (dates.sample < known.sample) known.sample = dates.sample;
      }
    }
  }

  /** A date is there, and nobody can say which. True when this field had none before for this cause. */
  unread(field: string, place: string, cause: UnreadCause, value: unknown): boolean {
    const key = `${field} ${cause}`;
    const known = this.#unread.get(key);
    const sample = sampleOf(value);
    if (known === undefined) {
      this.#unread.set(key, { field, place, cause, values: 1, sample });
      return true;
    }
    known.values++;
    // Not the first that comes: the order of rows changes no report.
    if (sample < known.sample) known.sample = sample;
    return false;
  }

  /** Undefined: every date that was there could be read. */
  get unreadDates(): readonly UnreadDates[] | undefined {
    return this.#unread.size === 0
      ? undefined
      : [...this.#unread.values()].sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : a.cause < b.cause ? -1 : 1));
  }

  sentences(): string[] {
    return this.#facts().map(([text]) => text);
  }

  /** When the list has ended. */
  remarkTo(ledger: { remark(text: string, kind: FactKind): void }): void {
    for (const fact of this.#facts()) ledger.remark(...fact);
  }

  #facts(): (readonly [text: string, kind: FactKind])[] {
    const told = [...this.#problems.values()].map(({ field, what, first, count }) => {
      const kind = field === 'state' || field === 'status' || field === 'kind' ? 'words' : 'other';
      return [`${field}: ${count} ${count === 1 ? 'value' : 'values'} ${what}${first}`, kind] as const;
    });
    return [...told, ...(this.unreadDates ?? []).map((dates) => [unreadSentence(dates), 'other'] as const)];
  }
}

/** ` (first: "soon")`, to end a sentence with. */
export function firstOf(value: unknown): string {
  return value === NO_SAMPLE ? '' : ` (first: ${sampleOf(value)})`;
}

/** A short sample of a value in quotes: one line, and nothing in it moves a cursor or turns the text around. */
export function sampleOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = String(value);
  const short = JSON.stringify(text.length > SAMPLE ? `${text.slice(0, SAMPLE)}…` : text);
  // JSON escapes the C0 controls and lone surrogates; these it leaves as they are.
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
