import { Buffer } from 'node:buffer';
import { plainHash } from './plain-key.js';
import { HEAD, isText, mostBytes, putText, readText, sameText, sizeOf } from './text-bytes.js';
import { itemAt } from '../model/at.js';

const CHUNK = 1 << 22;
/** Rows that lie together. */
const SHIFT = 12;
const MASK = (1 << SHIFT) - 1;
/** Values that repeat (departments, titles) are kept once, up to this many distinct ones a column. */
const DICTIONARY = 4096;
/** What a table begins with. A small company has one for every app, and full-sized ones cost it more than all the rest of an audit. */
const FIRST = { bytes: 1 << 15, rows: 64, slots: 128 };

/**
 * Texts by row and column, for millions of rows. A row's values lie side by side, so that comparing one touches little
 * memory; repeated values are kept once, the others as bytes outside the garbage collector's reach. `undefined` (absent) and
 * `''` (present and empty) stay apart. What goes in is copied: a slice of a parser's megabyte does not keep that megabyte alive.
 */
export class TextTable {
  /** Rows of so many, each row-major; nothing is copied when rows are added. 0 absent; n > 0: dictionary entry n - 1 of the column; n < 0: byte offset -n - 1. */
  #refs: Int32Array[] = [];
  #stride = 8;
  #columns = 0;
  readonly #chunks: Buffer[] = [];
  #chunk: Buffer | undefined;
  #end = 0;

