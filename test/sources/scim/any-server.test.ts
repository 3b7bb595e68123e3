import fc from '../../property.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SourceError } from '../../../src/model/errors.js';
import { pullAll, type Pulled, sourceFor } from './pull.js';
import { type Answer, type FakeScim, type FakeUser, type ListQuery, refuse, startScim, users } from './scim-server.js';
import { cases } from '../../night.js';

/** One server out of many: each field is a way to be wrong, drawn by itself. */
interface Temper {
  readonly size: number;
  readonly total: 'right' | 'text' | 'absent' | 'zero' | 'low' | 'high' | 'page' | 'remaining';
  readonly past: 'empty' | 'bare' | 'wrap' | 'refuse';
  readonly pages: 'exact' | 'overlap' | 'ignored' | 'shuffled' | 'holes';
  readonly clamp: number;
  readonly echo: boolean;
  /** Pages that come short although there is more, by request number. */
  readonly short: readonly number[];
  /** Requests that are answered 503, 429, a reset, or torn JSON. */
  readonly faults: readonly (readonly [number, 'busy' | 'limit' | 'reset' | 'torn'])[];
  /** From that request on, one user more, or one less. */
  readonly change: { readonly from: number; readonly what: 'joins-first' | 'joins-last' | 'leaves' } | undefined;
  readonly cursors: 'none' | 'offered' | 'forced';
}

const temper: fc.Arbitrary<Temper> = fc.record({
  size: fc.integer({ min: 0, max: 40 }),
  total: fc.constantFrom('right', 'right', 'right', 'text', 'absent', 'zero', 'low', 'high', 'page', 'remaining'),
  past: fc.constantFrom('empty', 'empty', 'bare', 'wrap', 'refuse'),
  pages: fc.constantFrom('exact', 'exact', 'exact', 'overlap', 'ignored', 'shuffled', 'holes'),
  clamp: fc.constantFrom(100, 100, 7, 3),
  echo: fc.boolean(),
  short: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }),
  faults: fc.array(fc.tuple(fc.integer({ min: 1, max: 14 }), fc.constantFrom('busy', 'limit', 'reset', 'torn')), { maxLength: 2 }),
  change: fc.option(fc.record({ from: fc.integer({ min: 2, max: 8 }), what: fc.constantFrom('joins-first', 'joins-last', 'leaves') }), {
    nil: undefined,
    freq: 5,
  }),
  cursors: fc.constantFrom('none', 'none', 'offered', 'forced'),
});

const LOW = 5;
/**
 * What no client can see: a list and a total that are cut off alike, by a server without paging; and a total that is wrong by just
 * as much as the list shrinks while it is read.
 */
const unknowable = ({ total, pages, clamp, change }: Temper): boolean => {
  return total === 'low' && ((pages === 'ignored' && clamp < 100) || change?.what === 'leaves');
};

function usersAt({ size, change }: Temper, nth: number): FakeUser[] {
  const all = users(size);
  if (change === undefined || nth < change.from) return all;
  if (change.what === 'leaves') return all.slice(1);
  return change.what === 'joins-first' ? [{ id: 'new' }, ...all] : [...all, { id: 'new' }];
}

