import { describe, expect, it } from 'vitest';
import { pullFrom } from './pull.js';
import { cursorListOf, type ListQuery, listOf, refuse, users } from './scim-server.js';

describe('a total that lies', () => {
  it('total minus offset', async () => {
    const all = users(35);
    const { ids, completeness, server } = await pullFrom({
      list: (query) => listOf(all, query, { totalResults: Math.max(0, 35 - (query.startIndex - 1)) }),
    });
    expect(ids).toHaveLength(35);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('the declared total moved from 35 to 25');
    expect(server.lists.length).toBeLessThanOrEqual(7);
  });

  it.each([
    [0, 7],
    [12, 7],
  ])('too low (%i)', async (totalResults, requests) => {
    const all = users(35);
    const { ids, completeness, server } = await pullFrom({ list: (query) => listOf(all, query, { totalResults }) });
    expect(ids).toHaveLength(35);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain(`the system declares ${totalResults} rows, 35 distinct ones came`);
    expect(server.lists.length).toBeLessThanOrEqual(requests);
  });

  it.each([1, 4])('too high: gives up after a few empty pages (%i in flight)', async (concurrency) => {
    const all = users(35);
    const { ids, completeness, server } = await pullFrom(
      { list: (query) => listOf(all, query, { totalResults: 9_000_000 }) },
      { options: { concurrency } },
    );
    expect(ids).toHaveLength(35);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('the system declares 9000000 rows, 35 distinct ones came');
    expect(server.lists.length).toBeLessThanOrEqual(20);
  });

  it('as text: tolerated, and said', async () => {
    const all = users(25);
    const { completeness } = await pullFrom({ list: (query) => listOf(all, query, { totalResults: '25' }) });
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 25, reasons: ['sends totalResults as text'] });
  });

  it.each([-1, 1.5, 'many', true])('as %o: no total', async (totalResults) => {
    const all = users(25);
    const { ids, completeness } = await pullFrom({ list: (query) => listOf(all, query, { totalResults }) });
    expect(ids).toHaveLength(25);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('totalResults is not a count');
  });

  it.each([1, 4])('that moves while the list is read (%i in flight)', async (concurrency) => {
    const all = users(45);
    const { completeness } = await pullFrom(
      { list: (query) => listOf(query.nth > 3 ? all : all.slice(0, 44), query) },
      { options: { concurrency } },
    );
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('the declared total moved from 44 to 45');
  });

  it('that is missing: an empty page ends the list, which is then consistent', async () => {
    const all = users(25);
    const { ids, completeness, server } = await pullFrom({ list: (query) => listOf(all, query, { totalResults: undefined }) });
    expect(ids).toHaveLength(25);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: ['declares no total: the list ended with an empty page'] });
    expect(server.lists).toHaveLength(4);
  });

  it('that is missing, from a server that wraps: no end can be seen', async () => {
    const all = users(20);
    const { completeness, server } = await pullFrom({
      list: (query) => listOf(all, { ...query, startIndex: query.startIndex > 20 ? 1 : query.startIndex }, { totalResults: undefined }),
    });
    expect(completeness.verdict).toBe('unproven');
    expect(server.lists.length).toBeLessThanOrEqual(4);
  });
});

describe('a total that is that of the page', () => {
  const OF_PAGE = 'the total it declares is that of a page, which says nothing of the list';
  const EMPTY = 'declares no total: the list ended with an empty page';
  const all = users(35);
  const onPage = ({ startIndex, count }: ListQuery, from = all): number => from.slice(startIndex - 1, startIndex - 1 + count).length;

  it.each([
    ['the users on it', (query: ListQuery) => onPage(query)],
    ['the most that a page has', () => 10],
    ['the most that a page has, or fewer', (query: ListQuery) => Math.min(10, onPage(query))],
  ])('(%s) is none: the list is read on to an empty page', async (_, total) => {
    const { ids, completeness, server } = await pullFrom({ list: (query) => listOf(all, query, { totalResults: total(query) }) });
    expect(ids).toHaveLength(35);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [EMPTY, OF_PAGE], pages: 4 });
    expect(completeness.declaredTotal).toBeUndefined();
    expect(server.lists).toHaveLength(5);
  });

  it('is none for a server that gives fewer than were asked for, either', async () => {
    const { ids, completeness } = await pullFrom({ list: (query) => listOf(all, { ...query, count: 5 }, { totalResults: 5 }) });
    expect(ids).toHaveLength(35);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [EMPTY, OF_PAGE] });
  });

  it('shows on a list of one page when it is asked for again with one user', async () => {
    const few = users(7);
    const { completeness } = await pullFrom({ list: (query) => listOf(few, query, { totalResults: onPage(query, few) }) });
    expect(completeness).toMatchObject({ verdict: 'consistent', unique: 7, reasons: expect.arrayContaining([OF_PAGE]) as string[] });
    expect(completeness.declaredTotal).toBeUndefined();
  });

  it('leaves the end open where the page past it is refused', async () => {
    const { ids, completeness } = await pullFrom({
      list: (query) => (query.startIndex > 35 ? refuse(400) : listOf(all, query, { totalResults: onPage(query) })),
    });
    expect(ids).toHaveLength(35);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('was refused, and without a total nothing shows that the list ends there');
  });

  it('is not believed to be one where it becomes something else', async () => {
    const { completeness } = await pullFrom({
      list: (query) => listOf(all, query, { totalResults: query.startIndex < 21 ? 10 : 33 }),
    });
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('the declared total moved from 10 to 33 while the list was read');
  });

  it.each([
    ['the users on it', undefined],
    ['the most that a page has', 10],
  ])('(%s) is none by cursor: the list ends where no cursor comes', async (_, most) => {
    const { ids, completeness } = await pullFrom(
      {
        list: (query) => {
          const from = Number((query.cursor ?? '') === '' ? 0 : query.cursor);
          return cursorListOf(all, query, { totalResults: most ?? all.slice(from, from + query.count).length });
        },
      },
      { options: { paging: 'cursor' } },
    );
    expect(ids).toHaveLength(35);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [OF_PAGE] });
  });

  it('is a total where the list is as long as a page, and nothing comes past it', async () => {
    const ten = users(10);
    const { completeness } = await pullFrom({ list: (query) => listOf(ten, query) });
    expect(completeness).toMatchObject({ verdict: 'proven', declaredTotal: 10, reasons: [] });
  });
});

describe('the end of a list without a total', () => {
  it('is in doubt after a round thousand', async () => {
    const all = users(1000);
    const { completeness } = await pullFrom(
      { list: (query) => listOf(all, query, { totalResults: undefined }) },
      { options: { page_size: 500 } },
    );
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('the list ends after exactly 1000 users');
  });

  it('is in doubt where the only page by cursor is full, and no smaller one names a next', async () => {
    const all = users(35);
    const cut = await pullFrom({ list: () => ({ Resources: all.slice(0, 10) }) }, { options: { paging: 'cursor' } });
    expect(cut.completeness.verdict).toBe('unproven');
    expect(cut.completeness.reasons.join()).toContain('the only page is full (10 users) and has no cursor to a next one');
    const ten = users(10);
    for (const extra of [{}, { totalResults: 10 }]) {
      const whole = await pullFrom({ list: (query) => cursorListOf(ten, query, extra) }, { options: { paging: 'cursor' } });
      expect(whole.completeness.verdict).toBe(extra.totalResults === undefined ? 'consistent' : 'proven');
    }
  });
});
