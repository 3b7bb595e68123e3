import type { FieldMap, FieldSpec } from '../../model/config.js';
import { ADMIN } from '../../store/columns.js';
import { isNoValue, mayBeName } from '../placeholder.js';
import { constOf, meaningOf, placesOf } from '../../model/places.js';
import { Problems } from '../problems.js';
import { settled, tiersOf, TRUTHS, vocabulary, wordReader as compileWord, type Vocabulary } from '../word-places.js';
import { CELL, type Cells } from './cells.js';
import { WordList } from '../../store/word-list.js';

/** The places of a field: the first that holds a value counts. */
export type Slots = readonly number[];
/** The slot of a path; null: it is never there; undefined: it is more than plain keys. */
export type SlotOf = (path: string) => number | null | undefined;
/** A word for a row of cells; undefined: the plain way must look at it. */
export type CellWord = (bytes: Buffer, cells: Cells, base: number) => string | undefined;

/** The first letter of null. */
export const NULL = 110;

export function slotsOf(paths: readonly string[], slotOf: SlotOf): Slots | undefined {
  const slots = paths.map(slotOf);
  return slots.includes(undefined) ? undefined : slots.filter((slot) => slot !== null && slot !== undefined);
}

/** The cell that counts; -1: none is there. As `FieldCompiler` chooses: the first that has a value, else the first that is empty. */
export function choose(bytes: Buffer, cells: Cells, base: number, slots: Slots, isKey: boolean): number {
  let empty = -1;
  for (let i = 0; i < slots.length; i++) {
    const at = base + (slots[i] as number);
    if (
      cells.kind[at] === CELL.absent ||
      (isNothing(bytes, cells, at, isKey) && !(isKey && slots.length === 1 && mayBeName(textAt(bytes, cells, at))))
    )
      continue;
    // `[]` is empty too; the plain way knows.
    if (!isEmpty(bytes, cells, at)) return at;
    if (empty < 0) empty = at;
  }
  return empty;
}

/** The only cell that has a value, else the first that is empty; -1: none is there; -2: several have one. */
export function sole(bytes: Buffer, cells: Cells, base: number, slots: Slots): number {
  let empty = -1;
  let full = -1;
  for (let i = 0; i < slots.length; i++) {
    const at = base + (slots[i] as number);
    if (cells.kind[at] === CELL.absent) continue;
    if (isEmpty(bytes, cells, at)) empty = empty < 0 ? at : empty;
    else if (full >= 0) return -2;
    else full = at;
  }
  return full >= 0 ? full : empty;
}

function isEmpty(bytes: Buffer, { kind, from, to }: Cells, at: number): boolean {
  return kind[at] !== CELL.nested && (from[at] === to[at] || (kind[at] === CELL.literal && bytes[from[at] as number] === NULL));
}

/** Longest placeholder in bytes, with some white space. */
const LONGEST_NOTHING = 32;

/** Does a text stand there that stands for no value? */
export function isNothing(bytes: Buffer, cells: Cells, at: number, isKey: boolean): boolean {
  const { kind, from, to } = cells;
  const start = from[at] as number;
  const what = kind[at];
  if ((what !== CELL.ascii && what !== CELL.utf8) || to[at] === start || (to[at] as number) - start > LONGEST_NOTHING) return false;
  return mayBegin(bytes, start, to[at] as number) && isNoValue(textAt(bytes, cells, at), isKey);
}

/** Does it begin as a placeholder does? No name but a few goes further than three letters here. */
function mayBegin(bytes: Buffer, from: number, to: number): boolean {
  const first = bytes[from] as number;
  const letter = first | 32;
  if (letter !== N && letter !== U) return first === 45 || first === 35 || first === 40 || first === 60 || first <= 32 || first >= 0xc2; // - # ( < and dashes
  const second = from + 1 < to ? (bytes[from + 1] as number) | 32 : 32;
  const behind = from + 2 < to ? (bytes[from + 2] as number) : 32;
  const third = behind | 32;
  if (letter === U) return second === N && third === 100; // undefined
  if (second === 97) return behind <= 32 || behind >= 0xc2; // na, and what may be white space
  if (second === 111) return third === N || third === 116 || third === 127; // none, not, no_
  return second === 117 || second === 105 ? third === 108 : second <= 63; // null, nil, n/a, n.a.
}

const N = 110;
const U = 117;

function textAt(bytes: Buffer, { kind, from, to }: Cells, at: number): string {
  return bytes.toString(kind[at] === CELL.ascii ? 'latin1' : 'utf8', from[at], to[at]);
}

/** What the cell holds; undefined for a list or an object. */
export function valueOf(bytes: Buffer, { kind, from, to }: Cells, at: number): unknown {
  if (kind[at] === CELL.literal) {
    const whole = wholeNumber(bytes, from[at] as number, to[at] as number);
    if (whole >= 0) return whole;
  }
  const text = bytes.toString(kind[at] === CELL.ascii ? 'latin1' : 'utf8', from[at], to[at]);
  if (kind[at] === CELL.ascii || kind[at] === CELL.utf8) return text;
  return kind[at] === CELL.nested ? undefined : JSON.parse(text);
}

