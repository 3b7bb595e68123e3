import fc from '../property.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SourceError } from '../../src/model/errors.js';
import { json, raw, reset, stallBody, startFaultServer, type Answer, type Seen, truncated } from '../http/fault-server.js';
import { cases, NIGHT } from '../night.js';
import { slowWorld } from './fixture-server.js';
import { IDS, KINDS, originOf } from './paging-kinds.js';
import { pull, type Pulled } from './pull.js';

const TOKEN = 't0p-s3cret';
const NOW = Date.now();
const html = raw(200, { 'content-type': 'text/html' }, `<html>log in ${TOKEN}</html>`);

/** Of the pull that is under way. */
let world = slowWorld();

/** Headers and the first bytes, and then nothing, until whoever waits has waited long enough. */
const stalled: Answer = (response) => {
  world.onPart = () => {
    world.onPart = () => undefined;
    setImmediate(() => world.elapse(30_000));
  };
  stallBody(response, { method: 'GET', url: '', headers: {}, body: '' });
};

/** A byte every ten seconds: no silence is long, and the answer never ends. */
const dripping: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const drop = (): void => {
    if (!response.destroyed) response.write(' ');
  };
  world.onPart = () =>
    setImmediate(() => {
      world.elapse(10_000);
      drop();
    });
  response.on('close', () => (world.onPart = () => undefined));
  drop();
};

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
  'a body that stops in the middle': { answer: stalled, passes: true },
  'a body that never ends': { answer: dripping, passes: true },
  'another shape': { answer: json({ nothing: true }), passes: false },
  'a redirect elsewhere': { answer: raw(302, { location: 'http://127.0.0.1:9/steal' }), passes: false },
};

interface Ended {
  readonly pulled?: Pulled;
  readonly error?: SourceError;
}

async function ended(lines: string, answer: (seen: Seen, number: number) => Answer): Promise<Ended> {
  world = slowWorld();
  try {
    return { pulled: await pull(lines, answer, undefined, world) };
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

const placed = KINDS.map((kind, place) => ({ ...kind, place }));

describe.each(placed)('a misbehaving server: $name', ({ lines, page, requests: needed = 4, place }) => {
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
      { numRuns: cases(15, 6) },
    );
  }, 60_000);

  // By night each of them; by day every third, and another third for the next kind of paging.
  const given = Object.keys(FAULTS).filter((_, i) => NIGHT || (i + place) % 3 === 0);
  it.each(given)('that answers nothing but %s is given up, and soon', async (name) => {
    let requests = 0;
    const end = await ended(lines, (_, number) => {
      requests = number;
      return FAULTS[name]?.answer ?? json({});
    });
    expect(end.pulled).toBeUndefined();
    honest(end);
    if (/^a body that (stops|never ends)/.test(name)) expect(end.error?.fault).toBe('timeout');
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

/** Where a list may try to send its reader: `here` is the system itself, `there` another one that listens. */
const ELSEWHERE: Readonly<Record<string, (here: URL, there: URL) => string>> = {
  'another port': (_, there) => `${there.origin}/users?after=c10`,
  'another name of the same machine': (here) => `http://localhost:${here.port}/users?after=c10`,
  'a host after a user name': (here, there) => `http://${here.host}@${there.host}/users?after=c10`,
  'a host without a scheme': (_, there) => `//${there.host}/users?after=c10`,
  'a host behind backslashes': (_, there) => `\\\\${there.host}\\users?after=c10`,
  'another scheme': (here) => `https://${here.host}/users?after=c10`,
  'no HTTP at all': () => 'file:///etc/passwd',
};

describe.each(KINDS.filter(({ naming }) => naming !== undefined))('a next page that is elsewhere: $name', ({ lines, naming }) => {
  it.each(Object.keys(ELSEWHERE))('is never asked for: %s', async (where) => {
    const other = await startFaultServer(() => json({ users: [] }));
    onTestFinished(() => other.close());
    for (const from of [1, 2]) {
      const end = await ended(lines, (seen, number) => {
        const here = new URL(originOf(seen));
        const next = ELSEWHERE[where]?.(here, new URL(other.origin)) ?? '';
        // The first page names a page of its own, or the second does.
        return naming?.(seen, number < from ? undefined : next, here.origin) ?? raw(500);
      });
      honest(end);
      expect(end.pulled?.completeness.verdict ?? 'unproven').toBe('unproven');
      if (/link|next/.test(lines) && !lines.includes('cursor')) expect(end.error?.message).toMatch(/refused to follow a link|is no URL/);
    }
    expect(other.connections()).toBe(0);
  });
});

it('a token endpoint that sends elsewhere gets no second look, and the other host no secret', async () => {
  const other = await startFaultServer(() => json({ access_token: 'stolen' }));
  onTestFinished(() => other.close());
  const auth = "auth: { oauth2_client: { token_url: 'https://small.example/token', client_id: me, client_secret: '${token}' } }\n";
  const { lines } = KINDS[0] as (typeof KINDS)[number];
  const end = await ended(`${auth}${lines}`, () => raw(307, { location: `${other.origin}/token` }));
  honest(end);
  expect(end.pulled).toBeUndefined();
  expect(other.connections()).toBe(0);
});
