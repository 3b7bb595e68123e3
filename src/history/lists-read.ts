import type { Database } from 'node-sqlite3-wasm';
import { number, text } from './database.js';

/** What the lists themselves say of a row that is new in one, or no longer in it. */
export interface ListsRead {
  /** Was the list read whole before this audit? Without that, a row that is first seen then may have been there for long. */
  readonly knownBefore: (source: number, audit: number) => boolean;
  /** Was the list read in another way (filter, mapping, address) than the last whole one before? Then what came or went is no event. */
  readonly readAnew: (source: number, audit: number) => boolean;
}

export function listsRead(db: Database): ListsRead {
  const first = new Map<number, number>();
  const anew = new Set<string>();
  const bases = new Map<number, string>();
  for (const row of db.all('SELECT audit, source, whole, basis FROM lists ORDER BY audit')) {
    const [audit, source, basis] = [number(row['audit']), number(row['source']), text(row['basis'])];
    const before = bases.get(source);
    if (before !== undefined && before !== basis) anew.add(`${source} ${audit}`);
    if (row['whole'] !== 1) continue;
    if (before === undefined) first.set(source, audit);
    bases.set(source, basis);
  }
  return {
    knownBefore: (source, audit) => (first.get(source) ?? Infinity) < audit,
    readAnew: (source, audit) => anew.has(`${source} ${audit}`),
  };
}
