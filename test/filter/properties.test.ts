import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { compileFilter, type FilterValue } from '../../src/filter/filter.js';
import { FilterError, parseFilter, type Comparison, type FilterNode, type Literal } from '../../src/filter/parse.js';
import { printFilter } from '../../src/filter/print.js';
import { cases } from '../night.js';

/** The parts of a node that its text says: all but the offsets. */
type Bare =
  | { op: 'and' | 'or'; nodes: Bare[] }
  | { op: 'not'; node: Bare }
  | { op: 'path'; path: string; node: Bare }
  | { op: 'pr'; path: string }
  | { op: Comparison; path: string; value: Literal };

function bare(node: FilterNode): Bare {
  switch (node.op) {
    case 'and':
    case 'or':
      return { op: node.op, nodes: node.nodes.map(bare) };
    case 'not':
      return { op: 'not', node: bare(node.node) };
    case 'path':
      return { op: 'path', path: node.path, node: bare(node.node) };
    case 'pr':
      return { op: 'pr', path: node.path };
    default:
      return { op: node.op, path: node.path, value: node.value };
  }
}

const withOffsets = (node: Bare): FilterNode => node as FilterNode;

const NAMES = ['a', 'b', 'c', 'd'] as const;
const WORDS = ['', 'x', 'xy', 'yx', 'Xy', 'z z'];
const OPS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;

/** Any tree that the grammar can say; `leaf` makes the attribute expressions. */
function trees(leaf: fc.Arbitrary<Bare>, paths: boolean): fc.Arbitrary<Bare> {
  const { node } = fc.letrec<{ node: Bare }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'filter' },
      leaf,
      fc.record({ op: fc.constantFrom('and' as const, 'or' as const), nodes: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ op: fc.constant('not' as const), node: tie('node') }),
    ),
  }));
  if (!paths) return node;
  return trees(fc.oneof(leaf, fc.record({ op: fc.constant('path' as const), path: fc.constantFrom(...NAMES), node })), false);
}

const anyLeaf: fc.Arbitrary<Bare> = fc.oneof(
  fc.record({ op: fc.constant('pr' as const), path: fc.constantFrom('userName', 'not', 'and', 'or', 'pr', '$ref') }),
  fc.record({
    op: fc.constantFrom(...OPS),
    path: fc.constantFrom('title', 'x_y-z', 'not'),
    value: fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null)),
  }),
);
/** Text alone, so that the oracle may be naive. */
const textLeaf: fc.Arbitrary<Bare> = fc.oneof(
  fc.record({ op: fc.constant('pr' as const), path: fc.constantFrom(...NAMES) }),
  fc.record({ op: fc.constantFrom(...OPS), path: fc.constantFrom(...NAMES), value: fc.constantFrom(...WORDS) }),
);
const value: fc.Arbitrary<string | string[] | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(...WORDS),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
);
const record = fc.record({ a: value, b: value, c: value, d: value });

/** The filter language, said a second time and as plainly as can be. */
function oracle(node: Bare, read: (name: string) => string | string[] | undefined): boolean {
  switch (node.op) {
    case 'and':
      return node.nodes.every((part) => oracle(part, read));
    case 'or':
      return node.nodes.some((part) => oracle(part, read));
    case 'not':
      return !oracle(node.node, read);
    case 'path':
      throw new Error('not among these trees');
    default: {
      const values = [read(node.path) ?? []].flat().map((text) => text.toLowerCase());
      if (node.op === 'pr') return values.some((text) => text !== '');
      const { op } = node;
      const want = String(node.value).toLowerCase();
      return op === 'ne' ? !values.includes(want) : values.some((text) => holds(op, text, want));
    }
  }
}

function holds(op: Exclude<Comparison, 'ne'>, text: string, want: string): boolean {
  const table = {
    eq: text === want,
    co: text.includes(want),
    sw: text.startsWith(want),
    ew: text.endsWith(want),
    gt: text > want,
    ge: text >= want,
    lt: text < want,
    le: text <= want,
  };
  return table[op];
}

const run = (node: Bare, from: Readonly<Record<string, FilterValue>>): boolean =>
  compileFilter(printFilter(withOffsets(node))).matches((name) => from[name]);

describe('for any filter', () => {
  it('printing and parsing gives the same filter', () => {
    fc.assert(
      fc.property(trees(anyLeaf, true), (node) => {
        expect(bare(parseFilter(printFilter(withOffsets(node))))).toEqual(node);
      }),
    );
  });

  it('matching agrees with the plain reading', () => {
    fc.assert(
      fc.property(trees(textLeaf, false), record, (node, from) => {
        expect(run(node, from)).toBe(oracle(node, (name) => from[name as keyof typeof from]));
      }),
      { numRuns: 500 },
    );
  });

  it("De Morgan's laws hold", () => {
    fc.assert(
      fc.property(trees(textLeaf, false), trees(textLeaf, false), record, (left, right, from) => {
        const not = (node: Bare): Bare => ({ op: 'not', node });
        expect(run(not({ op: 'and', nodes: [left, right] }), from)).toBe(run({ op: 'or', nodes: [not(left), not(right)] }, from));
        expect(run(not({ op: 'or', nodes: [left, right] }), from)).toBe(run({ op: 'and', nodes: [not(left), not(right)] }, from));
        expect(run(not(not(left)), from)).toBe(run(left, from));
      }),
    );
  });

  it('ne is not eq, and the case of names that are known does not count', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WORDS), record, (word, from) => {
        const said = JSON.stringify(word);
        const read = (name: string): FilterValue => from[name as keyof typeof from];
        expect(compileFilter(`a ne ${said}`).matches(read)).toBe(!compileFilter(`a eq ${said}`).matches(read));
        expect(compileFilter(`A EQ ${said}`, NAMES).matches(read)).toBe(compileFilter(`a eq ${said}`).matches(read));
      }),
    );
  });

  it('a value path over one element is the same test on its sub-attributes', () => {
    fc.assert(
      fc.property(trees(textLeaf, false), fc.record({ a: fc.constantFrom(...WORDS), b: fc.constantFrom(...WORDS), c: fc.constantFrom(...WORDS), d: fc.constantFrom(...WORDS) }), (node, from) => {
        const inPath = run({ op: 'path', path: 'list', node }, Object.fromEntries(Object.entries(from).map(([name, text]) => [`list.${name}`, [text]])));
        const usesAny = compileFilter(printFilter(withOffsets(node))).attributes.length > 0;
        expect(inPath).toBe(usesAny && run(node, from));
      }),
    ); // prettier-ignore
  });
});

describe('for any text', () => {
  it('there is a filter or one mistake with a place inside the text, on one line', () => {
    const pieces = fc.constantFrom('a', ' ', 'eq', 'pr', '"x"', '"', '(', ')', '[', ']', 'not', 'and', 'or', '\\', '1', '.', ':', 'urn:x:', '\u0000', 'é', '\ud800'); // prettier-ignore
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (from) => {
        try {
          expect(compileFilter(from).attributes.length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof FilterError)) throw error;
          expect(error.offset).toBeGreaterThanOrEqual(0);
          expect(error.offset).toBeLessThanOrEqual(from.length);
          expect(error.message).toMatch(/^[ -~]+$/);
        }
      }),
      { numRuns: cases(2_000, 500) },
    );
  });
});
