import { grown } from '../store/hash-slots.js';
import { hashText } from '../store/hash.js';
import { intAt } from '../model/at.js';

/** A key held by more rows than this names nobody (a shared mailbox, a default value): it is dropped with a warning. */
const SHARED = 8;

const EMPTY: readonly number[] = [];

/**
 * Folded key -> rows. Holds numbers only (8 bytes a slot): the key itself is asked of the row again, so a hit is exact and a
 * million keys cost 16 MB.
 */
export class KeyIndex {
  /** Pairs: row plus one (0: free), and the hash of its key. */
  #slots: Int32Array;
  #used = 0;
  /** The few keys that several rows hold. */
  readonly #shared = new Map<string, number[]>();
  readonly #sharedHashes = new Set<number>();

  /** `holds` says whether a row really has that key. */
  constructor(
    private readonly holds: (row: number, key: string) => boolean,
    expected: number,
  ) {
    let size = 1024;
    while (size < expected * 1.6) size *= 2;
    this.#slots = new Int32Array(size * 2);
  }

  add(row: number, key: string): void {
    const hash = hashText(key);
    const mask = this.#slots.length - 1;
    let i = (hash << 1) & mask;
    for (let taken = intAt(this.#slots, i); taken !== 0; taken = intAt(this.#slots, i)) {
      if (this.#slots[i + 1] === hash && this.holds(taken - 1, key)) {
        if (taken - 1 !== row) this.#share(key, taken - 1, row);
        return;
      }
      i = (i + 2) & mask;
    }
    this.#fill(i, row, hash);
  }

  /** Adds a key by its hash alone; false, and nothing done, when a key with that hash is there: then `add` must look at it. */
  addNew(row: number, hash: number): boolean {
    const mask = this.#slots.length - 1;
    let i = (hash << 1) & mask;
    for (; this.#slots[i] !== 0; i = (i + 2) & mask) if (this.#slots[i + 1] === hash) return false;
    this.#fill(i, row, hash);
    return true;
  }

  /** A row whose key has this hash; -1: nobody holds such a key; -2: a key that several rows hold has it. */
  byHash(hash: number): number {
    if (this.#sharedHashes.size > 0 && this.#sharedHashes.has(hash)) return -2;
    const mask = this.#slots.length - 1;
    let i = (hash << 1) & mask;
    for (; this.#slots[i] !== 0; i = (i + 2) & mask) if (this.#slots[i + 1] === hash) return intAt(this.#slots, i) - 1;
    return -1;
  }

  /** Rows that hold the key, in row order; none when too many do. */
  find(key: string): readonly number[] {
    const row = this.first(key);
    if (row < 0) return EMPTY;
    const shared = this.#shared.size === 0 ? undefined : this.#shared.get(key);
    if (shared === undefined) return [row];
    return this.isCrowded(key) ? EMPTY : shared;
  }

  /** The key's only row; -1: no row; -2: several rows (ask `find`). Spares the common case an array. */
  only(key: string): number {
    const row = this.first(key);
    return row >= 0 && this.#shared.size > 0 && this.#shared.has(key) ? -2 : row;
  }

  /** Do so many rows hold the key that it names nobody? */
  isCrowded(key: string): boolean {
    return (this.#shared.get(key)?.length ?? 0) > SHARED;
  }

  /** Keys that were dropped because more than eight rows hold them. */
  get dropped(): number {
    let n = 0;
    for (const rows of this.#shared.values()) if (rows.length > SHARED) n++;
    return n;
  }

  private first(key: string): number {
    const hash = hashText(key);
    const mask = this.#slots.length - 1;
    let i = (hash << 1) & mask;
    for (let taken = intAt(this.#slots, i); taken !== 0; taken = intAt(this.#slots, i)) {
      if (this.#slots[i + 1] === hash && this.holds(taken - 1, key)) return taken - 1;
      i = (i + 2) & mask;
    }
    return -1;
  }

  #share(key: string, first: number, row: number): void {
    const rows = this.#shared.get(key);
    if (rows === undefined) {
      this.#shared.set(key, [first, row]);
      this.#sharedHashes.add(hashText(key));
    } else if (rows.length <= SHARED && !rows.includes(row)) rows.push(row);
  }

  #fill(slot: number, row: number, hash: number): void {
    this.#slots[slot] = row + 1;
    this.#slots[slot + 1] = hash;
    if (++this.#used > this.#slots.length * 0.35) this.#slots = grown(this.#slots);
  }
}
