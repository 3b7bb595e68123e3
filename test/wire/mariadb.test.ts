import { afterAll, beforeAll, expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.js';
import { failure, loginsOf, loginsSource, pulled, sqlSource, type Given } from '../sources/sql/open.js';
import { describeWithMariadb, startMariadb, type Mariadb } from './mariadb.js';

const PASSWORD = 'sesame-wire-7';

describeWithMariadb('MariaDB, read by connector: sql', () => {
  let server: Mariadb;
  let reader: Given;
  beforeAll(async () => {
    server = await startMariadb();
    await server.sql(`
      create database app character set utf8mb4; use app;
      create user reader@'127.0.0.1' identified by '${PASSWORD}';
      create table users (
        id bigint unsigned primary key, userName varchar(100), email text, enabled tinyint(1), standing enum('active', 'left'), locked bit(1),
        profile json, seen timestamp null, made datetime, ends date, cost decimal(40, 2), photo blob, uuid binary(4)) engine=innodb;
      set time_zone = '+02:00';
      insert into users values
        (18446744073709551615, 'ada', 'ünï@corp.example', 1, 'active', b'1', '{"dept": "R&D", "tags": ["x", "a, b"]}', '2026-11-20 10:00:00', '2026-01-02 03:04:05',
         '2027-01-31', 123456789012345678901234567890.10, x'00ff', x'01020304'),
        (2, 'bob', null, 0, 'left', b'0', null, null, '2026-02-03 00:00:00', null, null, null, null);
      create table secret (id int);
      create table many as select seq as id, concat('u', seq) as userName from seq_1_to_5000;
      grant select on app.users to reader@'127.0.0.1'; grant select on app.many to reader@'127.0.0.1';
    `);
    reader = { url: `mariadb://127.0.0.1:${server.port}/app`, user: 'reader', password: new Secret(PASSWORD) };
  });
  afterAll(() => server.stop());

  it('reads every kind of value as it is meant', async () => {
    const fields = {
      emails: 'email',
      department: 'profile.dept',
      roles: 'profile.tags',
      lastLoginAt: 'seen',
      createdAt: 'made',
      deactivatedAt: 'ends',
      cost: 'cost',
      photo: 'photo',
      uuid: 'uuid',
      locked: 'locked',
    };
    const state = { from: 'enabled', map: { '1': 'active', '0': 'deactivated' } };
    const { rows, completeness } = await pulled(sqlSource('account', { ...reader, table: 'users', fields, state }));
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 2 });
    expect(rows).toMatchObject([
      { id: '2', status: 'deactivated', createdAt: { at: Date.parse('2026-02-03T00:00:00Z') }, attributes: { locked: '0' } },
      {
        id: '18446744073709551615',
        userName: 'ada',
        emails: ['ünï@corp.example'],
        status: 'active',
        roles: ['x', 'a, b'],
        // A timestamp is a moment, whatever zone it was written in; a datetime is read as UTC.
        lastLoginAt: { at: Date.parse('2026-11-20T08:00:00Z') },
        createdAt: { at: Date.parse('2026-01-02T03:04:05Z') },
        deactivatedAt: { at: Date.parse('2027-01-31T00:00:00Z'), day: true },
        attributes: { department: 'R&D', cost: '123456789012345678901234567890.10', photo: '\\x00ff', uuid: '\\x01020304', locked: '1' },
      },
    ]);
    expect(rows[0]).toMatchObject({ emails: undefined, lastLoginAt: undefined });
  });

  it('counts and reads one snapshot, whatever is written meanwhile', async () => {
    let isFirst = true;
    const { rows, completeness } = await pulled(sqlSource('account', { ...reader, query: 'select * from many;' }), {}, async () => {
      if (isFirst) await server.sql('delete from app.many where id > 4990');
      isFirst = false;
    });
    expect([rows.length, completeness.declaredTotal, completeness.verdict]).toEqual([5000, 5000, 'proven']);
    const first = await pulled(sqlSource('account', { ...reader, table: 'app.many' }), { firstPagesOnly: true });
    expect(first.rows.length).toBe(1000);
  });

  it.each([
    ['writes', 'insert into users(id) values (9)', 'refused'],
    ['writes a file', "select * from users into outfile '/tmp/lifegap-never'", 'refused'],
    ['two statements', 'select 1 as id; select 2 as id', 'refused'],
    ['leaves its parentheses', 'select 1 as id) x; drop table many; select * from (select 1 as id', 'refused'],
    ['no such column', 'select idd from users', 'refused'],
    ['one name twice', 'select id, id from users', 'refused'],
    ['no such table', 'select * from person', 'permission'],
    ['no right', 'select * from secret', 'permission'],
    ['no id', 'select userName from many', 'malformed'],
  ])('refuses what it cannot read: %s', async (_, query, fault) => {
    const error = await failure(sqlSource('account', { ...reader, query }));
    expect(error.message).toMatch(/^crm: reading the query on mariadb:\/\/127\.0\.0\.1:\d+\/app: [^\n]+; [^\n]+$/);
    expect(error).toMatchObject({ name: 'SourceError', fault });
  });

  it.each([
    ['a wrong password', { password: new Secret('wrong') }, 'auth', /ER_ACCESS_DENIED_ERROR.*check user and password/],
    ['a query that takes too long', { query: 'select sleep(20) as id', timeout: 50 }, 'timeout', /raise timeout/],
    ['nobody at the port', { url: 'mysql://127.0.0.1:1/app' }, 'network', /ECONNREFUSED.*check host and port/],
    ['no TLS at the server', { tls: true }, 'tls', /tls: false/],
  ])('says what is wrong: %s', async (_, more, fault, said) => {
    const error = await failure(sqlSource('account', { ...reader, query: 'select * from many', ...more }));
    expect(error.message).toMatch(said);
    expect(error.fault).toBe(fault);
    expect(error.message).not.toContain(PASSWORD);
  });

  it('reads the logins of the server itself', async () => {
    await server.sql(`create role staff; create user gone@'10.%' account lock; create user gone@localhost; create user late@'%' password expire;
      grant staff to gone@localhost`);
    const root = { host: server.socket, user: 'root' };
    const { rows, completeness } = await loginsOf('mariadb', root);
    const shown = rows.map(({ id, userName, status, admin, roles }) => [id, userName, status, admin, roles]);
    expect(shown.filter(([id, name]) => name !== 'root' || id === 'root@localhost').sort()).toEqual([
      ['gone@10.%', 'gone', 'suspended', false, undefined],
      ['gone@localhost', 'gone', 'active', false, ['staff']],
      ['late@%', 'late', 'active', false, undefined],
      ['mariadb.sys@localhost', 'mariadb.sys', 'suspended', false, undefined],
      ['reader@127.0.0.1', 'reader', 'active', false, undefined],
      ['root@localhost', 'root', 'active', true, ['staff']],
    ]);
    expect(completeness).toMatchObject({ verdict: 'proven' });
    expect((await failure(loginsSource('mariadb', reader))).message).toMatch(/ER_TABLEACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR/);
  });

  it('writes nothing, even as a superuser over the socket', async () => {
    const root = { engine: 'mariadb', host: server.socket, user: 'root', database: 'app' };
    const writer = 'create function app.greedy() returns int begin insert into app.secret values (1); return 1; end';
    await server.sql(`delimiter //\n${writer}//`);
    expect((await failure(sqlSource('account', { ...root, query: 'select greedy() as id' }))).fault).toBe('refused');
    expect(await server.sql('select count(*) from app.secret')).toBe('0');
    const { rows } = await pulled(sqlSource('account', { ...root, table: 'many' }));
    expect(rows.length).toBe(4990);
  });
});
