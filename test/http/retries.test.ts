import { describe, expect, it } from 'vitest';
import { bench, NO_SUCH_HOST, NOW } from './bench.js';
import { bytes, json, raw, reset, truncated, type Answer } from './fault-server.js';

const PAGE = { totalResults: 0, Resources: [] };
const ok = json(PAGE);

describe('what is tried again', () => {
  const transient: [string, Answer][] = [
    ...[408, 425, 429, 500, 502, 503, 504].map((status): [string, Answer] => [String(status), json({}, { status })]),
    ['a reset before the answer', reset('at once')],
    ['a reset in the body', reset('in the body')],
    ['a body shorter than its Content-Length', truncated('length')],
    ['a chunked body without its last chunk', truncated('chunked')],
    ['cut JSON', raw(200, { 'content-type': 'application/json' }, '{"Resources":[{"id":"1"')],
    [
      'a gzip stream that ends early',
      raw(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, Buffer.from('1f8b08', 'hex')),
    ],
  ];
  it.each(transient)('%s', async (_name, fault) => {
    const { get, server, world } = await bench([fault, ok]);
    expect((await get()).body).toEqual(PAGE);
    expect(server.seen).toHaveLength(2);
    expect(world.waits).toHaveLength(1);
  });

  it('flapping, with a growing ceiling, and POST that only reads as well', async () => {
    const flap = [500, 502, 503, 500, 504].map((status) => json({}, { status }));
    const { get, server, world } = await bench([...flap, ok]);
    expect((await get('Users/.search', { method: 'POST', json: { count: 1 } })).status).toBe(200);
    expect(server.seen.map(({ method, body }) => [method, body])).toEqual(Array(6).fill(['POST', '{"count":1}']));
    expect(world.waits).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  it('waits no longer where the time of day is set back meanwhile', async () => {
    const { get, server, world } = await bench([json({}, { status: 429, headers: { 'retry-after': '2' } }), ok]);
    world.steps = -3_600_000;
    await get();
    expect(server.seen).toHaveLength(2);
    expect(world.waits).toEqual([2250]);
  });

  it('gives up after six attempts, and says how often it tried', async () => {
    const { fails, server, trace } = await bench([json({ detail: 'maintenance' }, { status: 503 })]);
    const error = await fails();
    expect(error.fault).toBe('server');
    expect(error.message).toBe(
      `hr: reading page 3 of Users: GET ${server.origin}/scim/v2/Users answered 503 "maintenance" (attempt 6, the last); the fault is on its side: try again later`,
    );
    expect(server.seen).toHaveLength(6);
    expect(trace[5]).toBe(`GET ${server.origin}/scim/v2/Users 503 0 ms, attempt 6`);
  });

  it('cut JSON only once', async () => {
    const { fails, server } = await bench([raw(200, { 'content-type': 'application/json' }, '{"Resources":[')]);
    expect((await fails()).message).toContain('JSON that is cut short or broken');
    expect(server.seen).toHaveLength(2);
  });

  it('a refused connection twice', async () => {
    const { fails, server, trace } = await bench([ok]);
    await server.close();
    const error = await fails();
    expect([error.fault, trace.length]).toEqual(['network', 3]);
    expect(error.message).toContain('could not be reached (ECONNREFUSED)');
  });

  it('a kept-alive connection that the server closes at the edge', async () => {
    const { get, server } = await bench((_seen, number) => (response, seen) => {
      ok(response, seen);
      if (number % 2 === 0) response.on('finish', () => setImmediate(() => response.socket?.destroy()));
    });
    for (let page = 0; page < 30; page++) expect((await get()).body).toEqual(PAGE);
    expect(server.seen.length).toBeGreaterThanOrEqual(30);
  });
});

describe('what is not', () => {
  it.each([400, 401, 403, 404, 405, 409, 410, 501])('status %d', async (status) => {
    const { fails, server } = await bench([json({}, { status })]);
    expect((await fails()).message).toContain(`answered ${status}`);
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['a 20 KB header', `HTTP/1.1 200 OK\r\nx-big: ${'x'.repeat(20_000)}\r\n\r\n`, 'HPE_HEADER_OVERFLOW'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}', 'HPE_UNEXPECTED_CONTENT_LENGTH'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n{}', 'HPE_'],
    [
      'a broken chunk',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n',
      'HPE_INVALID_CHUNK_SIZE',
    ],
  ])('%s', async (_name, answer, code) => {
    const { fails, server } = await bench([bytes(answer)]);
    const error = await fails();
    expect([error.fault, server.seen.length]).toEqual(['malformed', 1]);
    expect(error.message).toContain(code);
  });

  it('a host that does not exist', async () => {
    const { fails, trace } = await bench([ok], { baseUrl: `http://${NO_SUCH_HOST}/scim/v2` });
    const error = await fails();
    expect([error.fault, trace.length]).toEqual(['network', 1]);
    expect(error.message).toContain('host name that does not resolve (ENOTFOUND)');
  });
});

describe('waits that the system asks for', () => {
  const limited = (headers: Record<string, string>, status = 429): Answer => json({}, { status, headers });
  const date = (offset: number): string => new Date(NOW + offset).toUTCString();

  it.each([
    ['Retry-After in seconds', { 'retry-after': '7' }, 7000],
    ['Retry-After as a date of a clock two hours off', { date: date(-7_200_000), 'retry-after': date(-7_200_000 + 9000) }, 9000],
    ['X-Rate-Limit-Reset, epoch seconds', { date: date(0), 'x-rate-limit-reset': String(NOW / 1000 + 11) }, 11_000],
    ['X-RateLimit-Reset, epoch ms', { date: date(0), 'x-ratelimit-reset': String(NOW + 12_000) }, 12_000],
    ['RateLimit-Reset, seconds from now', { 'ratelimit-reset': '13' }, 13_000],
    ['X-RateLimit-Retry-After', { 'x-ratelimit-retry-after': '14' }, 14_000],
  ])('%s', async (_name, headers, ms) => {
    const { get, world } = await bench([limited({ date: date(0), ...headers }), ok]);
    await get();
    expect(world.waits).toEqual([ms + 250]);
  });

  it.each(['-5', 'Infinity', 'NaN', '1e9', 'abc', '0', '', date(-60_000)])(
    'Retry-After %j makes no sense: our own backoff',
    async (value) => {
      const { get, world } = await bench([limited({ date: date(0), 'retry-after': value }), ok]);
      await get();
      expect(world.waits.every((ms) => ms <= 750)).toBe(true);
      expect(world.waits).toHaveLength(1);
    },
  );

  it.each([
    ['retry-after', { 'retry-after': '3' }, {}],
    ['x-ratelimit-remaining 0', { 'x-ratelimit-remaining': '0' }, {}],
    ['Google', {}, { error: { errors: [{ reason: 'rateLimitExceeded' }] } }],
    ['GitHub', {}, { message: 'You have exceeded a secondary rate limit' }],
  ])('403 that is a limit: %s', async (_name, headers, body) => {
    const { get, server } = await bench([json(body, { status: 403, headers }), ok]);
    await get();
    expect(server.seen).toHaveLength(2);
  });

  it('a day is too long: fails at once, and says until when', async () => {
    const { fails, server, world } = await bench([limited({ date: date(0), 'retry-after': '86400' })]);
    const error = await fails();
    expect(error.fault).toBe('rate-limited');
    expect(error.message).toContain('rate limited until 2026-11-24T10:00:00Z; that is 24 h away');
    expect([server.seen.length, world.waits.length]).toEqual([1, 0]);
  });

  it('many short waits use up the same budget', async () => {
    const { fails, server } = await bench([limited({ 'retry-after': '40' }, 503)], { waitBudgetMs: 100_000 });
    expect((await fails()).message).toContain('asked to wait until');
    expect(server.seen).toHaveLength(3);
  });

  it('one pause holds for all parallel requests, and is paid once', async () => {
    const { get, server, world } = await bench((_seen, number) => (number === 1 ? limited({ 'retry-after': '60' }) : ok), {
      waitBudgetMs: 61_000,
    });
    const first = get();
    await expect.poll(() => world.waits.length).toBe(1);
    await Promise.all([first, get(), get()]);
    expect(server.seen).toHaveLength(4);
    expect(world.clock).toBeLessThan(NOW + 61_000);
  });

  it('429 for ever ends as a failure that names the reset', async () => {
    const { fails, server } = await bench([limited({ 'retry-after': '5' })]);
    const error = await fails();
    expect([error.fault, server.seen.length]).toEqual(['rate-limited', 6]);
    expect(error.message).toMatch(/the limit resets at 2026-11-23T10:00:\d\dZ/);
  });
});
