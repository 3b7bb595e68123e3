import type { Ledger } from '../../contract/ledger.js';
import type { ScimResource } from './list-response.js';
import type { Ask, UsersEndpoint } from './users-endpoint.js';

/** One attempt at reading the whole list. */
export interface Reading {
  readonly endpoint: UsersEndpoint;
  readonly ask: Ask;
  readonly ledger: Ledger;
  /** Rows to ask for per page. */
  readonly count: number;
  /** Pages in flight at once, where index paging allows it. */
  readonly concurrency: number;
  readonly maxPages: number;
  /** Is told of a user whose id came before: with other values, the first alone must not be believed. */
  readonly again?: (user: ScimResource) => void;
}

/**
 * How an attempt ended. `done`: there is nothing more to read, and the ledger says what it is worth; `ignored`: the server
 * does not honour startIndex, so cursors are worth a try; `expired`: the cursor ran out of time (RFC 9865), start again.
 */
export type Ending = 'done' | 'ignored' | 'expired';

/** Yields the resources that are new to the ledger, page by page. */
export type Pages = AsyncGenerator<readonly ScimResource[], Ending, void>;

/** A server that always has one more page would be read for ever. */
export const MAX_PAGES = 100_000;

export function pageCapReached({ ledger, maxPages }: Reading): void {
  ledger.doubt(`reading stopped after ${maxPages} pages`);
}
