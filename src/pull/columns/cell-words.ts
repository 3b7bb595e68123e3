import type { FieldMap, FieldSpec } from '../../config/config.js';
import { ADMIN } from '../../model/columns.js';
import { FieldCompiler, pathsOf } from '../field-compiler.js';
import { Problems } from '../problems.js';
import { CELL, type Cells } from './cells.js';
import { WordList } from './word-list.js';

/** The places of a field: the first that holds a value counts. */
export type Slots = readonly number[];
/** The slot of a path; null: it is never there; undefined: it is more than plain keys. */
export type SlotOf = (path: string) => number | null | undefined;
/** A word for a row of cells; undefined: the plain way must look at it. */
export type CellWord = (bytes: Buffer, cells: Cells, base: number) => string | undefined;

interface Holder {
  readonly value: unknown;
}

/** The first letter of null. */
export const NULL = 110;

export function slotsOf(paths: readonly string[], slotOf: SlotOf): Slots | undefined {
  const slots = paths.map(slotOf);
  return slots.includes(undefined) ? undefined : slots.filter((slot) => slot !== null && slot !== undefined);
}

/** The cell that counts; -1: none is there. As `FieldCompiler` chooses: the first that has a value, else the first that is there. */
export function choose(bytes: Buffer, { kind, from, to }: Cells, base: number, slots: Slots): number {
  let empty = -1;
  for (let i = 0; i < slots.length; i++) {
    const at = base + (slots[i] as number);
    const what = kind[at];
    if (what === CELL.absent) continue;
    if (slots.length === 1) return at;
    const isEmpty = from[at] === to[at] || (what === CELL.literal && bytes[from[at] as number] === NULL);
    // `[]` is empty too; the plain way knows.
    if (!isEmpty || what === CELL.nested) return at;
    if (empty < 0) empty = at;
  }
  return empty;
}

/** What the cell holds; undefined for a list or an object. */
export function valueOf(bytes: Buffer, { kind, from, to }: Cells, at: number): unknown {
  if (kind[at] === CELL.literal) {
    const whole = wholeNumber(bytes, from[at] as number, to[at] as number);
    if (whole >= 0) return whole;
  }
  const text = bytes.toString(kind[at] === CELL.ascii ? 'latin1' : 'utf8', from[at], to[at]);
  if (kind[at] === CELL.ascii || kind[at] === CELL.utf8) return text;
  return kind[at] === CELL.nested ? undefined : (JSON.parse(text) as unknown);
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

/** Reads words by the plain mapping, each different value once. The result is a place in the closed list; -1: the plain way must look at it. */
export function wordReader(
  name: string,
  spec: FieldSpec | null | undefined,
  words: readonly string[],
  slotOf: SlotOf,
  own: (path: string) => CellWord | undefined,
): CellReader | undefined {
  const probe = new Probe();
  const read = new FieldCompiler<Holder>({}, () => (holder) => holder.value, probe).word(name, spec, words);
  const asked = heard(probe, (holder) => words.indexOf(read(holder)));
  const ownWord = typeof spec === 'string' ? own(spec) : undefined;
  if (ownWord !== undefined) return placeOf(ownWord, asked);
  const slots = slotsOf(pathsOf(spec), slotOf);
  return slots === undefined ? undefined : remembered(slots, asked);
}

/** The same for `admin`. Undefined: it is not mapped; null: the plain way must read it. */
export function truthReader(fields: FieldMap, slotOf: SlotOf): CellReader | undefined | null {
  const spec = fields['admin'] ?? undefined;
  if (spec === undefined) return undefined;
  const slots = slotsOf(pathsOf(spec), slotOf);
  if (slots === undefined) return null;
  const probe = new Probe();
  const read = new FieldCompiler<Holder>({ admin: spec }, () => (holder) => holder.value, probe).truth('admin');
  const asked = heard(probe, (holder) => {
    const truth = read(holder);
    return truth === undefined ? ADMIN.unsaid : truth ? ADMIN.yes : ADMIN.no;
  });
  return remembered(slots, asked);
}

/** -1 for a value that is a problem: the plain way counts it. */
function heard(probe: Probe, read: (holder: Holder) => number): (value: unknown) => number {
  return (value) => {
    const before = probe.heard;
    const result = read({ value });
    return probe.heard > before ? -1 : result;
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

/** Asks once for each different value of the cell that counts: what comes out is -1 or more. */
export function remembered(slots: Slots, asked: (value: unknown) => number): CellReader {
  const absent = asked(undefined);
  /** Texts and literals apart: `"true"` is not `true`. */
  const known = [
    { list: new WordList(), results: [] as number[] },
    { list: new WordList(), results: [] as number[] },
  ] as const;
  return (bytes, cells, base) => {
    const at = slots.length === 0 ? -1 : choose(bytes, cells, base, slots);
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
class Probe extends Problems {
  heard = 0;

  override add(): boolean {
    this.heard++;
    return false;
  }
}
