import { describe, expect, it } from 'vitest';
import { pullFrom } from './pull.js';
import { listOf, users } from './scim-server.js';

describe('a total that lies', () => {
  it('page size as total: the rest is read, and the list is not believed', async () => {
    const all = users(35);
    const { ids, completeness, server } = await pullFrom({
      list: (query) => listOf(all, query, { totalResults: all.slice(query.startIndex - 1, query.startIndex + 9).length }),
    });
    expect(ids).toHaveLength(35);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('users came past the declared total of 10: the total is understated');
    expect(server.lists.length).toBeLessThanOrEqual(7);
  });

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
