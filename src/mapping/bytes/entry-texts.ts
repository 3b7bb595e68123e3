import type { FieldSpec } from '../../model/config.js';
import { intAt, itemAt } from '../../model/at.js';
import { WordList } from '../../store/word-list.js';
import { isPlainKey } from '../json-path.js';
import { constOf, hasMap, pathsOf } from '../../model/places.js';
import { MAX_TEXT } from '../values.js';
import { choose, NULL, slotsOf, sole, type Probe, type SlotOf, type Slots } from './cell-words.js';
import { CELL, type Cells } from './cells.js';
import { isPlainLiteral, isWrapped } from './row-plan.js';

/** What a field of a record is; undefined: nothing; null: the plain way must look at it. */
export type CellValue<Value> = (bytes: Buffer, cells: Cells, base: number) => Value | undefined | null;

/** How a text is read: a key loses what stands around an address, what somebody says loses white space, and repeats. */
export type CellUse = 'key' | 'address' | 'said';

const EQUALS = 61;
const nothing = (): undefined => undefined;

/** The slots of a field that is read as it stands; undefined: only the plain way can. */
export function plainSlots(spec: FieldSpec | undefined, slotOf: SlotOf): Slots | undefined {
  if (spec === undefined) return [];
  return constOf(spec) === undefined && !hasMap(spec) ? slotsOf(pathsOf(spec), slotOf) : undefined;
}

/** Reads a text as `FieldCompiler.text` does. Undefined: only the plain way can. */
export function textCell(spec: FieldSpec | undefined, use: CellUse, slotOf: SlotOf): CellValue<string> | undefined {
  const slots = plainSlots(spec, slotOf);
  if (slots === undefined) return undefined;
  if (slots.length === 0) return nothing;
  const isKey = use !== 'said';
  const words = isKey ? undefined : new Words();
  return (bytes, cells, base) => {
    const at = choose(bytes, cells, base, slots, isKey);
    if (at < 0) return undefined;
    const from = intAt(cells.from, at);
    const to = intAt(cells.to, at);
    if (to - from > MAX_TEXT || bytes[from] === EQUALS || (use === 'address' && isWrapped(bytes, from, to))) return null;
    const text = cellText(bytes, cells, at, from, to, words);
    return isKey || typeof text !== 'string' ? text || (text === null ? null : undefined) : text.trim() || undefined;
  };
}

/** As `textOf` reads it (mapping/values.ts): null where that has more to do. */
function cellText(
  bytes: Buffer,
  { kind }: Cells,
  at: number,
  from: number,
  to: number,
  words: Words | undefined,
): string | undefined | null {
  switch (kind[at]) {
    case CELL.ascii:
      return words === undefined ? bytes.toString('latin1', from, to) : words.read(bytes, from, to);
    case CELL.utf8:
      return words === undefined ? bytes.toString('utf8', from, to) : words.read(bytes, from, to);
    case CELL.literal:
      return isPlainLiteral(bytes, from, to) ? bytes.toString('latin1', from, to) : bytes[from] === NULL ? undefined : null;
    default:
      return null;
  }
}

/** Texts that repeat, each made once. */
class Words {
  readonly #list = new WordList();
  readonly #texts: string[] = [];

  read(bytes: Buffer, from: number, to: number): string {
    const word = this.#list.ofBytes(bytes, from, to);
    return word === 0 ? bytes.toString('utf8', from, to) : (this.#texts[word] ??= bytes.toString('utf8', from, to));
  }
}

/**
 * Reads a list as `read` does, which is given the value of the cell, once for each that differs. A list of JSON at the end of a longer path is many values of
 * others: then only the plain way can.
 */
export function listCell(
  spec: FieldSpec | undefined,
  read: (value: unknown) => readonly string[] | undefined,
  probe: Probe,
  slotOf: SlotOf,
): CellValue<readonly string[]> | undefined {
  const slots = plainSlots(spec, slotOf);
  if (slots === undefined) return undefined;
  if (slots.length === 0) return nothing;
  const isOneKey = pathsOf(spec).every(isPlainKey);
  const [texts, values] = [new Lists(), new Lists()];
  const asked = (value: unknown): readonly string[] | undefined | null => {
    const before = probe.heard;
    const list = read(value);
    return probe.heard > before ? null : list;
  };
  return (bytes, cells, base) => {
    const at = sole(bytes, cells, base, slots);
    if (at < 0) return at === -1 ? undefined : null;
    const { kind, from, to } = cells;
    const isText = kind[at] === CELL.ascii || kind[at] === CELL.utf8;
    if (!isText && !isOneKey) return null;
    const lists = isText ? texts : values;
    return lists.read(bytes, intAt(from, at), intAt(to, at), (text) => asked(isText ? text : JSON.parse(text)));
  };
}

class Lists {
  readonly #words = new WordList();
  readonly #known: (readonly string[] | undefined | null)[] = [];

  read(
    bytes: Buffer,
    from: number,
    to: number,
    make: (text: string) => readonly string[] | undefined | null,
  ): readonly string[] | undefined | null {
    const word = this.#words.ofBytes(bytes, from, to);
    if (word === 0) return make(bytes.toString('utf8', from, to));
    if (!(word in this.#known)) this.#known[word] = make(bytes.toString('utf8', from, to));
    return itemAt(this.#known, word);
  }
}
