import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../src/model/errors.js';
import { json, raw, reset, type Answer, type Seen, truncated } from '../http/fault-server.js';
import { IDS, KINDS, originOf } from './paging-kinds.js';
import { pull, type Pulled } from './pull.js';

const TOKEN = 't0p-s3cret';
const NOW = Date.now();
const html = raw(200, { 'content-type': 'text/html' }, `<html>log in ${TOKEN}</html>`);

/** What an API may say once in the middle of a list. `passes`: the list must be right after it. */
const FAULTS: Readonly<Record<string, { readonly answer: Answer; readonly passes: boolean }>> = {
  'a rate limit in seconds': { answer: raw(429, { 'retry-after': '7' }), passes: true },
  'a rate limit as a date': {
    answer: raw(429, { 'retry-after': new Date(NOW + 9_000).toUTCString(), date: new Date(NOW).toUTCString() }),
    passes: true,
  },
  'a rate limit with an epoch': {
    answer: raw(429, { 'x-ratelimit-reset': String(Math.ceil(NOW / 1000) + 5), date: new Date(NOW).toUTCString() }),
    passes: true,
  },
  'a rate limit with an epoch in ms': {
    answer: raw(429, { 'x-ratelimit-reset': String(NOW + 5_000), date: new Date(NOW).toUTCString() }),
    passes: true,
  },
  'a rate limit in a header of seconds': { answer: raw(429, { 'ratelimit-reset': '3' }), passes: true },
  'a rate limit without a word': { answer: raw(429), passes: true },
  'a rate limit of nonsense': { answer: raw(429, { 'retry-after': 'abc' }), passes: true },
  'a rate limit that is over': { answer: raw(429, { 'retry-after': '-5' }), passes: true },
  'a rate limit of an absurd number': { answer: raw(429, { 'retry-after': '1e9' }), passes: true },
  'a rate limit for a year': { answer: raw(429, { 'retry-after': '31536000' }), passes: false },
  'a rate limit as 403': { answer: raw(403, { 'x-ratelimit-remaining': '0', 'retry-after': '4' }), passes: true },
  'a server error': { answer: raw(500), passes: true },
  'no service': { answer: raw(503, { 'retry-after': '2' }), passes: true },
  'a reset': { answer: reset('at once'), passes: true },
  'a torn body': { answer: truncated('length'), passes: true },
  'torn JSON': { answer: raw(200, { 'content-type': 'application/json' }, '{"users": ['), passes: true },
  'a web page': { answer: html, passes: false },
  'a refusal': { answer: raw(403, {}, `{"error":"${TOKEN}"}`), passes: false },
  'another shape': { answer: json({ nothing: true }), passes: false },
  'a redirect elsewhere': { answer: raw(302, { location: 'http://127.0.0.1:9/steal' }), passes: false },
};

interface Ended {
  readonly pulled?: Pulled;
  readonly error?: SourceError;
}

async function ended(lines: string, answer: (seen: Seen, number: number) => Answer): Promise<Ended> {
  try {
    return { pulled: await pull(lines, answer) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { error };
  }
}

/** The one rule: the list is right, or it says that it is not whole, or it fails with a reason. And nothing shows the token. */
function honest({ pulled, error }: Ended): void {
  if (error !== undefined) {
    expect(error.message).toMatch(/^small: /);
    expect(error.message).not.toContain(TOKEN);
    return;
  }
  const { ids = [], completeness, trace = [], server } = pulled ?? {};
  if (completeness?.verdict === 'unproven') expect(completeness.reasons).not.toEqual([]);
  else expect(ids).toEqual(IDS);
  expect([...trace, ...(completeness?.reasons ?? [])].join('\n')).not.toContain(TOKEN);
  for (const { url } of server?.seen ?? []) expect(url).not.toContain(TOKEN);
}

describe.each(KINDS)('a misbehaving server: $name', ({ lines, page, requests: needed = 4 }) => {
  const right = (seen: Seen): Answer => page(seen, originOf(seen));

  it('is read right, or not believed, whatever it says and whenever', async () => {
    const names = Object.keys(FAULTS);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.constantFrom(...names), { freq: 2, nil: undefined }), { minLength: 1, maxLength: 6 }),
        async (schedule) => {
          let requests = 0;
          const end = await ended(lines, (seen, number) => {
            requests = number;
            const fault = schedule[number - 1];
            return fault === undefined ? right(seen) : (FAULTS[fault]?.answer ?? right(seen));
          });
          honest(end);
          // No storm: what a right list takes, and one more try for each fault.
          expect(requests).toBeLessThanOrEqual(needed + schedule.length);
          const met = schedule.slice(0, requests).flatMap((fault) => (fault === undefined ? [] : [FAULTS[fault]]));
          if (met.length === 1 && met[0]?.passes === true) expect(end.pulled?.ids).toEqual(IDS);
          if (met.some((fault) => fault?.passes === false)) expect(end.pulled).toBeUndefined();
        },
      ),
      { numRuns: 15, seed: 20_261_124 },
    );
  }, 60_000);

  it.each(Object.keys(FAULTS))('that answers nothing but %s is given up, and soon', async (name) => {
    let requests = 0;
    const end = await ended(lines, (_, number) => {
      requests = number;
      return FAULTS[name]?.answer ?? json({});
    });
    expect(end.pulled).toBeUndefined();
    honest(end);
    expect(requests).toBeLessThanOrEqual(10);
  });

  it('whose token runs out in the middle gets another one once, and says the page again', async () => {
    const auth = "auth: { oauth2_client: { token_url: 'https://small.example/token', client_id: me, client_secret: '${token}' } }\n";
    let tokens = 0;
    let withFirst = 0;
    const { ids, server, completeness } = await pull(`${auth}${lines}`, (seen) => {
      if (seen.url === '/token') return json({ access_token: `access-${++tokens}`, expires_in: 3600 });
      if (seen.headers.authorization === 'Bearer access-1' && ++withFirst > 1) return raw(401);
      return right(seen);
    });
    expect(ids).toEqual(IDS);
    expect(completeness.verdict).not.toBe('unproven');
    expect({ tokens, withFirst }).toEqual({ tokens: 2, withFirst: 2 });
    expect(server.seen.filter(({ headers }) => headers.authorization === 'Bearer access-2').length).toBeGreaterThan(0);
  });

  it('that takes no token at all is asked with two, and no more', async () => {
    const auth = "auth: { oauth2_client: { token_url: 'https://small.example/token', client_id: me, client_secret: '${token}' } }\n";
    let tokens = 0;
    let requests = 0;
    const end = await ended(`${auth}${lines}`, (seen, number) => {
      requests = number;
      return seen.url === '/token' ? json({ access_token: `access-${++tokens}` }) : raw(401);
    });
    expect(end.error?.fault).toBe('auth');
    expect({ tokens, requests }).toEqual({ tokens: 2, requests: 4 });
  });
});
