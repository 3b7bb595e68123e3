import type { Cells } from './cells.js';
import { BACKSLASH, CLOSE, CLOSE_LIST, COLON, COMMA, OPEN, OPEN_LIST, QUOTE } from './json-bytes.js';
import { JsonScan } from './json-scan.js';
import { itemAt } from '../../model/at.js';

/** The records of one document, where they lie in its bytes. Its cells are there until the next document is opened. */
export class ScannedList {
  constructor(
    readonly bytes: Buffer,
    /** The document as `JSON.parse` gives it, its list of records empty. */
    readonly document: unknown,
    private readonly ends: readonly number[],
    /** By record: where its cells begin; -1: only `at` can read it. */
    private readonly bases: readonly number[],
    private readonly first = 0,
  ) {}

  get length(): number {
    return this.bases.length - this.first;
  }

  base(index: number): number {
    return this.bases[this.first + index] as number;
  }

  /** The record as `JSON.parse` gives it; as with lists, -1 is the last one. */
  at(index: number): unknown {
    const place = index < 0 ? this.bases.length + index : this.first + index;
    if (place < this.first || place >= this.bases.length) return undefined;
    return JSON.parse(this.bytes.toString('utf8', this.ends[place * 2], this.ends[place * 2 + 1]));
  }

  map<Value>(read: (record: unknown) => Value): Value[] {
    const text = this.length === 0 ? '' : this.bytes.toString('utf8', this.ends[this.first * 2], this.ends.at(-1));
    return (JSON.parse(`[${text}]`) as readonly unknown[]).map((record) => read(record));
  }

  /** The same list without its first record. */
  rest(): ScannedList {
    return new ScannedList(this.bytes, this.document, this.ends, this.bases, this.first + 1);
  }
}

/** Finds the records of a JSON document, and the cells of each, without making values of them. */
export class ListScan {
  readonly #scan: JsonScan;
  readonly #way: readonly Uint8Array[];
  /** By step of the way: keys that read as several steps at once. */
  readonly #doubtful: readonly (readonly Uint8Array[])[];
  #bytes: Buffer = Buffer.alloc(0);
  #ends: number[] = [];
  #bases: number[] = [];
  /** Where the list begins and ends; -1: it was not found. */
  #from = -1;
  #to = -1;

  /** `paths`: what is wanted of a record; `way`: the keys that lead to the list, none where the document is the list. */
  constructor(paths: readonly (readonly string[])[], way: readonly string[]) {
    this.#scan = new JsonScan(paths);
    this.#way = way.map((key) => Buffer.from(key));
    this.#doubtful = way.map((_, step) => way.slice(step + 1).map((__, more) => Buffer.from(way.slice(step, step + more + 2).join('.'))));
  }

  get cells(): Cells {
    return this.#scan.cells;
  }

  /**
   * Opens a document in well-formed UTF-8. Undefined: it is not whole, holds no list of objects there, or is out of the ordinary,
   * so that the parser must look at it.
   */
  open(bytes: Buffer): ScannedList | undefined {
    const scan = this.#scan;
    this.#bytes = bytes;
    this.#ends = [];
    this.#bases = [];
    this.#from = -1;
    scan.begin(bytes, bytes.length);
    const end = this.#step(scan.space(0), 0);
    if (end < 0 || this.#from < 0 || scan.space(end) !== bytes.length) return undefined;
    try {
      const around = bytes.toString('utf8', 0, this.#from + 1) + bytes.toString('utf8', this.#to - 1);
      return new ScannedList(bytes, JSON.parse(around), this.#ends, this.#bases);
    } catch {
      return undefined;
    }
  }

  /** The value that holds the list: where it ends, or -1. */
  #step(from: number, step: number): number {
    const bytes = this.#bytes;
    const scan = this.#scan;
    if (step === this.#way.length) return this.#list(from);
    if (bytes[from] !== OPEN) return -1;
    let at = scan.space(from + 1);
    if (bytes[at] === CLOSE) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const key = at + 1;
      const end = scan.value(at, 0);
      if (end < 0) return -1;
      at = scan.space(end);
      if (bytes[at] !== COLON) return -1;
      at = scan.space(at + 1);
      const what = this.#leads(key, end - 1, step);
      if (what === undefined) return -1;
      at = what ? this.#step(at, step + 1) : scan.value(at, 0);
      if (at < 0) return -1;
      at = scan.space(at);
      if (bytes[at] === CLOSE) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = scan.space(at + 1);
    }
  }

  /** Does this key lead to the list? Undefined: the parser must tell. */
  #leads(from: number, to: number, step: number): boolean | undefined {
    const bytes = this.#bytes;
    for (let at = from; at < to; at++) if (bytes[at] === BACKSLASH) return undefined;
    const is = (key: Uint8Array): boolean => key.length === to - from && bytes.compare(key, 0, key.length, from, to) === 0;
    if (itemAt(this.#doubtful, step).some(is)) return undefined;
    if (!is(itemAt(this.#way, step))) return false;
    // The second of two equal keys replaces the first.
    return this.#from < 0 ? true : undefined;
  }

  #list(from: number): number {
    const bytes = this.#bytes;
    const scan = this.#scan;
    if (bytes[from] !== OPEN_LIST) return -1;
    let at = scan.space(from + 1);
    if (bytes[at] === CLOSE_LIST) return this.#found(from, at + 1);
    for (;;) {
      if (bytes[at] !== OPEN) return -1;
      const base = this.#bases.length * scan.slots;
      const found = scan.object(at, base);
      const end = found < 0 ? scan.value(at, 0) : found;
      if (end < 0) return -1;
      this.#bases.push(found < 0 ? -1 : base);
      this.#ends.push(at, end);
      at = scan.space(end);
      if (bytes[at] === CLOSE_LIST) return this.#found(from, at + 1);
      if (bytes[at] !== COMMA) return -1;
      at = scan.space(at + 1);
    }
  }

  #found(from: number, to: number): number {
    this.#from = from;
    this.#to = to;
    return to;
  }
}
