import type { Database } from 'node-sqlite3-wasm';
import { isOn } from '../model/account.js';
import { fold } from '../model/fold.js';
import { differencesOf, stateOf, type Differs } from './differences.js';
import { listsRead, type ListsRead } from './lists-read.js';
import { ACCOUNT_VERSIONS, AUDITS, namedAccounts, namedPeople, PEOPLE, type NamedRow } from './schema.js';
import { instant, readAll } from './table.js';

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
  const { id } = PEOPLE.columns;
  const { source, key, owner } = ACCOUNT_VERSIONS.columns;
  const people = new Set(
    readAll(
      db,
      { id },
      `SELECT DISTINCT p.id FROM people p JOIN person_versions v ON v.person = p.id WHERE p.key = ?1 OR (${byName}) OR (?3 IS NOT NULL AND v.email = ?3)`,
      given,
    ).map((person) => person.id),
  );
  const accounts = readAll(
    db,
    { source, key, owner },
    `SELECT DISTINCT source, key, owner FROM account_versions v WHERE key = ?1 OR (${byName}) OR (?3 IS NOT NULL AND v.email = ?3)`,
    given,
  );
  for (const account of accounts) if (account.owner !== 0) people.add(account.owner);
  accounts.push(
    ...readAll(
      db,
      { source, key, owner },
      `SELECT DISTINCT source, key, owner FROM account_versions WHERE owner IN (${[...people].join(',')})`,
    ),
  );
  const episodes = new Map([...people].map((person) => [person, namedPeople(db, 'v.person = ?', [person])]));
  const distinct = new Map(accounts.map((account) => [JSON.stringify([account.source, account.key]), account]));
  const rows = [
    ...episodes.values(),
    ...[...distinct.values()].map((one) => namedAccounts(db, 'v.source = ? AND v.key = ?', [one.source, one.key])),
  ];
  const asOf = new Map(readAll(db, AUDITS.columns, 'SELECT * FROM audits').map((audit) => [audit.id, audit.as_of]));
  const first = Math.min(...asOf.keys());
  const differs = differencesOf(db);
  const lists = listsRead(db);
  const entries = rows.flatMap((versions) => entriesOf(versions, lists, differs, episodes));
  return entries
    .map(({ audit, ...entry }) => ({ asOf: instant(asOf.get(audit) ?? asOf.get(first) ?? 0), ...entry }))
    .sort((x, y) => (x.asOf === y.asOf ? (`${x.list} ${x.id}` < `${y.list} ${y.id}` ? -1 : 1) : x.asOf < y.asOf ? -1 : 1));
}

function entriesOf(
  versions: readonly NamedRow[],
  lists: ListsRead,
  differs: Differs,
  episodes: ReadonlyMap<number, readonly NamedRow[]>,
): (Omit<TimelineEntry, 'asOf'> & { audit: number })[] {
  const entries: (Omit<TimelineEntry, 'asOf'> & { audit: number })[] = [];
  versions.forEach((version, i) => {
    const before = versions[i - 1];
    const { since, until, source, list, key: id, name } = version;
    const shown = { list, id, ...(name === null ? {} : { userName: name }) };
    if (before?.until === since && !before.gone) {
      const what = differs(before, version);
      if (!isOn({ status: stateOf(before) }) && wasGone(version, episodes)) what.push(GONE);
      if (what.length > 0) entries.push({ audit: since, ...shown, what: what.join(', ') });
    } else {
      // What an app's first list shows may have been there for long.
      const came = before !== undefined || lists.knownBefore(source, since);
      const anew = came && lists.readAnew(source, since);
      const what = [
        before !== undefined ? 'came back' : came ? 'came' : 'there',
        stateOf(version),
        ...('owner' in version && version.owner === 0 ? ['matches nobody'] : []),
        ...(anew ? [`in a list that was ${ANEW}`] : came && wasGone(version, episodes) ? [GONE] : []),
      ];
      entries.push({ audit: since, ...shown, what: what.join(', ') });
    }
    if (version.gone && until !== null) {
      const anew = lists.readAnew(source, until) ? `, which was ${ANEW}` : '';
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
function wasGone(version: NamedRow, episodes: ReadonlyMap<number, readonly NamedRow[]>): boolean {
  const { since } = version;
  const owner = 'owner' in version ? episodes.get(version.owner) : undefined;
  if (owner === undefined || !isOn({ status: stateOf(version) }) || !owner.some((one) => one.since < since)) return false;
  const then = owner.find((one) => one.since <= since && (one.until === null || one.until > since));
  return then === undefined || LEFT.has(stateOf(then));
}
