import { remembered, type CellReader, type CellWord, type SlotOf } from '../columns/cell-words.js';
import { CELL } from '../columns/cells.js';
import type { Role } from '../source.js';
import { lookup } from '../values.js';
import type { BuiltIn, Words } from './schema-fields.js';
import type { Predicate, Scalar, Test } from './schema-parts.js';
import { compileTest } from './tests.js';
import { NO_RULE, translate } from './words.js';

type Rule = Exclude<Words, { readonly const: string } | { readonly from: unknown }>[number];

/** Every place that rules of `status` or `kind_of` look at. */
export function rulePaths(rules: readonly Rule[]): string[] {
  return rules.flatMap((rule) => ('when' in rule ? Object.keys(rule.when) : [rule.from].flat()));
}

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
  const reader = remembered([slot], (value) => (holds(value) ? 1 : 0));
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

function table(
  { from, map }: { readonly from: string | readonly string[]; readonly map: Readonly<Record<string, string>> },
  role: Role,
  slotOf: SlotOf,
  place: (word: string) => number,
): CellReader | undefined {
  const places = Object.fromEntries(Object.entries(map).map(([value, word]) => [value, String(place(translate(role, word)))]));
  const find = lookup(places);
  const readers: CellReader[] = [];
  for (const path of [from].flat()) {
    const slot = slotOf(path);
    if (slot === undefined || slot === null) return undefined;
    readers.push(remembered([slot], (value) => Number(find(value) ?? 0)));
  }
  return (bytes, cells, base) => {
    for (const reader of readers) {
      const found = reader(bytes, cells, base);
      if (found !== 0) return found;
    }
    return 0;
  };
}
