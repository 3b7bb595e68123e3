import type { QueryResult } from 'node-sqlite3-wasm';
import { ENDED, type Heads } from './heads.js';
import { Spool } from '../disk/spool.js';

/** One list while it is read: what differs from the rows that are valid now goes to the spool, and the rest is only ticked off. */
export class Reading {
  readonly spool: Spool;
  /** Versions that ended with this audit: true where the row is gone, false where another version follows. */
  readonly ended = new Map<number, boolean>();
  /** Numbers of the people who are gone. */
  readonly left: number[] = [];
  came = 0;
  went = 0;
  seen = 0;
  whole = false;
  credentialsUnread = false;
  /** Rows that are as they were, and how many of them bear a change date after `before`. */
  readonly idle = { rows: 0, touched: 0 };
  #heads: Heads | undefined;

  constructor(
    readonly source: number,
    heads: Heads,
    /** Compared attributes whose hashes are kept. */
    readonly names: readonly string[],
    beside: string,
    /** The instant of the last audit that read this list, ms. */
    readonly before: number | undefined,
    /** Of an app: what is on record of the accounts of people to whom something happened. */
    readonly past: readonly QueryResult[] = [],
  ) {
    this.#heads = heads;
    this.spool = new Spool(beside);
  }

  /** A record in which nothing that is kept changed. */
  unchanged(changedAt: number | undefined): void {
    if (this.before === undefined || changedAt === undefined) return;
    this.idle.rows++;
    if (changedAt > this.before) this.idle.touched++;
  }

  get heads(): Heads {
    if (this.#heads === undefined) throw new Error('a list was read on after its end');
    return this.#heads;
  }

  /** The list has ended. Not seen is gone only where the list was whole. */
  end(whole: boolean): void {
    const { heads } = this;
    this.whole = whole;
    for (let row = 0; whole && row < heads.size; row++) {
      if (heads.isSeen(row) || heads.version(row) === ENDED) continue;
      this.ended.set(heads.version(row), true);
      this.left.push(heads.person(row));
      this.went++;
    }
    this.#heads = undefined;
  }
}

/** Ticks the row off; true where it is as it was in the last audit. */
export function isUnchanged(reading: Reading, at: number, rowHigh: number, rowLow: number): boolean {
  const { heads } = reading;
  reading.seen++;
  if (at < 0) return false;
  heads.see(at);
  return heads.version(at) !== ENDED && heads.isSame(at, rowHigh, rowLow);
}
