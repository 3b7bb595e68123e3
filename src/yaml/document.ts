import {
  type Alias,
  Composer,
  CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import { Mistakes, type Path, type Position } from './mistakes.js';
import { quoted } from './quote.js';

/** A config has a handful of levels; beyond ~790 the yaml package can take Node down with an abort that nothing catches. */
const MAX_DEPTH = 64;
/** Each alias copies a subtree. */
const MAX_ALIASES = 10;
/** Thousands of anchors take the composer seconds, and thousands of aliases minutes: each is looked for from the start of the document. */
const MAX_ANCHORS = 100;
/** They would not name data but reach into JavaScript's own objects. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export type Plain = string | number | boolean | null | undefined | Plain[] | { [key: string]: Plain };

/** A config file as plain values, with the place of every key and value. */
export interface ConfigDocument {
  readonly value: Plain;
  readonly mistakes: Mistakes;
  /** Position inside the text of a scalar: `offset` characters after its first one. */
  within(path: Path, offset: number): Position | undefined;
  locate(path: Path, what: 'key' | 'value'): Position | undefined;
}

interface Place {
  readonly key: number | undefined;
  readonly value: number;
  /** Where the scalar's text starts, when it stands in the file exactly as it reads. */
  readonly text: number | undefined;
}

/** Parses YAML 1.2 (core schema, one document, no merge keys). Syntax mistakes are thrown here, all of them. */
export function parseDocument(source: string, file: string): ConfigDocument {
  const lines = new LineCounter();
  const places = new Map<string, Place>();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), col: Math.max(1, col) };
  };
  const locate = (path: Path, what: 'key' | 'value'): Position | undefined => {
    for (let length = path.length; length >= 0; length--) {
      const place = places.get(placeKey(path.slice(0, length)));
      // What is missing is said at the key of the mapping that misses it.
      if (place !== undefined) return position(what === 'key' || length < path.length ? (place.key ?? place.value) : place.value);
    }
    return undefined;
  };
  const mistakes = new Mistakes(file, locate);
  const tokens = tokenise(source, lines, mistakes, position);
  mistakes.throwIfAny();

  const options = { version: '1.2', schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = [...new Composer(options).compose(tokens, true, source.length)];
  const [document] = documents;
  if (documents.length > 1)
    mistakes.atPosition(position(documents[1]?.range[0] ?? 0), [], 'a config is one YAML document; remove the "---" between them');
  for (const error of documents.flatMap((d) => [...d.errors, ...d.warnings])) {
    mistakes.atPosition(position(error.pos[0]), [], explainSyntax(error, source));
  }
  mistakes.throwIfAny();

  const value = document === undefined ? null : new PlainReader(document, source, places, mistakes, position).read();
  return {
    value,
    mistakes,
    locate,
    within: (path, offset) => {
      const place = places.get(placeKey(path));
      if (place?.text === undefined) return locate(path, 'value');
      return position(place.text + offset);
    },
  };
}

const placeKey = (path: Path): string => JSON.stringify(path.map(String));

/** The concrete syntax, read without recursion; it stops where the document is too deep for what comes after it. */
function tokenise(source: string, lines: LineCounter, mistakes: Mistakes, position: (offset: number) => Position): CST.Token[] {
  const tokens: CST.Token[] = [];
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let anchors = 0;
  let aliases = 0;
  for (const lexeme of new Lexer().lex(source)) {
    tokens.push(...parser.next(lexeme));
    const kind = CST.tokenType(lexeme);
    if (kind === 'anchor') anchors++;
    if (kind === 'alias') aliases++;
    // The document itself and the scalar that is being read stand on the stack, too.
    if (parser.stack.length > MAX_DEPTH + 2) {
      mistakes.atPosition(position(parser.offset), [], `more than ${MAX_DEPTH} levels of nesting; a config needs fewer than ten`);
      return tokens;
    }
  }
  tokens.push(...parser.end());
  if (anchors > MAX_ANCHORS) mistakes.atPosition(undefined, [], `${anchors} anchors; ${MAX_ANCHORS} are allowed`);
  if (aliases > MAX_ANCHORS) mistakes.atPosition(undefined, [], `${aliases} aliases; ${MAX_ALIASES} are allowed`);
  for (const token of tokens) {
    // %YAML 1.1 would turn yes and no into booleans, and %TAG is for types; plain values need neither.
    if (token.type === 'directive') mistakes.atPosition(position(token.offset), [], 'YAML directives (%) are not supported');
  }
  return tokens;
}

