/** Full jitter over an exponential ceiling: 0.5 s, 1 s, 2 s … at most 30 s. `failures` counts from 1; ms. */
export function backoff(failures: number, random: () => number): number {
  return random() * Math.min(30_000, 500 * 2 ** (failures - 1));
}

type Headers = Readonly<Record<string, string>>;

/**
 * Names of the header that says when a limit resets: IETF drafts `RateLimit-Reset`, GitHub `X-RateLimit-Reset`, Okta
 * `X-Rate-Limit-Reset`, SendGrid-like `X-RateLimit-Retry-After`.
 */
const RESET_HEADERS = ['x-ratelimit-retry-after', 'ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/**
 * The wait that a system asks for, ms, or undefined when it asks for none that makes sense (then the client's own backoff
 * applies). Order of trust: Retry-After (RFC 9110 section 10.2.3) is about this very request; a reset header is about the whole
 * window, is sent with every answer by many systems, and so counts only for a rate limit.
 */
export function toldWait(headers: Headers, rateLimited: boolean, now: number, resetHeaders: readonly string[] = []): number | undefined {
  // The server's own clock: ours may be off by hours.
  const clock = instant(headers['date'] ?? '') ?? now;
  const retryAfter = wait(headers['retry-after'], clock);
  if (retryAfter !== undefined || !rateLimited) return retryAfter;
  for (const name of [...resetHeaders, ...RESET_HEADERS]) {
    const told = wait(headers[name], clock);
    if (told !== undefined) return told;
  }
  // draft-ietf-httpapi-ratelimit-headers: `RateLimit: "default";r=0;t=30`, earlier `limit=10, remaining=0, reset=30`.
  return wait(/(?:^|[;,])\s*(?:t|reset)=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1], clock);
}

/** Seconds from now, epoch seconds, epoch milliseconds (told apart by magnitude) or a date. */
function wait(value: string | undefined, clock: number): number | undefined {
  const text = value?.trim() ?? '';
  const at = /^\d{1,15}(\.\d+)?$/.test(text) ? moment(Number(text), clock) : instant(text);
  return at !== undefined && at > clock ? at - clock : undefined;
}

/** Three years of seconds is no wait; 1e8 s of epoch is 1973, 1e11 s the year 5138. */
function moment(number: number, clock: number): number {
  if (number < 1e8) return clock + number * 1000;
  return number < 1e11 ? number * 1000 : number;
}

/** HTTP dates (RFC 9110 section 5.6.7, all three forms) and ISO 8601. Date.parse alone takes "-5" for the year 2001. */
function instant(text: string): number | undefined {
  const isHttpDate = /^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text);
  if (!isHttpDate && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return undefined;
  const zoned = /(?:GMT|UTC|Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}${isHttpDate ? ' GMT' : 'Z'}`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? undefined : at;
}
