import { Buffer } from 'node:buffer';

const CHUNK = 1 << 22;
/** Values that repeat (departments, titles) are kept once, up to this many distinct ones. */
const DICTIONARY = 4096;

/**
 * One text per row, by row number, for millions of rows: repeated values are kept once, the others as bytes outside the
 * garbage collector's reach. `undefined` (absent) and `''` (present and empty) stay apart. What goes in is copied: a slice
 * of a parser's megabyte does not keep that megabyte alive.
 */
export class TextColumn {
  /** 0 absent; n > 0: dictionary entry n - 1; n < 0: byte offset -n - 1. */
  #refs = new Int32Array(1024);
  readonly #words: string[] = [];
  #codes: Map<string, number> | undefined = new Map();
  #misses = 0;
  #hits = 0;
  readonly #chunks: Buffer[] = [];
  #chunk: Buffer | undefined;
  #end = 0;
  #present = 0;

  /** Rows that were given a value. */
  get present(): number {
    return this.#present;
  }

  set(row: number, value: string | undefined): void {
    if (row >= this.#refs.length) {
      if (value === undefined) return;
      this.#grow(row);
    }
    if (value === undefined) {
      this.#refs[row] = 0;
      return;
    }
    this.#present++;
    this.#refs[row] = this.#refer(value);
  }

  get(row: number): string | undefined {
    const ref = row < this.#refs.length ? (this.#refs[row] as number) : 0;
    if (ref === 0) return undefined;
    return ref > 0 ? this.#words[ref - 1] : this.#read(-ref - 1);
  }

  #grow(row: number): void {
    const wider = new Int32Array(Math.max(row + 1, this.#refs.length * 2));
    wider.set(this.#refs);
    this.#refs = wider;
  }

  #refer(value: string): number {
    const codes = this.#codes;
    if (codes !== undefined) {
      const code = codes.get(value);
      if (code !== undefined) {
        this.#hits++;
        return code;
      }
      if (this.#words.length < DICTIONARY) {
        const offset = this.#write(value);
        const copy = this.#read(offset);
        this.#words.push(copy);
        codes.set(copy, this.#words.length);
        return this.#words.length;
      }
      // A column of unique values (ids, addresses) gains nothing from a dictionary: stop asking it.
      if (++this.#misses > DICTIONARY && this.#misses > this.#hits) this.#codes = undefined;
    }
    return -this.#write(value) - 1;
  }

  /** Layout: four bytes (length in bytes, times two, plus one if UTF-16), then the bytes. */
  #write(value: string): number {
    const most = value.length * 3 + 8;
    if (this.#chunk === undefined || this.#end + most > this.#chunk.length) {
      if (this.#chunks.length >= 511) throw new RangeError('a column of more than 2 GiB of text');
      this.#chunk = Buffer.allocUnsafe(Math.max(CHUNK, most));
      if (most > CHUNK) throw new RangeError('a text of more than a megabyte');
      this.#chunks.push(this.#chunk);
      this.#end = 0;
    }
    const chunk = this.#chunk;
    const start = this.#end;
    let bytes = chunk.write(value, start + 4, 'utf8');
    let wide = 0;
    if (bytes !== value.length) {
      // UTF-16 keeps lone surrogates as they are; UTF-8 would fold different ids into one.
      bytes = chunk.write(value, start + 4, 'utf16le');
      wide = 1;
    }
    chunk.writeUInt32LE(bytes * 2 + wide, start);
    this.#end = start + 4 + bytes;
    return (this.#chunks.length - 1) * CHUNK + start;
  }

  #read(offset: number): string {
    const chunk = this.#chunks[Math.floor(offset / CHUNK)] as Buffer;
    const start = offset % CHUNK;
    const header = chunk.readUInt32LE(start);
    const bytes = header >>> 1;
    const from = start + 4;
    return chunk.toString((header & 1) === 1 ? 'utf16le' : 'latin1', from, from + bytes);
  }
}
