import { Spool } from '../disk/spool.js';
import { ENDED, type Head, type Heads } from './heads.js';
import type { AccountVersionRow } from './schema.js';
import type { Spooled } from './table.js';

/** A version that begins with this audit: its head, the id of a person who is new to the file, and its row. */
export type Begun = readonly [head: Head, newPerson: string | null, row: Spooled];

/** One list while it is read: what differs from the rows that are valid now goes to the spool, and the rest is only ticked off. */
export class Reading {
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
  readonly #spool: Spool;
  #heads: Heads | undefined;

  constructor(
    readonly source: number,
    heads: Heads,
    /** Compared attributes whose hashes are kept. */
    readonly names: readonly string[],
    beside: string,
    /** The instant of the last audit that read this list, ms. */
    private readonly before: number | undefined,
    /** Of an app: the versions of the accounts of people to whom something happened, those that begin now at the end. */
    readonly past: AccountVersionRow[] = [],
  ) {
    this.#heads = heads;
    this.#spool = new Spool(beside);
  }

  get heads(): Heads {
    if (this.#heads === undefined) throw new Error('a list was read on after its end');
    return this.#heads;
  }

  /** Ticks the row off; true where it is as it was in the last audit. `at`: its place among the heads, or -1. */
  isUnchanged(at: number, rowHigh: number, rowLow: number): boolean {
    const { heads } = this;
    this.seen++;
    if (at < 0) return false;
    heads.see(at);
    return heads.version(at) !== ENDED && heads.isSame(at, rowHigh, rowLow);
  }

  /** A record in which nothing that is kept changed. */
  unchanged(changedAt: number | undefined): void {
    if (this.before === undefined || changedAt === undefined) return;
    this.idle.rows++;
    if (changedAt > this.before) this.idle.touched++;
  }

  /** Ends the version that the row had until now; true where it had none, so that it came. */
  ends(at: number): boolean {
    const before = at < 0 ? ENDED : this.heads.version(at);
    if (before === ENDED) this.came++;
    else this.ended.set(before, false);
    return before === ENDED;
  }

  begins(...begun: Begun): void {
    this.#spool.push(JSON.stringify(begun));
  }

  *begun(): Generator<Begun> {
    for (const line of this.#spool.lines()) yield JSON.parse(line) as Begun;
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

  close(): void {
    this.#spool.close();
  }
}
