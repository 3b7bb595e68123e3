import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestSeen } from '../../../src/model/request-seen.js';
import { failure, pulled, sqlSource } from './open.js';

describe('SQLite, read by connector: sql', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'lifegap-sqlite-'));
    const database = new sqlite.Database(path.join(dir, 'app.db'));
    database.exec(`
      create table users (id integer primary key, userName text, email text, enabled int, roles text, profile text, seen int, photo blob, size real);
      insert into users values
        (9007199254740993, 'ada', 'ada@corp.example', 1, '["staff","billing"]', '{"dept": "R&D", "roles": ["staff", "a, b"]}', 1792170072, x'00ff', 1.5),
        (2, 'bob', null, 0, '', null, null, null, null),
        (3, 'eve', '', null, null, 'no JSON', 0, null, null);
      create table many as with recursive n(id) as (select 1 union all select id + 1 from n where id < 2500) select id from n;
      create table nobody (id, userName);
    `);
    database.close();
  });

  const fields = { emails: 'email', roles: 'profile.roles', department: 'profile.dept', lastLoginAt: 'seen', photo: 'photo', size: 'size' };
  const state = { from: 'enabled', map: { '1': 'active', '0': 'deactivated' } };

  it('reads values as they are meant, and long ids to the last digit', async () => {
    const { rows, completeness } = await pulled(sqlSource('account', { dir, path: 'app.db', table: 'users', fields, state }));
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 3 });
    expect(rows).toMatchObject([
      { id: '2', userName: 'bob', status: 'deactivated', attributes: {} },
      { id: '3', userName: 'eve', status: 'unknown', attributes: { department: 'no JSON' } },
      {
        id: '9007199254740993',
        emails: ['ada@corp.example'],
        status: 'active',
        roles: ['staff', 'a, b'],
        lastLoginAt: { at: 1_792_170_072_000 },
        attributes: { department: 'R&D', photo: '\\x00ff', size: '1.5' },
      },
    ]);
  });

  it('goes over a long list in pieces, and leaves evidence of it', async () => {
    const seen: RequestSeen[] = [];
    const source = sqlSource('account', { dir, path: 'app.db', query: 'select id from many;' }, (request) => void seen.push(request));
    const { rows, completeness } = await pulled(source);
    expect([rows.length, completeness.verdict, completeness.declaredTotal]).toEqual([2500, 'proven', 2500]);
    expect(seen).toMatchObject([{ method: 'SELECT', origin: 'sqlite:app.db', path: 'the query', rows: 2500 }]);
    const first = await pulled(source, { firstPagesOnly: true });
    expect(first.rows.length).toBe(1000);
  });

  const dated = (id: string): string =>
    `select ${id} as id, case id when 2400 then '01/02/2026' when 2450 then '13/02/2026' else '2026-01-02' end as createdAt from many`;

  it('asks a long list again for the order of its dates, and gives each row once', async () => {
    const { rows, completeness } = await pulled(sqlSource('account', { dir, path: 'app.db', query: dated('id') }));
    expect([rows.length, new Set(rows.map(({ id }) => id)).size, completeness.verdict]).toEqual([2500, 2500, 'proven']);
    expect(rows.find(({ id }) => id === '2400')?.createdAt).toMatchObject({ at: Date.parse('2026-02-01T00:00:00Z') });
  });

  it('gives up where the rows come otherwise when they are asked for again', async () => {
    // As a server may, which promises no order.
    const query = dated('id || hex(randomblob(8))');
    expect((await failure(sqlSource('account', { dir, path: 'app.db', query }))).message).toBe(
      'crm: reading the query on app.db: its dates may be read in two ways, and when the rows were asked for again, they came in another order; set dates: to the order of day and month',
    );
    const { completeness } = await pulled(sqlSource('account', { dir, path: 'app.db', query, dates: 'dmy' }));
    expect(completeness.verdict).toBe('proven');
  });

  it.each([
    ['select id from many limit 2100', 'unproven', 'the query has 2100 rows, as many as its own limit lets through: select without one'],
    ['select id from many limit 2501', 'proven', 'the query has exactly 2500 rows: does a limit in it cut them off?'],
  ])('takes no list for whole that its own limit cuts: %s', async (query, verdict, reason) => {
    const { completeness } = await pulled(sqlSource('account', { dir, path: 'app.db', query }));
    expect([completeness.verdict, completeness.reasons]).toEqual([verdict, [reason]]);
  });

  it('knows the columns of a list without rows', async () => {
    const { completeness } = await pulled(sqlSource('account', { dir, path: 'app.db', table: 'nobody' }));
    expect(completeness).toMatchObject({ verdict: 'unproven', reasons: ['the query has no rows'] });
  });

  it.each([
    ['no such table', 'select * from person', 'refused', /no such table: person; correct query or table/],
    ['writes', 'insert into nobody values (1, 2) returning id', 'refused', /one SELECT/],
    ['two statements', 'select 1 as id; select 2 as id', 'refused', /one SELECT/],
    ['leaves its parentheses', 'select 1 as id) x; select * from (select 2 as id', 'refused', /one SELECT/],
    ['a column that is not there', 'select userName from users', 'malformed', /it has no column "email"/],
  ])('refuses what it cannot read: %s', async (_, query, fault, said) => {
    const error = await failure(sqlSource('account', { dir, path: 'app.db', query, fields: { id: 'userName', emails: 'email' } }));
    expect(error.message).toMatch(/^crm: reading the query on app\.db: [^\n]+; [^\n]+$/);
    expect(error.message).toMatch(said);
    expect(error.fault).toBe(fault);
  });

  it('says which file is missing, and which is no database', async () => {
    const missing = await failure(sqlSource('account', { dir, path: 'none.db', table: 'users' }));
    expect(missing.message).toBe('crm: reading table users on none.db: there is no such file; check path');
  });

  it('writes nothing beside the file', async () => {
    await pulled(sqlSource('account', { dir, path: 'app.db', table: 'users' }));
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(dir)).toEqual(['app.db']);
  });
});
