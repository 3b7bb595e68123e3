import type { ListPage } from './list-response.js';
import { type Pages, pageCapReached, type Reading } from './reading.js';

/** Consecutive pages without any user that are followed; a filtered store may give some, no store gives this many. */
const MAX_EMPTY_PAGES = 100;
/** Consecutive pages that bring only users that came before. */
const MAX_STALE_PAGES = 2;

/** Reads a list by cursor (RFC 9865), given its first page. A cursor ends only when it is absent: an empty page that carries one goes on. */
export async function* readByCursor(reading: Reading, first: ListPage | 'expired'): Pages {
  const { endpoint, ask, ledger, count, maxPages } = reading;
  const cursors = new Set<string>();
  let page = first;
  let empty = 0;
  let stale = 0;
  for (let pages = 1; ; pages++) {
    if (page === 'expired') return 'expired';
    if (page.total !== undefined) ledger.declare(page.total);
    const fresh = ledger.take(page.resources);
    if (fresh.length > 0) yield fresh;
    const { nextCursor } = page;
    if (nextCursor === undefined) {
      ledger.end('protocol');
      return 'done';
    }
    empty = page.resources.length === 0 ? empty + 1 : 0;
    if (page.resources.length > 0) stale = fresh.length === 0 ? stale + 1 : 0;
    if (empty >= MAX_EMPTY_PAGES) {
      ledger.doubt(`${empty} pages in a row were empty, each with a cursor to a next one`);
      return 'done';
    }
    if (stale >= MAX_STALE_PAGES) {
      ledger.doubt(`${stale} pages in a row brought only users that came before`);
      return 'done';
    }
    if (cursors.has(nextCursor)) {
      ledger.doubt('a cursor came a second time: the pages go round in a circle');
      return 'done';
    }
    if (pages >= maxPages) {
      pageCapReached(reading);
      return 'done';
    }
    cursors.add(nextCursor);
    page = await endpoint.byCursor(nextCursor, count, ask);
  }
}
