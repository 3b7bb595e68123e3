interface Problem {
  readonly field: string;
  readonly what: string;
  readonly first: string;
  count: number;
}

/** Longest sample shown of a value that could not be read. */
const SAMPLE = 40;

/**
 * What is odd about the values of one pull, counted by field and kind. A million odd values are one sentence:
 * `startAt: 12 values could not be read as a date (first: "soon")`.
 */
export class Problems {
  readonly #problems = new Map<string, Problem>();

  /** `what` reads on after "12 values ...". True when this field had no such problem before. */
  add(field: string, what: string, value: unknown): boolean {
    const key = `${field} ${what}`;
    const known = this.#problems.get(key);
    if (known !== undefined) {
      known.count++;
      return false;
    }
    this.#problems.set(key, { field, what, first: sampleOf(value), count: 1 });
    return true;
  }

  sentences(): string[] {
    return [...this.#problems.values()].map(({ field, what, first, count }) => {
      return `${field}: ${count} ${count === 1 ? 'value' : 'values'} ${what} (first: ${first})`;
    });
  }
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
