/** Whose credential it was that read a system, as the system itself says; `remark`: why it does not. */
export type PrincipalSeen = { readonly id: string } | { readonly remark: string };

/** One request as evidence shows it: never a query, a header or a body. */
export interface RequestSeen {
  /** Milliseconds since the epoch, when it was sent. */
  readonly at: number;
  /** `GET`, `POST`, `SEARCH` (LDAP), or `READ` (a file). */
  readonly method: string;
  /** `https://host`, `ldaps://host:636`, `file:`. */
  readonly origin: string;
  /** Of the URL; for LDAP, what the search was for; of a file, as the config names it. */
  readonly path: string;
  /** From 1; more than 1: it was tried again. */
  readonly attempt: number;
  /** HTTP status; a word (`timeout`, `reset`) where no answer came. */
  readonly status: number | string;
  /** Of the body as it was parsed, decompressed; for LDAP, of the messages as they came; of a file, of its bytes on the disk. */
  readonly bytes?: number;
  readonly sha256?: string;
  /** Records in the answer, and the total it declares; only of a page of a list. Noted once the page is understood. */
  rows?: number;
  declaredTotal?: number;
}