function answer(server: Temper, query: ListQuery): Answer {
  // Torn JSON is torn again when the client asks again.
  const fault = server.faults.find(([nth, what]) => nth === query.nth || (what === 'torn' && nth + 1 === query.nth))?.[1];
  if (fault === 'busy') return refuse(503);
  if (fault === 'limit') return refuse(429, undefined, { 'retry-after': '1' });
  if (fault === 'reset') return (response) => void response.socket?.resetAndDestroy();
  if (fault === 'torn') return (response) => void response.end('{"totalResults": 3, "Resources": [{"id"');
  const all = usersAt(server, query.nth);
  const byCursor = server.cursors === 'forced' || (server.cursors === 'offered' && query.cursor !== undefined);
  const count = Math.max(1, Math.min(query.count, server.clamp) - (server.short.includes(query.nth) ? 2 : 0));
  const start = byCursor ? Number(query.cursor ?? '') || 1 : query.startIndex;
  if (!byCursor && start > all.length && all.length > 0) {
    if (server.past === 'refuse') return refuse(400, 'invalidValue');
    if (server.past === 'bare') return { totalResults: 0 };
  }
  const from = !byCursor && start > all.length && server.past === 'wrap' ? 1 : start;
  const page = byCursor ? all.slice(start - 1, start - 1 + count) : indexed(server, all, from, count, query.nth);
  const next = start + page.length;
  return {
    ...(byCursor && server.total !== 'right' ? {} : declare(server, all.length, page.length, start)),
    ...(server.echo ? { itemsPerPage: page.length, startIndex: start } : {}),
    Resources: page,
    ...(byCursor && next <= all.length ? { nextCursor: String(next) } : {}),
  };
}

function indexed({ pages }: Temper, all: readonly FakeUser[], start: number, count: number, nth: number): FakeUser[] {
  const cut = (list: readonly FakeUser[], at: number): FakeUser[] => list.slice(at - 1, at - 1 + count);
  if (pages === 'ignored') return cut(all, 1);
  if (pages === 'overlap') return cut(all, Math.max(1, start - 2));
  if (pages === 'holes') return cut(all, start).filter((_, index) => start === 1 || index % 5 !== 4);
  return pages === 'shuffled' && nth % 3 === 0 ? cut(all.toReversed(), start) : cut(all, start);
}

function declare({ total }: Temper, size: number, page: number, start: number): Readonly<Record<string, unknown>> {
  const lies = {
    right: size,
    text: String(size),
    zero: 0,
    low: Math.min(size, LOW),
    high: size + 7,
    page,
    remaining: Math.max(0, size - start + 1),
  };
  return total === 'absent' ? {} : { totalResults: lies[total] };
}

let current: Temper;
let begun = 0;
let server: FakeScim;
beforeAll(async () => {
  server = await startScim({ list: (query) => answer(current, { ...query, nth: query.nth - begun }) });
});
afterAll(() => server.close());

async function outcome(drawn: Temper, page_size: number, concurrency: number): Promise<Pulled | SourceError> {
  current = drawn;
  begun = server.lists.length;
  const source = sourceFor('account', server.url, { options: { page_size, concurrency } });
  try {
    return await pullAll<'account'>(source);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  } finally {
    await source.close?.();
  }
}

it('what is proven is exactly what the server holds, whatever the server is like', async () => {
  const verdicts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(temper, fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 4), async (drawn, pageSize, concurrency) => {
      fc.pre(!unknowable(drawn));
      const result = await outcome(drawn, pageSize, concurrency);
      const requests = server.lists.length - begun;
      // A page may hold one row; then come the steps past the end, retries, and one start over.
      expect(requests).toBeLessThan(3 * (drawn.size + 2) + 40);
      const verdict = result instanceof SourceError ? 'failed' : result.completeness.verdict;
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      if (result instanceof SourceError) return;
      const sorted = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id).sort();
      expect(new Set(result.ids).size).toBe(result.ids.length);
      const before = sorted(usersAt(drawn, 1));
      const after = sorted(usersAt(drawn, Infinity));
      expect([...new Set([...before, ...after])]).toEqual(expect.arrayContaining([...result.ids]) as unknown);
      if (verdict === 'proven') expect([before, after]).toContainEqual(sorted(result.rows));
      if (verdict === 'unproven') expect(result.completeness.reasons.length).toBeGreaterThan(0);
    }),
    { numRuns: cases(400, 150) },
  );
  // The draw must not be so wild that nothing is ever proven.
  for (const verdict of ['proven', 'consistent', 'unproven', 'failed']) expect(verdicts.get(verdict) ?? 0, verdict).toBeGreaterThan(5);
}, 60_000);
