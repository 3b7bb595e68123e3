import fc from '../property.js';
import { describe, expect, it } from 'vitest';
import { json, raw, reset, type Answer, type Seen, truncated } from '../http/fault-server.js';
import { IDS, KINDS, originOf, slice } from './paging-kinds.js';
import { pull, queryOf, users } from './pull.js';
import { cases } from '../night.js';

describe.each(KINDS)('paging: $name', ({ lines, verdict, page, requests = 4 }) => {
  const right = (seen: Seen): Answer => page(seen, originOf(seen));

  it('reads every row once', async () => {
    const { ids, completeness, server, rows } = await pull(lines, right);
    expect(ids).toEqual(IDS);
    expect(completeness).toMatchObject({ verdict, unique: 25, received: 25 });
    expect(rows[0]).toMatchObject({ userName: 'u0', status: 'active' });
    expect(server.seen.length).toBeLessThanOrEqual(requests);
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
    expect(server.seen.length).toBeLessThanOrEqual(requests + 1);
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

describe('a list by offset without a total', () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, size_param: limit, size: 10 } }\n';
  const skip = (seen: Seen): number => Number(queryOf(seen).get('skip'));
  const whole = users(25);

  // Requests: 0..9, 9..18, 18..24, 24, 25.
  it.each([2, 3, 4, 5])(
    'is whole, or not believed, whichever row goes before request %i',
    async (before) => {
      // By day every third row, the last of the first page and the one after it among them.
      for (let gone = 0; gone < whole.length; gone += cases(1, 3)) {
        const left = whole.filter((_, i) => i !== gone);
        const { ids, completeness } = await pull(lines, (seen, number) =>
          json({ users: (number < before ? whole : left).slice(skip(seen), skip(seen) + 10) }),
        );
        const missed = left.filter(({ id }) => !ids.includes(id));
        if (missed.length > 0) expect(completeness.verdict).toBe('unproven');
        // Before the second request, a row of the first page makes u10 slip by.
        if (before === 2 && gone < 10) expect(completeness.reasons.join()).toContain('rows moved while the pages were read');
        if (before === 2 && gone > 10) expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
      }
    },
    60_000,
  );

  it('goes on after a short page, and with pages of one row', async () => {
    for (const cap of [1, 2, 3, 7]) {
      const { ids, completeness } = await pull(lines, (seen) => json({ users: whole.slice(skip(seen), skip(seen) + cap) }));
      expect(ids).toEqual(IDS);
      expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
    }
    // One page that holds nothing but the row before it.
    const { ids } = await pull(lines, (seen, number) => json({ users: whole.slice(skip(seen), skip(seen) + (number === 2 ? 1 : 10)) }));
    expect(ids).toEqual(IDS);
  });

  it('knows a row again by its id, whatever else of it has changed', async () => {
    const { ids, completeness } = await pull(lines, (seen, number) =>
      json({ users: whole.slice(skip(seen), skip(seen) + 10).map((user) => ({ ...user, seen: number })) }),
    );
    expect({ ids, verdict: completeness.verdict }).toEqual({ ids: IDS, verdict: 'consistent' });
  });
});

describe.each([
  ['page number', 'page: { param: p, start: 0, size_param: limit, size: 10 }', (seen: Seen) => Number(queryOf(seen).get('p')) * 10],
  [
    'number of the page, the last one told',
    'page: { param: p, start: 0, last_page: pages }',
    (seen: Seen) => Number(queryOf(seen).get('p')) * 10,
  ],
  [
    'offset by the size asked for',
    'offset: { param: skip, size_param: limit, size: 10, step: size }',
    (seen: Seen) => Number(queryOf(seen).get('skip')),
  ],
] as const)('a list without a total, by %s', (_, paging, from) => {
  const lines = `request: { path: users }\nrecords: users\npaging: { ${paging} }\n`;
  const answer = (rows: readonly object[], seen: Seen): Answer =>
    json({ users: rows.slice(from(seen), from(seen) + 10), pages: Math.ceil(rows.length / 10) });

  it('is not believed where a row that was there all the time was passed over, whatever went or moved, and when', async () => {
    const count = fc.integer({ min: 1, max: 41 });
    await fc.assert(
      fc.asyncProperty(
        count,
        fc.nat(),
        fc.option(fc.nat(), { nil: undefined }),
        fc.integer({ min: 2, max: 10 }),
        async (n, at, to, before) => {
          const whole = users(n);
          const moved = whole.filter((_row, i) => i !== at % n);
          if (to !== undefined) moved.splice(to % n, 0, whole[at % n] as (typeof whole)[number]);
          const { ids, completeness, server } = await pull(lines, (seen, number) => answer(number < before ? whole : moved, seen));
          const missed = moved.filter(({ id }) => !ids.includes(id));
          if (missed.length > 0) expect(completeness.verdict).toBe('unproven');
          expect(server.seen.length).toBeLessThanOrEqual(2 * (Math.ceil(n / 10) + 2));
        },
      ),
      { numRuns: cases(60, 50) },
    );
  }, 60_000);

  it('says so, where a row of the first page goes before the second is asked for', async () => {
    const whole = users(25);
    const { completeness, ids } = await pull(lines, (seen, number) => answer(number < 2 ? whole : whole.slice(1), seen));
    expect(ids).not.toContain('u10');
    expect(completeness.reasons.join()).toContain('a page that was read again held other rows');
  });

  it('is not believed where a page is refused that was there before', async () => {
    const whole = users(25);
    const { completeness, ids } = await pull(lines, (seen, number) => (number === 3 ? raw(404) : answer(whole, seen)));
    expect(completeness.reasons.join()).toContain('could not be read again');
    expect(ids.length).toBeGreaterThanOrEqual(20);
  });

  it('is right where nothing moves, and also where rows go that were read long ago', async () => {
    const whole = users(45);
    expect((await pull(lines, (seen) => answer(whole, seen))).completeness).toMatchObject({
      verdict: 'consistent',
      reasons: [],
      unique: 45,
    });
    // The last row goes when its page has come: nothing was passed over.
    const { ids } = await pull(lines, (seen, number) => answer(number < 9 ? whole : whole.slice(0, -1), seen));
    expect(ids).toHaveLength(45);
  });
});

it('a page is known again by the ids of its rows, whatever else of them has changed', async () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { page: { param: page } }\n';
  const { completeness } = await pull(
    lines,
    (seen, number) =>
    json({ users: users(25).slice((Number(queryOf(seen).get('page')) - 1) * 10).slice(0, 10).map((user) => ({ ...user, seen: number })) }), // prettier-ignore
  );
  expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
});

