import { UsageError } from '../../model/errors.js';

/** A pattern as a tree. */
export type Node =
  | { readonly kind: 'character'; readonly test: (character: string) => boolean }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }
  | { readonly kind: 'all of' | 'one of'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeated'; readonly node: Node; readonly least: number; readonly most: number };

/** What stands for one character: a set, an escape, or the character itself. The engine has checked the syntax before. */
const ATOM =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[A-Za-z]|\\.|[^\\]/suy;
const GROUP = /\((?:\?:|\?<[^>=!]+>)?(?!\?)/y;
const COUNT = /(?:([*+?])|\{(\d+)(,(\d*))?\})\??/y;

/**
 * @throws {UsageError} where the engine cannot read the pattern, and where it looks around, or back at what a group matched: those need an engine that
 * goes back
 */
export function readPattern(pattern: string): Node {
  try {
    // Both, or `a)(b` would be one.
    RegExp(`^(?:${pattern})$`, 'u');
    RegExp(pattern, 'u');
  } catch (error) {
    const why = (error instanceof Error ? error.message : '').split(': ').at(-1) ?? '';
    throw new UsageError(`the pattern is no regular expression: ${why}`, { cause: error });
  }
  return new Reader(pattern).read();
}

class Reader {
  #at = 0;

  constructor(private readonly pattern: string) {}

  read(): Node {
    const nodes = [this.#sequence()];
    while (this.#takes('|')) nodes.push(this.#sequence());
    return { kind: 'one of', nodes };
  }

  #sequence(): Node {
    const nodes: Node[] = [];
    while (this.#at < this.pattern.length && !'|)'.includes(this.pattern[this.#at] as string)) nodes.push(this.#counted(this.#piece()));
    return { kind: 'all of', nodes };
  }

  #piece(): Node {
    if (this.#takes('^')) return { kind: 'edge', at: 'start' };
    if (this.#takes('$')) return { kind: 'edge', at: 'end' };
    if (this.pattern[this.#at] !== '(') return this.#character();
    if (this.#match(GROUP) === undefined) throw this.#refused('a group with (? that only looks around, or sets flags');
    const node = this.read();
    this.#takes(')');
    return node;
  }

  #character(): Node {
    const text = this.#match(ATOM)?.[0] ?? '';
    if (/^\\[bB]$/.test(text)) throw this.#refused(`${text} (the edge of a word)`);
    if (/^\\[1-9k]/.test(text)) throw this.#refused(`${text} (what a group matched before)`);
    // Of one character, so there is nothing to go back to.
    const one = new RegExp(`^${text}$`, 'u');
    return { kind: 'character', test: (character) => one.test(character) };
  }

  #counted(node: Node): Node {
    const count = this.#match(COUNT);
    if (count === undefined) return node;
    const [, sign, least, comma, most] = count;
    if (sign !== undefined) return { kind: 'repeated', node, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    const from = Number(least);
    return { kind: 'repeated', node, least: from, most: comma === undefined ? from : most === '' ? Infinity : Number(most) };
  }

  #takes(character: string): boolean {
    if (this.pattern[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(what: RegExp): RegExpExecArray | undefined {
    what.lastIndex = this.#at;
    const found = what.exec(this.pattern) ?? undefined;
    if (found !== undefined) this.#at = what.lastIndex;
    return found;
  }

  #refused(what: string): UsageError {
    return new UsageError(`the pattern has ${what}, which is not allowed; use characters, sets, groups, | and counts`);
  }
}
