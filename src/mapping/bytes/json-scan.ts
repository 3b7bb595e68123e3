import { CELL, Cells } from './cells.js';
import { BACKSLASH, CLOSE, CLOSE_LIST, COLON, COMMA, OPEN, OPEN_LIST, QUOTE } from './json-bytes.js';
import { Keys, type Want } from './wanted-keys.js';
import { itemAt } from '../../model/at.js';

/** Deeper objects are left to the parser. */
const DEEPEST = 32;

/**
 * Finds the cells of JSON objects (RFC 8259) without making values of them. Takes only what `JSON.parse` takes as an object, and
 * the last of several equal keys counts, as there; whatever it does not know for sure, it leaves to the parser.
 */
export class JsonScan {
  readonly cells: Cells;
  /** By slot: the first object that had it, counted from 1; 0: none had. */
  readonly #seen: Float64Array;
  readonly slots: number;
  readonly #top = new Keys();
  #bytes: Uint8Array = new Uint8Array(0);
  #to = 0;
  #base = 0;
  #record = 0;
  /** Did `#string` find an escape? */
  #escaped = false;

  /** `paths`: what is wanted, as the keys that lead there (`stepsOf`); a path's place is its slot. `isDoubtful`: keys of an object that only the parser can place. */
  constructor(
    paths: readonly (readonly string[])[],
    private readonly isDoubtful: (key: string) => boolean = () => false,
  ) {
    this.slots = paths.length;
    this.cells = new Cells(Math.max(1, paths.length));
    this.#seen = new Float64Array(paths.length);
    paths.forEach((steps, slot) => this.#top.add(steps, slot));
  }

  /** Scans the line from `from` to `to`; the end is not part of it. */
  line(bytes: Uint8Array, from: number, to: number): boolean {
    this.begin(bytes, to);
    const end = this.object(this.space(from), 0);
    return end >= 0 && this.space(end) === to;
  }

  /** Did any object that was found have this slot? */
  saw(slot: number): boolean {
    return (this.#seen[slot] ?? 0) > 0;
  }

  /** What is scanned from now on ends at `to`. */
  begin(bytes: Uint8Array, to: number): void {
    this.#bytes = bytes;
    this.#to = to;
  }

  /** Where the object that begins here ends; -1: it is none, or the parser must look at it. Its cells begin at `base`. */
  object(from: number, base: number): number {
    const { cells, slots } = this;
    while (base + slots > cells.kind.length) cells.grow();
    cells.kind.fill(CELL.absent, base, base + slots);
    this.#base = base;
    this.#record++;
    const end = from < this.#to && this.#bytes[from] === OPEN ? this.#object(from, this.#top, 0) : -1;
    // What was found in half an object was not found: the parser may see another value there.
    if (end < 0) for (let slot = 0; slot < slots; slot++) if (this.#seen[slot] === this.#record) this.#seen[slot] = 0;
    return end;
  }

  #object(from: number, keys: Keys, depth: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    let at = this.space(from + 1);
    if (at < to && bytes[at] === CLOSE) return at + 1;
    for (let place = 0; ; place++) {
      if (at >= to || bytes[at] !== QUOTE) return -1;
      const want = this.#key(keys, place, at + 1);
      if (want === null) return -1;
      at = this.space(at + 2 + itemAt(keys.before, place).length);
      if (at >= to || bytes[at] !== COLON) return -1;
      at = this.space(at + 1);
      at = want === undefined ? this.value(at, depth) : this.#wanted(want, at, depth);
      if (at < 0) return -1;
      at = this.space(at);
      if (at >= to) return -1;
      if (bytes[at] === CLOSE) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.space(at + 1);
    }
  }

  /** A value that is wanted, or has something in it that is. */
  #wanted(want: Want, from: number, depth: number): number {
    const { inside, within, slot } = want;
    // The second of two equal keys replaces the first with all that was in it.
    if (want.isDoubtful || (inside !== undefined && want.record === this.#record)) return -1;
    want.record = this.#record;
    const first = this.#bytes[from];
    let end: number;
    if (inside !== undefined && first === OPEN) {
      end = depth < DEEPEST ? this.#object(from, inside, depth + 1) : -1;
    } else end = this.value(from, depth);
    if (end < 0) return -1;
    if (slot >= 0) this.#keep(slot, from, end);
    // Of a list the path leads to many values; of null to null; of a text or a number nowhere.
    if (inside !== undefined && (first === OPEN_LIST || first === NULL[0])) for (const one of within) this.#keep(one, from, end);
    return end;
  }

  #keep(slot: number, from: number, to: number): void {
    const { cells } = this;
    const at = this.#base + slot;
    const first = this.#bytes[from] as number;
    if (this.#seen[slot] === 0) this.#seen[slot] = this.#record;
    if (first !== QUOTE || this.#escaped) {
      cells.from[at] = from;
      cells.to[at] = to;
      cells.kind[at] = first === QUOTE ? CELL.escaped : first === OPEN || first === OPEN_LIST ? CELL.nested : CELL.literal;
      return;
    }
    cells.from[at] = from + 1;
    cells.to[at] = to - 1;
    cells.kind[at] = this.#isAscii(from + 1, to - 1) ? CELL.ascii : CELL.utf8;
  }

  #isAscii(from: number, to: number): boolean {
    let bits = 0;
    for (let at = from; at < to; at++) bits |= this.#bytes[at] as number;
    return bits < 128;
  }

  /** Who wants the key that begins here; undefined: nobody; null: it cannot be read. */
  #key(keys: Keys, place: number, from: number): Want | undefined | null {
    const bytes = this.#bytes;
    const before = keys.before[place];
    if (before !== undefined && bytes[from + before.length] === QUOTE) {
      let i = 0;
      while (i < before.length && bytes[from + i] === before[i]) i++;
      if (i === before.length) return keys.known[place];
    }
    const end = this.#string(from);
    if (end < 0 || this.#escaped) return null;
    const key = bytes.slice(from, end - 1);
    keys.before[place] = key;
    const name = decoder.decode(key);
    return (keys.known[place] = keys === this.#top && this.isDoubtful(name) ? DOUBTFUL : keys.wants.get(name));
  }

  /** Where the value that begins here ends; -1: it is none. */
  value(at: number, depth: number): number {
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
    this.#escaped = false;
    for (let at = from; ; at++) {
      while (at < to && standsForItself(bytes[at] as number)) at++;
      if (at >= to) return -1;
      const c = bytes[at];
      if (c === QUOTE) return at + 1;
      if (c !== BACKSLASH) return -1;
      this.#escaped = true;
      const next = bytes[++at] as number;
      if (next === 117) {
        for (let i = 1; i <= 4; i++) if (!isHex(bytes[at + i] as number)) return -1;
        at += 4;
      } else if (!ESCAPES.includes(next)) return -1;
    }
  }

  #nested(from: number, depth: number, close: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    let at = this.space(from + 1);
    if (at < to && bytes[at] === close) return at + 1;
    for (;;) {
      if (close === CLOSE) {
        if (at >= to || bytes[at] !== QUOTE) return -1;
        at = this.#string(at + 1);
        if (at < 0) return -1;
        at = this.space(at);
        if (at >= to || bytes[at] !== COLON) return -1;
        at = this.space(at + 1);
      }
      at = this.value(at, depth + 1);
      if (at < 0) return -1;
      at = this.space(at);
      if (at >= to) return -1;
      if (bytes[at] === close) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.space(at + 1);
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
  space(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (; at < this.#to; at++) {
      const c = bytes[at] as number;
      if (c > 32 || (c !== 32 && c !== 9 && c !== 13 && c !== 10)) break;
    }
    return at;
  }
}

const DOUBTFUL: Want = { slot: -1, inside: undefined, within: [], isDoubtful: true, record: -1 };
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const TRUE = new TextEncoder().encode('true');
const FALSE = new TextEncoder().encode('false');
const NULL = new TextEncoder().encode('null');
/** Behind a backslash: quote, backslash, slash, b, f, n, r, t. */
const ESCAPES = [34, 92, 47, 98, 102, 110, 114, 116];

/** Inside a text. Small letters first: they are the most, and one comparison is all that each costs. */
function standsForItself(c: number): boolean {
  return c > BACKSLASH || (c > QUOTE && c < BACKSLASH) || c === 32 || c === 33;
}

function isHex(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
}
