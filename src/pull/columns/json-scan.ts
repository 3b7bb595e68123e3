import { CELL, Cells } from './cells.js';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;
/** Deeper objects are left to the parser. */
const DEEPEST = 32;

/**
 * Finds the cells of one JSON object (RFC 8259) without making a value of it. Answers true only for what `JSON.parse` takes as
 * an object, and the last of several equal keys counts, as there; whatever it does not know for sure, it leaves to the parser.
 */
export class JsonScan {
  readonly cells: Cells;
  /** Slots that any object had. */
  readonly seen: Uint8Array;
  readonly #slots: ReadonlyMap<string, number>;
  /** Keys at their place in the object before: mostly the next object has the same there. */
  readonly #keys: Uint8Array[] = [];
  readonly #slotOf: number[] = [];
  #bytes: Uint8Array = new Uint8Array(0);
  #to = 0;
  /** What `#string` found: an escape, and bits of all bytes. */
  #escaped = false;
  #bits = 0;

  /** `keys`: the keys whose values are wanted; a key's place is its slot. */
  constructor(keys: readonly string[]) {
    this.cells = new Cells(Math.max(1, keys.length));
    this.seen = new Uint8Array(keys.length);
    this.#slots = new Map(keys.map((key, slot) => [key, slot]));
  }

  /** Scans the line from `from` to `to`; the end is not part of it. */
  line(bytes: Uint8Array, from: number, to: number): boolean {
    const { cells } = this;
    this.#bytes = bytes;
    this.#to = to;
    cells.kind.fill(CELL.absent);
    let at = this.#space(from);
    if (at >= to || bytes[at] !== OPEN) return false;
    at = this.#space(at + 1);
    if (at < to && bytes[at] === CLOSE) return this.#space(at + 1) === to;
    for (let place = 0; ; place++) {
      if (at >= to || bytes[at] !== QUOTE) return false;
      const slot = this.#key(place, at + 1);
      if (slot === -2) return false;
      at = this.#space(at + 2 + (this.#keys[place] as Uint8Array).length);
      if (at >= to || bytes[at] !== COLON) return false;
      at = this.#space(at + 1);
      const value = at;
      at = this.#value(at, 0);
      if (at < 0) return false;
      if (slot >= 0) this.#keep(slot, value, at);
      at = this.#space(at);
      if (at >= to) return false;
      if (bytes[at] === CLOSE) return this.#space(at + 1) === to;
      if (bytes[at] !== COMMA) return false;
      at = this.#space(at + 1);
    }
  }

  #keep(slot: number, from: number, to: number): void {
    const { cells } = this;
    const first = this.#bytes[from] as number;
    this.seen[slot] = 1;
    if (first !== QUOTE || this.#escaped) {
      cells.from[slot] = from;
      cells.to[slot] = to;
      cells.kind[slot] = first === QUOTE ? CELL.escaped : first === OPEN || first === OPEN_LIST ? CELL.nested : CELL.literal;
      return;
    }
    cells.from[slot] = from + 1;
    cells.to[slot] = to - 1;
    cells.kind[slot] = this.#bits < 128 ? CELL.ascii : CELL.utf8;
  }

  /** The slot of the key that begins here; -1: nobody wants it; -2: it cannot be read. */
  #key(place: number, from: number): number {
    const bytes = this.#bytes;
    const before = this.#keys[place];
    if (before !== undefined && bytes[from + before.length] === QUOTE) {
      let i = 0;
      while (i < before.length && bytes[from + i] === before[i]) i++;
      if (i === before.length) return this.#slotOf[place] as number;
    }
    const end = this.#string(from);
    if (end < 0 || this.#escaped) return -2;
    const key = bytes.slice(from, end - 1);
    const slot = this.#slots.get(decoder.decode(key)) ?? -1;
    this.#keys[place] = key;
    this.#slotOf[place] = slot;
    return slot;
  }

  /** Where the value that begins here ends; -1: it is none. */
  #value(at: number, depth: number): number {
    if (at >= this.#to) return -1;
    switch (this.#bytes[at]) {
      case QUOTE:
        return this.#string(at + 1);
      case OPEN:
        return depth < DEEPEST ? this.#nested(at, depth, CLOSE) : -1;
      case OPEN_LIST:
        return depth < DEEPEST ? this.#nested(at, depth, CLOSE_LIST) : -1;
      case 116:
        return this.#word(at, TRUE);
      case 102:
        return this.#word(at, FALSE);
      case 110:
        return this.#word(at, NULL);
      default:
        return this.#number(at);
    }
  }

  /** Of a text whose first character is here: where it ends, its quote included. */
  #string(from: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    let bits = 0;
    this.#escaped = false;
    for (let at = from; at < to; at++) {
      const c = bytes[at] as number;
      if (c === QUOTE) {
        this.#bits = bits;
        return at + 1;
      }
      if (c < 32) return -1;
      if (c === BACKSLASH) {
        this.#escaped = true;
        const next = bytes[++at] as number;
        if (next === 117) {
          for (let i = 1; i <= 4; i++) if (!isHex(bytes[at + i] as number)) return -1;
          at += 4;
        } else if (!ESCAPES.includes(next)) return -1;
      }
      bits |= c;
    }
    return -1;
  }

  #nested(from: number, depth: number, close: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    let at = this.#space(from + 1);
    if (at < to && bytes[at] === close) return at + 1;
    for (;;) {
      if (close === CLOSE) {
        if (at >= to || bytes[at] !== QUOTE) return -1;
        at = this.#string(at + 1);
        if (at < 0) return -1;
        at = this.#space(at);
        if (at >= to || bytes[at] !== COLON) return -1;
        at = this.#space(at + 1);
      }
      at = this.#value(at, depth + 1);
      if (at < 0) return -1;
      at = this.#space(at);
      if (at >= to) return -1;
      if (bytes[at] === close) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#space(at + 1);
    }
  }

  #word(at: number, word: Uint8Array): number {
    for (let i = 0; i < word.length; i++) if (this.#bytes[at + i] !== word[i]) return -1;
    return at + word.length <= this.#to ? at + word.length : -1;
  }

  /** -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? */
  #number(from: number): number {
    const bytes = this.#bytes;
    let at = bytes[from] === 45 ? from + 1 : from;
    const whole = this.#digits(at);
    if (whole === at || (bytes[at] === 48 && whole > at + 1)) return -1;
    at = whole;
    if (at < this.#to && bytes[at] === 46) {
      const end = this.#digits(at + 1);
      if (end === at + 1) return -1;
      at = end;
    }
    if (at < this.#to && (bytes[at] === 101 || bytes[at] === 69)) {
      const sign = bytes[at + 1] === 43 || bytes[at + 1] === 45 ? at + 2 : at + 1;
      const end = this.#digits(sign);
      if (end === sign) return -1;
      at = end;
    }
    return at;
  }

  #digits(from: number): number {
    let at = from;
    while (at < this.#to && (this.#bytes[at] as number) >= 48 && (this.#bytes[at] as number) <= 57) at++;
    return at;
  }

  /** The first place from here on that is no white space of JSON. */
  #space(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (; at < this.#to; at++) {
      const c = bytes[at] as number;
      if (c > 32 || (c !== 32 && c !== 9 && c !== 13 && c !== 10)) break;
    }
    return at;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const TRUE = new TextEncoder().encode('true');
const FALSE = new TextEncoder().encode('false');
const NULL = new TextEncoder().encode('null');
/** Behind a backslash: quote, backslash, slash, b, f, n, r, t. */
const ESCAPES = [34, 92, 47, 98, 102, 110, 114, 116];

function isHex(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
}
