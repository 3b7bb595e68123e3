import type { FactKind } from '../../model/completeness.js';
import type { Connection, Search, SearchAnswer } from './connection.js';
import type { DirectoryEntry } from './entry.js';
import { LimitExceeded } from './faults.js';
import { PageRequest } from './page-request.js';

export interface Notes {
  doubt(text: string, kind?: FactKind): void;
  remark(text: string, kind?: FactKind): void;
}

/** Entries of a page, of all lists of one pull: once the server has refused a size, none asks for it again. */
export interface PageSize {
  entries: number;
}

export interface Listing {
  readonly base: string;
  readonly filter: string;
  readonly attributes: readonly string[];
  readonly binary: readonly string[];
  readonly pageSize: PageSize;
  /** "reading", for messages: the page number is put behind it. */
  readonly purpose: string;
}

/** Active Directory sends pages without entries while it still searches; this many in a row lead nowhere. */
const EMPTY_PAGES = 100;

/**
 * All entries below a base, page by page (RFC 2696). An empty cookie is the end, an empty page is not. Returns true when the
 * server ended the list by that; false when something was wrong, which `notes` then tells.
 *
 * @throws {SourceError} as soon as one page fails
 */
export async function* pages(
  connection: Connection,
  listing: Listing,
  notes: Notes,
): AsyncGenerator<readonly DirectoryEntry[], boolean, void> {
  const starts = new Set<string>();
  let cookie: Buffer = Buffer.alloc(0);
  let empty = 0;
  let referrals = 0;
  for (let number = 1; ; number++) {
    const answer = await (number === 1 ? firstPage(connection, listing, notes) : connection.search(request(listing, number, cookie)));
    referrals += answer.referrals;
    if (referrals > 0) notes.remark(`referrals to other servers were not followed (${EXPLAIN_REFERRALS})`);
    const estimate = number === 1 ? (answer.page?.estimate ?? 0) : 0;
    // RFC 2696 section 2: the server need not know, and Active Directory does not. It proves nothing.
    if (estimate > 0) notes.remark(`the server estimates about ${estimate} entries`);
    const first = answer.entries[0]?.dn;
    if (first !== undefined && starts.has(first)) {
      // The cookie itself proves nothing: 389 Directory Server sends the same one all the time.
      notes.doubt(`page ${number} began with an entry that an earlier page had begun with: the server repeats pages`);
      return false;
    }
    if (first !== undefined) starts.add(first);
    if (answer.entries.length > 0) yield answer.entries;
    if (answer.page === undefined) return endsUnpaged(number, answer.entries.length, listing.pageSize.entries, notes);
    cookie = answer.page.cookie;
    if (cookie.length === 0) return true;
    empty = answer.entries.length === 0 ? empty + 1 : 0;
    if (empty >= EMPTY_PAGES) {
      notes.doubt(`the server sent ${empty} pages without an entry in a row, and no end`);
      return false;
    }
  }
}

/**
 * A server may limit the entries of a page (389 Directory Server: nsSizeLimit, OpenLDAP: size.pr) as well as those of the whole list, and answers alike.
 * The former shows on the first page, and smaller ones are the cure.
 *
 * @throws {SourceError} as `search`; what is over a limit, only when a page of one entry is as well
 */
export async function firstPage(connection: Connection, listing: Listing, notes: Notes): Promise<SearchAnswer> {
  const { pageSize } = listing;
  const asked = pageSize.entries;
  for (;;) {
    try {
      const answer = await connection.search(request(listing, 1, Buffer.alloc(0)));
      if (pageSize.entries < asked)
        notes.remark(`the server gives no pages of ${asked} entries: pages of ${pageSize.entries} were read; set page_size to that`);
      return answer;
    } catch (error) {
      if (!(error instanceof LimitExceeded) || pageSize.entries <= 1) throw error;
      pageSize.entries = Math.floor(pageSize.entries / 2);
    }
  }
}

const EXPLAIN_REFERRALS = 'what those servers hold is not in the list; other domains are sources of their own';

function request({ base, filter, attributes, binary, pageSize, purpose }: Listing, number: number, cookie: Buffer): Search {
  const controls = [new PageRequest(pageSize.entries, cookie)];
  return { purpose: `${purpose} page ${number}`, base, scope: 'sub', filter, attributes, binary, controls };
}

/**
 * A success without the control. On the first page, the server has answered the whole search at once, as RFC 2696 section 3
 * lets it; but with a full page or later on, a go-between may have dropped the control and, with it, the rest.
 */
function endsUnpaged(number: number, entries: number, pageSize: number, notes: Notes): boolean {
  if (number === 1 && entries !== pageSize) return true;
  notes.doubt(`page ${number} came without the paged results control, so nothing says that it was the last`);
  return false;
}
