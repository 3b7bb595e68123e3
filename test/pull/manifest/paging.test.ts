import { describe, expect, it } from 'vitest';
import { json, raw, reset, type Answer, type Seen, truncated } from '../http/fault-server.js';
import { pull, queryOf, users } from './pull.js';

const ALL = users(25);
const IDS = ALL.map(({ id }) => id);

interface Kind {
  readonly name: string;
  readonly lines: string;
  readonly verdict: 'proven' | 'consistent';
  /** A page of ten; `origin` for links. */
  readonly page: (seen: Seen, origin: string) => Answer;
}

const slice = (from: number): object[] => ALL.slice(from, from + 10);
const cursorOf = (from: number): string | null => (from + 10 < ALL.length ? `c${from + 10}` : null);
const at = (cursor: string | null): number => Number(cursor?.replace(/^c/, '') ?? 0);
const bodyOf = (seen: Seen): Record<string, unknown> => (seen.body === '' ? {} : (JSON.parse(seen.body) as Record<string, unknown>));

/** Every kind of paging, and a server that does it right. */
const KINDS: readonly Kind[] = [
  {
    name: 'page from 1 with a total',
    lines: 'request: { path: users }\nrecords: users\npaging: { page: { param: page, size_param: per, size: 10, total: n } }\n',
    verdict: 'proven',
    page: (seen) => json({ users: slice((Number(queryOf(seen).get('page')) - 1) * 10), n: 25 }),
  },
  {
    name: 'page from 0, until one is empty',
    lines: 'request: { path: users }\nrecords: .\npaging: { page: { param: p, start: 0 } }\n',
    verdict: 'consistent',
    page: (seen) => json(slice(Number(queryOf(seen).get('p')) * 10)),
  },
  {
    name: 'page with the number of pages',
    lines: 'request: { path: users }\nrecords: users\npaging: { page: { param: page, last_page: pages } }\n',
    verdict: 'consistent',
    page: (seen) => json({ users: slice((Number(queryOf(seen).get('page')) - 1) * 10), pages: 3 }),
  },
  {
    name: 'offset with a total in a header',
    lines:
      'request: { path: users }\nrecords: .\npaging: { offset: { param: skip, size_param: limit, size: 10, total: { header: X-Total } } }\n',
    verdict: 'proven',
    page: (seen) => json(slice(Number(queryOf(seen).get('skip'))), { headers: { 'X-Total': '25' } }),
  },
  {
    name: 'offset with more',
    lines: 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, more: more } }\n',
    verdict: 'consistent',
    page: (seen) => json({ users: slice(Number(queryOf(seen).get('skip'))), more: Number(queryOf(seen).get('skip')) < 15 }),
  },
  {
    name: 'offset in the body',
    lines:
      'request: { path: users, body: { fields: [id] } }\nrecords: users\npaging: { offset: { param: page.from, in: body, total: n } }\n',
    verdict: 'proven',
    page: (seen) => json({ users: slice((bodyOf(seen).page as { from: number }).from), n: 25 }),
  },
  {
    name: 'scim',
    lines: 'request: { path: Users }\nrecords: Resources\npaging: { scim: { size: 10 } }\n',
    verdict: 'proven',
    page: (seen) => json({ Resources: slice(Number(queryOf(seen).get('startIndex')) - 1), totalResults: 25 }),
  },
  {
    name: 'cursor in the body',
    lines: 'request: { path: users }\nrecords: users\npaging: { cursor: { next: meta.next, param: cursor } }\n',
    verdict: 'consistent',
    page: (seen) => json({ users: slice(at(queryOf(seen).get('cursor'))), meta: { next: cursorOf(at(queryOf(seen).get('cursor'))) } }),
  },
  {
    name: 'cursor in a header',
    lines:
      'request: { path: users }\nrecords: .\npaging: { cursor: { next: { header: After-Cursor }, param: cursor, size_param: limit, size: 10, first_only: [limit] } }\n',
    verdict: 'consistent',
    page: (seen) => {
      const from = at(queryOf(seen).get('cursor'));
      if (queryOf(seen).has('cursor') && queryOf(seen).has('limit')) return raw(400);
      return json(slice(from), { headers: { 'After-Cursor': cursorOf(from) ?? '' } });
    },
  },
  {
    name: 'cursor from the last record, with more',
    lines: 'request: { path: users }\nrecords: users\npaging: { cursor: { next: { last_record: id }, param: after, more: more } }\n',
    verdict: 'consistent',
    page: (seen) => {
      const after = queryOf(seen).get('after');
      const from = after === null ? 0 : Number(after.slice(1)) + 1;
      return json({ users: slice(from), more: from + 10 < 25 });
    },
  },
  {
    name: 'cursor into another endpoint',
    lines:
      'request: { path: list, body: { limit: 10 } }\nrecords: users\npaging: { cursor: { next: cursor, param: cursor, in: body, more: more, request: { path: list/continue, body: {} } } }\n',
    verdict: 'consistent',
    page: (seen) => {
      const { cursor = null, limit } = bodyOf(seen) as { cursor?: string | null; limit?: number };
      if (seen.url !== (cursor === null ? '/list' : '/list/continue') || (cursor !== null && limit !== undefined)) return raw(400);
      return json({ users: slice(at(cursor)), cursor: cursorOf(at(cursor)) ?? 'end', more: cursorOf(at(cursor)) !== null });
    },
  },
  {
    name: 'link header',
    lines: 'request: { path: users }\nrecords: .\npaging: { link_header: {} }\n',
    verdict: 'consistent',
    page: (seen, origin) => {
      const from = at(queryOf(seen).get('after'));
      const next = cursorOf(from);
      return json(slice(from), {
        headers: next === null ? {} : { link: `<${origin}/users?after=x>; rel="prev", <${origin}/users?after=${next}>; rel="next"` },
      });
    },
  },
  {
    name: 'link header as Sentry sends it',
    lines: "request: { path: users }\nrecords: .\npaging: { link_header: { must_have: { results: 'true' } } }\n",
    verdict: 'consistent',
    page: (seen, origin) => {
      const from = at(queryOf(seen).get('after'));
      const next = cursorOf(from);
      return json(slice(from), { headers: { link: `<${origin}/users?after=${next ?? 'c0'}>; rel="next"; results="${next !== null}"` } });
    },
  },
  {
    name: 'next URL, relative',
    lines: "request: { path: users }\nrecords: users\npaging: { next_url: { path: '@odata.nextLink' } }\n",
    verdict: 'consistent',
    page: (seen) => {
      const from = at(queryOf(seen).get('after'));
      const next = cursorOf(from);
      return json({ users: slice(from), ...(next === null ? {} : { '@odata.nextLink': `/users?after=${next}` }) });
    },
  },
  {
    name: 'GraphQL',
    lines:
      "request: { path: graphql, graphql: { query: 'query($after: String) { users }', variables: { first: 10 } } }\nrecords: data.users.nodes\npaging: { graphql: { variable: after, page_info: data.users.pageInfo } }\n",
    verdict: 'consistent',
    page: (seen) => {
      const from = at((bodyOf(seen).variables as { after?: string }).after ?? null);
      const endCursor = cursorOf(from);
      return json({ data: { users: { nodes: slice(from), pageInfo: { hasNextPage: endCursor !== null, endCursor } } } });
    },
  },
];

