import { Buffer } from 'node:buffer';
import type { Database } from 'node-sqlite3-wasm';
import { SOURCES } from './schema.js';
import { readAll, WrongType } from './table.js';

const WORDS = 6;
const ID_HIGH = 0;
const ID_LOW = 1;
const ROW_HIGH = 2;
const ROW_LOW = 3;
const VERSION = 4;
const PERSON = 5;
/** The blob is little-endian, and so is nearly every machine. */
const IS_LITTLE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** What is kept of one row: both halves of the hashes of its id and of itself, its version, and the person's number. */
export type Head = readonly [idHigh: number, idLow: number, rowHigh: number, rowLow: number, version: number, person: number];

/** The heads of a list as the file has them; none where it has not been read yet. @throws {WrongType} */
export function readHeads(db: Database, source: number): Heads {
  const blob = readAll(db, { heads: SOURCES.columns.heads }, 'SELECT heads FROM sources WHERE id = ?', source)[0]?.heads ?? undefined;
  if ((blob?.byteLength ?? 0) % (WORDS * 4) !== 0) throw new WrongType('sources.heads has a length that fits no row');
  return new Heads(blob);
}

/** The version of a row that is no longer valid. */
export const ENDED = 0;

/**
 * The rows of one list that are valid now: hash of the id, hash of the row, number of its version, and (of people) the person's number. 24
 * bytes a row, kept as one blob, so that an audit finds what changed without reading the versions themselves.
 */
export class Heads {
  #words: Uint32Array;
  #size: number;
  /** Row, plus one; 0 is free. */
  #slots = new Int32Array(0);
  /** 1: seen in the list that is being read. */
  #seen: Uint8Array;

  constructor(blob?: Uint8Array) {
    const bytes = blob ?? new Uint8Array(0);
    this.#size = bytes.byteLength / (WORDS * 4);
    this.#words = new Uint32Array(Math.max(16, this.#size) * WORDS);
    const own = Buffer.from(this.#words.buffer, 0, bytes.byteLength);
    own.set(bytes);
    if (!IS_LITTLE) own.swap32();
    this.#seen = new Uint8Array(Math.max(16, this.#size));
    this.#index();
  }

  get size(): number {
    return this.#size;
  }

  /** The row of this id, or -1. */
  find(high: number, low: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const row = (this.#slots[slot] as number) - 1;
      if (row < 0) return -1;
      if (this.#words[row * WORDS + ID_LOW] === low && this.#words[row * WORDS + ID_HIGH] === high) return row;
    }
  }

  /** Marks the row as seen; false when it was seen before in this list. */
  see(row: number): boolean {
    if (this.#seen[row] === 1) return false;
    this.#seen[row] = 1;
    return true;
  }

  isSeen(row: number): boolean {
    return this.#seen[row] === 1;
  }

  isSame(row: number, high: number, low: number): boolean {
    return this.#words[row * WORDS + ROW_HIGH] === high && this.#words[row * WORDS + ROW_LOW] === low;
  }

  version(row: number): number {
    return this.#words[row * WORDS + VERSION] as number;
  }

  person(row: number): number {
    return this.#words[row * WORDS + PERSON] as number;
  }

  /** Appends a row, or writes over the one that is there. */
  set(head: Head): void {
    const [idHigh, idLow] = head;
    let row = this.find(idHigh, idLow);
    if (row < 0) {
      if (this.#size === this.#seen.length) this.#grow();
      row = this.#size++;
      const mask = this.#slots.length - 1;
      let slot = idLow & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row + 1;
    }
    this.#words.set(head, row * WORDS);
  }

  /**
   * The blob after these versions have ended. `keep`: their rows stay without a version, and with the person's number, so that who comes back is
   * the same person.
   */
  toBlob(ended: ReadonlySet<number>, keep: boolean): Uint8Array {
    for (let row = 0; row < this.#size; row++) if (ended.has(this.version(row))) this.#words[row * WORDS + VERSION] = ENDED;
    return this.#blob((row) => keep || this.version(row) !== ENDED);
  }

  /** The blob with the rows of these people alone. */
  onlyOf(people: ReadonlySet<number>): Uint8Array {
    return this.#blob((row) => people.has(this.person(row)));
  }

  #blob(keeps: (row: number) => boolean): Uint8Array {
    const kept = new Uint32Array(this.#size * WORDS);
    let end = 0;
    for (let row = 0; row < this.#size; row++) {
      if (!keeps(row)) continue;
      for (let word = 0; word < WORDS; word++) kept[end++] = this.#words[row * WORDS + word] as number;
    }
    const bytes = Buffer.from(kept.buffer, 0, end * 4);
    return IS_LITTLE ? bytes : bytes.swap32();
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    const seen = new Uint8Array(this.#seen.length * 2);
    seen.set(this.#seen);
    this.#seen = seen;
    this.#index();
  }

  #index(): void {
    let slots = 1024;
    while (slots < this.#seen.length * 2) slots *= 2;
    this.#slots = new Int32Array(slots);
    const mask = slots - 1;
    for (let row = 0; row < this.#size; row++) {
      let slot = (this.#words[row * WORDS + ID_LOW] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row + 1;
    }
  }
}
