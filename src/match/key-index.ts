import { hashText } from '../model/hash.js';

/** A key held by more rows than this names nobody (a shared mailbox, a default value): it is dropped with a warning. */
const SHARED = 8;

const EMPTY: readonly number[] = [];

/**
 * Folded key -> rows. Holds numbers only (8 bytes a slot): the key itself is asked of the row again, so a hit is exact and a
 * million keys cost 16 MB.
 */
export class KeyIndex {
  #slots: Int32Array;
  #hashes: Int32Array;
  #mask: number;
  #used = 0;
  /** The few keys that several rows hold. */
  readonly #shared = new Map<string, number[]>();

  /** `holds` says whether a row really has that key. */
  constructor(
    private readonly holds: (row: number, key: string) => boolean,
    expected: number,
  ) {
    let size = 1024;
    while (size < expected * 1.6) size *= 2;
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(size);
    this.#mask = size - 1;
  }

  add(row: number, key: string): void {
    const h = hashText(key);
    let i = h & this.#mask;
    for (let taken = this.#slots[i] as number; taken !== 0; taken = this.#slots[i] as number) {
      if (this.#hashes[i] === h && this.holds(taken - 1, key)) {
        if (taken - 1 !== row) this.#share(key, taken - 1, row);
        return;
      }
      i = (i + 1) & this.#mask;
    }
    this.#slots[i] = row + 1;
    this.#hashes[i] = h;
    if (++this.#used > this.#slots.length * 0.7) this.#grow();
  }

  /** Rows that hold the key, in row order; none when too many do. */
  find(key: string): readonly number[] {
    const row = this.first(key);
    if (row < 0) return EMPTY;
    const shared = this.#shared.size === 0 ? undefined : this.#shared.get(key);
    if (shared === undefined) return [row];
    return shared.length > SHARED ? EMPTY : shared;
  }

  /** The key's only row; -1: no row; -2: several rows (ask `find`). Spares the common case an array. */
  only(key: string): number {
    const row = this.first(key);
    return row >= 0 && this.#shared.size > 0 && this.#shared.has(key) ? -2 : row;
  }

  /** Keys that were dropped because more than eight rows hold them. */
  get dropped(): number {
    let n = 0;
    for (const rows of this.#shared.values()) if (rows.length > SHARED) n++;
    return n;
  }

  private first(key: string): number {
    const h = hashText(key);
    let i = h & this.#mask;
    for (let taken = this.#slots[i] as number; taken !== 0; taken = this.#slots[i] as number) {
      if (this.#hashes[i] === h && this.holds(taken - 1, key)) return taken - 1;
      i = (i + 1) & this.#mask;
    }
    return -1;
  }

  #share(key: string, first: number, row: number): void {
    const rows = this.#shared.get(key);
    if (rows === undefined) this.#shared.set(key, [first, row]);
    else if (rows.length <= SHARED && !rows.includes(row)) rows.push(row);
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 2);
    this.#hashes = new Int32Array(slots.length * 2);
    this.#mask = this.#slots.length - 1;
    for (let j = 0; j < slots.length; j++) {
      if (slots[j] === 0) continue;
      let i = (hashes[j] as number) & this.#mask;
      while (this.#slots[i] !== 0) i = (i + 1) & this.#mask;
      this.#slots[i] = slots[j] as number;
      this.#hashes[i] = hashes[j] as number;
    }
  }
}
