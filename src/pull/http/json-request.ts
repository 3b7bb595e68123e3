import type { Secret } from '../../model/secret.js';

export interface JsonResponse {
  readonly status: number;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** Final URL: query included, so never print it. */
  readonly url: string;
  readonly requestId?: string;
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
  readonly signal: AbortSignal;
  /**
   * Statuses that are answers and not faults (404 of a SCIM ServiceProviderConfig): `body` is then undefined where no JSON came. A
   * 2xx named here may be empty; one that is not empty must still be whole JSON.
   */
  readonly accept?: readonly number[];
  /** What is being attempted, for messages: "reading page 3 of Users". */
  readonly purpose: string;
}
