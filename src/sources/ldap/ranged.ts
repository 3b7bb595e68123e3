import type { Connection } from './connection.js';
import type { DirectoryEntry } from './entry.js';
import type { Notes } from './paging.js';

const RANGED = /^(.+);range=(\d+)-(\d+|\*)$/;
/** Active Directory gives 1500 values at a time: this is a group list of 1.5 million. */
const PARTS = 1000;

/**
 * Fetches what Active Directory left out of attributes with very many values (MS-ADTS section 3.1.1.3.1.3.3: `memberOf;range=0-1499`).
 * An attribute that cannot be completed is taken away: a part of the groups would look like all of them.
 */
export async function completeRanges(connection: Connection, entry: DirectoryEntry, notes: Notes): Promise<DirectoryEntry> {
  const cut = [...entry.values.keys()].flatMap((key) => {
    const [, name, , to] = RANGED.exec(key) ?? [];
    return name === undefined || to === undefined ? [] : [{ key, name, to }];
  });
  if (cut.length === 0) return entry;
  const values = new Map(entry.values);
  for (const { key, name, to } of cut) {
    const all = await allValues(connection, entry, name, to, values.get(key) ?? []);
    values.delete(key);
    if (all === undefined) notes.remark(`${name} of some entries could not be read to its end and was left out`);
    else values.set(name, all);
  }
  return { dn: entry.dn, values };
}

type Values = readonly (string | Buffer)[];

async function allValues(
  connection: Connection,
  entry: DirectoryEntry,
  name: string,
  to: string,
  begun: Values,
): Promise<Values | undefined> {
  let all = [...begun];
  let last = to;
  for (let part = 0; last !== '*'; part++) {
    const from = Number(last) + 1;
    if (part === PARTS || from !== all.length) return undefined;
    const answer = await connection.search({
      purpose: `reading the rest of ${name}`,
      base: entry.dn,
      scope: 'base',
      filter: '(objectClass=*)',
      attributes: [`${name};range=${from}-*`],
      binary: [],
      controls: [],
    });
    const [key, more] = [...(answer.entries[0]?.values ?? [])].find(([found]) => found.startsWith(`${name};range=${from}-`)) ?? [];
    if (key === undefined || more === undefined) return undefined;
    all = [...all, ...more];
    last = RANGED.exec(key)?.[3] ?? '';
  }
  return all;
}
