import { createRequire } from 'node:module';
import type * as Cel from '@marcbachmann/cel-js';
import { UsageError } from '../../model/errors.js';

/** What an expression makes of a record. `absent`: something that it names is not there; `failed`: it cannot be worked out. */
export type Outcome =
  { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'absent' } | { readonly kind: 'failed'; readonly why: string };
export type Expression = (record: unknown) => Outcome;

/** `field`: text, number, truth, date or a list of them; `test`: true or false. */
export type Use = 'field' | 'test';

const MAX_LENGTH = 1_000;
const LIMITS = { maxAstNodes: 200, maxDepth: 24, maxListElements: 100, maxMapEntries: 32, maxCallArguments: 8 };
/** Each walks a whole list: one inside another would take its square. */
const WALKS = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'transformList']);
const FIELD_TYPES = /^(?:dyn|string|int|uint|double|bool|null|google\.protobuf\.Timestamp|list|list<.*>|optional|optional<.*>)$/;
const TEST_TYPES = /^(?:dyn|bool)$/;

const ABSENT = { kind: 'absent' } as const;
const NOT_THERE = new Set(['no_such_key', 'no_such_field', 'index_out_of_bounds', 'index_out_of_range']);

interface Loaded {
  readonly cel: typeof Cel;
  readonly env: Cel.Environment;
}
let loaded: Loaded | undefined;

/** Most manifests have no expression, so the library is loaded by the first that has one; at once, because parsing does not wait. */
function load(): Loaded {
  if (loaded !== undefined) return loaded;
  const cel = createRequire(import.meta.url)('@marcbachmann/cel-js') as typeof Cel;
  const env = new cel.Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  });
  loaded = { cel, env: env.registerVariable('record', 'dyn') };
  return loaded;
}

/**
 * Compiles an expression of CEL (Common Expression Language, cel-spec) over one variable, `record`. It cannot loop, call out or see
 * a clock; `matches` is refused, because a pattern can take for ever on the text of a stranger.
 *
 * @throws {UsageError} with the character at which it is wrong
 */
export function compileExpression(text: string, use: Use): Expression {
  if (text.length > MAX_LENGTH) throw new UsageError(`the expression is longer than ${MAX_LENGTH} characters; map a path instead`);
  const { cel, env } = load();
  const program = parsed(text, env, cel);
  refuse(program.ast, false);
  const checked = program.check();
  if (!checked.valid) throw mistake(checked.error?.summary ?? 'it has no type', checked.error?.range);
  const type = checked.type ?? 'dyn';
  const wanted = use === 'test' ? TEST_TYPES : FIELD_TYPES;
  if (!wanted.test(type))
    throw mistake(`expected ${use === 'test' ? 'true or false' : 'a text, number, truth, date or list'}, it gives ${type}`, undefined);
  return (record) => {
    try {
      return outcome(program({ record }), cel, use);
    } catch (error) {
      if (!(error instanceof cel.EvaluationError)) throw error;
      return NOT_THERE.has(error.code) ? ABSENT : { kind: 'failed', why: error.code.replaceAll('_', ' ') };
    }
  };
}

function parsed(text: string, env: Cel.Environment, cel: typeof Cel): Cel.ParseResult {
  try {
    return env.parse(text);
  } catch (error) {
    if (error instanceof cel.ParseError || error instanceof cel.TypeError || error instanceof cel.EvaluationError)
      throw mistake(error.summary, error.range);
    throw error;
  }
}

function mistake(what: string, range: Cel.SourceRange | undefined): UsageError {
  return new UsageError(`the expression is wrong${range === undefined ? '' : ` at character ${range.start + 1}`}: ${what}`);
}

/** Refuses patterns, and walks within walks. */
function refuse(node: unknown, walking: boolean): void {
  if (Array.isArray(node)) {
    for (const one of node) refuse(one, walking);
    return;
  }
  if (typeof node !== 'object' || node === null || !('op' in node) || !('args' in node)) return;
  const { op, args, range } = node as Cel.ASTNode;
  const name = op === 'rcall' || op === 'call' ? args[0] : '';
  if (name === 'matches') throw mistake('matches is not allowed; use contains, startsWith, endsWith or split', range);
  if (op !== 'rcall' || !WALKS.has(name)) return refuse(args, walking);
  if (walking) throw mistake(`${name} within another walk over a list is not allowed`, range);
  // One after the other (`filter(...).map(...)`) is fine.
  refuse(args[1], walking);
  refuse(args[2], true);
}

function outcome(result: unknown, cel: typeof Cel, use: Use): Outcome {
  if (result instanceof cel.Optional) return result.hasValue() ? outcome(result.value(), cel, use) : ABSENT;
  if (use === 'test')
    return typeof result === 'boolean' ? { kind: 'value', value: result } : { kind: 'failed', why: 'neither true nor false' };
  const value = plain(result);
  return value === undefined ? { kind: 'failed', why: 'no text, number, truth, date or list' } : { kind: 'value', value };
}

function plain(result: unknown): unknown {
  if (result === null || typeof result === 'string' || typeof result === 'boolean' || typeof result === 'number') return result;
  if (typeof result === 'bigint') return String(result);
  if (result instanceof Date) return Number.isNaN(result.getTime()) ? undefined : result.toISOString();
  if (!Array.isArray(result)) return undefined;
  const list = result.map(plain);
  return list.includes(undefined) ? undefined : list;
}
