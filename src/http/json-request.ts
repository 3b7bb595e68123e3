import type { RequestSeen } from '../model/request-seen.js';
import type { Secret } from '../model/secret.js';

export interface JsonResponse {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** Final URL: query included, so never print it. */
  readonly url: string;
  readonly requestId?: string;
  /** The evidence of this answer, where it is kept: whoever reads a page notes its rows and total there. */
  readonly seen?: RequestSeen;
}

/** One answer, before it counts as one. */
export interface Judged {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body; undefined where no JSON came. */
  readonly body: unknown;
}

/** What a system means by an answer, where its status does not say it. `error` is its own word or sentence, `say` what to do next. */
export interface Refusal {
  readonly means: 'auth' | 'permission' | 'not-found' | 'rate-limited' | 'server' | 'refused';
  readonly error?: unknown;
  readonly say?: string;
}

export interface JsonRequest {
  readonly method?: 'GET' | 'POST';
  /**
   * Resolved as RFC 3986 does against `baseUrl` taken as a folder: `Users` is below it, `/Users` is at the top of the host (and
   * refused when the base has a path), `` and `?a=b` are the base itself. Absolute ones must be below it too.
   */
  readonly url: string;
  /** Appended to what `url` already has. */
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  /** JSON body of a POST that only reads. */
  readonly json?: unknown;
  /** In place of `json`: application/x-www-form-urlencoded, as token endpoints want it (RFC 6749 section 4.4.2). */
  readonly form?: Readonly<Record<string, string | Secret>>;
  readonly signal: AbortSignal;
  /**
   * Statuses that are answers and not faults (404 of a SCIM ServiceProviderConfig): `body` is then undefined where no JSON came. A
   * 2xx named here may be empty; one that is not empty must still be whole JSON.
   */
  readonly accept?: readonly number[];
  /** Asked first about every answer but a redirect: `accept` takes it as it is, undefined leaves it to the rules of HTTP. */
  readonly judge?: (answer: Judged) => Refusal | 'accept' | undefined;
  /**
   * Reads a page from its bytes, once they are known for JSON in well-formed UTF-8, so that no value need be made of all of it. What it gives
   * is the `body`; undefined: it cannot, and the body is parsed. It takes nothing that `JSON.parse` refuses.
   */
  readonly scan?: (bytes: Buffer) => unknown;
  /** The answer is a secret (a token): what it holds is not looked through for those that were sent. */
  readonly answersSecret?: true;
  /** What is being attempted, for messages: "reading page 3 of Users". */
  readonly purpose: string;
}