const originOf = (seen: Seen): string => `http://${seen.headers.host ?? ''}`;

describe.each(KINDS)('paging: $name', ({ lines, verdict, page }) => {
  const right = (seen: Seen): Answer => page(seen, originOf(seen));

  it('reads every row once', async () => {
    const { ids, completeness, server, rows } = await pull(lines, right);
    expect(ids).toEqual(IDS);
    expect(completeness).toMatchObject({ verdict, unique: 25, received: 25 });
    expect(rows[0]).toMatchObject({ userName: 'u0', status: 'active' });
    expect(server.seen.length).toBeLessThanOrEqual(4);
    expect(server.seen.every((seen) => seen.headers.authorization === 'Bearer t0p-s3cret')).toBe(true);
  });

  const passing: readonly (readonly [string, Answer])[] = [
    ['a rate limit', raw(429, { 'retry-after': '5' })],
    ['a server error', raw(500)],
    ['a reset', reset('at once')],
    ['a torn body', truncated('length')],
    ['torn JSON', raw(200, { 'content-type': 'application/json' }, '{"users": [')],
  ];
  it.each(passing)('is not put off by %s in the middle', async (_, fault) => {
    const { ids, completeness, server } = await pull(lines, (seen, number) => (number === 2 ? fault : right(seen)));
    expect(ids).toEqual(IDS);
    expect(completeness.verdict).toBe(verdict);
    expect(server.seen.length).toBeLessThanOrEqual(5);
  });

  const lasting: readonly (readonly [string, Answer, RegExp])[] = [
    ['a web page', raw(200, { 'content-type': 'text/html' }, '<html>log in</html>'), /a web page came back where JSON was expected/],
    ['a refusal', raw(403), /answered 403/],
    ['no token any more', raw(401), /answered 401/],
    ['another shape', json({ nothing: true }), /the answer holds no list at/],
  ];
  it.each(lasting)('fails, and never ends short, on %s in the middle', async (_, fault, message) => {
    const pulling = pull(lines, (seen, number) => (number >= 2 ? fault : right(seen)));
    await expect(pulling).rejects.toThrow(message);
    await expect(pulling).rejects.not.toThrow('t0p-s3cret');
  });

  it('does not believe a server that sends the first page for ever', async () => {
    let first: Answer | undefined;
    const pulled = await pull(lines, (seen) => (first ??= right(seen)));
    expect(pulled.completeness.verdict).toBe('unproven');
    expect(pulled.ids).toEqual(IDS.slice(0, 10));
    expect(pulled.server.seen.length).toBeLessThanOrEqual(4);
  });
});

