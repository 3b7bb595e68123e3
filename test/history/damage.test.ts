// What SQLite lets stand in a column, and no lifegap wrote.
import { existsSync, writeFileSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import { expect, test } from 'vitest';
import { listHistory, showHistory } from '../../src/cli/commands/history/browse.js';
import { begunAnew } from '../../src/cli/history-file.js';
import { browse } from '../../src/history/browse.js';
import { withDatabase } from '../../src/history/database.js';
import { EXIT, LifegapError } from '../../src/model/errors.js';
import { folder } from '../bad-input/run.js';
import { audit, newBook } from './book.js';

const ada = { id: 'p1', userName: 'ada', state: 'active', kind: 'human', attributes: { department: 'R&D' } } as const;
const account = { id: 'a1', userName: 'ada', status: 'active', kind: 'human', attributes: { department: 'R&D' } } as const;
const seen = (day: number, state: 'active' | 'terminated' = 'active') => ({ day, people: [{ ...ada, state }], apps: { crm: { accounts: [{ ...account, attributes: { department: state } }] } } }); // prettier-ignore

/** A book of three audits, in which somebody moved and left, and then this statement. */
async function bookAfter(sql: string): Promise<string> {
  const book = newBook();
  for (const day of [0, 10, 20]) await audit(book, seen(day, day === 20 ? 'terminated' : 'active'));
  const db = new sqlite.Database(book);
  db.exec(sql);
  db.close();
  return book;
}

async function failure(of: Promise<unknown>): Promise<LifegapError> {
  const error = await of.then(() => new Error('nothing failed'), (thrown: unknown) => thrown); // prettier-ignore
  if (!(error instanceof LifegapError)) throw error as Error;
  return error;
}

const WRONG = [
  ["UPDATE audits SET as_of = 'soon'", 'audits.as_of holds what is no number'],
  ['UPDATE audits SET as_of = 9000000000000000', 'a moment is out of all time'],
  ["UPDATE audits SET tool = x'00'", 'audits.tool holds what is no text'],
  ["UPDATE meta SET salt = 'salt'", 'meta.salt holds what is no bytes'],
  ["UPDATE meta SET salt = x'00'", 'meta.salt has another length'],
  ['DELETE FROM meta', 'meta has no row, or several'],
  ["UPDATE sources SET name = x'00' WHERE id = 1", 'sources.name holds what is no text'],
  ["UPDATE sources SET heads = 'abc'", 'sources.heads holds what is no bytes'],
  ["UPDATE sources SET heads = x'0001'", 'sources.heads has a length that fits no row'],
  ["UPDATE lists SET rows = 'many'", 'lists.rows holds what is no number'],
  ["UPDATE lists SET summary = x'00'", 'lists.summary holds what is no text'],
  ["UPDATE lists SET summary = '{'", 'lists.summary holds no JSON object'],
  ["UPDATE lists SET summary = 'null'", 'lists.summary holds no JSON object'],
  ["UPDATE lists SET summary = '{\"verdict\":7}'", 'lists.summary holds another form'],
  ["UPDATE attributes SET name = x'00' WHERE id = 1", 'attributes.name holds what is no text'],
  ["UPDATE person_versions SET since = 'x'", 'person_versions.since holds what is no number'],
  ["UPDATE person_versions SET ends = 'x'", 'person_versions.ends holds what is no number'],
  ["UPDATE person_versions SET attributes = 7", 'person_versions.attributes holds what is no bytes'],
  ["UPDATE account_versions SET login = 'x'", 'account_versions.login holds what is no number'],
  ["UPDATE account_versions SET key = x'00'", 'account_versions.key holds what is no text'],
] as const; // prettier-ignore

// An audit reads of accounts what belongs to people to whom something happened: here to nobody.
test.each(WRONG.filter(([sql]) => !sql.includes('account_versions')))(
  '%s: the next audit says what is damaged, and what to do',
  async (sql, why) => {
    const book = await bookAfter(sql);
    const error = await failure(audit(book, seen(30)));
    expect(error.exitCode).toBe(EXIT.usage);
    expect(error.message).toBe(`the history ${book} is damaged (${why}): put a copy of it back, or move it away and begin a new one; without it: --no-history`); // prettier-ignore
  },
);

test.each(WRONG.filter(([sql]) => !sql.includes('heads') && !sql.includes('salt')))('%s: so do questions', async (sql, why) => {
  const book = await bookAfter(sql);
  const asked = browse({ path: book, wait: 0 }, undefined, (browser) => {
    const audits = browser.audits();
    return [browser.changes(audits[0] as never, audits[2] as never), browser.timeline('ada'), browser.timeline('p1')];
  });
  // Of a value that no question reads the answer is as it was.
  const error = await asked.then(() => undefined, (thrown: unknown) => thrown); // prettier-ignore
  if (error !== undefined)
    expect(error).toMatchObject({ exitCode: EXIT.usage, message: expect.stringContaining(`is damaged (${/version/.test(sql) ? '' : why}`) as unknown }); // prettier-ignore
  else expect(sql).toMatch(/_versions/);
});

test('a mistake of ours over a history that is whole stays one', async () => {
  const book = await bookAfter('');
  await expect(withDatabase({ path: book, wait: 0 }, () => { throw new TypeError('ours'); })).rejects.toThrow(new TypeError('ours')); // prettier-ignore
  expect(await audit(book, seen(30))).toHaveProperty('crm');
});

test('an empty file is begun anew, and said; a file that is not there is not', async () => {
  const book = newBook();
  let said = 0;
  const open = (): Promise<unknown> => withDatabase({ path: book, wait: 0, create: true, onEmpty: () => said++ }, () => 0);
  await open();
  expect(said).toBe(0);
  writeFileSync(book, '');
  await open();
  expect(said).toBe(1);
  await open();
  expect(said).toBe(1);
});

test('and the command line says it', async () => {
  const dir = await folder({ 'lifegap.yaml': 'version: 1\ndirectory: { name: hr, connector: file, path: p.csv }\napps: { crm: { connector: file, path: c.csv } }\nhistory: { path: h.db }\n', 'h.db': '' }); // prettier-ignore
  const lines: string[] = [];
  const stream = { write: (text: string) => lines.push(text) };
  const io = { stdout: stream, stderr: stream, env: {}, cwd: () => dir, signal: new AbortController().signal } as unknown as Parameters<typeof listHistory>[1]; // prettier-ignore
  const flags = { format: 'table', limit: '10' } as Parameters<typeof listHistory>[0];
  await listHistory(flags, io);
  expect(lines[0]).toBe(`${begunAnew({ history: { path: `${dir}/h.db` } })}\n`);
  expect(lines[0]).toMatch(
    /^lifegap: the history \S+h\.db is empty \(0 bytes\), so it begins anew; if it held audits before, put a copy of it back\n$/,
  );
  expect(existsSync(`${dir}/h.db`)).toBe(true);
  lines.length = 0;
  await showHistory('ada', flags, io).catch(() => undefined);
  expect(lines.join('')).not.toContain('0 bytes');
});
