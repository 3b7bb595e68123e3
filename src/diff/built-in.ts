import type { LastRuling } from './ruling.js';

const OTHERS = 'and others';
/** More than so many kinds of accounts of the system's own are counted together. */
const LISTED = 20;

/** What the system's own accounts are, with how many of each: they are nobody's, and so are no orphans. */
export class BuiltIns {
  readonly #counts = new Map<string, number>();

  add(what: string, ruling: LastRuling): void {
    ruling.is('protected', 'built-in');
    const shown = this.#counts.has(what) || this.#counts.size < LISTED ? what : OTHERS;
    this.#counts.set(shown, (this.#counts.get(shown) ?? 0) + 1);
  }

  /** What to say of them; undefined: there are none. */
  note(): string | undefined {
    if (this.#counts.size === 0) return undefined;
    const all = [...this.#counts]
      .map(([what, count]) => (count === 1 ? what : `${what} (${count})`))
      .sort((a, b) => Number(a.startsWith(OTHERS)) - Number(b.startsWith(OTHERS)) || (a < b ? -1 : 1));
    return `accounts that are the system's own, and nobody's: ${all.join('; ')}`;
  }
}