/** The yaml package quotes the source in some of its messages; the source may hold a secret, so only the sentence is kept. */
function explainSyntax(error: YAMLError, source: string): string {
  if (error.code === 'TAG_RESOLVE_FAILED') return 'unknown YAML tag; a config uses plain values only';
  const sentence = error.message.split(/[:\n]/)[0] ?? 'not YAML';
  const start = source.lastIndexOf('\n', error.pos[0] - 1) + 1;
  const end = source.indexOf('\n', error.pos[0]);
  const line = source.slice(start, end < 0 ? undefined : end);
  const hint = line.includes('${') && /[{[,]\s*[^$]*\$\{/.test(line) ? '. Inside { } and [ ] a reference needs quotes: "${env:NAME}"' : '';
  return `not valid YAML: ${sentence}${hint}`;
}

class PlainReader {
  #aliases = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly source: string,
    private readonly places: Map<string, Place>,
    private readonly mistakes: Mistakes,
    private readonly position: (offset: number) => Position,
  ) {}

  read(): Plain {
    return this.#node(this.document.contents, [], undefined);
  }

  #node(node: Node | null | undefined, path: Path, key: number | undefined): Plain {
    const start = node?.range?.[0] ?? key ?? 0;
    this.places.set(placeKey(path), { key, value: start, text: this.#textStart(node, start) });
    if (isAlias(node)) return this.#alias(node, path, key);
    if (isMap(node)) return this.#map(node.items, path);
    if (isSeq(node)) return node.items.map((item, i) => this.#node(item as Node, [...path, i], undefined));
    if (isScalar(node)) return node.value as Plain;
    return null;
  }

  #alias(alias: Alias, path: Path, key: number | undefined): Plain {
    this.#aliases++;
    if (this.#aliases === MAX_ALIASES + 1) this.mistakes.at(path, `more than ${MAX_ALIASES} YAML aliases`);
    if (this.#aliases > MAX_ALIASES) return null;
    return this.#node(alias.resolve(this.document), path, key);
  }

  #map(items: readonly { key: unknown; value: unknown }[], path: Path): { [key: string]: Plain } {
    const map: { [key: string]: Plain } = {};
    const seen = new Set<string>();
    for (const item of items) {
      const keyNode = item.key as Node;
      const at = keyNode.range?.[0] ?? 0;
      const name = keyText(keyNode);
      if (name === undefined || FORBIDDEN_KEYS.has(name) || name === '<<') {
        const what =
          name === undefined
            ? 'a key must be plain text'
            : name === '<<'
              ? 'merge keys (<<) are not supported; repeat the entries'
              : `the key ${name} is not allowed`;
        this.mistakes.atPosition(this.position(at), path, what);
        continue;
      }
      const below = [...path, name];
      const value = this.#node(item.value as Node | null, below, at);
      if (seen.has(name)) this.mistakes.atPosition(this.position(at), below, `the key ${quoted(name)} is written twice`);
      seen.add(name);
      map[name] = value;
    }
    return map;
  }

  #textStart(node: Node | null | undefined, start: number): number | undefined {
    if (!isScalar(node) || typeof node.value !== 'string') return undefined;
    const first = node.type === 'PLAIN' ? start : start + 1;
    return this.source.startsWith(node.value, first) ? first : undefined;
  }
}

/** Keys are names: `true`, `1` and `007` mean the text as it is written, so a map of values needs no quotes. */
function keyText(key: Node): string | undefined {
  if (!isScalar(key)) return undefined;
  if (typeof key.value === 'string') return key.value;
  return key.source ?? String(key.value);
}
