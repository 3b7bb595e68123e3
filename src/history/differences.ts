import type { Database } from 'node-sqlite3-wasm';
import { ACCOUNT_STATUSES } from '../model/account.js';
import { PERSON_STATES } from '../model/person.js';
import { GROUPS, readAttributes } from './rows.js';
import { ATTRIBUTES, type AccountVersionRow, type PersonVersionRow } from './schema.js';
import { readAll } from './table.js';

type Row = PersonVersionRow | AccountVersionRow;
/** Names what differs between two versions of a row. */
export type Differs = (before: Row, after: Row) => string[];

/** States in words, dates by day, attributes by name alone. */
export function differencesOf(db: Database): Differs {
  const names = new Map(readAll(db, ATTRIBUTES.columns, 'SELECT * FROM attributes').map(({ id, name }) => [id, name]));
  return (before, after) => {
    const what: string[] = [];
    const from = stateOf(before);
    const to = stateOf(after);
    if (from !== to) what.push(`${from} -> ${to}`);
    if ('owner' in before && 'owner' in after && before.owner !== after.owner)
      what.push(after.owner === 0 ? 'matches nobody' : before.owner === 0 ? 'matches a person' : 'matches another record');
    if (before.name !== after.name) what.push('userName');
    if ('days' in before && 'days' in after)
      what.push(
        ...differing(before, after, [
          ['starts', 'startAt'],
          ['ends', 'endAt'],
        ]),
      );
    if ('owner' in before && 'owner' in after) {
      what.push(
        ...differing(before, after, [
          ['ended', 'deactivatedAt'],
          ['roles', 'number of roles'],
        ]),
      );
      // What could not be read is no other number.
      if (before.credentials !== null && after.credentials !== null && before.credentials !== after.credentials)
        what.push('number of credentials');
    }
    const old = readAttributes(before.attributes);
    const now = readAttributes(after.attributes);
    for (const id of new Set([...old.keys(), ...now.keys()])) {
      if (old.get(id) !== now.get(id)) what.push(names.get(id) ?? GROUPS);
    }
    return [...new Set(what)];
  };
}

function differing<R>(before: R, after: R, words: readonly (readonly [keyof R, string])[]): string[] {
  return words.flatMap(([column, word]) => (before[column] === after[column] ? [] : [word]));
}

export function stateOf(row: Row): string {
  return ('status' in row ? ACCOUNT_STATUSES[row.status] : PERSON_STATES[row.state]) ?? 'unknown';
}
