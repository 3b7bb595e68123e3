import type { KeptEntry } from './kept.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Clocks that are kept differ by less. */
const KEPT = 5 * MINUTE;
/** Further apart it is not the clock that differs, but what happened. */
const FAR = 26 * 60 * MINUTE;
/** Fewer pairs show no clock; and so many of them must agree. */
const PAIRS = 5;
const MOST = 0.8;
const ENOUGH = 10_000;

/** When the list says that an account was made, and switched off; ms, NaN where it does not. */
export interface ListedDates {
  readonly createdAt: (row: number) => number;
  readonly offSince: (row: number) => number;
}

/**
 * By how much a log's clock is ahead of the list's, ms: an export in local time is read as if it were UTC, for example. Measured on what both date, and 0 where
 * they agree, tell too little, or differ in no one way.
 */
export class Skew {
  readonly #differences: number[] = [];

  see({ action, outcome, at, isDay }: KeptEntry, row: number, listed: ListedDates): void {
    if (isDay || outcome !== 'success' || this.#differences.length >= ENOUGH) return;
    const other = action === 'create' ? listed.createdAt(row) : action === 'disable' ? listed.offSince(row) : NaN;
    // 00:00 UTC sharp is a day without a time: what is done every night differs from it by one and the same.
    if (other % DAY !== 0 && Math.abs(at - other) <= FAR) this.#differences.push(at - other);
  }

  get ms(): number {
    const all = this.#differences.sort((a, b) => a - b);
    const middle = all[all.length >> 1] ?? 0;
    const near = all.filter((one) => Math.abs(one - middle) <= KEPT).length;
    return all.length < PAIRS || near < all.length * MOST || Math.abs(middle) <= KEPT ? 0 : middle;
  }
}
