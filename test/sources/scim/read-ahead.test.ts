import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../src/sources/scim/read-ahead.js';
import type { ListPage } from '../../../src/sources/scim/list-response.js';
import { pullFrom } from './pull.js';
import { listOf, users } from './scim-server.js';

const four = { options: { concurrency: 4 } };

describe('pages fetched several at a time', () => {
  it('come in order, overlap in time, and prove as much as one at a time', async () => {
    const all = users(205);
    const { ids, completeness, server } = await pullFrom({ list: (query) => listOf(all, query) }, four);
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness).toEqual({ verdict: 'proven', reasons: [], facts: [], declaredTotal: 205, received: 205, unique: 205, pages: 21 });
    expect(server.lists).toHaveLength(22);
    expect(server.peak()).toBeGreaterThan(1);
    expect(server.peak()).toBeLessThanOrEqual(4);
  });

  it('follow the size that a clamping server declares', async () => {
    const all = users(100);
    const { completeness, server } = await pullFrom({ list: (query) => listOf(all, { ...query, count: Math.min(5, query.count) }) }, four);
    expect(completeness).toMatchObject({ verdict: 'proven', unique: 100, pages: 20, reasons: [] });
    expect(server.peak()).toBeGreaterThan(1);
  });

  it('are not tried where the total is unknown, or the first page is short without a word', async () => {
    const all = users(60);
    const untold = await pullFrom({ list: (query) => listOf(all, query, { totalResults: undefined }) }, four);
    expect(untold.server.peak()).toBe(1);
    const short = await pullFrom({ list: (query) => listOf(all, { ...query, count: 9 }, { itemsPerPage: 10 }) }, four);
    expect(short.server.peak()).toBe(1);
    expect(short.completeness.verdict).toBe('proven');
  });

  it('fall back to one at a time at a short page, and read on from there', async () => {
    const all = users(100);
    const { ids, completeness } = await pullFrom(
      { list: (query) => listOf(all, { ...query, count: query.startIndex === 41 ? 4 : query.count }) },
      four,
    );
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness).toMatchObject({ verdict: 'proven', unique: 100 });
    expect(completeness.reasons).toEqual([
      'pages were read one at a time from startIndex 41 on: fetched several at a time, one held 4 users instead of 10',
    ]);
  });

  it('fall back where a server keeps its place per session: read in turn, the same list is right', async () => {
    const all = users(100);
    let open = 0;
    const { ids, completeness } = await pullFrom(
      {
        list: (query) => (response) => {
          // Two requests at once: this server mixes their pages up.
          const from = ++open > 1 ? 1 : query.startIndex;
          setImmediate(() => {
            open--;
            const page = all.slice(from - 1, from - 1 + query.count);
            response.end(JSON.stringify({ totalResults: 100, itemsPerPage: page.length, Resources: page }));
          });
        },
      },
      four,
    );
    expect(completeness.verdict).toBe('proven');
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness.reasons.join()).toContain('one repeated users that came before');
  });

  it('do not hide that ids repeat', async () => {
    const all = [...users(50), ...users(50)];
    const { ids, completeness, server } = await pullFrom({ list: (query) => listOf(all, query) }, four);
    expect(ids).toHaveLength(50);
    expect(completeness.verdict).toBe('unproven');
    expect(server.lists.length).toBeLessThan(20);
  });

  it('a page that cannot be had fails the list, and nothing is left in flight', async () => {
    const all = users(100);
    await expect(
      pullFrom(
        { list: (query) => (query.startIndex === 51 ? (response) => void response.writeHead(403).end() : listOf(all, query)) },
        four,
      ),
    ).rejects.toThrow(/hr-portal/);
  });
});

describe('readAhead', () => {
  const page: ListPage = { resources: [] };

  it('holds a window of pages only, however slow the reader is', async () => {
    let started = 0;
    const starts = Array.from({ length: 1000 }, (_, index) => index + 1);
    const pages = readAhead(starts, 4, new AbortController().signal, () => {
      started++;
      return Promise.resolve(page);
    });
    await pages.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toBeLessThanOrEqual(9);
    await pages.return();
    expect(started).toBeLessThanOrEqual(9);
  });

  it('aborts what is in flight when the reader leaves', async () => {
    const aborted: number[] = [];
    const pages = readAhead([1, 2, 3], 3, new AbortController().signal, (start, signal) => {
      if (start === 1) return Promise.resolve(page);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(start);
          reject(new Error('aborted'));
        });
      });
    });
    expect((await pages.next()).value?.startIndex).toBe(1);
    await pages.return();
    expect(aborted).toEqual([2, 3]);
  });
});
