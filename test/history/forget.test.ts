// What is forgotten, and what a finding that changed leaves on record.
import { expect, it } from 'vitest';
import { browse, type Browser } from '../../src/history/browse.js';
import type { Finding } from '../../src/model/finding.js';
import { account, person } from '../in-memory.js';
import { audit, DAY, newBook, query, START } from './book.js';

const people = Array.from({ length: 12 }, (_, i) => person(`u${i}`));
const accounts = people.map(({ id }) => account(`a-${id}`, { externalId: id }));
const app = { accounts };
const ask = <T>(path: string, use: (browser: Browser) => T) => browse({ path, wait: 5_000 }, undefined, use);
const count = (book: string, table: string, where: string): unknown =>
  query(book, `SELECT count(*) AS n FROM ${table} WHERE source = (SELECT id FROM sources WHERE name = '${where}')`)[0]?.['n'];

it('nothing is left of an app that no audit since has read, and what is read on is left alone', async () => {
  const book = newBook();
  await audit(book, { day: 0, people, apps: { crm: app, old: app } });
  await audit(book, { day: 2, people, apps: { crm: app } });
  await ask(book, (browser) => browser.prune(START - DAY));
  expect(count(book, 'account_versions', 'old')).toBe(12);
  expect(await ask(book, (browser) => browser.prune(START + DAY))).toMatchObject({ audits: 1, versions: 12 });
  expect(query(book, 'SELECT name FROM sources ORDER BY name')).toEqual([{ name: 'crm' }, { name: 'hr' }]);
  expect(count(book, 'account_versions', 'crm')).toBe(12);
  // It can be read again, as an app that nobody knows.
  const past = await audit(book, { day: 4, people, apps: { crm: app, old: app } });
  expect([past['crm']?.lists.length, past['old']?.lists.length]).toEqual([2, 1]);
  expect(count(book, 'account_versions', 'old')).toBe(12);
});

it('a finding of the same account for another reason is on record as changed', async () => {
  const book = newBook();
  const one = (reason: string, severity: string) =>
    ({ id: 'f-1', app: 'crm', class: 'orphaned', reason, severity, account: { id: 'a-u0' } }) as unknown as Finding;
  await audit(book, { day: 0, people, apps: { crm: app }, findings: [one('owner-disabled', 'medium')] });
  await audit(book, { day: 1, people, apps: { crm: app }, findings: [one('owner-disabled', 'medium')] });
  await audit(book, { day: 2, people, apps: { crm: app }, findings: [one('owner-terminated', 'high')] });
  await audit(book, { day: 3, people, apps: { crm: app }, findings: [] });
  const changes = (from: number, to: number) =>
    ask(book, (browser) => {
      const [a, b] = [from, to].map((id) => browser.audits().find((seen) => seen.id === id));
      return a === undefined || b === undefined ? undefined : browser.changes(a, b).findings;
    });
  expect(await changes(1, 2)).toEqual({ new: [], resolved: [], changed: [] });
  expect(await changes(1, 3)).toMatchObject({
    new: [],
    resolved: [],
    changed: [{ reason: 'owner-terminated', severity: 'high', before: { reason: 'owner-disabled', severity: 'medium' } }],
  });
  expect(await changes(1, 4)).toMatchObject({ resolved: [{ reason: 'owner-disabled' }], changed: [] });
  expect(await changes(3, 4)).toMatchObject({ resolved: [{ reason: 'owner-terminated' }] });
});

it('a finding that a doubt about the whole app hides is not resolved', async () => {
  const book = newBook();
  const orphan = { id: 'f-1', app: 'crm', class: 'orphaned', reason: 'no-owner', severity: 'high', account: { id: 'a-u0' } } as unknown as Finding; // prettier-ignore
  // More accounts match nobody than is likely: the keys are doubted, and nobody is called an orphan.
  const doubt = { id: 'f-2', app: 'crm', class: 'inconclusive', reason: 'unproven-list', severity: 'info', account: null, person: null } as unknown as Finding; // prettier-ignore
  await audit(book, { day: 0, people, apps: { crm: app }, findings: [orphan] });
  await audit(book, { day: 1, people, apps: { crm: app }, findings: [doubt] });
  await audit(book, { day: 2, people, apps: { crm: app }, findings: [] });
  const resolved = (from: number, to: number) =>
    ask(book, (browser) => {
      const [a, b] = [from, to].map((id) => browser.audits().find((seen) => seen.id === id));
      return a === undefined || b === undefined ? undefined : browser.changes(a, b).findings.resolved.map(({ id }) => id);
    });
  expect(await resolved(1, 2)).toEqual([]);
  expect(await resolved(1, 3)).toEqual(['f-1']);
});
