import type { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sqlite, { type Database } from 'node-sqlite3-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { withDatabase } from '../../src/history/database.js';
import { cases } from '../night.js';

const PEOPLE = cases(4000, 2000);
let bin: string;

/** A company as files. `shift` changes a fifth of the accounts. */
function company(dir: string, shift: number, history = '.lifegap/history.db'): void {
  const people = ['id,mail,department,state'];
  const accounts = ['id,externalId,mail,department,enabled'];
  for (let i = 0; i < PEOPLE; i++) {
    people.push(`${i},p${i}@corp.example,Sales,active`);
    accounts.push(`a${i},${i},p${i}@corp.example,${i % 5 === 0 ? `Team ${shift}` : 'Sales'},active`);
  }
  writeFileSync(path.join(dir, 'people.csv'), `${people.join('\n')}\n`);
  writeFileSync(path.join(dir, 'crm.csv'), `${accounts.join('\n')}\n`);
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { emails: [mail] }, state: { from: state } }
apps: { crm: { connector: file, path: crm.csv, fields: { emails: [mail] }, status: { from: enabled } } }
history: ${history}
`,
  );
}

interface Seen {
  readonly audits: number;
  readonly open: number;
  readonly versions: number;
  readonly check: unknown;
}

/** Opens the file as the next audit would, and looks at all of it. */
async function inspect(dir: string): Promise<Seen | undefined> {
  return withDatabase({ path: path.join(dir, '.lifegap/history.db'), wait: 10_000 }, ({ db }) => ({
    audits: Number(db.get('SELECT count(*) AS n FROM audits')?.['n']),
    open: Number(db.get('SELECT count(*) AS n FROM account_versions WHERE until IS NULL')?.['n']),
    versions: Number(db.get('SELECT count(*) AS n FROM account_versions')?.['n']),
    check: db.get('PRAGMA integrity_check')?.['integrity_check'],
  }));
}

/** Waits until the journal is there, and so many milliseconds more, or until the process has ended. */
async function intoWriting(journal: string, ms: number, ended: Promise<unknown>): Promise<void> {
  const end = { over: false };
  void ended.then(() => (end.over = true));
  // It is looked for often, but not without a pause: that would take the processor that the audit needs.
  while (!end.over && !existsSync(journal)) await pause(1);
  await Promise.race([pause(ms), ended]);
}

beforeAll(async () => {
  bin = await builtBin();
}, 240_000);

describe('an audit that is killed', () => {
  it('leaves the history as it was, or whole, and locks nobody out', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-kill-'));
    company(dir, 0);
    const first = await lifegap(['audit', '--quiet'], { cwd: dir });
    expect(first.code).toBe(0);
    const before = await inspect(dir);
    expect(before).toMatchObject({ audits: 1, open: PEOPLE, versions: PEOPLE, check: 'ok' });
    company(dir, 1);
    let last = before as Seen;
    let killed = 0;
    // A small step into the writing each time: the journal appears when the transaction begins, and goes with its end.
    for (let round = 0; round < cases(12, 4); round++) {
      const child = spawn(process.execPath, [bin, 'audit', '--quiet'], { cwd: dir, stdio: 'ignore' });
      const ended = once(child, 'exit');
      await intoWriting(path.join(dir, '.lifegap/history.db-journal'), round * cases(4, 10), ended);
      if (child.kill('SIGKILL')) killed++;
      await ended;
      const now = (await inspect(dir)) as Seen;
      expect(now.check).toBe('ok');
      expect(now.open).toBe(PEOPLE);
      const recorded = now.audits === last.audits + 1;
      const changed = now.versions !== last.versions;
      // Either the whole audit is there, with all of its versions, or none of it.
      expect(
        recorded ? now.versions === last.versions || now.versions === last.versions + PEOPLE / 5 : !changed && now.audits === last.audits,
      ).toBe(true);
      if (recorded) company(dir, now.audits);
      last = now;
    }
    expect(killed).toBeGreaterThan(0);
    const after = await lifegap(['audit', '--quiet'], { cwd: dir });
    expect(after.stderr).not.toContain('not recorded');
    expect(await inspect(dir)).toMatchObject({ audits: last.audits + 1, check: 'ok' });
    expect(readdirSync(path.join(dir, '.lifegap'))).toEqual(['history.db']);
  }, 240_000);

  it('in the middle of its transaction, with pages already in the file, is rolled back by the next one', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-torn-'));
    const book = path.join(dir, 'history.db');
    const open = <T>(use: (db: Database) => T): Promise<T | undefined> =>
      withDatabase({ path: book, wait: 5_000, create: true }, ({ db }) => use(db));
    await open((db) => {
      db.exec('BEGIN');
      for (let i = 0; i < 3000; i++) db.run('INSERT INTO attributes (name) VALUES (?)', `before ${i} ${'x'.repeat(60)}`);
      db.exec('COMMIT');
    });
    // A cache of ten pages: what does not fit is written before the transaction ends.
    const torn = `
      const { withDatabase } = await import(process.argv[1]);
      await withDatabase({ path: process.argv[2], wait: 5000 }, ({ db }) => {
        db.exec('PRAGMA cache_size = 10; BEGIN');
        db.run("UPDATE attributes SET name = 'torn ' || id || hex(zeroblob(100))");
        process.kill(process.pid, 'SIGKILL');
      });`;
    const compiled = path.resolve(import.meta.dirname, '../../dist/history/database.js');
    const child = spawn(process.execPath, ['--input-type=module', '-e', torn, compiled, book], { stdio: 'ignore' });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    expect(existsSync(`${book}-journal`)).toBe(true);
    const seen = await open((db) => [
      db.get('PRAGMA integrity_check')?.['integrity_check'],
      db.get("SELECT count(*) AS n FROM attributes WHERE name LIKE 'before %'")?.['n'],
    ]);
    expect(seen).toEqual(['ok', 3000]);
  }, 60_000);

  it('finds out a holder that is gone, another of the same number, and one that lives', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-lock-'));
    const book = path.join(dir, 'history.db');
    const owner = `${book}.owner`;
    const use = (wait: number): Promise<unknown> => withDatabase({ path: book, wait, create: true }, () => 'used');
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'exit');
    writeFileSync(owner, JSON.stringify({ token: 't1', pid: gone.pid, host: hostname() }));
    expect(await use(1_000)).toBe('used');
    writeFileSync(owner, JSON.stringify({ token: 't2', pid: process.pid, host: hostname(), born: '1' }));
    if (process.platform === 'linux') expect(await use(1_000)).toBe('used');
    writeFileSync(owner, JSON.stringify({ token: 't3', pid: process.ppid, host: hostname() }));
    await expect(use(120)).rejects.toThrow(/another lifegap has held the history/);
    writeFileSync(owner, JSON.stringify({ token: 't4', pid: 1, host: 'elsewhere' }));
    await expect(use(120)).rejects.toThrow(/another lifegap has held the history/);
  });

  it('keeps the file to its owner', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-mode-'));
    company(dir, 0, 'deep/er/history.db');
    await lifegap(['audit', '--quiet'], { cwd: dir });
    expect(statSync(path.join(dir, 'deep/er/history.db')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(dir, 'deep/er')).mode & 0o777).toBe(0o700);
  }, 60_000);
});

describe('a prune that is killed', () => {
  let dir: string;
  const book = (): string => path.join(dir, '.lifegap/history.db');
  /** Three audits, and in each of them a fifth of the accounts has changed; then the file as it is before the prune. */
  let before: Buffer;
  const full = { audits: 3, open: PEOPLE, versions: PEOPLE * 1.4, check: 'ok' };
  const pruned = { audits: 1, open: PEOPLE, versions: PEOPLE, check: 'ok' };

  beforeAll(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'lifegap-prune-'));
    for (const day of [1, 2, 3]) {
      company(dir, day);
      expect((await lifegap(['audit', '--quiet', '--history', '--as-of', `2026-11-0${day}`], { cwd: dir })).code).toBe(0);
    }
    expect(await inspect(dir)).toEqual(full);
    before = readFileSync(book());
  }, 240_000);

  it('in the middle of its transaction, with pages already in the file, leaves the history as it was', async () => {
    const torn = `
      const { withDatabase } = await import(process.argv[1]);
      const { prune } = await import(process.argv[2]);
      await withDatabase({ path: process.argv[3], wait: 5000 }, ({ db }) => {
        db.exec('PRAGMA cache_size = 10');
        prune({ db, beat: () => process.kill(process.pid, 'SIGKILL') }, Date.parse('2026-11-03'));
      });`;
    const compiled = (name: string): string => path.resolve(import.meta.dirname, '../../dist/history', name);
    const args = ['--input-type=module', '-e', torn, compiled('database.js'), compiled('prune.js'), book()];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    expect(existsSync(`${book()}-journal`)).toBe(true);
    expect(readFileSync(book()).equals(before)).toBe(false);
    expect(await inspect(dir)).toEqual(full);
  }, 60_000);

  it('leaves the history as it was, or pruned, and the next audit goes on from it', async () => {
    let killed = 0;
    for (let round = 0; round < cases(10, 3); round++) {
      writeFileSync(book(), before);
      const child = spawn(process.execPath, [bin, 'history', 'prune', '--older-than', '1h', '--as-of', '2026-11-03'], {
        cwd: dir,
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      await intoWriting(`${book()}-journal`, round * cases(6, 15), ended);
      if (child.kill('SIGKILL')) killed++;
      await ended;
      const now = (await inspect(dir)) as Seen;
      expect(now).toEqual(now.audits === 3 ? full : pruned);
    }
    expect(killed).toBeGreaterThan(0);
    expect((await lifegap(['history', 'prune', '--older-than', '1h', '--as-of', '2026-11-03'], { cwd: dir })).code).toBe(0);
    expect(await inspect(dir)).toEqual(pruned);
    company(dir, 4);
    expect((await lifegap(['audit', '--quiet', '--history', '--as-of', '2026-11-04'], { cwd: dir })).stderr).not.toContain('not recorded');
    expect(await inspect(dir)).toMatchObject({ audits: 2, versions: PEOPLE * 1.2, check: 'ok' });
  }, 240_000);
});

describe('two audits at once', () => {
  it('are recorded one after the other, or the later says that it is not', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-two-'));
    company(dir, 0);
    const runs = await Promise.all([1, 2, 3].map(() => lifegap(['audit', '--quiet'], { cwd: dir })));
    const told = runs.filter(({ stderr }) => stderr.includes('this audit is not recorded: another audit was recorded'));
    const seen = await inspect(dir);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(seen).toMatchObject({ audits: 3 - told.length, open: PEOPLE, versions: PEOPLE, check: 'ok' });
    expect(seen?.audits).toBeGreaterThan(0);
  }, 120_000);
});

describe('a file that is not ours to read', () => {
  it('is refused with what to do', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-newer-'));
    company(dir, 0, 'history.db');
    await lifegap(['audit', '--quiet'], { cwd: dir });
    const file = path.join(dir, 'history.db');
    const set = (sql: string): void => {
      const db = new sqlite.Database(file);
      db.exec(sql);
      db.close();
    };
    set('PRAGMA user_version = 99');
    const newer = await lifegap(['audit', '--quiet'], { cwd: dir });
    expect(newer.code).toBe(2);
    expect(newer.stderr).toMatch(/was written by a newer lifegap \(format 99, this one knows 1\): update lifegap/);
    set('PRAGMA user_version = 1; PRAGMA application_id = 7');
    expect((await lifegap(['audit', '--quiet'], { cwd: dir })).stderr).toMatch(/is no history of lifegap/);
    writeFileSync(file, 'this is a letter, and no database at all\n'.repeat(100));
    expect((await lifegap(['audit', '--quiet'], { cwd: dir })).stderr).toMatch(/is damaged \(file is not a database\)/);
  }, 60_000);
});
