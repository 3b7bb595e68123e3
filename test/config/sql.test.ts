import { expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.js';
import { load } from './files.js';

const HEAD = `version: 1
directory: { name: hr, connector: sql, path: hr.db, table: people }
apps:
  crm:
    connector: sql
`;

it('takes the options of a database, and of a log that is a table', async () => {
  const config = await load(
    `${HEAD}    url: postgresql://db.corp.example/crm
    user: reader
    password: \${env:CRM_PASSWORD}
    query: select 1 as id
    timeout: 10m
    log:
      - { connector: sql, path: log.db, table: events, action: { from: event, map: { off: disable } } }
`,
    { env: { CRM_PASSWORD: 'a password' } },
  );
  const [crm] = config.apps;
  expect(crm?.options).toEqual({
    url: 'postgresql://db.corp.example/crm',
    user: 'reader',
    password: new Secret('a password'),
    query: 'select 1 as id',
    timeout: 600_000,
  });
  expect(crm?.logs).toMatchObject([{ connector: 'sql', name: 'log.db', options: { table: 'events' } }]);
  expect(config.directory[0]?.options).toEqual({ path: 'hr.db', table: 'people' });
});

it.each([
  ['url: postgresql://db/crm', /query: expected either query or table/],
  ['query: select 1', /url: expected one of url, host, and path/],
  ['{ url: postgresql://reader:pw@db/crm, table: users }', /must not hold credentials/],
  ['{ host: db, table: users }', /engine: missing; expected beside host/],
  [
    '{ url: postgresql://db/crm, table: users, log: [{ connector: sql, path: l.db, table: e, delimiter: ";" }] }',
    /delimiter: it is no option of connector: sql/,
  ],
])('says what is wrong with %s', async (given, said) => {
  const text = given.startsWith('{')
    ? HEAD.replace('  crm:\n    connector: sql\n', `  crm: { connector: sql, ${given.slice(1)}\n`)
    : `${HEAD}    ${given}\n`;
  await expect(load(text)).rejects.toThrow(said);
});
