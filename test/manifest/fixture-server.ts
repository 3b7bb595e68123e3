import { isDeepStrictEqual } from 'node:util';
import type { World } from '../../src/http/world.js';
import { type FaultServer, raw, type Seen, startFaultServer } from '../http/fault-server.js';

export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string | readonly string[]>>;
    readonly headers?: Readonly<Record<string, string>>;
    /** JSON, or the text of a form. */
    readonly body?: unknown;
  };
  readonly response: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    /** In place of `body`. */
    readonly xml?: string;
    /** Seconds that the client must wait after this answer. */
    readonly waits?: number;
  };
  /** One of several in a row that are asked for side by side: they may come in any order. */
  readonly together?: boolean;
}

/** Time that passes as soon as it is waited for. */
export interface TestWorld extends World {
  readonly waited: () => number;
}

export function hastyWorld(start = 0): TestWorld {
  let now = start;
  return {
    now: () => now,
    elapsed: () => now,
    waited: () => now - start,
    random: () => 0,
    wait: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

export interface SlowWorld extends TestWorld {
  /** Time passes for whoever waits for an answer. */
  readonly elapse: (ms: number) => void;
  /** Is called whenever a part of an answer has come. */
  onPart: () => void;
}

/** A world in which nothing is late by itself, however slow the machine: time passes where `elapse` says so. */
export function slowWorld(): SlowWorld {
  const alarms = new Set<{ due: number; readonly ring: () => void }>();
  let elapsed = 0;
  const world: SlowWorld = {
    ...hastyWorld(Date.now()),
    elapse(ms) {
      elapsed += ms;
      for (const alarm of [...alarms]) {
        if (alarm.due > elapsed) continue;
        alarms.delete(alarm);
        alarm.ring();
      }
    },
    onPart: () => undefined,
    alarm(ms, ring) {
      const alarm = { due: elapsed + ms, ring };
      alarms.add(alarm);
      return {
        putOff: () => {
          alarm.due = elapsed + ms;
          world.onPart();
        },
        stop: () => void alarms.delete(alarm),
      };
    },
  };
  return world;
}

export interface FixtureServer extends FaultServer {
  /** What did not go as recorded, one line each. */
  readonly mistakes: string[];
  /** Exchanges that were not asked for. */
  readonly left: () => number;
}

/** Plays recorded exchanges in turn. A request that is not the recorded one is noted, and answered 418. */
export async function startFixture(exchanges: readonly Exchange[], world: TestWorld): Promise<FixtureServer> {
  const mistakes: string[] = [];
  const left = [...exchanges];
  let at = 0;
  let origin = '';
  let due: { readonly at: number; readonly number: number } | undefined;
  const server = await startFaultServer((seen) => {
    at++;
    const end = left.findIndex(({ together }) => together !== true);
    const side = end === 0 ? left.slice(0, 1) : left.slice(0, end < 0 ? undefined : end);
    const place = Math.max(0, side.findIndex(({ request }) => differences(seen, request).length === 0)); // prettier-ignore
    const [exchange] = left.splice(place, 1);
    if (due !== undefined && world.now() < due.at) mistakes.push(`request ${at} came ${due.at - world.now()} ms too early`);
    due = undefined;
    const wrong = exchange === undefined ? ['is one too many'] : differences(seen, exchange.request);
    mistakes.push(...wrong.map((what) => `request ${at} (${seen.method} ${decodeURIComponent(seen.url)}) ${what}`));
    if (exchange === undefined || wrong.length > 0) return raw(418, {}, '');
    const { status = 200, headers = {}, body, xml, waits } = exchange.response;
    if (waits !== undefined) due = { at: world.now() + waits * 1000, number: at };
    const text = (value: string): string => value.replaceAll('{{origin}}', origin);
    const all = {
      'content-type': xml === undefined ? 'application/json' : 'text/xml',
      date: new Date(world.now()).toUTCString(),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, text(value)])),
    };
    return raw(status, all, xml !== undefined ? text(xml) : body === undefined ? '' : text(JSON.stringify(body)));
  });
  origin = server.origin;
  return Object.assign(server, { mistakes, left: () => left.length });
}

function differences(seen: Seen, expected: Exchange['request']): string[] {
  const url = new URL(seen.url, 'http://any.example');
  const query: Record<string, string | string[]> = {};
  for (const name of url.searchParams.keys()) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const wrong: string[] = [];
  if (seen.method !== expected.method) wrong.push(`should be ${expected.method}`);
  if (url.pathname !== expected.path) wrong.push(`should go to ${expected.path}`);
  if (!isDeepStrictEqual(query, { ...expected.query }))
    wrong.push(`should ask for ${JSON.stringify(expected.query ?? {})}, not ${JSON.stringify(query)}`);
  for (const [name, value] of Object.entries(expected.headers ?? {}))
    if (seen.headers[name.toLowerCase()] !== value)
      wrong.push(`should carry ${name}: ${value}, not ${String(seen.headers[name.toLowerCase()])}`);
  if (expected.body !== undefined) {
    const isForm = seen.headers['content-type'] === 'application/x-www-form-urlencoded';
    const body: unknown = isForm ? Object.fromEntries(new URLSearchParams(seen.body)) : seen.body === '' ? '' : JSON.parse(seen.body);
    if (!isDeepStrictEqual(body, expected.body)) wrong.push(`should say ${JSON.stringify(expected.body)}, not ${JSON.stringify(body)}`);
  }
  return wrong;
}
