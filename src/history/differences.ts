import type { Database, QueryResult } from 'node-sqlite3-wasm';
import { ACCOUNT_STATUSES } from '../model/account.js';
import { PERSON_STATES } from '../model/person.js';
import { number, text } from './database.js';
import { GROUPS, readAttributes } from './rows.js';

/** Names what differs between two versions of a row; states in words, dates by day, attributes by name alone. */
export function differencesOf(db: Database): (before: QueryResult, after: QueryResult) => string[] {
  const names = new Map(db.all('SELECT id, name FROM attributes').map((row) => [number(row['id']), text(row['name'])]));
  return (before, after) => {
    const what: string[] = [];
    const from = stateOf(before);
    const to = stateOf(after);
    if (from !== to) what.push(`${from} -> ${to}`);
    if (before['owner'] !== after['owner'])
      what.push(
        number(after['owner']) === 0 ? 'matches nobody' : number(before['owner']) === 0 ? 'matches a person' : 'matches another record',
      );
    if (before['name'] !== after['name']) what.push('userName');
    for (const [column, word] of COLUMNS) {
      if ((before[column] ?? null) !== (after[column] ?? null)) what.push(word);
    }
    // What could not be read is no other number.
    const [held, holds] = [before['credentials'] ?? null, after['credentials'] ?? null];
    if (held !== null && holds !== null && held !== holds) what.push('number of credentials');
    const old = readAttributes(before['attributes'] as Uint8Array | null);
    const now = readAttributes(after['attributes'] as Uint8Array | null);
    for (const id of new Set([...old.keys(), ...now.keys()])) {
      if (old.get(id) !== now.get(id)) what.push(names.get(id) ?? GROUPS);
    }
    return [...new Set(what)];
  };
}

const COLUMNS = [
  ['starts', 'startAt'],
  ['ends', 'endAt'],
  ['ended', 'deactivatedAt'],
  ['roles', 'number of roles'],
] as const;

export function stateOf(row: QueryResult): string {
  const words: readonly string[] = 'status' in row ? ACCOUNT_STATUSES : PERSON_STATES;
  return words[number('status' in row ? row['status'] : row['state'])] ?? 'unknown';
}