describe('a link to elsewhere', () => {
  it.each([
    ['link_header: {}', (url: string): Answer => json(slice(0), { headers: { link: `<${url}>; rel="next"` } }), '.'],
    ['next_url: { path: next }', (url: string): Answer => json({ users: slice(0), next: url }), 'users'],
  ])('is not followed: %s', async (paging, answer, records) => {
    const lines = `request: { path: users }\nrecords: ${records}\npaging: { ${paging} }\n`;
    const pulling = pull(lines, [answer('http://127.0.0.1:9/users?token=x')]);
    await expect(pulling).rejects.toThrow('refused to follow a link to http://127.0.0.1:9;');
  });
});

describe('a list by cursor', () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { cursor: { next: next, param: cursor, more: more } }\n';

  it('fails where more is said to come, and nothing says where', async () => {
    await expect(pull(lines, [json({ users: slice(0), more: true })])).rejects.toThrow('does not name the next one');
  });

  it('is unproven where nothing says whether it has ended', async () => {
    expect((await pull(lines, [json({ users: slice(0) })])).completeness.verdict).toBe('unproven');
  });

  it('goes on past an empty page, and past short ones', async () => {
    const { ids, completeness } = await pull(lines, [
      json({ users: users(1), next: 'a', more: true }),
      json({ users: [], next: 'b', more: true }),
      json({ users: users(1, 1), next: null, more: false }),
    ]);
    expect(ids).toEqual(['u0', 'u1']);
    expect(completeness.verdict).toBe('consistent');
  });

  it('is unproven where a row comes twice', async () => {
    const pages = [json({ users: users(3), next: 'a', more: true }), json({ users: users(3, 2), more: false })];
    expect((await pull(lines, pages)).completeness).toMatchObject({ verdict: 'unproven', unique: 5, received: 6 });
  });
});

describe('a list with a total', () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, size_param: limit, size: 10, total: n } }\n';
  const from = (seen: Seen): number => Number(queryOf(seen).get('skip'));

  it.each([
    ['overstated', 26],
    ['understated', 24],
    ['the size of a page', 10],
  ])('is unproven where it is %s', async (_, n) => {
    const { completeness, ids, server } = await pull(lines, (seen) => json({ users: slice(from(seen)), n }));
    expect(completeness.verdict).toBe('unproven');
    expect(ids).toEqual(IDS);
    expect(server.seen.length).toBeLessThan(8);
  });

  it('is proven where the page past its end is refused', async () => {
    const { completeness } = await pull(lines, (seen) => (from(seen) >= 25 ? raw(400) : json({ users: slice(from(seen)), n: 25 })));
    expect(completeness).toMatchObject({ verdict: 'proven', reasons: ['refuses a page past its end'] });
  });

  it('is unproven where it drifts', async () => {
    const { completeness } = await pull(lines, (seen, number) => json({ users: slice(from(seen)), n: number === 1 ? 24 : 25 }));
    expect(completeness.reasons.join()).toContain('the declared total moved');
  });
});
