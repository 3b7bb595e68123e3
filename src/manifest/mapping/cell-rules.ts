import { remembered, type CellReader, type CellWord, type SlotOf } from '../../mapping/bytes/cell-words.js';
import { CELL } from '../../mapping/bytes/cells.js';
import type { Role } from '../../model/role.js';
import { meaningOf, placesOf } from '../../model/places.js';
import { settled, tiersOf } from '../../mapping/word-places.js';
import type { BuiltIn } from '../form/fields.js';
import type { Predicate, Scalar, Test } from '../form/parts.js';
import { compileTest } from '../form/tests.js';
import { NO_RULE, translate, translated, wordIn, type Mapped, type Rule } from './words.js';

/** Gives '' where no rule of `built_in` holds. Undefined: one of them looks at more than plain keys. */
export function compileBuiltInCells(rules: readonly BuiltIn[], slotOf: SlotOf): CellWord | undefined {
  const odd = compileCellTests(
    rules.map(({ when }) => when),
    slotOf,
  );
  return odd && ((bytes, cells, base) => (odd(bytes, cells, base) === 0 ? '' : undefined));
}

/** The rules as `compileWords` reads them (words.ts), from cells. Undefined: one of them looks at more than plain keys. */
export function compileCellRules(rules: readonly Rule[], role: Role, slotOf: SlotOf): CellWord | undefined {
  const words: string[] = [NO_RULE];
  const place = (word: string): number => words.push(word) - 1;
  const compiled: CellReader[] = [];
  for (const rule of rules) {
    const own = 'when' in rule ? tests(rule.when, place(translate(role, rule.is)), slotOf) : table(rule, role, slotOf, place);
    if (own === undefined) return undefined;
    compiled.push(own);
  }
  return (bytes, cells, base) => {
    for (const rule of compiled) {
      const found = rule(bytes, cells, base);
      if (found !== 0) return found < 0 ? undefined : words[found];
    }
    return NO_RULE;
  };
}

/** Gives `word` where all tests hold, else 0; -1: the plain way must look at it. */
function tests(when: Predicate, word: number, slotOf: SlotOf): CellReader | undefined {
  const all: CellReader[] = [];
  for (const [path, test] of Object.entries(when)) {
    const slot = path === 'cel' ? undefined : slotOf(path);
    if (slot === undefined || slot === null) return undefined;
    all.push(testOf(test, slot));
  }
  return (bytes, cells, base) => {
    for (const holds of all) {
      const held = holds(bytes, cells, base);
      if (held <= 0) return held;
    }
    return word;
  };
}

/** Does one of them hold, or must the plain way look? Undefined: one of them looks at more than plain keys. */
export function compileCellTests(predicates: Predicate | readonly Predicate[], slotOf: SlotOf): CellReader | undefined {
  const compiled = [predicates].flat().map((when: Predicate) => tests(when, 1, slotOf));
  return compiled.includes(undefined)
    ? undefined
    : (bytes, cells, base) => (compiled.some((holds) => holds?.(bytes, cells, base) !== 0) ? 1 : 0);
}

function testOf(test: Test, slot: number): CellReader {
  const holds = compileTest(test);
  const reader = remembered(slot, (value) => (holds(value) ? 1 : 0));
  const sizes = sizesOf(test);
  if (sizes === undefined) return reader;
  // Ids are asked for one name among them: few have its length.
  return (bytes, cells, base) => {
    const at = base + slot;
    const kind = cells.kind[at];
    const isText = kind === CELL.ascii || kind === CELL.utf8;
    return isText && !sizes.has((cells.to[at] as number) - (cells.from[at] as number)) ? 0 : reader(bytes, cells, base);
  };
}

/** The lengths, in bytes, of the texts for which the test can hold; undefined: other texts can. */
function sizesOf(test: Test): Set<number> | undefined {
  const isPlain = typeof test !== 'object' || test === null || Array.isArray(test);
  if (!isPlain) return undefined;
  const scalars: readonly Scalar[] = Array.isArray(test) ? test : [test];
  return new Set(scalars.map((scalar) => Buffer.byteLength(String(scalar))));
}

/** What a place says: 0, nothing of the table; 1, there is no value; else the word behind it. */
const NO_VALUE = 1;

function table(rule: Mapped, role: Role, slotOf: SlotOf, place: (word: string) => number): CellReader | undefined {
  const spec = translated(role, rule);
  const { absent, prefer } = meaningOf(spec);
  const words: string[] = [];
  const readers: CellReader[] = [];
  for (const one of placesOf(spec)) {
    const slot = slotOf(one.path);
    if (slot === undefined || slot === null) return undefined;
    const wordOf = wordIn(one);
    readers.push(
      remembered(slot, (value) => {
        const word = wordOf(value);
        if (word === undefined) return 0;
        if (word === null) return NO_VALUE;
        const known = words.indexOf(word);
        return NO_VALUE + 1 + (known < 0 ? words.push(word) - 1 : known);
      }),
    );
  }
  const places = new Map<string, number>();
  const placeOf = (word: string): number => places.get(word) ?? (places.set(word, place(word)).get(word) as number);
  const disagree = placeOf(NO_RULE);
  const nothing = absent === undefined ? 0 : placeOf(absent);
  const tiers = tiersOf(prefer);
  const outcome = (said: number): number =>
    said <= NO_VALUE ? (said === NO_VALUE ? nothing : said) : placeOf(words[said - NO_VALUE - 1] as string);
  const [only] = readers;
  if (only !== undefined && readers.length === 1) return (bytes, cells, base) => outcome(only(bytes, cells, base));
  return (bytes, cells, base) => {
    const found: number[] = [];
    for (const reader of readers) {
      const said = reader(bytes, cells, base);
      if (said < 0) return -1;
      found.push(said);
    }
    const word = settled(
      found.map((said) => (said > NO_VALUE ? words[said - NO_VALUE - 1] : undefined)),
      tiers,
    );
    if (word === undefined) return found.every((said) => said === NO_VALUE) ? nothing : 0;
    return word === 'disagree' ? disagree : placeOf(word);
  };
}
