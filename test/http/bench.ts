import { inspect } from 'node:util';
import { afterEach, expect } from 'vitest';
import { SourceError } from '../../src/model/errors.js';
import { Secret } from '../../src/model/secret.js';
import { createHttpClient, type HttpClient, type HttpOptions, type JsonRequest, type JsonResponse } from '../../src/http/client.js';
import type { World } from '../../src/http/world.js';
import { startFaultServer, type FaultServer } from './fault-server.js';

/** Sent with every request of these tests, so that every failure can be searched for it. */
export const TOKEN = 'tok-3f9a7c1e55d2';

/** No resolver is asked for it: a label of 64 letters is one too long for DNS, so the lookup fails inside this machine. */
export const NO_SUCH_HOST = `${'x'.repeat(64)}.invalid`;

/** 2026-11-23T10:00:00Z */
export const NOW = Date.UTC(2026, 10, 23, 10);

/** A clock that jumps instead of waiting, and remembers every wait. Chance always gives the most: `random` is just below 1. */
export class FakeWorld implements World {
  readonly waits: number[] = [];
  clock = NOW;
  monotonic = 0;
  /** By how much the time of day is set on while something waits, ms. */
  steps = 0;

  now(): number {
    return this.clock;
  }

  elapsed(): number {
    return this.monotonic;
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.monotonic += ms;
    this.waits.push(Math.round(ms));
    this.clock += ms + this.steps;
    await Promise.resolve();
  }

  random(): number {
    return 0.999_999;
  }
}

/** One client against one server, and what both saw. */
export interface Bench {
  readonly server: FaultServer;
  readonly client: HttpClient;
  readonly world: FakeWorld;
  readonly trace: string[];
  get(url?: string, more?: Partial<JsonRequest>): Promise<JsonResponse>;
  /** Asserts that it fails, on one line, and without the token anywhere. */
  fails(url?: string, more?: Partial<JsonRequest>): Promise<SourceError>;
}

const opened: { close(): Promise<void> }[] = [];

/** Closes with the test whatever is given to it. */
export function closing<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
  opened.push(thing);
  return thing;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

export async function bench(
  schedule: Parameters<typeof startFaultServer>[0],
  options: Partial<HttpOptions> = {},
  tls?: Parameters<typeof startFaultServer>[1],
): Promise<Bench> {
  return against(closing(await startFaultServer(schedule, tls)), options);
}

export function against(server: FaultServer, options: Partial<HttpOptions> = {}): Bench {
  const world = new FakeWorld();
  const trace: string[] = [];
  const client = closing(
    createHttpClient(
      {
        system: 'hr',
        baseUrl: `${server.origin}/scim/v2`,
        headers: { Authorization: new Secret(`Bearer ${TOKEN}`), 'X-Api-Key': new Secret(TOKEN) },
        env: {},
        redact: (text) => text,
        trace: (line) => trace.push(line),
        ...options,
      },
      world,
    ),
  );
  const get: Bench['get'] = (url = 'Users', more = {}) =>
    client.json({ url, signal: new AbortController().signal, purpose: 'reading page 3 of Users', ...more });
  const fails: Bench['fails'] = async (url, more) => {
    const error = await get(url, more).then(
      () => expect.fail('it was expected to fail'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof SourceError)) throw error;
    for (const text of [error.message, inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error), ...trace]) {
      expect(text).not.toContain(TOKEN);
      expect(text).not.toContain(Buffer.from(TOKEN).toString('base64'));
    }
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(error.message).toMatch(/^hr: reading page 3 of Users: /);
    expect(error.cause).toBeUndefined();
    return error;
  };
  return { server, client, world, trace, get, fails };
}
