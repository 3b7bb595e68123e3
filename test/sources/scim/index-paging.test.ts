import { describe, expect, it } from 'vitest';
import { pullFrom } from './pull.js';
import { listOf, refuse, users } from './scim-server.js';

const ids = (count: number): string[] => users(count).map(({ id }) => id);

describe('a list paged by startIndex', () => {
  it('is proven by its total and one page past it', async () => {
    const all = users(25);
    const { ids: read, completeness, server } = await pullFrom({ list: (query) => listOf(all, query) });
    expect(read).toEqual(ids(25));
    expect(completeness).toEqual({ verdict: 'proven', reasons: [], facts: [], declaredTotal: 25, received: 25, unique: 25, pages: 3 });
    expect(server.lists.map((list) => list.toString())).toEqual([
      'startIndex=1&count=10',
      'startIndex=11&count=10',
      'startIndex=21&count=10',
      'startIndex=26&count=10',
    ]);
  });

  it('advances by what came when the server clamps count', async () => {
    const all = users(35);
    const { ids: read, completeness } = await pullFrom({ list: (query) => listOf(all, { ...query, count: 5 }) });
    expect(read).toEqual(ids(35));
    expect(completeness.verdict).toBe('proven');
  });

  it('advances by what came when the server sends more than was asked for', async () => {
    const all = users(1050);
    const { completeness, server } = await pullFrom({ list: (query) => listOf(all, { ...query, count: 1000 }) });
    expect(completeness).toMatchObject({ verdict: 'proven', unique: 1050, received: 1050 });
    expect(server.lists).toHaveLength(3);
  });

  it('does not take a short page for the end, nor an echoed itemsPerPage for what came', async () => {
    const all = users(30);
    const { ids: read, completeness } = await pullFrom({
      list: (query) => listOf(all, { ...query, count: query.startIndex === 11 ? 3 : query.count }, { itemsPerPage: 10 }),
    });
    expect(read).toEqual(ids(30));
    expect(completeness.verdict).toBe('proven');
  });

  it('takes an empty list without Resources for an empty list', async () => {
    const { completeness, server } = await pullFrom({ list: () => ({ totalResults: 0 }) });
    expect(completeness).toMatchObject({ verdict: 'proven', unique: 0, reasons: ['the list is empty'] });
    expect(server.lists).toHaveLength(1);
  });

  it('steps over an empty page in the middle, and counts what is there', async () => {
    const all = users(30);
    const {
      ids: read,
      completeness,
      server,
    } = await pullFrom({
      list: (query) => listOf(query.startIndex === 11 ? [] : all, query, { totalResults: 30 }),
    });
    expect(read).toEqual([...ids(10), ...ids(30).slice(20)]);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('the system declares 30 rows, 20 distinct ones came');
    expect(server.lists).toHaveLength(4);
  });

  it('reads lower-case resources and attribute names', async () => {
    const all = users(12).map(({ id, userName }) => ({ ID: id, id, username: userName, ACTIVE: true }));
    const { rows, completeness } = await pullFrom({
      list: (query) => ({ totalresults: 12, resources: all.slice(query.startIndex - 1, query.startIndex - 1 + query.count) }),
    });
    expect(rows[11]).toMatchObject({ id: 'u12', userName: 'user12@corp.example', status: 'active' });
    expect(completeness.verdict).toBe('proven');
  });
});

describe('past the end', () => {
  it('a server that wraps round to the first users is proven, with a remark', async () => {
    const all = users(25);
    const { completeness, server } = await pullFrom({
      list: (query) => listOf(all, { ...query, startIndex: query.startIndex > 25 ? 1 : query.startIndex }),
    });
    expect(completeness).toMatchObject({ verdict: 'proven', received: 25, reasons: ['wraps round to the first users past its end'] });
    expect(server.lists).toHaveLength(4);
  });

  it('a wrap on a list of one page is proven by asking for the last user alone', async () => {
    const all = users(7);
    const { completeness, server } = await pullFrom({
      list: (query) => listOf(all, { ...query, startIndex: query.startIndex > 7 ? 1 : query.startIndex }),
    });
    expect(completeness).toMatchObject({ verdict: 'proven', unique: 7 });
    expect(server.lists.map((list) => list.get('startIndex'))).toEqual(['1', '8', '7']);
  });

  it('a server that declares 0 there is asked for its total again', async () => {
    const all = users(25);
    const { completeness, server } = await pullFrom({
      list: (query) => (query.startIndex > 25 ? { totalResults: 0, Resources: [] } : listOf(all, query)),
    });
    expect(completeness.verdict).toBe('proven');
    expect(completeness.reasons).toEqual(['declares a total of 0 past its end: the total was asked for again']);
    expect(server.lists.at(-1)?.toString()).toBe('startIndex=1&count=1');
  });

  it('sees a user who appeared in front while the list was read, where the total is asked for again', async () => {
    const { completeness } = await pullFrom({
      list: (query) => {
        if (query.startIndex > 25) return { totalResults: 0 };
        return query.count === 1 ? listOf(users(25, 0), query) : listOf(users(25), query);
      },
    });
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('a user appeared while the list was read');
  });

  it.each([400, 404])('a server that refuses it with %i is proven by a page that straddles the end', async (status) => {
    const all = users(25);
    const { completeness, server } = await pullFrom({ list: (query) => (query.startIndex > 25 ? refuse(status) : listOf(all, query)) });
    expect(completeness).toMatchObject({ verdict: 'proven', reasons: ['refuses a page past its end'] });
    expect(server.lists.map((list) => list.get('startIndex'))).toEqual(['1', '11', '21', '26', '25']);
  });

  it('a cap on startIndex that also caps the total is no proof', async () => {
    const all = users(25);
    const { completeness } = await pullFrom({
      list: (query) => (query.startIndex + query.count > 21 ? refuse(400) : listOf(all, query, { totalResults: 20 })),
    });
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('was refused, so nothing shows that the list ends there');
  });
});

describe('pages that repeat', () => {
  it('overlapping pages are counted once and not believed', async () => {
    const all = users(40);
    const {
      ids: read,
      completeness,
      server,
    } = await pullFrom({
      list: (query) => listOf(all, { ...query, startIndex: Math.max(1, query.startIndex - 3) }, { totalResults: 40 }),
    });
    expect(new Set(read).size).toBe(read.length);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('repeat an id that came before');
    expect(server.lists.length).toBeLessThan(10);
  });

  it('startIndex ignored: stops at the second page', async () => {
    const all = users(40);
    const { ids: read, completeness, server } = await pullFrom({ list: (query) => listOf(all, { ...query, startIndex: 1 }) });
    expect(read).toEqual(ids(10));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('startIndex is ignored');
    expect(server.lists).toHaveLength(3);
  });

  it('paging ignored and the total merely counts what was sent: a cut-off list would look the same', async () => {
    const all = users(50);
    const { completeness, server } = await pullFrom({ list: () => ({ totalResults: 50, Resources: all }) });
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('a list cut off at 50 would look the same');
    expect(server.lists.length).toBeLessThanOrEqual(5);
  });

  it('startIndex ignored, yet the total is a count of its own', async () => {
    const all = users(8);
    const { completeness } = await pullFrom({ list: (query) => listOf(all, { ...query, startIndex: 1 }) });
    expect(completeness).toMatchObject({ verdict: 'proven', reasons: ['ignores startIndex; the first page held every user'] });
  });
});
