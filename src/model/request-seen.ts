/** One request as evidence shows it: never a query, a header or a body. */
export interface RequestSeen {
  /** Milliseconds since the epoch, when it was sent. */
  readonly at: number;
  /** `GET`, `POST`, or `SEARCH` (LDAP). */
  readonly method: string;
  /** `https://host`, `ldaps://host:636`. */
  readonly origin: string;
  /** Of the URL; for LDAP, what the search was for. */
  readonly path: string;
  /** From 1; more than 1: it was tried again. */
  readonly attempt: number;
  /** HTTP status; a word (`timeout`, `reset`) where no answer came. */
  readonly status: number | string;
  /** Of the body as it was parsed, decompressed. */
  readonly bytes?: number;
  readonly sha256?: string;
  /** Records in the answer, and the total it declares; only of a page of a list. Noted once the page is understood. */
  rows?: number;
  declaredTotal?: number;
}
