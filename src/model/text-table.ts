import { Buffer } from 'node:buffer';
import { isText, mostBytes, putText, readText, sameText } from './text-bytes.js';

const CHUNK = 1 << 22;
/** Values that repeat (departments, titles) are kept once, up to this many distinct ones a column. */
const DICTIONARY = 4096;

/**
 * Texts by row and column, for millions of rows. A row's values lie side by side, so that comparing one touches little
 * memory; repeated values are kept once, the others as bytes outside the garbage collector's reach. `undefined` (absent) and
 * `''` (present and empty) stay apart. What goes in is copied: a slice of a parser's megabyte does not keep that megabyte alive.
 */
export class TextTable {
  /** Row-major. 0 absent; n > 0: dictionary entry n - 1 of the column; n < 0: byte offset -n - 1. */
  #refs = new Int32Array(0);
  #stride = 8;
  #rows = 1024;
  #columns = 0;
  readonly #chunks: Buffer[] = [];
  #chunk: Buffer | undefined;
  #end = 0;

  column(): TextColumn {
    if (this.#columns === 0) this.#refs = new Int32Array(this.#rows * this.#stride);
    if (this.#columns === this.#stride) this.#resize(this.#rows, this.#stride * 2);
    return new TextColumn(this, this.#columns++);
  }

  ref(row: number, column: number): number {
    return row < this.#rows ? (this.#refs[row * this.#stride + column] as number) : 0;
  }

  setRef(row: number, column: number, ref: number): void {
    if (row >= this.#rows) {
      if (ref === 0) return;
      this.#resize(Math.max(row + 1, this.#rows * 2), this.#stride);
    }
    this.#refs[row * this.#stride + column] = ref;
  }

  /** Keeps a text (model/text-bytes.ts); gives back its offset. */
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
    return readText(this.#chunks[(offset / CHUNK) | 0] as Buffer, offset % CHUNK);
  }

  /** Is the text at this offset exactly `value`? */
  is(offset: number, value: string): boolean {
    return isText(this.#chunks[(offset / CHUNK) | 0] as Buffer, offset % CHUNK, value);
  }

  /** Is the text at this offset the one that lies in `bytes`? */
  isSame(offset: number, bytes: Buffer, at: number): boolean {
    return sameText(this.#chunks[(offset / CHUNK) | 0] as Buffer, offset % CHUNK, bytes, at);
  }

  /** The chunk that has so many bytes left at `#end`. */
  #room(bytes: number): Buffer {
    if (this.#chunk === undefined || this.#end + bytes > this.#chunk.length) {
      if (bytes > CHUNK) throw new RangeError('a text of more than two million characters');
      if (this.#chunks.length >= 511) throw new RangeError('more than 2 GiB of text in one table');
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK);
      this.#chunks.push(this.#chunk);
      this.#end = 0;
    }
    return this.#chunk;
  }

  #resize(rows: number, stride: number): void {
    const refs = new Int32Array(rows * stride);
    if (stride === this.#stride) refs.set(this.#refs);
    else {
      for (let row = 0; row < this.#rows; row++) {
        refs.set(this.#refs.subarray(row * this.#stride, (row + 1) * this.#stride), row * stride);
      }
    }
    this.#refs = refs;
    this.#rows = rows;
    this.#stride = stride;
  }
}

/** One column of a table: a text per row, in any order of rows. */
export class TextColumn {
  readonly #words: string[] = [];
  /** Word by a cheap fingerprint of its text, plus one: a miss costs a few bytes more, never a wrong word. */
  readonly #recent = new Int32Array(DICTIONARY * 2);
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

  /** Sets many rows to what `refer` and the table gave for their values. */
  setRefs(from: number, refs: Int32Array, known: Int32Array | undefined, offset: number): void {
    let present = 0;
    for (let i = 0; i < refs.length; i++) {
      const ref = refs[i] as number;
      if (ref === 0) continue;
      present++;
      this.table.setRef(from + i, this.at, ref > 0 ? (known?.[ref - 1] as number) : ref - offset);
    }
    this.#present += present;
  }

  /** The reference of the row's value, for `isSame`: 0 absent. */
  ref(row: number): number {
    return this.table.ref(row, this.at);
  }

  /** Keeps a value, without a row. */
  refer(value: string): number {
    return this.#refer(value);
  }

  /** Is this row's value the text that lies in `bytes`? */
  isSame(row: number, bytes: Buffer, at: number): boolean {
    const ref = this.table.ref(row, this.at);
    if (ref < 0) return this.table.isSame(-ref - 1, bytes, at);
    return ref > 0 && isText(bytes, at, this.#words[ref - 1] as string);
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
    const length = value.length;
    const mark = length === 0 ? 0 : value.charCodeAt(0) * 31 + value.charCodeAt(length - 1) * 131 + value.charCodeAt(length >> 1) * 17;
    const slot = (mark + length * 7 + (length > 4 ? value.charCodeAt(length - 2) * 57 : 0)) & (DICTIONARY * 2 - 1);
    const known = this.#recent[slot] as number;
    if (known !== 0 && this.#words[known - 1] === value) {
      this.#hits++;
      return known;
    }
    this.#misses++;
    const offset = this.table.write(value);
    if (this.#words.length >= DICTIONARY) return -offset - 1;
    this.#words.push(this.table.read(offset));
    this.#recent[slot] = this.#words.length;
    return this.#words.length;
  }
}
