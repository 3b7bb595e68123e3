import type { Database } from 'node-sqlite3-wasm';
import { LISTS } from './schema.js';
import { readAll } from './table.js';

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
  for (const { audit, source, whole, basis } of readAll(db, LISTS.columns, 'SELECT * FROM lists ORDER BY audit')) {
    const before = bases.get(source);
    if (before !== undefined && before !== basis) anew.add(`${source} ${audit}`);
    if (!whole) continue;
    if (before === undefined) first.set(source, audit);
    bases.set(source, basis);
  }
  return {
    knownBefore: (source, audit) => (first.get(source) ?? Infinity) < audit,
    readAnew: (source, audit) => anew.has(`${source} ${audit}`),
  };
}
