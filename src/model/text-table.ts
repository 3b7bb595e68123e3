import { Buffer } from 'node:buffer';

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

  /** Layout: four bytes (length in bytes, times two, plus one if UTF-16), then the bytes: Latin-1, or UTF-16 where that is not enough. */
  write(value: string): number {
    const most = value.length * 2 + 4;
    if (this.#chunk === undefined || this.#end + most > this.#chunk.length) {
      if (most > CHUNK) throw new RangeError('a text of more than two million characters');
      if (this.#chunks.length >= 511) throw new RangeError('more than 2 GiB of text in one table');
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK);
      this.#chunks.push(this.#chunk);
      this.#end = 0;
    }
    const chunk = this.#chunk;
    const start = this.#end;
    const from = start + 4;
    let bytes = value.length;
    let wide = 0;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 255) {
        // UTF-16 keeps lone surrogates as they are; UTF-8 would fold different ids into one.
        bytes = chunk.write(value, from, 'utf16le');
        wide = 1;
        break;
      }
      chunk[from + i] = unit;
    }
    const length = bytes * 2 + wide;
    chunk[start] = length & 255;
    chunk[start + 1] = (length >>> 8) & 255;
    chunk[start + 2] = (length >>> 16) & 255;
    chunk[start + 3] = length >>> 24;
    this.#end = from + bytes;
    return (this.#chunks.length - 1) * CHUNK + start;
  }

  read(offset: number): string {
    const chunk = this.#chunks[(offset / CHUNK) | 0] as Buffer;
    const start = offset % CHUNK;
    const length = header(chunk, start);
    const from = start + 4;
    return chunk.toString((length & 1) === 1 ? 'utf16le' : 'latin1', from, from + (length >>> 1));
  }

  /** Is the text at this offset exactly `value`? Answers from the bytes, without making a string. */
  is(offset: number, value: string): boolean {
    const chunk = this.#chunks[(offset / CHUNK) | 0] as Buffer;
    const start = offset % CHUNK;
    if (header(chunk, start) !== value.length * 2) return (chunk[start] as number) % 2 === 1 && this.read(offset) === value;
    const from = start + 4;
    for (let i = 0; i < value.length; i++) if (chunk[from + i] !== value.charCodeAt(i)) return false;
    return true;
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

function header(chunk: Buffer, start: number): number {
  return (
    (chunk[start] as number) +
    (chunk[start + 1] as number) * 256 +
    (chunk[start + 2] as number) * 65_536 +
    (chunk[start + 3] as number) * 16_777_216
  );
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
