import { expect, it } from 'vitest';
import { sqlSource } from './open.js';

it.each([
  ['postgresql', []],
  ['mariadb', []],
  ['mysql', ['MySQL is written from its documentation, and was not tried on a real server: look at the rows']],
  ['sqlserver', ['SQL Server is written from its documentation, and was not tried on a real server: look at the rows']],
  ['oracle', ['Oracle is written from its documentation, and was not tried on a real server: look at the rows']],
])('says of %s whether anybody has tried it', (engine, notes) => {
  const { facts } = sqlSource('account', { url: `${engine}://db.corp.example/crm`, table: 'users' });
  expect(facts.notes).toEqual(['the user needs SELECT on what the query reads, and nothing else', ...notes]);
});
