import type { Database } from 'node-sqlite3-wasm';
import {
  BYTES,
  BYTES_OR_NONE,
  FLAG,
  KEY,
  NUMBER,
  NUMBER_OR_NONE,
  numberIn,
  readAll,
  Table,
  TEXT,
  TEXT_OR_NONE,
  WrongType,
  type Column,
  type RowOf,
} from './table.js';

/** Raised when an older lifegap could misread the file. */
export const SCHEMA_VERSION = 1;
/** "lgap": marks the file as ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x6c676170;

const ROLE: Column<'directory' | 'app'> = {
  ...TEXT,
  wrong: 'no role',
  read: (value) => (value === 'directory' || value === 'app' ? value : undefined),
};

// `since` is the audit that first saw a version, `until` the first that saw another one or saw the row gone (`gone`); NULL: valid still.
// Values of attributes are kept as keyed hashes only (docs/history.md names every column, and why it is there).
const SPAN = { since: NUMBER, until: NUMBER_OR_NONE, gone: { ...FLAG, declared: 'INTEGER NOT NULL DEFAULT 0' } };

export const META = new Table('meta', { salt: BYTES });
export const AUDITS = new Table('audits', {
  id: KEY,
  as_of: NUMBER,
  started: NUMBER,
  finished: NUMBER,
  tool: TEXT,
  config: TEXT,
  exit: NUMBER,
});
export const SOURCES = new Table('sources', { id: KEY, role: ROLE, name: TEXT, heads: BYTES_OR_NONE }, { more: ', UNIQUE (role, name)' });
export const LISTS = new Table(
  'lists',
  { audit: NUMBER, source: NUMBER, whole: FLAG, rows: NUMBER, came: NUMBER, went: NUMBER, basis: TEXT, summary: TEXT },
  { more: ', PRIMARY KEY (audit, source)', kind: ' WITHOUT ROWID' },
);
export const ATTRIBUTES = new Table('attributes', { id: KEY, name: { ...TEXT, declared: 'TEXT NOT NULL UNIQUE' } });
export const PEOPLE = new Table('people', { id: KEY, source: NUMBER, key: TEXT });
export const PERSON_VERSIONS = new Table('person_versions', {
  id: KEY,
  person: NUMBER,
  ...SPAN,
  state: NUMBER,
  kind: NUMBER,
  name: TEXT_OR_NONE,
  email: BYTES_OR_NONE,
  starts: NUMBER_OR_NONE,
  ends: NUMBER_OR_NONE,
  days: NUMBER,
  created: NUMBER_OR_NONE,
  changed: NUMBER_OR_NONE,
  attributes: BYTES_OR_NONE,
});
export const ACCOUNT_VERSIONS = new Table('account_versions', {
  id: KEY,
  source: NUMBER,
  key: TEXT,
  came: FLAG,
  ...SPAN,
  owner: NUMBER,
  status: NUMBER,
  kind: NUMBER,
  name: TEXT_OR_NONE,
  email: BYTES_OR_NONE,
  created: NUMBER_OR_NONE,
  updated: NUMBER_OR_NONE,
  login: NUMBER_OR_NONE,
  ended: NUMBER_OR_NONE,
  roles: NUMBER_OR_NONE,
  credentials: NUMBER_OR_NONE,
  attributes: BYTES_OR_NONE,
});
export const FINDINGS = new Table('findings', {
  id: KEY,
  source: NUMBER,
  key: TEXT,
  class: TEXT,
  reason: TEXT,
  severity: TEXT,
  account: TEXT_OR_NONE,
  person: TEXT_OR_NONE,
  since: NUMBER,
  until: NUMBER_OR_NONE,
});

/** A person's version with its list, and the id that it has there: an account's version has both in itself. */
export const PERSON_OF_LIST = { ...PERSON_VERSIONS.columns, source: PEOPLE.columns.source, key: PEOPLE.columns.key };
/** Versions with the name of their list. */
const NAMED = { list: SOURCES.columns.name };
const NAMED_PERSON = { ...PERSON_OF_LIST, ...NAMED };
const NAMED_ACCOUNT = { ...ACCOUNT_VERSIONS.columns, ...NAMED };

export type PersonVersionRow = RowOf<typeof PERSON_VERSIONS.columns>;
export type PersonOfList = RowOf<typeof PERSON_OF_LIST>;
export type AccountVersionRow = RowOf<typeof ACCOUNT_VERSIONS.columns>;
export type NamedRow = RowOf<typeof NAMED_PERSON> | RowOf<typeof NAMED_ACCOUNT>;
export type FindingRow = RowOf<typeof FINDINGS.columns>;

/** Of so few rows that every one can be looked at whenever the file is opened. */
const SMALL = [META, AUDITS, SOURCES, LISTS, ATTRIBUTES, FINDINGS];
const TABLES = [...SMALL, PEOPLE, PERSON_VERSIONS, ACCOUNT_VERSIONS];

export const SCHEMA = `${TABLES.map(({ create }) => create).join('\n')}
CREATE INDEX person_versions_person ON person_versions (person);
CREATE INDEX account_versions_owner ON account_versions (source, owner);
CREATE INDEX findings_source ON findings (source, until);`;

/** @throws {WrongType} */
export function checkSmall(db: Database): void {
  for (const table of SMALL) table.check(db);
  if (numberIn(db, 'SELECT count(*) AS n FROM meta') !== 1) throw new WrongType('meta has no row, or several');
}

/** @throws {WrongType} */
export function checkAll(db: Database): void {
  checkSmall(db);
  for (const table of TABLES) table.check(db);
}

/** The versions of people of which `where` speaks (as `v`), with the names of their lists, in order of time. @throws {WrongType} */
export function namedPeople(db: Database, where: string, values: number[]): NamedRow[] {
  const from = 'person_versions v JOIN people p ON p.id = v.person JOIN sources s ON s.id = p.source';
  return readAll(
    db,
    NAMED_PERSON,
    `SELECT v.*, p.key, p.source, s.name AS list FROM ${from} WHERE ${where} ORDER BY list, key, v.since`,
    values,
  );
}

/** The same of accounts. @throws {WrongType} */
export function namedAccounts(db: Database, where: string, values: (number | string)[]): NamedRow[] {
  const from = 'account_versions v JOIN sources s ON s.id = v.source';
  return readAll(db, NAMED_ACCOUNT, `SELECT v.*, s.name AS list FROM ${from} WHERE ${where} ORDER BY list, key, v.since`, values);
}
