// Another process records an audit, or forgets some, while one runs: what the file holds then does not go with what was read of it before.
import { expect, it } from 'vitest';
import type { Config } from '../../src/model/config.js';
import { browse } from '../../src/history/browse.js';
import { History } from '../../src/history/history.js';
import type { AppPast } from '../../src/model/past.js';
import type { Report } from '../../src/model/report.js';
import { account, person, POLICY, RULES } from '../in-memory.js';
import { audit, DAY, newBook, query, START } from './book.js';

const people = (left: boolean) => Array.from({ length: 20 }, (_, i) => person(`u${i}`, { state: left && i < 9 ? 'terminated' : 'active' }));
const accounts = (off: boolean) =>
  people(false).map(({ id }, i) => account(`a-${id}`, { externalId: id, status: off && i < 9 ? 'deactivated' : 'active' }));
const app = (name: string) => ({
  name,
  connector: 'memory',
  options: { url: '' },
  fields: {},
  dir: '/',
  compare: ['department', 'email'],
  match: RULES,
});
const config = {
  directory: [{ name: 'hr', connector: 'memory', options: {}, fields: {}, dir: '/' }],
  apps: [app('crm')],
  policy: POLICY,
  history: false,
} as unknown as Config;

/** One audit by hand; `meanwhile` runs between the directory and the app. */
async function interrupted(book: string, meanwhile: () => Promise<unknown>, early = false): Promise<{ past: AppPast; recorded: unknown }> {
  const history = await History.open({ config, asOf: START + 9 * DAY, access: { path: book, wait: 5_000, create: true } });
  if (history === undefined) throw new Error('no history');
  const seen = people(true);
  if (early) await meanwhile();
  history.people('hr', seen);
  await history.directoryRead(new Map([['hr', true]]));
  if (!early) await meanwhile();
  const rows = accounts(true);
  await history.accounts('crm', { rows }, rows.map((_, i) => i)); // prettier-ignore
  const past = await history.appRead('crm', true);
  const report = { asOf: '', run: {}, directory: [], apps: [], findings: [] } as unknown as Report;
  const recorded = await history.record(report).catch((error: unknown) => error);
  history.close();
  return { past, recorded };
}

async function twoAudits(): Promise<string> {
  const book = newBook();
  await audit(book, { day: 0, people: people(false), apps: { crm: { accounts: accounts(false) } } });
  await audit(book, { day: 2, people: people(true), apps: { crm: { accounts: accounts(false) } } });
  return book;
}

it.each([
  ['before the directory was indexed', true],
  ['before the app was read', false],
])('an audit that another one overtook %s uses nothing of the history, and is not recorded', async (_, early) => {
  const book = await twoAudits();
  const other = () => audit(book, { day: 6, people: people(true), apps: { crm: { accounts: accounts(true) } } });
  const { past, recorded } = await interrupted(book, other, early);
  expect([past.lists, [...past.people], past.unchangedSince(0, [])]).toEqual([[], [], NaN]);
  expect(String(recorded)).toMatch(/another audit was recorded, or old ones were forgotten, while this one ran/);
  expect(query(book, 'SELECT count(*) AS n FROM audits')).toEqual([{ n: 3 }]);
});

it('an audit during which old ones were forgotten is not recorded either', async () => {
  const book = await twoAudits();
  const prune = () =>
    browse({ path: book, wait: 5_000 }, undefined, (browser) => {
      browser.prune(START + DAY);
    });
  const { past, recorded } = await interrupted(book, prune);
  expect(past.lists).toEqual([]);
  expect(String(recorded)).toMatch(/old ones were forgotten/);
  expect(query(book, 'SELECT id FROM audits')).toEqual([{ id: 2 }]);
});
