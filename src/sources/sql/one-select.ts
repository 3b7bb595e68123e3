import { UsageError } from '../../model/errors.js';
import type { SqlOptions } from './options.js';

/** Text, names and remarks of T-SQL, in which nothing counts; then what ends a statement, or leaves the parentheses around it. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[();]/g;

/**
 * A server that takes several statements at once, and has no transaction that only reads, is sent nothing that is more than what stands in parentheses.
 *
 * @throws {UsageError}
 */
export function oneSelect({ system, query }: Pick<SqlOptions, 'system' | 'query'>): void {
  let depth = 0;
  for (const [token] of query.matchAll(TOKEN)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    if (token === ';' || depth < 0) throw new UsageError(`${system}: query is more than one SELECT; write one, without a semicolon`);
  }
  if (depth !== 0) throw new UsageError(`${system}: the parentheses of query do not close; correct it`);
}
