import { describe, expect, it } from 'vitest';
import { json, raw, reset, type Answer, type Seen, truncated } from '../http/fault-server.js';
import { IDS, KINDS, originOf, slice } from './paging-kinds.js';
import { pull, queryOf, users } from './pull.js';

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

describe('a list by offset without a total', () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, size_param: limit, size: 10 } }\n';
  const skip = (seen: Seen): number => Number(queryOf(seen).get('skip'));
  const whole = users(25);

  // Requests: 0..9, 9..18, 18..24, 24, 25.
  it.each([2, 3, 4, 5])(
    'is whole, or not believed, whichever row goes before request %i',
    async (before) => {
      for (let gone = 0; gone < whole.length; gone++) {
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

it('a list by page number without a total says what it cannot show', async () => {
  const lines = 'request: { path: users }\nrecords: users\npaging: { page: { param: page } }\n';
  const answer = (seen: Seen) => json({ users: slice((Number(queryOf(seen).get('page')) - 1) * 10) });
  const { completeness } = await pull(lines, answer);
  expect(completeness).toMatchObject({ verdict: 'consistent' });
  expect(completeness.reasons.join()).toContain('a row that went while the pages were read may have hidden another one');
  expect((await pull(lines, (seen) => json({ users: queryOf(seen).get('page') === '1' ? users(3) : [] }))).completeness.reasons).toEqual(
    [],
  );
});
