// What a list that is read for the first time, in part, or in another way, says of the rows that are new in it.
import { describe, expect, it } from 'vitest';
import { browse } from '../../src/history/browse.js';
import type { Changes } from '../../src/history/queries.js';
import type { TimelineEntry } from '../../src/history/timeline.js';
import { account, person } from '../in-memory.js';
import { audit, newBook, type Seen } from './book.js';

const people = Array.from({ length: 12 }, (_, i) => person(`u${i}`, { state: i === 0 ? 'terminated' : 'active' }));
const all = people.map(({ id }) => account(`a-${id}`, { externalId: id }));

const access = (path: string) => ({ path, wait: 5_000 });
async function told(book: string, who: string): Promise<string[]> {
  const entries = await browse(access(book), undefined, (browser) => browser.timeline(who));
  return (entries as TimelineEntry[]).filter(({ list }) => list === 'crm').map(({ what }) => what);
}
async function changes(book: string, from: number, to: number): Promise<Changes> {
  const found = await browse(access(book), undefined, (browser) => {
    const [a, b] = [from, to].map((id) => browser.audits().find((one) => one.id === id));
    return a === undefined || b === undefined ? undefined : browser.changes(a, b);
  });
  return found as Changes;
}
const read = (day: number, accounts: Seen['apps'][string]['accounts'] | undefined, more: { whole?: boolean; url?: string } = {}): Seen => ({
  day,
  people,
  ...(more.url === undefined ? {} : { url: more.url }),
  apps: accounts === undefined ? {} : { crm: { accounts, whole: more.whole ?? true } },
});

describe('a row that is new in a list', () => {
  it('was there, and did not come, where the app was read for the first time', async () => {
    const book = newBook();
    await audit(book, read(0, undefined));
    await audit(book, read(2, all));
    await audit(book, read(4, [...all, account('b', { externalId: 'u0' })]));
    expect(await told(book, 'u0')).toEqual(['there, active', 'came, active, though its owner had left']);
    expect(await changes(book, 1, 2)).toMatchObject({ accounts: { came: [] }, lists: { first: ['crm'], anew: [] } });
    const later = await changes(book, 2, 3);
    expect(later.accounts.came.map(({ id }) => id)).toEqual(['b']);
    expect(later.lists).toEqual({ first: [], anew: [] });
  });

  it('was there, too, where the list before was not whole', async () => {
    const book = newBook();
    await audit(book, read(0, all.slice(6), { whole: false }));
    await audit(book, read(2, all));
    expect(await told(book, 'u0')).toEqual(['there, active']);
    expect(await changes(book, 1, 2)).toMatchObject({ accounts: { came: [] }, lists: { first: ['crm'] } });
  });

  it('is no event, nor is one that is no longer in it, where the list was read in another way', async () => {
    const book = newBook();
    await audit(book, read(0, all.slice(0, 11), { url: 'https://a' }));
    await audit(book, read(2, all.slice(1), { url: 'https://b' }));
    await audit(book, read(4, all, { url: 'https://b' }));
    expect(await told(book, 'a-u0')).toEqual([
      'there, active',
      'gone from the whole list, which was read in another way',
      'came back, active, though its owner had left',
    ]);
    expect(await told(book, 'a-u11')).toEqual(['came, active, in a list that was read in another way']);
    expect((await changes(book, 1, 2)).lists).toEqual({ first: [], anew: ['crm'] });
    expect((await changes(book, 2, 3)).lists).toEqual({ first: [], anew: [] });
  });
});
