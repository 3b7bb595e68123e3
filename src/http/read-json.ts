import { hash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { RequestSeen } from '../model/request-seen.js';
import type { Connection } from './connection.js';
import { exchange, type Limits } from './exchange.js';
import { duration, Fault, toSourceError } from './fault.js';
import { parseJson, tryJson } from './json-body.js';
import type { Judged, JsonRequest, JsonResponse, Refusal } from './json-request.js';
import { resolveWithin, sameOrigin, withQuery, type Base } from './origin.js';
import type { Pause } from './pause.js';
import { Secret } from '../model/secret.js';
import { aborted, withRetries } from './retry.js';
import type { Redactor } from '../model/redactor.js';
import { reveal, sendable, sentSecrets, withoutSecrets, type SendHeaders } from './secrets.js';
import { refusalFault, requestId, statusFault, type Answer } from './status-fault.js';
import type { World } from './world.js';
import type { XmlLists } from './xml.js';

/** What all requests of one client share. */
export interface Session {
  readonly system: string;
  readonly base: Base;
  readonly connection: Connection;
  readonly world: World;
  readonly pause: Pause;
  readonly limits: Limits;
  readonly maxAttempts: number;
  readonly resetHeaders: readonly string[];
  readonly minIntervalMs: number;
  readonly headers: SendHeaders;
  readonly closing: AbortSignal;
  readonly redact: (text: string) => string;
  readonly trace?: (line: string) => void;
  readonly onRequest?: (request: RequestSeen) => void;
  readonly xml?: XmlLists;
}

const MOST_REDIRECTS = 5;
const LONGEST_ID = 100;

/** One JSON document, with redirects followed by ourselves, within the origin alone. */
export async function readJson(request: JsonRequest, session: Session): Promise<JsonResponse> {
  const reading = new Reading(request, session);
  const stop = (): void => reading.stop.abort();
  const signals = [request.signal, session.closing];
  // Many requests share one signal for a while: no leak, whatever Node suspects beyond ten listeners.
  setMaxListeners(0, ...signals);
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  try {
    if (signals.some((signal) => signal.aborted)) throw aborted();
    return await reading.follow();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw toSourceError(error, { system: session.system, purpose: request.purpose, redact: reading.redact, ...reading.tried });
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}

class Reading {
  readonly stop = new AbortController();
  readonly redact: (text: string) => string;
  /** For the message of a failure: the request of the last attempt. */
  tried: { request?: string; attempts: number; requestId?: string } = { attempts: 0 };
  readonly #headers: SendHeaders;
  readonly #method: 'GET' | 'POST';
  readonly #body: Buffer | undefined;
  /** Those of this very request. */
  readonly #sent: Redactor;

  constructor(
    readonly request: JsonRequest,
    readonly session: Session,
  ) {
    this.#method = request.method ?? 'GET';
    const { json, form } = request;
    this.#body = form !== undefined ? Buffer.from(formText(form)) : json === undefined ? undefined : Buffer.from(JSON.stringify(json));
    const media = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
    const type: SendHeaders = this.#body === undefined ? {} : { 'content-type': media };
    this.#headers = { 'accept-encoding': 'gzip, deflate, br', ...type, ...session.headers, ...request.headers };
    this.#sent = sentSecrets({ ...form, ...session.headers, ...request.headers });
    this.redact = (text) => this.#sent.redact(session.redact(text));
  }

  async follow(): Promise<JsonResponse> {
    const { base } = this.session;
    const wrong = sendable(this.#headers);
    if (wrong !== undefined) throw new Fault('refused', 'header', wrong, 'check the secret');
    let url = withQuery(resolveWithin(base, this.request.url), this.request.query);
    const visited = new Set([url.href]);
    for (;;) {
      const answer = await this.#send(url);
      const target = redirection(answer, this.request);
      if (target === undefined) return response(answer, url, this.#idOf(answer.headers));
      const from = `answered ${answer.status}: `;
      if (this.#method !== 'GET')
        throw new Fault('redirect', 'post', `${from}a redirect, which is followed for GET alone`, 'change the configured url');
      url = this.#redirected(target, url, from);
      if (visited.has(url.href) || visited.size > MOST_REDIRECTS) {
        throw new Fault('redirect', 'loop', `${from}redirects that lead nowhere`, 'check the configured url and the token');
      }
      visited.add(url.href);
    }
  }

  #redirected(target: string, from: URL, prefix: string): URL {
    try {
      return sameOrigin(this.session.base, target, from, 'redirect', 'a redirect');
    } catch (error) {
      if (error instanceof Fault) throw new Fault(error.fault, error.kind, `${prefix}${error.what}`, error.next);
      throw error;
    }
  }

  async #send(url: URL): Promise<Answer> {
    const { session, stop } = this;
    return withRetries((number) => this.#attempt(url, number), {
      maxAttempts: session.maxAttempts,
      pause: session.pause,
      world: session.world,
      signal: stop.signal,
      onWait: (ms, asked) => {
        if (asked) this.#trace(`waiting ${duration(ms)}: ${url.origin} asked for it`);
      },
    });
  }

  async #attempt(url: URL, number: number): Promise<Answer> {
    const { session, stop } = this;
    const label = `${this.#method} ${url.origin}${url.pathname}`;
    this.tried = { request: label, attempts: number };
    const startedAt = session.world.now();
    const began = session.world.elapsed();
    const note = (outcome: string | number): void =>
      this.#trace(`${label} ${outcome} ${Math.round(session.world.elapsed() - began)} ms, attempt ${number}`);
    let answer: Answer;
    if (session.minIntervalMs > 0) session.pause.hold(session.minIntervalMs);
    try {
      const outgoing = { method: this.#method, url, headers: reveal(this.#headers), signal: stop.signal };
      const whole = this.#body === undefined ? outgoing : { ...outgoing, body: this.#body };
      answer = await exchange(whole, session.connection, session.limits, session.world.alarm);
    } catch (error) {
      const kind = error instanceof Fault ? error.kind : 'failed';
      note(kind);
      this.#see(url, number, startedAt, kind);
      throw error;
    }
    note(answer.status);
    const id = this.#idOf(answer.headers);
    if (id !== undefined) this.tried.requestId = id;
    const seen = this.#see(url, number, startedAt, answer.status, answer.bytes);
    return this.#judged(seen === undefined ? answer : { ...answer, seen });
  }

  /** An answer of use, or the fault that decides whether it is worth another attempt. */
  #judged(answer: Answer): Answer {
    const { status } = answer;
    const judged = this.request.judge === undefined ? undefined : this.#asked(answer, this.request.judge);
    if (judged !== undefined) return judged;
    const isAccepted = this.request.accept?.includes(status) === true;
    if (isAccepted && (status >= 300 || answer.bytes.length === 0))
      return { ...answer, json: tryJson(this.#typeOf(answer), answer.bytes, this.session.xml) };
    if (redirection(answer, this.request) !== undefined) return answer;
    if (status < 200 || status >= 300) throw statusFault(answer, this.session.world.now(), this.redact, this.session.resetHeaders);
    return { ...answer, json: this.#parsed(answer) };
  }

  /** The caller's own judgement; undefined where it has none. A body is parsed once: pages are large. */
  #asked(answer: Answer, judge: (answer: Judged) => Refusal | 'accept' | undefined): Answer | undefined {
    const { status, headers, bytes } = answer;
    if (redirection(answer, this.request) !== undefined) return undefined;
    const isAnswer = status >= 200 && status < 300 && this.request.accept?.includes(status) !== true;
    const json = isAnswer ? this.#parsed(answer) : tryJson(this.#typeOf(answer), bytes, this.session.xml);
    const judged = judge({ status, headers, body: json });
    if (judged === 'accept' || (judged === undefined && isAnswer)) return { ...answer, json };
    if (judged === undefined) return undefined;
    throw refusalFault(answer, judged, this.session.world.now(), this.redact, this.session.resetHeaders);
  }

  /** A system that hands a secret back in a row would carry it into reports and evidence; what a sign-in answers is a secret by itself. */
  #parsed({ status, headers, bytes }: Answer): unknown {
    const { scan, answersSecret } = this.request;
    const { xml } = this.session;
    // XML can write a character as a number, wherever it likes.
    const isClean = answersSecret === true || (xml === undefined && !this.#sent.isIn(bytes));
    const json = parseJson(status, this.#typeOf({ headers }), bytes, isClean ? scan : undefined, xml);
    return isClean ? json : withoutSecrets(json, this.redact);
  }

  /** Redacted before it is cut or its case is changed: half a secret would no longer be recognised. */
  #typeOf({ headers }: Pick<Answer, 'headers'>): string | undefined {
    const type = headers['content-type'];
    return type === undefined ? undefined : this.redact(type);
  }

  #idOf(headers: Answer['headers']): string | undefined {
    const id = requestId(headers);
    return id === undefined ? undefined : this.redact(id).slice(0, LONGEST_ID);
  }

  #see(url: URL, attempt: number, at: number, status: number | string, bytes?: Buffer): RequestSeen | undefined {
    const { onRequest } = this.session;
    if (onRequest === undefined) return undefined;
    const body = bytes === undefined ? {} : { bytes: bytes.length, sha256: hash('sha256', bytes) };
    const seen = { at, method: this.#method, origin: url.origin, path: this.redact(url.pathname), attempt, status, ...body };
    onRequest(seen);
    return seen;
  }

  #trace(line: string): void {
    this.session.trace?.(this.redact(line));
  }
}

function formText(form: SendHeaders): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) text.append(name, value instanceof Secret ? value.reveal() : value);
  return text.toString();
}

/** Where a 3xx points to; undefined when the answer is none, or one that the caller wants as it is. */
function redirection({ status, headers }: Answer, { accept }: JsonRequest): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) && accept?.includes(status) !== true ? headers['location'] : undefined;
}

function response({ status, headers, json, seen }: Answer, url: URL, id: string | undefined): JsonResponse {
  return {
    status,
    headers,
    body: json,
    url: url.href,
    ...(id === undefined ? {} : { requestId: id }),
    ...(seen === undefined ? {} : { seen }),
  };
}
