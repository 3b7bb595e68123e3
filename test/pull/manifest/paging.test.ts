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