/** A server whose links, cursors and next URLs may be lost on the way. */
const FULL: readonly (readonly [string, string, (next: string | undefined, rows: object[]) => Answer])[] = [
  [
    'a link header',
    'records: .\npaging: { link_header: { size_param: limit, size: 10 } }',
    (next, rows) => json(rows, { headers: next === undefined ? {} : { link: `<${next}>; rel="next"` } }),
  ],
  [
    'a next URL',
    "records: users\npaging: { next_url: { path: '@odata.nextLink', size_param: limit, size: 10 } }",
    (next, rows) => json({ users: rows, ...(next === undefined ? {} : { '@odata.nextLink': next }) }),
  ],
  [
    'a cursor',
    'records: users\npaging: { cursor: { next: next, param: after, size_param: limit, size: 10 } }',
    (next, rows) => json({ users: rows, next: next === undefined ? null : queryOf({ url: next } as Seen).get('after') }),
  ],
];

describe.each(FULL)('a list that ends where %s names nothing more', (_, paging, answer) => {
  const lines = `request: { path: users }\n${paging}\n`;
  const serve =
    (count: number, isLost: (number: number) => boolean = () => false, cap = Infinity) =>
    (seen: Seen, number: number): Answer => {
      const from = Number(queryOf(seen).get('after') ?? 0);
      const size = Math.min(cap, Number(queryOf(seen).get('limit') ?? 10));
      const next = from + size < count && !isLost(number) ? `/users?after=${from + size}&limit=${size}` : undefined;
      return answer(next, users(count).slice(from, from + size));
    };

  it.each([0, 1, 9, 11, 20, 25])('is believed with %i rows, and asked for nothing more', async (count) => {
    const { ids, completeness, server } = await pull(lines, serve(count));
    expect(ids).toHaveLength(count);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
    expect(server.seen).toHaveLength(Math.max(1, Math.ceil(count / 10)));
  });

  it('is asked for half a page where the only one is full: named there, the next page was not left out before', async () => {
    const { ids, completeness, server } = await pull(lines, serve(10));
    expect(ids).toHaveLength(10);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [], received: 10 });
    expect(server.seen.map((seen) => queryOf(seen).get('limit'))).toEqual(['10', '5']);
  });

  it('is not believed where what names the next page is lost on the way, or the size is ignored', async () => {
    const lost = await pull(
      lines,
      serve(25, () => true),
    );
    expect(lost.completeness).toMatchObject({ verdict: 'unproven', unique: 10, received: 10 });
    expect(lost.completeness.reasons.join()).toContain('the only page is full (10 rows) and names no next one, nor does one of 5 rows');
    expect(lost.server.seen).toHaveLength(2);
    const deaf = await pull(lines, () => answer(undefined, users(10)));
    expect(deaf.completeness.verdict).toBe('unproven');
  });

  it('is not believed where the half page is refused', async () => {
    const { completeness } = await pull(lines, (seen, number) => (number === 1 ? serve(10)(seen, 1) : raw(400)));
    expect(completeness).toMatchObject({ verdict: 'unproven', unique: 10 });
    expect(completeness.reasons.join()).toContain('one of 5 rows is refused');
    const failing = pull(lines, (seen, number) => (number === 1 ? serve(10)(seen, 1) : raw(403)));
    await expect(failing).rejects.toThrow('checking the pages of users');
  });

  it('is not believed where it stops with a full page at a round thousand', async () => {
    const thousands = lines.replace('size: 10', 'size: 500');
    const silent = (seen: Seen, number: number): Answer =>
      number === 2 ? json(lines.includes('records: .') ? users(500, 500) : { users: users(500, 500) }) : serve(1200)(seen, number);
    const { completeness, server } = await pull(thousands, silent);
    expect(completeness.reasons.join()).toContain('ends with a full page after 1000 rows');
    expect(server.seen).toHaveLength(2);
    expect((await pull(thousands, serve(1500))).completeness.verdict).toBe('consistent');
  });
});

