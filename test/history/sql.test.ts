// What SQLite refuses: a mistake in a statement of ours is a bug (70), what the file or the disk does to it is not (2).
import { readFileSync, writeFileSync } from 'node:fs';
import type { Database } from 'node-sqlite3-wasm';
import sqlite from 'node-sqlite3-wasm';
import { expect, test } from 'vitest';
import { explainFailure } from '../../src/cli/failure.js';
import { withDatabase } from '../../src/history/database.js';
import { EXIT } from '../../src/model/errors.js';
import { account, person } from '../in-memory.js';
import { audit, newBook } from './book.js';

async function recorded(): Promise<string> {
  const book = newBook();
  await audit(book, { day: 0, people: [person('ada')], apps: { crm: { accounts: [account('a1', { externalId: 'ada' })] } } });
  return book;
}

/** How the command line would end. */
async function end(book: string, use: (db: Database) => unknown): Promise<{ text: string; exitCode: number }> {
  const error: unknown = await withDatabase({ path: book, wait: 0 }, ({ db }) => use(db)).then(() => new Error('nothing failed'), (thrown: unknown) => thrown); // prettier-ignore
  const { text, exitCode } = await explainFailure(error);
  return { text: text.replaceAll(book, 'FILE'), exitCode };
}

const OURS: readonly (readonly [string, (db: Database) => unknown])[] = [
  ['near "SELEC": syntax error', (db) => db.exec('SELEC 1')],
  ['no such table: acounts', (db) => db.all('SELECT * FROM acounts')],
  ['no such column: colour', (db) => db.prepare('SELECT colour FROM audits')],
  ['NOT NULL constraint failed: people.source', (db) => db.run("INSERT INTO people (key) VALUES ('ada')")],
  ['UNIQUE constraint failed: audits.id', (db) => db.run('INSERT INTO audits SELECT * FROM audits')],
  ['datatype mismatch', (db) => db.run("INSERT INTO people (id, source, key) VALUES ('one', 1, 'ada')")],
  ['column index out of range', (db) => db.all('SELECT 1', [1, 2])],
  ['Unknown binding parameter: ":who"', (db) => db.all('SELECT 1', { ':who': 1 })],
  ['cannot start a transaction within a transaction', (db) => db.exec('BEGIN; BEGIN')],
];

test.each(OURS)('%s: a bug of ours', async (message, use) => {
  const { text, exitCode } = await end(await recorded(), use);
  expect(text).toContain(`lifegap: this is our bug: `);
  expect(text).toContain(message);
  expect(exitCode).toBe(EXIT.bug);
});

const USE = 'check who may write there, or run without it (--no-history)';
const DAMAGED = 'put a copy of it back, or move it away and begin a new one; without it: --no-history';
const FILL = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)';
const OUTER: readonly (readonly [string, (db: Database) => unknown])[] = [
  [`could not be used (attempt to write a readonly database): ${USE}`, (db) => db.exec('PRAGMA query_only = ON; DELETE FROM audits')],
  [`could not be used (database or disk is full): ${USE}`, (db) => db.exec(`PRAGMA max_page_count = 20; INSERT INTO people (source, key) ${FILL} SELECT 1, i FROM n`)], // prettier-ignore
  [`could not be used (string or blob too big): ${USE}`, (db) => db.all('SELECT length(zeroblob(2000000000))')],
  [`is damaged (no such table: lists): ${DAMAGED}`, (db) => db.exec('DROP TABLE lists; SELECT * FROM lists')],
  [`is damaged (no such column: basis): ${DAMAGED}`, (db) => db.exec('ALTER TABLE lists DROP COLUMN basis; SELECT basis FROM lists')],
];

test.each(OUTER)('%s', async (message, use) => {
  const { text, exitCode } = await end(await recorded(), use);
  expect(text).toBe(`lifegap: the history FILE ${message}\n`);
  expect(exitCode).toBe(EXIT.usage);
});

/** Byte by byte: what the first page says of the file, and what stands in its pages. */
test.each([
  ['file is not a database', 0, 'no database at all'],
  ['unsupported file format', 47, '\u0009'],
  ['database disk image is malformed', 4096, 'x'.repeat(40_000)],
] as const)('%s: the file is damaged', async (message, from, bytes) => {
  const book = await recorded();
  const file = readFileSync(book);
  file.write(bytes, from, 'latin1');
  writeFileSync(book, file);
  const { text, exitCode } = await end(book, (db) => db.all('SELECT * FROM lists, people, audits'));
  expect(text).toBe(`lifegap: the history FILE is damaged (${message}): ${DAMAGED}\n`);
  expect(exitCode).toBe(EXIT.usage);
});

test('a file that cannot be opened, and the database of somebody else', async () => {
  const book = newBook();
  const own = new sqlite.Database(book);
  own.exec('CREATE TABLE notes (text)');
  own.close();
  expect(await end(book, () => 0)).toEqual({ text: 'lifegap: FILE is no history of lifegap; give `history` another path\n', exitCode: EXIT.usage }); // prettier-ignore
  const file = `${book}/of-a-file/history.db`;
  const error: unknown = await withDatabase({ path: file, wait: 0, create: true }, () => 0).catch((thrown: unknown) => thrown);
  expect((await explainFailure(error)).text).toContain(`the history ${file} could not be used (ENOTDIR): ${USE}`);
});