  column(): TextColumn {
    if (this.#columns === this.#stride) this.#widen(this.#stride * 2);
    return new TextColumn(this, this.#columns++);
  }

  ref(row: number, column: number): number {
    const refs = this.#refs[row >>> SHIFT];
    const at = (row & MASK) * this.#stride + column;
    return refs === undefined || at >= refs.length ? 0 : (refs[at] as number);
  }

  setRef(row: number, column: number, ref: number): void {
    let refs = this.#refs[row >>> SHIFT];
    const at = (row & MASK) * this.#stride + column;
    if (refs === undefined || at >= refs.length) {
      if (ref === 0) return;
      refs = this.#rowsOf(row);
    }
    refs[at] = ref;
  }

  /** Keeps a text (store/text-bytes.ts); gives back its offset. */
  write(value: string): number {
    const chunk = this.#room(mostBytes(value.length));
    const start = this.#end;
    this.#end = putText(chunk, start, value);
    return (this.#chunks.length - 1) * CHUNK + start;
  }

  /** Keeps a copy of a piece of texts as bytes; gives back its offset. Undefined: it is too large to lie in one piece. */
  adopt(texts: Buffer, from: number, to: number): number | undefined {
    if (to - from > CHUNK) return undefined;
    this.#room(to - from).set(texts.subarray(from, to), this.#end);
    const start = this.#end;
    this.#end += to - from;
    return (this.#chunks.length - 1) * CHUNK + start;
  }

  read(offset: number): string {
    return readText(itemAt(this.#chunks, (offset / CHUNK) | 0), offset % CHUNK);
  }

  /** Is the text at this offset exactly `value`? */
  is(offset: number, value: string): boolean {
    return isText(itemAt(this.#chunks, (offset / CHUNK) | 0), offset % CHUNK, value);
  }

  /** Is the text at this offset the one that lies in `bytes`? */
  isSame(offset: number, bytes: Buffer, at: number): boolean {
    return sameText(itemAt(this.#chunks, (offset / CHUNK) | 0), offset % CHUNK, bytes, at);
  }

  /** See store/plain-key.ts. */
  plainHash(offset: number): number {
    const chunk = itemAt(this.#chunks, (offset / CHUNK) | 0);
    const start = offset % CHUNK;
    return ((chunk[start] as number) & 1) === 1 ? 0 : plainHash(chunk, start + HEAD, start + sizeOf(chunk, start));
  }

  /** The chunk that has so many bytes left at `#end`. */
  #room(bytes: number): Buffer {
    if (this.#chunk === undefined || this.#end + bytes > this.#chunk.length) {
      if (bytes > CHUNK) throw new RangeError('a text of more than two million characters');
      if (this.#chunks.length >= 511) throw new RangeError('more than 2 GiB of text in one table');
      this.#chunk = Buffer.allocUnsafeSlow(this.#chunks.length === 0 ? Math.max(FIRST.bytes, bytes) : CHUNK);
      this.#chunks.push(this.#chunk);
      this.#end = 0;
    }
    return this.#chunk;
  }

  /** The rows among which this one lies, with room for it. */
  #rowsOf(row: number): Int32Array {
    const part = row >>> SHIFT;
    for (let at = this.#refs.length; at <= part; at++) this.#refs.push(new Int32Array(0));
    const there = itemAt(this.#refs, part);
    // Behind the first part more rows are sure to come.
    let rows = part === 0 ? FIRST.rows : MASK + 1;
    while (rows <= (row & MASK)) rows *= 2;
    const longer = new Int32Array(rows * this.#stride);
    longer.set(there);
    return (this.#refs[part] = longer);
  }

  #widen(stride: number): void {
    this.#refs = this.#refs.map((refs) => {
      const rows = refs.length / this.#stride;
      const wider = new Int32Array(rows * stride);
      for (let row = 0; row < rows; row++) wider.set(refs.subarray(row * this.#stride, (row + 1) * this.#stride), row * stride);
      return wider;
    });
    this.#stride = stride;
  }
}

/** One column of a table: a text per row, in any order of rows. */
export class TextColumn {
  readonly #words: string[] = [];
  /** Word by a cheap fingerprint of its text, plus one: a miss costs a few bytes more, never a wrong word. */
  #recent = new Int32Array(FIRST.slots);
  #misses = 0;
  #hits = 0;
  #present = 0;

  constructor(
    private readonly table: TextTable,
    private readonly at: number,
  ) {}

  /** How often a value was set. */
  get present(): number {
    return this.#present;
  }

  set(row: number, value: string | undefined): void {
    if (value !== undefined) this.#present++;
    this.table.setRef(row, this.at, value === undefined ? 0 : this.#refer(value));
  }

  /**
   * Sets many rows at once. `refs`: 0 absent; n > 0: word n - 1, for which `refer` gave `known[n - 1]`; n < 0: a text at -n - 1 of
   * the bytes that the table adopted at `offset`.
   */
  setRefs(from: number, refs: Int32Array, known: readonly number[], offset: number): void {
    let present = 0;
    for (let i = 0; i < refs.length; i++) {
      const ref = refs[i] as number;
      if (ref === 0) continue;
      present++;
      this.table.setRef(from + i, this.at, ref > 0 ? (known[ref - 1] as number) : ref - offset);
    }
    this.#present += present;
  }

  /** The reference of the row's value, for `isSame`: 0 absent. */
  ref(row: number): number {
    return this.table.ref(row, this.at);
  }

  /** The hash of the row's text where it is a plain key (store/plain-key.ts); 0: it may yet be a key. */
  plainHash(row: number): number {
    const ref = this.table.ref(row, this.at);
    return ref < 0 ? this.table.plainHash(-ref - 1) : 0;
  }

  /** Keeps a value, without a row. */
  refer(value: string): number {
    return this.#refer(value);
  }

  /** Sets the row's value to the text that lies in `bytes`. */
  setBytes(row: number, bytes: Buffer, at: number): void {
    const offset = this.table.adopt(bytes, at, at + sizeOf(bytes, at));
    if (offset === undefined) return this.set(row, readText(bytes, at));
    this.#present++;
    this.table.setRef(row, this.at, -offset - 1);
  }

  /** Is this row's value the text that lies in `bytes`? */
  isSame(row: number, bytes: Buffer, at: number): boolean {
    const ref = this.table.ref(row, this.at);
    if (ref < 0) return this.table.isSame(-ref - 1, bytes, at);
    return ref > 0 && isText(bytes, at, itemAt(this.#words, ref - 1));
  }

  get(row: number): string | undefined {
    const ref = this.table.ref(row, this.at);
    if (ref === 0) return undefined;
    return ref > 0 ? this.#words[ref - 1] : this.table.read(-ref - 1);
  }

  /** Is this row's value exactly `value`? */
  is(row: number, value: string): boolean {
    const ref = this.table.ref(row, this.at);
    if (ref === 0) return false;
    return ref > 0 ? this.#words[ref - 1] === value : this.table.is(-ref - 1, value);
  }

  #refer(value: string): number {
    // A column of unique values (ids, addresses) gains nothing from a dictionary: stop asking it.
    if (this.#misses > DICTIONARY && this.#misses > this.#hits * 2) return -this.table.write(value) - 1;
    const slot = markOf(value) & (this.#recent.length - 1);
    const known = this.#recent[slot] as number;
    if (known !== 0 && this.#words[known - 1] === value) {
      this.#hits++;
      return known;
    }
    this.#misses++;
    const offset = this.table.write(value);
    if (this.#words.length >= DICTIONARY) return -offset - 1;
    const ref = this.#words.push(this.table.read(offset));
    this.#recent[slot] = ref;
    if (ref * 4 > this.#recent.length && this.#recent.length < DICTIONARY * 2) this.#spread();
    return ref;
  }

  #spread(): void {
    const wider = new Int32Array(this.#recent.length * 4);
    this.#words.forEach((word, i) => (wider[markOf(word) & (wider.length - 1)] = i + 1));
    this.#recent = wider;
  }
}

/** A cheap fingerprint. */
function markOf(text: string): number {
  const length = text.length;
  if (length === 0) return 0;
  const mark = text.charCodeAt(0) * 31 + text.charCodeAt(length - 1) * 131 + text.charCodeAt(length >> 1) * 17 + length * 7;
  return length > 4 ? mark + text.charCodeAt(length - 2) * 57 : mark;
}
