import { itemAt } from '../model/at.js';
/** Operators that take a value (RFC 7644 section 3.4.2.2, table 3). `pr` takes none. */
export const COMPARISONS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** compValue = false / null / true / number / string, each as JSON writes it. */
export type Literal = string | number | boolean | null;

/** A filter as read. `at` is where the attribute stands in the text, in UTF-16 units. */
export type FilterNode =
  | { readonly op: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly op: 'not'; readonly node: FilterNode }
  | { readonly op: 'pr'; readonly path: string; readonly at: number }
  | { readonly op: Comparison; readonly path: string; readonly at: number; readonly value: Literal; readonly valueAt: number }
  | { readonly op: 'path'; readonly path: string; readonly at: number; readonly node: FilterNode };

/** One line that says what was expected and what stands there; `offset` is its place in the text, in UTF-16 units. */
export class FilterError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'FilterError';
  }
}

/** Parentheses, `not` and value paths inside each other. */
const MAX_DEPTH = 64;
/** Characters. */
export const MAX_LENGTH = 8_192;

const SPACE = /[ \t\r\n]*/y;
/**
 * attrPath = [URI ":"] ATTRNAME *1subAttr. `$` and `_` may begin a name too: `$ref` is RFC 7643's own, and columns of exports are
 * called what they are called. One is no keyword by itself: what a word means depends on where it stands.
 */
const PATH = /(?:urn:[a-z0-9][-a-z0-9]*(?::[-a-z0-9_.]+)*:)?[a-z_$][-\w$]*(?:\.[a-z_$][-\w$]*)?/iy;
const SUB_ATTRIBUTE = /[a-z_$][-\w$]*/iy;
const WORD = /[a-z]+/iy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?/iy;
/** A JSON string (RFC 8259 section 7); JSON.parse judges the escapes. */
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;
/** What a name, a number or a keyword may not run into. */
const GLUED = /[-\w$.:"]/y;

/**
 * Reads a SCIM filter (RFC 7644 section 3.4.2.2): `not` binds tighter than `and`, `and` tighter than `or`; operators, `true`,
 * `false` and `null` in any case. Any white space counts as the RFC's single space, since YAML folds lines.
 *
 * The maintained parser from npm (scim2-parse-filter 0.2.10) was tried and not taken: it reads `a eq "x" not b pr` as a `not`
 * without the `b pr`, leaves `\u0041` undecoded, takes `not a pr` without its parentheses, overflows the stack on deep nesting
 * and says no offset.
 *
 * @throws FilterError
 */
export function parseFilter(text: string): FilterNode {
  if (text.length > MAX_LENGTH) throw new FilterError(`expected at most ${MAX_LENGTH} characters, got ${text.length}`, MAX_LENGTH);
  let at = 0;

  const fail = (expected: string, offset = at): never => {
    throw new FilterError(
      `expected ${expected}, got ${offset >= text.length ? 'the end' : quote(text.slice(offset, offset + 40))}`,
      offset,
    );
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const skip = (): void => void take(SPACE);
  const sees = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    return pattern.test(text);
  };
  /** Takes the keyword if it stands here, whole and in any case. */
  const keyword = (word: string): boolean => {
    const start = at;
    if (take(WORD)?.toLowerCase() === word && !sees(GLUED)) return true;
    at = start;
    return false;
  };
  const close = (bracket: ')' | ']', opened: number): void => {
    skip();
    if (text[at] !== bracket) fail(`and, or, or the ${bracket} for offset ${opened}`);
    at++;
  };

  function list(op: 'or' | 'and', depth: number, inPath: boolean): FilterNode {
    const next = (): FilterNode => (op === 'or' ? list('and', depth, inPath) : term(depth, inPath));
    const nodes = [next()];
    for (skip(); keyword(op); skip()) nodes.push(next());
    return nodes.length === 1 ? itemAt(nodes, 0) : { op, nodes };
  }

  function term(depth: number, inPath: boolean): FilterNode {
    skip();
    if (depth > MAX_DEPTH) throw new FilterError(`expected at most ${MAX_DEPTH} levels of nesting`, at);
    const start = at;
    const negated = keyword('not');
    if (negated) skip();
    if (text[at] === '(') {
      const opened = at++;
      const node = list('or', depth + 1, inPath);
      close(')', opened);
      return negated ? { op: 'not', node } : node;
    }
    at = start;
    return attribute(depth, inPath);
  }

  function attribute(depth: number, inPath: boolean): FilterNode {
    const start = at;
    const path = take(inPath ? SUB_ATTRIBUTE : PATH) ?? fail(inPath ? 'a sub-attribute' : 'an attribute');
    if (text[at] === '[' && !inPath) {
      const opened = at++;
      const node = list('or', depth + 1, true);
      close(']', opened);
      if (text[at] === '.') fail('and, or, or the end: test a sub-attribute inside of the brackets');
      return { op: 'path', path, at: start, node };
    }
    if (sees(GLUED)) fail(inPath ? 'a sub-attribute' : 'an attribute with at most one sub-attribute', start);
    skip();
    const operatorAt = at;
    const word = (take(WORD) ?? '').toLowerCase();
    const operator = COMPARISONS.find((known) => known === word);
    if (sees(GLUED) || (operator === undefined && word !== 'pr')) {
      if (path.toLowerCase() === 'not') fail('( after not', operatorAt);
      fail(`one of ${COMPARISONS.join(', ')}, pr`, operatorAt);
    }
    if (operator === undefined) return { op: 'pr', path, at: start };
    skip();
    return { op: operator, path, at: start, valueAt: at, value: literal() };
  }

  function literal(): Literal {
    const start = at;
    const quoted = take(STRING);
    if (quoted !== undefined && sees(GLUED)) fail('a space after the value');
    const written = quoted ?? take(NUMBER) ?? take(WORD)?.toLowerCase();
    try {
      if (written !== undefined && !sees(GLUED)) return JSON.parse(written) as Literal;
    } catch {
      // No JSON: a bare word, or an escape that there is not.
    }
    return fail('a value: "text" in double quotes, a number, true, false or null', start);
  }

  const node = list('or', 0, false);
  if (at < text.length) fail('and, or, or the end');
  return node;
}

/** Shown in a message: printable ASCII as it is, anything else escaped, so that it cannot move a cursor. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
