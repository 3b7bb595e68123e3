import { describe, expect, it } from 'vitest';
import { json, raw } from '../http/fault-server.js';
import { pull, queryOf, users } from './pull.js';

const LIST = 'request: { path: users }\nrecords: users\npaging: none\n';

describe('a list without paging', () => {
  it.each([50, 100, 200, 250, 500, 1000, 1024])('of exactly %i rows may be cut', async (rows) => {
    const { completeness, ids } = await pull(LIST, () => json({ users: users(rows) }));
    expect(ids).toHaveLength(rows);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain(`the only answer has exactly ${rows} rows, as many as lists have that were cut off`);
  });

  it.each([1, 20, 30, 99, 101, 999, 1001])('of %i rows is whole', async (rows) => {
    const { completeness } = await pull(LIST, () => json({ users: users(rows) }));
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });

  it.each([
    ['in a body', json({ users: users(3), links: { next: 'https://x/users?page=2' } }), 'links.next'],
    ['in a header', json({ users: users(3) }, { headers: { link: '<https://x/users?page=2>; rel="next"' } }), 'header Link'],
  ])('that names a next page %s is one page of several', async (_, answer, place) => {
    const { completeness } = await pull(LIST, () => answer);
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain(`the answer names a next page (${place})`);
  });

  it('that names none, or the next page of another list beside it, is whole', async () => {
    const links = { links: { next: null, self: 'https://x' } };
    expect((await pull(LIST, () => json({ users: users(3), ...links }))).completeness.verdict).toBe('consistent');
    const beside = { invitations: [], pagination: { next: 'of invitations' } };
    expect((await pull(LIST, () => json({ users: users(3), ...beside }))).completeness.verdict).toBe('consistent');
  });
});

describe('a list that is paged, of which no number of rows is asked', () => {
  const LINES = 'request: { path: users }\nrecords: users\npaging: { next_url: { path: links.next } }\n';
  it.each([50, 1000])('may be cut where its only page has exactly %i rows, whatever it says of a next one', async (rows) => {
    const { completeness } = await pull(LINES, () => json({ users: users(rows), links: { next: null } }));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain(`the only page has exactly ${rows} rows`);
  });

  it('is whole with any other number, and where a total says so', async () => {
    expect((await pull(LINES, () => json({ users: users(999), links: { next: null } }))).completeness.verdict).toBe('consistent');
    const declared = LINES.replace('links.next }', 'links.next, total: n }');
    expect((await pull(declared, () => json({ users: users(1000), n: 1000, links: {} }))).completeness.verdict).toBe('proven');
  });
});

describe('pages that are counted off', () => {
  const all = users(1000);
  const page = (from: number) => all.slice(from, from + 250);

  it('and end with an empty one at a thousand may have met a limit', async () => {
    const lines = 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, size_param: limit, size: 250 } }\n';
    const { completeness } = await pull(lines, (seen) => json({ users: page(Number(queryOf(seen).get('skip'))) }));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons.join()).toContain('the list ends with an empty page after exactly 1000 rows');
  });

  it('are proven by a total, unless the page past it is refused at a thousand', async () => {
    const lines = 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, size_param: limit, size: 250, total: n } }\n';
    const proven = await pull(lines, (seen) => json({ users: page(Number(queryOf(seen).get('skip'))), n: 1000 }));
    expect(proven.completeness.verdict).toBe('proven');
    const refused = await pull(lines, (seen) => {
      const skip = Number(queryOf(seen).get('skip'));
      return skip >= 1000 ? raw(400) : json({ users: page(skip), n: 1000 });
    });
    expect(refused.completeness.verdict).toBe('unproven');
    expect(refused.completeness.reasons.join()).toContain('1000 rows may be as many as the system ever gives');
  });
});

describe('a check', () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { cursor: { next: next, param: c } }\n';

  it('reads two pages, and no third', async () => {
    const { ids, server, completeness } = await pull(
      lines,
      (_, number) => json({ users: users(10, number * 10), next: `c${number}` }),
      undefined,
      undefined,
      true,
    );
    expect(ids).toHaveLength(20);
    expect(server.seen).toHaveLength(2);
    expect(completeness.reasons).toContain('only the first pages were read');
  });

  it('shows where the second page fails', async () => {
    const checking = pull(
      lines,
      (_, number) => (number > 1 ? raw(403) : json({ users: users(10), next: 'c' })),
      undefined,
      undefined,
      true,
    );
    await expect(checking).rejects.toThrow(/reading page 2 of .*answered 403/);
  });
});
