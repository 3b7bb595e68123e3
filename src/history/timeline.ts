import type { Database, QueryResult } from 'node-sqlite3-wasm';
import { isOn } from '../model/account.js';
import { fold } from '../model/fold.js';
import { instant, number, text } from './database.js';
import { differencesOf, stateOf } from './differences.js';
import { listsRead, type ListsRead } from './lists-read.js';

export interface TimelineEntry {
  /** ISO 8601, UTC: the audit that saw it. What happened lies between the audit before and this one. */
  readonly asOf: string;
  readonly list: string;
  readonly id: string;
  readonly userName?: string;
  readonly what: string;
}

/**
 * Everything on record of a person and their accounts, or of an account and its owner, in order of time. `who`: an id, a user name, or an e-mail address
 * (`emailHash` turns it into what is kept). Empty where nobody fits.
 */
export function timelineOf(db: Database, who: string, emailHash: Uint8Array | undefined): TimelineEntry[] {
  const email = emailHash ?? null;
  const byName = `v.name IS NOT NULL AND lower(v.name) = ?2`;
  const given = [who, fold(who), email];
  const people = new Set(
    db
      .all(
        `SELECT DISTINCT p.id FROM people p JOIN person_versions v ON v.person = p.id WHERE p.key = ?1 OR (${byName}) OR (?3 IS NOT NULL AND v.email = ?3)`,
        given,
      )
      .map((row) => number(row['id'])),
  );
  const named = db.all(
    `SELECT DISTINCT source, key, owner FROM account_versions v WHERE key = ?1 OR (${byName}) OR (?3 IS NOT NULL AND v.email = ?3)`,
    given,
  );
  for (const row of named) if (number(row['owner']) !== 0) people.add(number(row['owner']));
  const accounts = new Map(named.map((row) => [JSON.stringify([row['source'], row['key']]), row]));
  if (people.size > 0) {
    for (const row of db.all(`SELECT DISTINCT source, key FROM account_versions WHERE owner IN (${[...people].join(',')})`))
      accounts.set(JSON.stringify([row['source'], row['key']]), row);
  }
  const rows: QueryResult[][] = [];
  const episodes = new Map<number, readonly QueryResult[]>();
  for (const person of people) {
    rows.push(
      db.all(
        'SELECT v.*, p.key, p.source, s.name AS list FROM person_versions v JOIN people p ON p.id = v.person JOIN sources s ON s.id = p.source WHERE v.person = ? ORDER BY v.since',
        person,
      ),
    );
    episodes.set(person, rows.at(-1) as QueryResult[]);
  }
  for (const { source, key } of accounts.values()) {
    rows.push(
      db.all(
        'SELECT v.*, s.name AS list FROM account_versions v JOIN sources s ON s.id = v.source WHERE v.source = ? AND v.key = ? ORDER BY v.since',
        [source as number, text(key)],
      ),
    );
  }
  const asOf = new Map(db.all('SELECT id, as_of FROM audits').map((row) => [number(row['id']), number(row['as_of'])]));
  const first = Math.min(...asOf.keys());
  const differs = differencesOf(db);
  const lists = listsRead(db);
  const entries = rows.flatMap((versions) => entriesOf(versions, lists, differs, episodes));
  return entries
    .map(({ audit, ...entry }) => ({ asOf: instant(asOf.get(audit) ?? asOf.get(first)), ...entry }))
    .sort((x, y) => (x.asOf === y.asOf ? (`${x.list} ${x.id}` < `${y.list} ${y.id}` ? -1 : 1) : x.asOf < y.asOf ? -1 : 1));
}

function entriesOf(
  versions: readonly QueryResult[],
  lists: ListsRead,
  differs: (before: QueryResult, after: QueryResult) => string[],
  episodes: ReadonlyMap<number, readonly QueryResult[]>,
): (Omit<TimelineEntry, 'asOf'> & { audit: number })[] {
  const entries: (Omit<TimelineEntry, 'asOf'> & { audit: number })[] = [];
  versions.forEach((version, i) => {
    const before = versions[i - 1];
    const since = number(version['since']);
    const shown = {
      list: text(version['list']),
      id: text(version['key']),
      ...(typeof version['name'] === 'string' ? { userName: version['name'] } : {}),
    };
    const follows = before !== undefined && number(before['until']) === since && before['gone'] !== 1;
    if (follows) {
      const what = differs(before, version);
      if (!isOn({ status: stateOf(before) }) && wasGone(version, episodes)) what.push(GONE);
      if (what.length > 0) entries.push({ audit: since, ...shown, what: what.join(', ') });
    } else {
      const source = number(version['source']);
      // What an app's first list shows may have been there for long.
      const came = before !== undefined || lists.knownBefore(source, since);
      const anew = came && lists.readAnew(source, since);
      const what = [
        before !== undefined ? 'came back' : came ? 'came' : 'there',
        stateOf(version),
        ...(version['owner'] === 0 ? ['matches nobody'] : []),
        ...(anew ? [`in a list that was ${ANEW}`] : came && wasGone(version, episodes) ? [GONE] : []),
      ];
      entries.push({ audit: since, ...shown, what: what.join(', ') });
    }
    if (version['gone'] === 1) {
      const until = number(version['until']);
      const anew = lists.readAnew(number(version['source']), until) ? `, which was ${ANEW}` : '';
      entries.push({ audit: until, ...shown, what: `gone from the whole list${anew}` });
    }
  });
  return entries;
}

/** Another filter or mapping shows other rows: nothing need have happened to them. */
const ANEW = 'read in another way';
/** What came back after a leave is what an offboarding has to know of. */
const GONE = 'though its owner had left';
const LEFT = new Set(['terminated', 'deleted']);

/** Is this an account that is on, of somebody whom the directory had as a leaver when it came, or had no longer? */
function wasGone(version: QueryResult, episodes: ReadonlyMap<number, readonly QueryResult[]>): boolean {
  const since = number(version['since']);
  const owner = episodes.get(number(version['owner']));
  if (
    !('status' in version) ||
    owner === undefined ||
    !isOn({ status: stateOf(version) }) ||
    !owner.some((one) => number(one['since']) < since)
  )
    return false;
  const then = owner.find((one) => number(one['since']) <= since && (one['until'] === null || number(one['until']) > since));
  return then === undefined || LEFT.has(stateOf(then));
}
