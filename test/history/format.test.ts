// fixtures/history/format-1.db.gz was written by an earlier lifegap, which told `format-1.json` of it: every later one reads the same in it, and writes
// the same into a new file of the same salt.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { browse } from '../../src/history/browse.js';
import { withDatabase } from '../../src/history/database.js';
import type { AppPast } from '../../src/model/past.js';
import { account, at, person } from '../in-memory.js';
import { audit, newBook, query, type Seen } from './book.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/history');
const FILE = path.join(FIXTURES, 'format-1.db.gz');
const TOLD = path.join(FIXTURES, 'format-1.json');
const TABLES = ['audits', 'sources', 'lists', 'attributes', 'people', 'person_versions', 'account_versions', 'findings'];

const ada = person('ada', { attributes: { department: 'R&D' }, startAt: at('2020-01-01'), createdAt: at('2020-01-01T08:00:00Z'), groups: ['dev', 'all'] }); // prettier-ignore
const bob = person('bob', {
  state: 'pre-hire',
  kind: 'service',
  startAt: at('2026-06-03T06:00:00Z'),
  userName: undefined,
  emails: undefined,
});
const eve = person('eve', { attributes: { department: 'Sales' }, endAt: at('2026-06-02'), changedAt: at('2026-05-31T23:00:00Z') });
const mia = person('mia', { unread: ['startAt'], attributes: { department: 'Ωmega' } });

const ofAda = account('1', { externalId: 'ada', userName: 'Ada', emails: ['ada@corp.example'], attributes: { department: 'R&D' }, createdAt: at('2020-01-02T00:00:00Z'), lastLoginAt: at('2026-05-30T00:00:00Z'), roles: ['admin', 'user'] }); // prettier-ignore
const ofEve = account('2', { externalId: 'eve', attributes: { department: 'Sales' }, updatedAt: at('2026-05-31T00:00:00Z'), roles: [] });
const ofNobody = account('3', { userName: 'root', kind: 'service' });
const finding = { id: 'f3', app: 'crm', class: 'orphaned', reason: 'no-owner', severity: 'high', account: { id: '3' }, person: null };
const stale = { id: 'f2', app: 'crm', class: 'stale', reason: 'left', severity: 'high', account: { id: '2' }, person: { source: 'hr', id: 'eve' } }; // prettier-ignore

const STORY = [
  { day: 0, people: [ada, eve, mia], apps: { crm: { accounts: [ofAda, ofEve, ofNobody] } }, findings: [finding] },
  {
    day: 1,
    people: [{ ...ada, attributes: { department: 'Legal' }, groups: ['all'] }, bob, eve, { ...mia, unread: ['startAt', 'endAt'] }],
    apps: { crm: { accounts: [{ ...ofAda, status: 'suspended' }, ofEve, { ...ofNobody, deactivatedAt: at('2026-06-02T05:00:00Z') }] } },
    findings: [{ ...finding, severity: 'critical' }],
  },
  {
    day: 2,
    people: [ada, { ...bob, state: 'active' }, { ...eve, state: 'terminated' }],
    apps: { crm: { accounts: [ofAda, { ...ofEve, credentials: [{}, {}] }, account('4', { externalId: 'bob' })], whole: false }, wiki: { accounts: [] } },
    findings: [finding, stale],
  },
  { day: 4, people: [ada, bob, { ...eve, state: 'terminated' }], apps: { crm: { accounts: [ofAda, ofEve] } }, findings: [] },
] as unknown as readonly Seen[]; // prettier-ignore
const NEXT = { day: 5, people: [ada, { ...bob, state: 'terminated' }], apps: { crm: { accounts: [ofAda, { ...ofEve, status: 'deactivated' }] } } } as unknown as Seen; // prettier-ignore

/** As JSON has it: maps as lists, and what is not there not at all. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      one instanceof Map ? [...one] : one instanceof Uint8Array ? `x'${Buffer.from(one).toString('hex')}'` : one,
    ),
  );
const shown = ({ audits, lists, people, unchangedSince }: AppPast): unknown =>
  plain({ audits, lists, people: [...people], unchanged: [0, 1].map((row) => String(unchangedSince(row, ['department']))) });
/** All rows, but for the summaries: what a trend shows may grow. */
const rows = (book: string): unknown =>
  plain(TABLES.map((table) => [table, ...query(book, `SELECT * FROM ${table}`).map((row) => ({ ...row, summary: undefined }))]));
const columns = (book: string): unknown =>
  ['meta', ...TABLES].map((table) => [
    table,
    query(book, `SELECT cid, name, type, "notnull", dflt_value, pk FROM pragma_table_info('${table}')`),
  ]);

/** What the file answers, and what the next audit is told of the past and writes. */
async function told(book: string): Promise<unknown> {
  const asked = await browse({ path: book, wait: 0 }, undefined, (browser) => {
    const audits = browser.audits();
    const pairs = [[0, 1], [1, 2], [2, 3], [0, 3]] as const; // prettier-ignore
    return {
      audits,
      changes: pairs.map(([from, to]) => browser.changes(audits[from] as never, audits[to] as never)),
      timelines: ['ada', 'ada@corp.example', 'eve', 'bob', '3', 'root'].map((who) => browser.timeline(who)),
    };
  });
  const { crm } = await audit(book, NEXT);
  return plain({ ...asked, past: shown(crm as AppPast), rows: rows(book) });
}

function bookOf(file: string): string {
  const book = newBook();
  writeFileSync(book, gunzipSync(readFileSync(file)));
  return book;
}

async function written(salt: unknown): Promise<string> {
  const book = newBook();
  await withDatabase({ path: book, wait: 0, create: true }, ({ db }) => db.run('UPDATE meta SET salt = ?', [salt as Uint8Array]));
  for (const seen of STORY) await audit(book, seen);
  return book;
}

it('a file of an earlier lifegap is read as it was then', async () => {
  expect(await told(bookOf(FILE))).toEqual(JSON.parse(readFileSync(TOLD, 'utf8')));
});

it('and written as it was then: the same columns, the same rows', async () => {
  const before = bookOf(FILE);
  const now = await written(query(before, 'SELECT salt FROM meta')[0]?.['salt']);
  expect(columns(now)).toEqual(columns(before));
  expect(rows(now)).toEqual(rows(before));
  for (const pragma of ['user_version', 'application_id'])
    expect(query(now, `PRAGMA ${pragma}`)).toEqual(query(before, `PRAGMA ${pragma}`));
  const indexes = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'";
  expect(query(now, indexes)).toEqual(query(before, indexes));
});
