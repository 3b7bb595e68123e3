import { UsageError } from '../../model/errors.js';
import type { SqlOptions } from './options.js';

/**
 * Text, names and remarks of T-SQL, in which nothing counts; then what ends a statement, or leaves the parentheses around it; then what the server may read further
 * than is seen here: there remarks stand within remarks, and who knows whether a CR alone ends a line.
 */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[(?:[^\]]|\]\])*\]|--[^\r\n]*|\/\*(?:(?!\/\*)[\s\S])*?\*\/|[();]|\/\*|\r(?!\n)/g;

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
    if (token === '/*' || token === '\r')
      throw new UsageError(`${system}: query has a remark within a remark, or a line that ends with CR alone; take it away`);
  }
  if (depth !== 0) throw new UsageError(`${system}: the parentheses of query do not close; correct it`);
}