/** A whole number of up to 15 digits, without making text of it; -1: it is something else. */
function wholeNumber(bytes: Buffer, from: number, to: number): number {
  if (to - from > 15) return -1;
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** A number for a row of cells; -1: the plain way must look at it. */
export type CellReader = (bytes: Buffer, cells: Cells, base: number) => number;

/** Reads words as the plain mapping does, each different value once. The result is a place in the closed list; -1: the plain way must look at it. */
export function wordReader(
  name: string,
  spec: FieldSpec | null | undefined,
  words: readonly string[],
  slotOf: SlotOf,
  own: (path: string) => CellWord | undefined,
  /** Is it said of a record that it has none? */
  isTold: boolean,
): CellReader | undefined {
  const known = vocabulary(words);
  const ownWord = typeof spec === 'string' ? own(spec) : undefined;
  if (ownWord !== undefined)
    return placeOf(
      ownWord,
      heard(name, {}, known, (word) => words.indexOf(word)),
    );
  const unknown = words.indexOf('unknown');
  // The plain way says it.
  const nothing = isTold && placesOf(spec).length > 0 ? -1 : unknown;
  return spec === null || spec === undefined ? () => unknown : ofPlaces(name, spec, known, slotOf, (word) => words.indexOf(word), nothing);
}

/** The same for `admin`. Undefined: it is not mapped; null: the plain way must read it. */
export function truthReader(fields: FieldMap, slotOf: SlotOf): CellReader | undefined | null {
  const spec = fields['admin'] ?? undefined;
  if (spec === undefined) return undefined;
  const place = (word: string): number => (word === 'true' ? ADMIN.yes : word === 'false' ? ADMIN.no : ADMIN.unsaid);
  return ofPlaces('admin', spec, TRUTHS, slotOf, place, ADMIN.unsaid) ?? null;
}

/** What one cell says is 0 (nothing), n + 1 for a word at place n, or -1. */
function ofPlaces<Word extends string>(
  name: string,
  spec: FieldSpec,
  words: Vocabulary<Word>,
  slotOf: SlotOf,
  placeOfWord: (word: Word) => number,
  nothing: number,
): CellReader | undefined {
  const constant = constOf(spec);
  if (constant !== undefined) {
    const place = heard(name, {}, words, placeOfWord)(constant);
    return () => place;
  }
  const { absent, prefer } = meaningOf(spec);
  const meant = absent === undefined ? undefined : words.words.get(absent);
  const otherwise = meant === undefined ? nothing : placeOfWord(meant);
  const said: Word[] = [...new Set([...words.words.values(), 'unknown' as Word])];
  const readers: CellReader[] = [];
  for (const place of placesOf(spec)) {
    const slot = slotOf(place.path);
    if (slot === undefined) return undefined;
    readers.push(
      remembered(
        slot,
        heard(name, place, words, (word) => said.indexOf(word) + 1, 0),
      ),
    );
  }
  const [only] = readers;
  const places = said.map(placeOfWord);
  const outcome = (found: number): number => (found < 0 ? -1 : found === 0 ? otherwise : (places[found - 1] as number));
  if (only !== undefined && readers.length === 1) return (bytes, cells, base) => outcome(only(bytes, cells, base));
  const tiers = tiersOf(prefer);
  return (bytes, cells, base) => {
    let first = 0;
    let isOne = true;
    for (const reader of readers) {
      const found = reader(bytes, cells, base);
      if (found < 0) return -1;
      if (found === 0) continue;
      isOne &&= first === 0 || found === first;
      first ||= found;
    }
    if (isOne) return outcome(first);
    const word = settled(
      readers.map((reader) => said[reader(bytes, cells, base) - 1]),
      tiers,
    );
    return word === 'disagree' || word === undefined ? -1 : placeOfWord(word);
  };
}

/** What the plain reader says of a value, as a number; `none`: there is no value; -1: it is a problem, which the plain way counts. */
function heard<Word extends string>(
  name: string,
  place: Parameters<typeof compileWord>[1],
  words: Vocabulary<Word>,
  numberOf: (word: Word) => number,
  none = -1,
): (value: unknown) => number {
  const probe = new Probe();
  const read = compileWord(name, place, words, probe);
  return (value) => {
    const before = probe.heard;
    const word = read(value);
    return probe.heard > before ? -1 : word === undefined ? none : numberOf(word);
  };
}

function placeOf(word: CellWord, asked: (value: unknown) => number): CellReader {
  const places = new Map<string, number>();
  return (bytes, cells, base) => {
    const found = word(bytes, cells, base);
    if (found === undefined) return -1;
    const known = places.get(found);
    if (known !== undefined) return known;
    const place = asked(found);
    places.set(found, place);
    return place;
  };
}

/** Asks once for each different value of the cell: what comes out is -1 or more. `slot` null: nothing is ever there. */
export function remembered(slot: number | null, asked: (value: unknown) => number): CellReader {
  const absent = asked(undefined);
  /** Texts and literals apart: `"true"` is not `true`. */
  const known = [
    { list: new WordList(), results: new Array<number>() },
    { list: new WordList(), results: new Array<number>() },
  ] as const;
  return (bytes, cells, base) => {
    const at = slot === null || cells.kind[base + slot] === CELL.absent ? -1 : base + slot;
    if (at < 0) return absent;
    const what = cells.kind[at];
    if (what === CELL.nested || what === CELL.escaped) return -1;
    const { list, results } = known[what === CELL.literal ? 1 : 0];
    const word = list.ofBytes(bytes, cells.from[at] as number, cells.to[at] as number);
    if (word === 0) return asked(valueOf(bytes, cells, at));
    return (results[word] ??= asked(valueOf(bytes, cells, at)));
  };
}

/** Hears of problems, so that the plain way can count them. */
export class Probe extends Problems {
  heard = 0;

  override add(): boolean {
    this.heard++;
    return false;
  }
}
