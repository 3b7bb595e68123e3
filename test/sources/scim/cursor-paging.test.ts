import { describe, expect, it } from 'vitest';
import { pullFrom } from './pull.js';
import { type Answer, cursorListOf, listOf, refuse, users } from './scim-server.js';

const declaresCursors: Answer = { patch: { supported: true }, pagination: { cursor: true, index: false, maxPageSize: 5 } };
const byCursor = { options: { paging: 'cursor' } };

describe('a list paged by cursor', () => {
  it('follows a cursor that a server forces unasked', async () => {
    const all = users(25);
    const { ids, completeness, server } = await pullFrom({ list: (query) => cursorListOf(all, query) });
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 25, reasons: [] });
    expect(server.lists.map((list) => list.toString())).toEqual(['startIndex=1&count=10', 'cursor=10&count=10', 'cursor=20&count=10']);
  });

  it('asks for cursors where ServiceProviderConfig says that there is no index paging, in pages that it allows', async () => {
    const all = users(12);
    const { ids, server } = await pullFrom({ config: declaresCursors, list: (query) => cursorListOf(all, query) });
    expect(ids).toHaveLength(12);
    expect(server.lists.map((list) => list.toString())).toEqual(['cursor=&count=5', 'cursor=5&count=5', 'cursor=10&count=5']);
  });

  it('is proven where a total is declared as well', async () => {
    const all = users(25);
    const { completeness } = await pullFrom({ list: (query) => cursorListOf(all, query, { totalResults: 25 }) });
    expect(completeness.verdict).toBe('proven');
  });

  it('is not believed where the total speaks against it', async () => {
    const all = users(25);
    const { completeness } = await pullFrom({ list: (query) => cursorListOf(all, query, { totalResults: 26 }) });
    expect(completeness.verdict).toBe('unproven');
  });

  it('AWS: ignores startIndex, and pages for those who send a cursor', async () => {
    const all = users(250);
    const { ids, completeness, server } = await pullFrom({
      list: (query) => {
        const capped = { ...query, count: Math.min(query.count, 100) };
        if (query.cursor !== undefined) return cursorListOf(all, capped);
        return listOf(all, { ...capped, startIndex: 1 }, { totalResults: capped.count });
      },
    });
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness).toMatchObject({
      verdict: 'consistent',
      unique: 250,
      reasons: ['ignores startIndex: the list was read by cursor'],
    });
    expect(server.lists.length).toBeLessThan(32);
  });

  it('AWS with few users: one page, and still no total that could be trusted', async () => {
    const all = users(7);
    const { ids, completeness } = await pullFrom({
      list: (query) =>
        query.cursor === undefined
          ? listOf(all, { ...query, startIndex: 1 }, { totalResults: Math.min(7, query.count) })
          : cursorListOf(all, query),
    });
    expect(ids).toHaveLength(7);
    expect(completeness.verdict).toBe('consistent');
  });

  it('goes on after an empty page that carries a cursor', async () => {
    const all = users(20);
    const { ids, completeness } = await pullFrom(
      {
        list: (query) =>
          query.cursor === '10'
            ? { Resources: [], nextCursor: '10b' }
            : cursorListOf(all, query.cursor === '10b' ? { ...query, cursor: '10' } : query),
      },
      byCursor,
    );
    expect(ids).toHaveLength(20);
    expect(completeness.verdict).toBe('consistent');
  });

  it('stops when a cursor repeats', async () => {
    const all = users(20);
    const { completeness, server } = await pullFrom({ list: (query) => cursorListOf(all, query, { nextCursor: '10' }) }, byCursor);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('a cursor came a second time: the pages go round in a circle');
    expect(server.lists).toHaveLength(2);
  });

  it('stops at a circle of cursors, A to B to A', async () => {
    const next: Record<string, string> = { '': 'A', A: 'B', B: 'A' };
    const { completeness, server } = await pullFrom(
      { list: ({ cursor = '', nth }) => ({ Resources: users(10, nth * 10), nextCursor: next[cursor] }) },
      byCursor,
    );
    expect(completeness.verdict).toBe('unproven');
    expect(server.lists).toHaveLength(3);
  });

  it('stops when ever-new cursors bring the same users', async () => {
    const { completeness, server } = await pullFrom({ list: ({ nth }) => ({ Resources: users(10), nextCursor: `c${nth}` }) }, byCursor);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('2 pages in a row brought only users that came before');
    expect(server.lists).toHaveLength(3);
  });

  it('stops when ever-new cursors bring nothing', async () => {
    const { completeness, server } = await pullFrom({ list: ({ nth }) => ({ Resources: [], nextCursor: `c${nth}` }) }, byCursor);
    expect(completeness.verdict).toBe('unproven');
    expect(server.lists).toHaveLength(100);
  });

  it('starts again once when a cursor expires, and yields every user once', async () => {
    const all = users(30);
    let expired = false;
    const { ids, completeness } = await pullFrom(
      {
        list: (query) => {
          if (query.cursor !== '20' || expired) return cursorListOf(all, query);
          expired = true;
          return refuse(400, 'expiredCursor');
        },
      },
      byCursor,
    );
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 30, received: 30 });
    expect(completeness.reasons).toEqual(['the cursor expired: the list was read again from its beginning']);
  });

  it('says so when a user does not come again after the restart', async () => {
    let expired = false;
    const { ids, completeness } = await pullFrom(
      {
        list: (query) => {
          if (query.cursor === '10' && !expired) {
            expired = true;
            return refuse(400, 'expiredCursor');
          }
          return cursorListOf(expired ? users(25, 2) : users(25), query);
        },
      },
      byCursor,
    );
    expect(ids).toHaveLength(26);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('1 of the users that came before the list was started again did not come a second time');
  });

  it('gives up when the cursor expires again', async () => {
    const all = users(30);
    const { completeness, server } = await pullFrom(
      { list: (query) => (query.cursor === '10' ? refuse(400, 'expiredCursor') : cursorListOf(all, query)) },
      byCursor,
    );
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('the cursor expired a second time before the end was reached');
    expect(server.lists).toHaveLength(4);
  });

  it.each([
    ['invalidCursor', /calls its own cursor invalid/],
    ['invalidCount', /lower page_size/],
    [undefined, /answered 400/],
  ])('fails on %s', async (scimType, message) => {
    const all = users(30);
    const pulled = pullFrom({ list: (query) => (query.cursor === '10' ? refuse(400, scimType) : cursorListOf(all, query)) }, byCursor);
    await expect(pulled).rejects.toThrow(message);
  });
});
