import type { SourceFault } from '../model/errors.js';
import type { RequestSeen } from '../model/request-seen.js';
import { Fault } from './fault.js';
import type { Refusal } from './json-request.js';
import { tryJson } from './json-body.js';
import { toldWait } from './retry-timing.js';
import { serverText } from './server-text.js';

export interface Answer {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** The parsed body, once it was judged to be an answer. */
  readonly json?: unknown;
  readonly seen?: RequestSeen;
}

/** For reads: 408, 425, 429 and the 5xx that say "not now". 501 says "never". */
const WORTH_ANOTHER = new Set([408, 425, 429, 500, 502, 503, 504]);

/** In order of use: generic, Microsoft, Okta, AWS, Stripe-like, W3C trace context. */
const REQUEST_IDS = ['x-request-id', 'x-ms-request-id', 'x-okta-request-id', 'x-amzn-requestid', 'request-id', 'traceparent'];

/** As it came: it may be long, and hold anything. */
export function requestId(headers: Answer['headers']): string | undefined {
  return REQUEST_IDS.map((name) => headers[name]?.trim()).find(Boolean);
}

/** What an answer that is none means, in the words of whoever has to act on it. */
export function statusFault(answer: Answer, now: number, redact: (text: string) => string, resetHeaders: readonly string[] = []): Fault {
  const { status, headers } = answer;
  const isLimit = status === 429 || (status === 403 && isRateLimit(answer));
  const toldMs = isLimit || WORTH_ANOTHER.has(status) ? toldWait(headers, isLimit, now, resetHeaders) : undefined;
  const text = serverText(body(answer), redact);
  const { fault, next } = meaning(status, isLimit, toldMs, now);
  return new Fault(fault, `status ${status}`, `answered ${status}${text === undefined ? '' : ` "${text}"`}`, next, {
    status,
    ...(isLimit || WORTH_ANOTHER.has(status) ? { repeat: Infinity } : {}),
    ...(toldMs === undefined ? {} : { toldMs }),
  });
}

/** A refusal that the system put into its own words; its status may say 200. */
export function refusalFault(
  answer: Answer,
  refusal: Refusal,
  now: number,
  redact: (text: string) => string,
  resetHeaders: readonly string[],
): Fault {
  const { means } = refusal;
  const { status, headers } = answer;
  const isLimit = means === 'rate-limited';
  const again = isLimit || means === 'server';
  const toldMs = again ? toldWait(headers, isLimit, now, resetHeaders) : undefined;
  const text = serverText(refusal.error ?? body(answer), redact);
  const likeStatus = { auth: 401, permission: 403, 'not-found': 404, 'rate-limited': 429, server: 500, refused: 400 }[means];
  const next = refusal.say ?? meaning(likeStatus, isLimit, toldMs, now).next;
  return new Fault(means, `refusal ${means}`, `answered ${status}${text === undefined ? '' : ` "${text}"`}`, next, {
    status,
    ...(again ? { repeat: Infinity } : {}),
    ...(toldMs === undefined ? {} : { toldMs }),
  });
}

/** What Google and GitHub call a limit in the body of a 403, which has no code for GitHub's. */
const THEIR_LIMITS = /rateLimitExceeded|quotaExceeded|secondary rate limit/i;

/** GitHub's secondary limits and Google's quotas come as 403: a limit, not a missing permission. */
function isRateLimit({ headers, bytes }: Answer): boolean {
  if (headers['retry-after'] !== undefined) return true;
  if (['x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit-remaining'].some((name) => headers[name]?.trim() === '0')) return true;
  return THEIR_LIMITS.test(bytes.toString('latin1'));
}

function body({ headers, bytes }: Answer): unknown {
  const json = tryJson(headers['content-type'], bytes);
  if (json !== undefined) return json;
  return /^text\/plain\b/i.test(headers['content-type'] ?? '') ? bytes.toString('utf8') : undefined;
}

function meaning(status: number, isLimit: boolean, toldMs: number | undefined, now: number): { fault: SourceFault; next: string } {
  if (isLimit) {
    const until = toldMs === undefined ? 'try again later' : `the limit resets at ${at(now + toldMs)}: run it again after that`;
    return { fault: 'rate-limited', next: `${until}, or with fewer parallel requests` };
  }
  if (status === 401) return { fault: 'auth', next: 'check the token: it may be wrong, expired or revoked' };
  if (status === 403)
    return { fault: 'permission', next: 'the credential is known but may not read this: check its permissions or scopes' };
  if (status === 404 || status === 410) return { fault: 'not-found', next: 'check the configured url' };
  if (status === 407) return { fault: 'auth', next: 'a gateway wants credentials: check the proxy settings' };
  if (status >= 500 || status === 408 || status === 425) return { fault: 'server', next: 'the fault is on its side: try again later' };
  if (status >= 300 && status < 400) return { fault: 'redirect', next: 'check the configured url' };
  return { fault: 'refused', next: 'check the configured url and options' };
}

/** ISO 8601 to the second. */
export function at(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
