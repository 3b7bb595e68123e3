import type { ListPage } from './list-response.js';
import { PageTotal } from './page-total.js';
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
  const totals = first === 'expired' ? undefined : new PageTotal(reading, first);
  for (let pages = 1; ; pages++) {
    if (page === 'expired') return 'expired';
    const isPast = ledger.declaredTotal !== undefined && ledger.unique >= ledger.declaredTotal;
    if (isPast && page.resources.some((user) => !ledger.has(user.id))) totals?.passed(page);
    totals?.declare(page);
    const fresh = ledger.take(page.resources, reading.again);
    if (fresh.length > 0) yield fresh;
    const { nextCursor } = page;
    if (nextCursor === undefined) {
      if (pages === 1 && page.resources.length >= count) await checkFullPage(reading, page);
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

/**
 * The only page is full, and has no cursor. Half of it is asked for again: then there is one, or the total stands although fewer users came. Otherwise the
 * server may know no cursors, or may have cut the list.
 */
async function checkFullPage({ endpoint, ask, ledger, count }: Reading, only: ListPage): Promise<void> {
  const half = Math.floor(count / 2);
  if (half === 0) return;
  const page = await endpoint.byCursor('', half, ask);
  if (page !== 'expired' && page.nextCursor !== undefined) return;
  if (page !== 'expired' && page.total !== undefined && page.total === only.total && page.resources.length < page.total) return;
  ledger.doubt(
    `the only page is full (${only.resources.length} users) and has no cursor to a next one, nor does one of ${half}: set paging: index if the server knows no cursors`,
  );
}
