import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LogConfig } from '../../src/model/config.js';
import type { LogEntry } from '../../src/model/log.js';
import { Secret } from '../../src/model/secret.js';
import type { RequestSeen } from '../../src/model/request-seen.js';
import { openSqlLog } from '../../src/sources/sql/log.js';
import { failure, loginsOf, pulled, sqlSource, type Given } from '../sources/sql/open.js';
import { makeCertificates, type Certificates } from './certificates.js';
import { describeWithPostgresql, startPostgresql, type Postgresql } from './postgresql.js';

const PASSWORD = 'sesame-wire-7';

describeWithPostgresql('PostgreSQL, read by connector: sql', () => {
  let server: Postgresql;
  let certificates: Certificates;
  let folder: string;
  let reader: Given;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lifegap-postgresql-tls-'));
    certificates = await makeCertificates(folder);
    if (process.getuid?.() === 0)
      for (const file of [folder, certificates.keyFile, certificates.certFile]) await chown(file, 65_534, 65_534);
    server = await startPostgresql({ cert: certificates.certFile, key: certificates.keyFile });
    await server.sql(`
      create role reader login password '${PASSWORD}';
      create type standing as enum ('active', 'left');
      create domain staff_number as text;
      create table "User" (
        id bigint primary key, "userName" text, email text, number staff_number, standing standing, enabled boolean, admin boolean,
        groups text[], profile jsonb, seen timestamptz, made timestamp, ends date, cost numeric(40, 2), photo bytea);
      insert into "User" values
        (9007199254740993, 'ada', 'ada@corp.example', '0012', 'active', true, false, '{staff,"a, b"}', '{"dept": "R&D", "tags": ["x", "y"]}',
         '2026-11-20 10:00:00.5+02', '2026-01-02 03:04:05', '2027-01-31', 123456789012345678901234567890.10, '\\x00ff'),
        (2, 'bob', 'bob@corp.example', null, 'left', false, null, '{}', null, null, '2026-01-02', 'infinity', null, null),
        (3, E'tab\\there\\\\ and\\nline', 'ünï@corp.example', '', null, null, true, null, '{"dept": null}', '-infinity', 'infinity', null, null, null);
      create table secret (id int);
      create table many as select i as id, 'u' || i as "userName", i % 2 = 0 as enabled from generate_series(1, 5000) i;
      create view members as select 1 as id, 'ada' as "userName", 'admin' as roles union all select 1, 'ada', 'billing' union all select 2, 'bob', 'billing';
      grant select on "User", many, members to reader;
      create function greedy() returns int language plpgsql as $$ begin insert into secret values (1); return 1; end $$;
    `);
    const url = `postgresql://127.0.0.1:${server.port}/postgres`;
    reader = { url, user: 'reader', password: new Secret(PASSWORD), tls: false };
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const fields = {
    emails: ['email'],
    employeeId: 'number',
    roles: 'groups',
    department: 'profile.dept',
    tag: 'profile.tags[1]',
    lastLoginAt: 'seen',
    createdAt: 'made',
    cost: 'cost',
    photo: 'photo',
  };
  const state = { from: 'enabled', map: { true: 'active', false: 'deactivated' } };

  it('reads every kind of value as it is meant', async () => {
    const { rows, completeness } = await pulled(
      sqlSource('account', { ...reader, table: 'User', fields: { ...fields, admin: 'admin' }, state }),
    );
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 3, received: 3, unique: 3 });
    const [ada, bob, third] = rows;
    expect(ada).toMatchObject({
      id: '9007199254740993',
      userName: 'ada',
      emails: ['ada@corp.example'],
      employeeId: '0012',
      status: 'active',
      admin: false,
      roles: ['staff', 'a, b'],
      lastLoginAt: { at: Date.parse('2026-11-20T08:00:00.500Z') },
      createdAt: { at: Date.parse('2026-01-02T03:04:05Z') },
      attributes: { department: 'R&D', tag: 'y', cost: '123456789012345678901234567890.10', photo: '\\x00ff' },
    });
    expect(bob).toMatchObject({ id: '2', status: 'deactivated', roles: [], attributes: {} });
    expect([bob?.employeeId, bob?.admin, bob?.lastLoginAt, bob?.attributes['department']]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(third).toMatchObject({
      id: '3',
      userName: 'tab\there\\ and\nline',
      emails: ['ünï@corp.example'],
      status: 'unknown',
      admin: true,
    });
    // `-infinity` is a date that is there, and none that can be read; `infinity` is how "never" is written.
    expect(third?.unread).toEqual(['lastLoginAt']);
    expect([third?.createdAt, third?.roles]).toEqual([undefined, undefined]);
  });

  it('takes the columns that have the names of fields, and gives the same row by row', async () => {
    const given = {
      ...reader,
      query: 'select id, "userName", email, standing as status, seen as "lastLoginAt", made as "createdAt" from "User";\n',
    };
    const byColumn = await pulled(sqlSource('account', given));
    const raw: unknown[] = [];
    const byRow = await pulled(sqlSource('account', given), { onRaw: (record) => void raw.push(record) });
    expect(byRow.rows).toEqual(byColumn.rows);
    expect(byColumn.rows.map(({ status }) => status)).toEqual(['active', 'unknown', 'unknown']);
    expect(raw[0]).toMatchObject({ id: '9007199254740993', status: 'active' });
    expect(byColumn.completeness).toMatchObject({ verdict: 'proven' });
  });

  it('is the directory: state, last day, and one query for all of it', async () => {
    const query = `select id, "userName", email, standing, ends as "endAt" from "User" where id < 100 -- people`;
    const given = {
      ...reader,
      query,
      fields: { emails: 'email' },
      state: { from: 'standing', map: { active: 'active', left: 'terminated' }, absent: 'active' },
    };
    const { rows } = await pulled(sqlSource('person', given));
    expect(rows.map(({ id, state: at, endAt }) => [id, at, endAt])).toEqual([
      ['2', 'terminated', undefined],
      ['3', 'active', undefined],
    ]);
  });

  it('counts and reads one snapshot, whatever is written meanwhile', async () => {
    let isFirst = true;
    const { rows, completeness } = await pulled(sqlSource('account', { ...reader, table: 'many', state }), {}, async () => {
      if (!isFirst) return;
      isFirst = false;
      await server.sql('delete from many where id > 4990; insert into many select i from generate_series(6001, 7000) i');
    });
    expect([rows.length, completeness.declaredTotal, completeness.verdict]).toEqual([5000, 5000, 'proven']);
    expect(completeness.reasons).toContain('the query has exactly 5000 rows: does a limit in it cut them off?');
    const after = await pulled(sqlSource('account', { ...reader, table: 'many' }));
    expect([after.rows.length, after.completeness.declaredTotal]).toEqual([5990, 5990]);
  });

  it('proves nothing where row-level security hides rows, and the count with them', async () => {
    await server.sql(`
      create table tenants as select 1 as id, 'ada' as "userName", 1 as tenant union all select 2, 'bob', 2;
      alter table tenants enable row level security;
      create policy own on tenants for select to reader using (tenant = 1);
      grant select on tenants to reader;`);
    const hidden = await pulled(sqlSource('account', { ...reader, table: 'tenants' }));
    expect([hidden.rows.length, hidden.completeness.verdict, hidden.completeness.reasons]).toEqual([
      1,
      'unproven',
      ['row-level security may hide rows from this user, and the count, too: read as one with BYPASSRLS'],
    ]);
    const { url, tls } = reader;
    const whole = await pulled(sqlSource('account', { url, tls, user: 'root', table: 'tenants' }));
    expect([whole.rows.length, whole.completeness.verdict]).toEqual([2, 'proven']);
  });

  it('makes rows of one id one, and still proves the list', async () => {
    const { rows, completeness } = await pulled(sqlSource('account', { ...reader, table: 'public.members' }));
    expect(rows.map(({ id, roles }) => [id, [...(roles ?? [])].sort()]).sort()).toEqual([
      ['1', ['admin', 'billing']],
      ['2', ['billing']],
    ]);
    expect(completeness).toMatchObject({ verdict: 'proven', received: 3, unique: 2 });
  });

  it('asks a column of text for the order of its dates', async () => {
    const query = `select i as id, case i when 1 then '03/04/2026' else '16/10/2026' end as "createdAt" from generate_series(1, 2) i`;
    const { rows } = await pulled(sqlSource('account', { ...reader, query }));
    expect(rows[0]?.createdAt).toEqual({ at: Date.parse('2026-04-03T00:00:00Z'), day: true });
  });

  it('reads a large list again for the order of its dates: what is left of the first time is thrown away', async () => {
    const query = `select i as id, repeat('x', 400) as title, case i when 9000 then '01/02/2026' when 9001 then '13/02/2026' else '2026-01-02' end as "createdAt"
      from generate_series(1, 20001) i`;
    const { rows, completeness } = await pulled(sqlSource('account', { ...reader, query }));
    expect([rows.length, new Set(rows.map(({ id }) => id)).size, completeness.verdict]).toEqual([20_001, 20_001, 'proven']);
    expect(rows.find(({ id }) => id === '9000')?.createdAt).toMatchObject({ at: Date.parse('2026-02-01T00:00:00Z') });
  });

  it('reads the first rows alone when no more is wanted', async () => {
    const { rows, completeness } = await pulled(sqlSource('account', { ...reader, table: 'many' }), { firstPagesOnly: true });
    expect(rows.length).toBe(1000);
    expect(completeness.received).toBe(1000);
  });

  it.each([
    ['writes', 'insert into "User"(id) values (9) returning id', 'refused'],
    ['writes within', 'with gone as (delete from "User" returning id) select * from gone', 'refused'],
    ['writes by a function', 'select greedy() as id', 'refused'],
    ['locks', 'select id from "User" for update', 'refused'],
    ['two statements', 'select 1 as id; select 2 as id', 'refused'],
    ['leaves its parentheses', 'select 1 as id) x; commit; drop table many; select * from (select 1 as id', 'refused'],
    ['ends the transaction', 'commit', 'refused'],
    ['a slip of the pen', 'selekt 1', 'refused'],
    ['no such column', 'select idd from "User"', 'refused'],
    ['one name twice', 'select id, id from "User"', 'malformed'],
    ['no such table', 'select * from users', 'not-found'],
    ['no right', 'select * from secret', 'permission'],
    ['no id', 'select "userName" from many', 'malformed'],
  ])('refuses what it cannot read: %s', async (_, query, fault) => {
    // What the server refuses must not hang on rights that the user lacks.
    const user = fault === 'permission' ? {} : { user: 'root' };
    const error = await failure(sqlSource('account', { ...reader, ...user, query }));
    expect(error.message).toMatch(/^crm: reading the query on postgresql:\/\/127\.0\.0\.1:\d+\/postgres: [^\n]+; [^\n]+$/);
    expect(error).toMatchObject({ name: 'SourceError', fault });
  });

  it('has written nothing', async () => {
    expect(await server.sql('select (select count(*) from secret), (select count(*) from "User"), (select count(*) from many) > 0')).toBe(
      '0|3|t',
    );
  });

  it('says in one line who may not, and what to do', async () => {
    const { message } = await failure(sqlSource('account', { ...reader, table: 'secret' }));
    expect(message).toBe(
      `crm: reading table secret on postgresql://127.0.0.1:${server.port}/postgres: permission denied for table secret (42501); grant SELECT on what it reads to the user of the config, and nothing else`,
    );
  });

  it.each([
    ['a wrong password', { password: new Secret('wrong') }, 'auth', /28P01/],
    ['no such database', { url: 'postgresql://127.0.0.1/none' }, 'not-found', /3D000/],
    [
      'a query that takes too long',
      { query: 'select pg_sleep(20)::text as id', table: undefined, timeout: 50 },
      'timeout',
      /raise timeout/,
    ],
    ['nobody at the port', { url: 'postgresql://127.0.0.1:1/postgres' }, 'network', /ECONNREFUSED.*check host and port/],
  ])('says what is wrong: %s', async (_, more, fault, said) => {
    const given: Given = { ...reader, table: 'many', ...more };
    const url = String(given['url']).replace('127.0.0.1/', `127.0.0.1:${server.port}/`);
    const error = await failure(sqlSource('account', { ...given, url }));
    expect(error.fault).toBe(fault);
    expect(error.message).toMatch(said);
    expect(error.message).not.toContain(PASSWORD);
  });

  it('verifies the certificate of the server', async () => {
    const given = { ...reader, table: 'many', tls: true };
    const stranger = await failure(sqlSource('account', given));
    expect(stranger.fault).toBe('tls');
    expect(stranger.message).toMatch(/name that certificate in ca_file/);
    const { rows } = await pulled(sqlSource('account', { ...given, ca_file: certificates.caFile }));
    expect(rows.length).toBe(5990);
    const renamed = { ...given, url: String(reader['url']).replace('127.0.0.1', 'localhost'), ca_file: certificates.caFile };
    expect((await failure(sqlSource('account', renamed))).message).toMatch(/as its certificate does/);
    const unverified = await pulled(sqlSource('account', { ...given, insecure_skip_verify: true }));
    expect(unverified.rows.length).toBe(5990);
  });

  it('reads over the socket of this machine', async () => {
    const { rows } = await pulled(
      sqlSource('account', {
        engine: 'postgresql',
        host: server.dir,
        port: server.port,
        database: 'postgres',
        user: 'root',
        table: 'many',
      }),
    );
    expect(rows.length).toBe(5990);
  });

  it('stops when it is told to', async () => {
    const control = new AbortController();
    const source = sqlSource('account', { ...reader, query: 'select i as id from generate_series(1, 100000) i' });
    const error = await failure(source, { signal: control.signal, ...stopAfter(control) });
    expect(error).toMatchObject({ fault: 'aborted', message: 'crm: was stopped; run it again for a whole list' });
  });

  it('reads the logins of the server itself', async () => {
    await server.sql(`create role staff; create role gone login valid until '2020-01-01'; create role staying login valid until 'infinity';
      grant staff to gone; create role locked nologin`);
    const { rows, completeness, facts } = await loginsOf('postgresql', { ...reader, url: `postgresql://127.0.0.1:${server.port}` });
    const shown = rows.map(({ userName, status, admin, roles, builtIn }) => [userName, status, admin, roles, builtIn]);
    expect(shown.sort()).toEqual([
      ['gone', 'unknown', false, ['staff'], undefined],
      ['reader', 'active', false, [], undefined],
      ['root', 'active', true, [], 'the superuser that the server was made with'],
      ['staying', 'active', false, [], undefined],
    ]);
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 4 });
    expect(facts.notes).toContain('does not tell when an account was last used');
  });

  it('reads a table of events as a log', async () => {
    const query = `select i as id, now() - i * interval '1 hour' as at, i as "accountId", case i when 1 then 'user.disabled' else 'user.seen' end as event
      from generate_series(1, 3) i`;
    const { fields, ...options } = { ...reader, query, fields: { action: { from: 'event', map: { 'user.disabled': 'disable' } } } };
    const config: LogConfig = { name: 'events', connector: 'sql', options, fields, dir: '/', of: 'app', which: 'own' };
    const log = openSqlLog(config, { redact: (text) => text, env: {}, pageConcurrency: 1 });
    const window = { since: 0, until: Date.now() };
    const pages = log.pull({ signal: new AbortController().signal, inFull: true, window });
    const entries: LogEntry[] = [];
    let step = await pages.next();
    for (; step.done !== true; step = await pages.next()) entries.push(...step.value.rows);
    expect(entries.map(({ id, action }) => [id, action])).toEqual([
      ['1', 'disable'],
      ['2', 'other'],
      ['3', 'other'],
    ]);
    expect(step.value).toMatchObject({ verdict: 'proven', received: 3 });
  });

  it('leaves evidence: the hash of what came, and never the query', async () => {
    const seen: RequestSeen[] = [];
    await pulled(sqlSource('account', { ...reader, query: 'select id from many' }, (request) => void seen.push(request)));
    expect(seen).toMatchObject([
      {
        method: 'SELECT',
        origin: `postgresql://127.0.0.1:${server.port}/postgres`,
        path: 'the query',
        rows: 5990,
        declaredTotal: 5990,
        status: 'read',
      },
    ]);
    expect(seen[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(seen)).not.toMatch(/many|sesame/);
  });
});

/** Stops as soon as the first record is shown. */
function stopAfter(control: AbortController): { readonly onRaw: () => void } {
  return { onRaw: () => control.abort() };
}