describe('a round thousand that is said to be the end', () => {
  const page = (seen: Seen): number => Number(queryOf(seen).get('after') ?? 0);
  const SAID: readonly [string, string, (seen: Seen) => Answer][] = [
    ['an empty cursor', 'records: users\npaging: { cursor: { next: next, param: after, size_param: limit, size: 500 } }', (seen) => json({ users: users(500, page(seen)), next: page(seen) === 0 ? '500' : '' })],
    ['a Link header without a next page', 'records: .\npaging: { link_header: { size_param: limit, size: 500 } }', (seen) => json(users(500, page(seen)), { headers: { link: page(seen) === 0 ? '</users?after=500&limit=500>; rel="next"' : '</users?limit=500>; rel="first"' } })],
    ['null for a next URL', 'records: users\npaging: { next_url: { path: next, size_param: limit, size: 500 } }', (seen) => json({ users: users(500, page(seen)), next: page(seen) === 0 ? '/users?after=500&limit=500' : null })],
  ]; // prettier-ignore
  it.each(SAID)('by %s is believed', async (_, paging, answer) => {
    const { ids, completeness } = await pull(`request: { path: users }\n${paging}\n`, answer);
    expect(ids).toHaveLength(1000);
    expect(completeness).toMatchObject({ verdict: 'consistent', reasons: [] });
  });
});
