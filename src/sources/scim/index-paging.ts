import { isWindow } from '../../contract/one-of-several.js';
import { proveEmptyPastEnd, proveRefusedPastEnd, proveWrapped } from './end-of-list.js';
import type { ListPage, ScimResource } from './list-response.js';
import { readAhead } from './read-ahead.js';
import { PageTotal } from './page-total.js';
import { type Pages, pageCapReached, type Reading } from './reading.js';

/** Consecutive empty pages inside the declared total that are stepped over before the rest is given up. */
const MAX_EMPTY_PAGES = 2;

/**
 * Reads a list by `startIndex` and `count` (RFC 7644 section 3.4.2.4), given its first page. Advances by the resources that
 * came, because a short page is not the end and `itemsPerPage` is often an echo; after the declared total one more page is read.
 */
export async function* readByIndex(reading: Reading, first: ListPage): Pages {
  const { endpoint, ask, ledger, count, maxPages } = reading;
  let start = 1;
  let page = first;
  let empty = 0;
  let indexHonoured = false;
  const totals = new PageTotal(reading, first);
  for (let pages = 1; ; pages++) {
    const before = ledger.declaredTotal;
    if (page.resources.length === 0 && before !== undefined && start > before) {
      return await proveEmptyPastEnd(reading, page, before);
    }
    const brings = page.resources.some((user) => !ledger.has(user.id));
    const isNoTotal = before !== undefined && start > before && brings && totals.passed(page);
    if (isNoTotal) indexHonoured = true;
    totals.declare(page);
    const total = ledger.declaredTotal;
    const pastTotal = total !== undefined && start > total;
    if (page.resources.length === 0) {
      if (total === undefined) {
        endsEmpty(reading);
        return 'done';
      }
      if (pastTotal) {
        ledger.end('total');
        return 'done';
      }
      if (++empty > MAX_EMPTY_PAGES) {
        ledger.doubt(`pages are empty from startIndex ${start - MAX_EMPTY_PAGES * count} on, yet ${total} users are declared`);
        return 'done';
      }
      start += count;
    } else {
      if (!brings) {
        if (pastTotal) return await proveWrapped(reading, first, page, indexHonoured);
        ledger.doubt(`the page at startIndex ${start} brought only users that came before: startIndex is ignored, or pages repeat`);
        return 'ignored';
      }
      if (pastTotal) ledger.doubt(`users came past the declared total of ${total}: the total is understated`);
      if (start > 1) indexHonoured = true;
      empty = 0;
      yield ledger.take(page.resources, reading.again);
      start += page.resources.length;
      const size = pageSizeAhead(reading, page, start);
      if (pages === 1 && size !== undefined && total !== undefined) {
        for await (const ahead of inOrder(reading, start, size, total)) {
          yield ledger.take(ahead, reading.again);
          start += ahead.length;
          pages++;
          indexHonoured = true;
        }
      }
    }
    if (pages >= maxPages) {
      pageCapReached(reading);
      return 'done';
    }
    const end = ledger.declaredTotal;
    if (end !== undefined && start > end) {
      const past = await endpoint.pastEnd(start, count, ask);
      if (past === 'refused') return yield* proveRefusedPastEnd(reading, end);
      page = past;
    } else if (totals.isOfPage) {
      const next = await endpoint.pastEnd(start, count, ask);
      if (next === 'refused') {
        ledger.doubt(`the page from startIndex ${start} was refused, and without a total nothing shows that the list ends there`);
        return 'done';
      }
      page = next;
    } else {
      page = await endpoint.byIndex(start, count, ask);
    }
  }
}

/** Without a total, an empty page is the end: unless it comes where systems stop. */
function endsEmpty({ ledger }: Reading): void {
  ledger.remark('declares no total: the list ended with an empty page');
  if (isWindow(ledger.unique))
    ledger.doubt(`the list ends after exactly ${ledger.unique} users, and a limit of the server may have ended it`);
  ledger.end('protocol');
}

/** Page size at which the pages after the first may be fetched out of turn; undefined: one at a time. */
function pageSizeAhead({ concurrency, count }: Reading, first: ListPage, start: number): number | undefined {
  const size = first.resources.length;
  // A server that clamps `count` says so in itemsPerPage; without that word a short page may be a page with holes.
  const full = size === (first.itemsPerPage ?? count) && size <= count && (first.startIndex ?? 1) === 1;
  const remaining = (first.total ?? 0) - (start - 1);
  return concurrency > 1 && full && remaining > size ? size : undefined;
}

/** Yields the pages of the declared total while each is exactly what its place promises; ends at the first that is not. */
async function* inOrder(reading: Reading, from: number, size: number, total: number): AsyncGenerator<readonly ScimResource[], void, void> {
  const { endpoint, ask, ledger, concurrency, maxPages } = reading;
  const starts = function* (): Generator<number, void, void> {
    for (let start = from, page = 1; start <= total && page < maxPages; start += size, page++) yield start;
  };
  const read = (start: number, signal: AbortSignal): Promise<ListPage> => endpoint.byIndex(start, size, { ...ask, signal });
  for await (const { startIndex, page } of readAhead(starts(), concurrency, ask.signal, read)) {
    const odd = oddity(page, startIndex, size, total, (id) => ledger.has(id));
    if (odd === undefined) {
      yield page.resources;
      continue;
    }
    if (page.total !== undefined) ledger.declare(page.total);
    // The page is read again in turn: what it says then is what counts.
    ledger.remark(`pages were read one at a time from startIndex ${startIndex} on: fetched several at a time, ${odd}`);
    return;
  }
}

function oddity(page: ListPage, startIndex: number, size: number, total: number, known: (id: string) => boolean): string | undefined {
  if (page.total !== total) return `one declared another total (${page.total ?? 'none'} instead of ${total})`;
  const expected = Math.min(size, total - startIndex + 1);
  if (page.resources.length !== expected) return `one held ${page.resources.length} users instead of ${expected}`;
  return page.resources.some((user) => known(user.id)) ? 'one repeated users that came before' : undefined;
}
