import { didYouMean } from '../model/nearest.js';
import { MOMENTS } from '../store/columns.js';
import { compileComparison, type ValueTest } from './comparison.js';
import { readDate } from './date.js';
import { FilterError, parseFilter, quote, type FilterNode } from './parse.js';

export { FilterError } from './parse.js';

/** What an attribute holds. Undefined: the system does not give it, or the record has none. */
export type FilterValue = string | number | boolean | readonly string[] | undefined;
export type AttributeReader = (attribute: string) => FilterValue;

/** A compiled SCIM filter (RFC 7644 section 3.4.2.2). */
export interface Filter {
  readonly text: string;
  /** What it reads, each once and in the order of the text: as `known` spells it, else as written; a value path reads `emails.type`. */
  readonly attributes: readonly string[];
  /** Pure. `read` is asked for names of `attributes` only. */
  matches(read: AttributeReader): boolean;
}

type Test = (read: AttributeReader) => boolean;

/**
 * The prefixes by which RFC 7643 qualifies the attributes of users (sections 4.1 and 4.3): the normal form has one flat name for each.
 */
const USER_SCHEMA = /^urn:ietf:params:scim:schemas:(?:core:2\.0:User|extension:enterprise:2\.0:User):/i;

/**
 * Compiles a filter to closures.
 *
 * An attribute with several values matches when any value does (RFC 7644). `ne` is the exception: it is the opposite of `eq`, so
 * it is true when *no* value is equal, and true of an absent attribute. Read to the letter, `groups ne "contractors"` would be
 * true of every contractor who is in a second group, which nobody means; the letter can still be had as a value path:
 * `groups[display ne "contractors"]`. `eq null` is true of an absent attribute (RFC 7643 section 2.5: null and absent are the
 * same), any other comparison with an absent one is false.
 *
 * A value path tests each element by itself: the lists of its sub-attributes are read side by side, by position.
 *
 * @param known the attributes there are; any other is a mistake. Names compare without regard to case.
 * @throws FilterError
 */
export function compileFilter(text: string, known?: readonly string[]): Filter {
  const root = parseFilter(text);
  const spellings = new Map(known?.toReversed().map((name) => [name.toLowerCase(), name]));
  const attributes = new Set<string>();

  /** The name under which `path` is read. */
  const attribute = (path: string, at: number): string => {
    const plain = path.replace(USER_SCHEMA, '');
    const name = known === undefined || known.includes(plain) ? plain : spellings.get(plain.toLowerCase());
    if (name === undefined) throw new FilterError(`unknown attribute ${quote(plain)}.${didYouMean(plain, known ?? [])}`, at);
    attributes.add(name);
    return name;
  };

  const test = compile(root, attribute);
  return { text, attributes: [...attributes], matches: (reader) => test(reader) };
}

function compile(node: FilterNode, attribute: (path: string, at: number) => string): Test {
  switch (node.op) {
    case 'and':
      return node.nodes.map((part) => compile(part, attribute)).reduce((left, right) => (read) => left(read) && right(read));
    case 'or':
      return node.nodes.map((part) => compile(part, attribute)).reduce((left, right) => (read) => left(read) || right(read));
    case 'not': {
      const inner = compile(node.node, attribute);
      return (read) => !inner(read);
    }
    case 'path':
      return compileValuePath(node, attribute);
    case 'pr':
      return present(attribute(node.path, node.at));
    default: {
      const name = attribute(node.path, node.at);
      const { op, value } = node;
      if (value === null) {
        if (op === 'eq') return negate(present(name));
        if (op === 'ne') return present(name);
        throw new FilterError(`null has no order and no text: expected eq or ne instead of ${op}`, node.valueAt);
      }
      // As text it would compare with every date, and be greater than none that is meant.
      if (DATES.has(name.toLowerCase()) && !isPart(op) && !(typeof value === 'string' && readDate(value) !== undefined))
        throw new FilterError(`${name} is a date: write it as "2026-10-16" or "2026-10-16T12:00:00Z"`, node.valueAt);
      const compared = compileComparison(op === 'ne' ? 'eq' : op, value);
      if (typeof compared !== 'function') throw new FilterError(compared.mistake, node.valueAt);
      return op === 'ne' ? negate(any(name, compared)) : any(name, compared);
    }
  }
}

/** Dates of a person and of an account: they are given to the filter in ISO 8601, whatever notation they were read from. */
const DATES: ReadonlySet<string> = new Set([...MOMENTS.person, ...MOMENTS.account].map((name) => name.toLowerCase()));

function isPart(op: string): boolean {
  return op === 'co' || op === 'sw' || op === 'ew';
}

const negate =
  (test: Test): Test =>
  (read) =>
    !test(read);

/** Has a non-empty value (RFC 7644, `pr`); false is a value. */
function present(name: string): Test {
  return (read) => {
    const value = read(name);
    return value !== undefined && value !== '' && (typeof value !== 'object' || value.some((item) => item !== ''));
  };
}

function any(name: string, test: ValueTest): Test {
  return (read) => {
    const value = read(name);
    if (value === undefined) return false;
    return typeof value === 'object' ? value.some(test) : test(value);
  };
}

function compileValuePath(node: FilterNode & { readonly op: 'path' }, attribute: (path: string, at: number) => string): Test {
  const names: string[] = [];
  const inner = compile(node.node, (path, at) => {
    const name = attribute(`${node.path}.${path}`, at);
    names.push(name);
    return name;
  });
  return (read) => {
    const lists = new Map(names.map((name) => [name, listed(read(name))]));
    const size = Math.max(...[...lists.values()].map((list) => list.length));
    for (let i = 0; i < size; i++) {
      if (inner((name) => lists.get(name)?.[i])) return true;
    }
    return false;
  };
}

function listed(value: FilterValue): readonly (string | number | boolean)[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}
