// The contract of the one HTTP client; its parts stand beside it in this folder.
import type { RequestSeen } from '../model/request-seen.js';
import type { Secret } from '../model/secret.js';
import { UsageError } from '../model/errors.js';
import { openConnection } from './connection.js';
import type { JsonRequest, JsonResponse } from './json-request.js';
import { isLoopback, openBase } from './origin.js';
import { Pause } from './pause.js';
import { proxyFor } from './proxy.js';
import { readJson, type Session } from './read-json.js';
import { sendable } from './secrets.js';
import { trustedAuthorities } from './trust.js';
import { VERSION } from '../contract/version.js';
import { realWorld, type World } from './world.js';
import type { XmlLists } from './xml.js';

export type { Judged, JsonRequest, JsonResponse, Refusal } from './json-request.js';

export interface HttpOptions {
  /** The system's name in the config, for messages. */
  readonly system: string;
  /** Requests go to this origin and below this path only. */
  readonly baseUrl: string;
  /** Sent with every request to that origin, and nowhere else. */
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly caFile?: string;
  readonly timeouts?: { readonly connectMs?: number; readonly idleMs?: number; readonly totalMs?: number };
  /** Of one decompressed body, bytes. */
  readonly maxBodyBytes?: number;
  /** Longest sum of waits that servers may impose on this client, ms. */
  readonly waitBudgetMs?: number;
  readonly maxAttempts?: number;
  /** The system's own names of the header that says when a limit resets, besides those that are known. */
  readonly resetHeaders?: readonly string[];
  /** Shortest time between two requests, ms. */
  readonly minIntervalMs?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly trace?: (line: string) => void;
  /** Told of every attempt once it has ended. */
  readonly onRequest?: (request: RequestSeen) => void;
  /** Answers may come in XML: which of its elements are lists. */
  readonly xml?: XmlLists;
}

export interface HttpClient {
  /** Sentences for the user that stop nothing: a token over plain http, for example. */
  readonly warnings?: readonly string[];
  /** @throws {SourceError} one line: what was attempted, on which system, what came back, what to do next */
  json(request: JsonRequest): Promise<JsonResponse>;
  /** Stops what is under way and closes the connections. */
  close(): Promise<void>;
}

const DEFAULTS = {
  connectMs: 10_000,
  idleMs: 30_000,
  totalMs: 120_000,
  maxBodyBytes: 64 * 1024 * 1024,
  waitBudgetMs: 10 * 60_000,
  maxAttempts: 6,
} as const;

/**
 * A client for one system. Everything that goes through it only reads, so everything may be tried again.
 *
 * @param world clock, waiting and chance; tests bring their own
 * @throws {UsageError} when the address, the CA file, a header or the proxy variable cannot be used
 */
export function createHttpClient(options: HttpOptions, world: World = realWorld): HttpClient {
  const { system, env, timeouts } = options;
  const base = openBase(system, options.baseUrl);
  const ca = trustedAuthorities(system, options.caFile, env['NODE_EXTRA_CA_CERTS']);
  const connection = openConnection(base.url, proxyFor(base.url, env), ca);
  const closing = new AbortController();
  const session: Session = {
    system,
    base,
    connection,
    world,
    pause: new Pause(options.waitBudgetMs ?? DEFAULTS.waitBudgetMs, world),
    limits: {
      connectMs: timeouts?.connectMs ?? DEFAULTS.connectMs,
      idleMs: timeouts?.idleMs ?? DEFAULTS.idleMs,
      totalMs: timeouts?.totalMs ?? DEFAULTS.totalMs,
      maxBodyBytes: options.maxBodyBytes ?? DEFAULTS.maxBodyBytes,
    },
    maxAttempts: options.maxAttempts ?? DEFAULTS.maxAttempts,
    resetHeaders: (options.resetHeaders ?? []).map((name) => name.toLowerCase()),
    minIntervalMs: options.minIntervalMs ?? 0,
    headers: { 'user-agent': `lifegap/${VERSION}`, accept: 'application/json, application/scim+json;q=0.9', ...options.headers },
    closing: closing.signal,
    redact: options.redact,
    ...(options.trace === undefined ? {} : { trace: options.trace }),
    ...(options.onRequest === undefined ? {} : { onRequest: options.onRequest }),
    ...(options.xml === undefined ? {} : { xml: options.xml }),
  };
  const wrong = sendable(session.headers);
  if (wrong !== undefined) throw new UsageError(`${system}: ${wrong}`);
  const isOpen = base.url.protocol === 'http:' && !isLoopback(base.url);
  return {
    warnings: isOpen ? [`${system}: ${base.origin} is plain http: the token and the list travel in the clear; use https`] : [],
    json: (request) => readJson(request, session),
    close: () => {
      closing.abort();
      connection.close();
      return Promise.resolve();
    },
  };
}
