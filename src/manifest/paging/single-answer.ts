import { placeOfNext } from '../../contract/goes-on.js';
import { isRound } from '../../contract/one-of-several.js';
import { parseLinks } from './link-header.js';
import type { Answered, Pager, PagerContext } from './pager.js';

/** The one answer is the list, unless it names a next page, or has as many rows as lists have that were cut off. */
export function singleAnswer({ ledger, expects }: PagerContext): Pager {
  return {
    first: () => ({}),
    next(page) {
      if (expects?.areAll === true && page.came >= expects.rows) ledger.declare(expects.rows);
      const next = placeOfMore(page);
      if (next !== undefined)
        ledger.doubt(`the answer names a next page (${next}), and the manifest reads no further: describe its paging`);
      else if (expects === undefined && isRound(page.came))
        ledger.doubt(
          `the only answer has exactly ${page.came} rows, as many as lists have that were cut off: describe its paging, or ask for another number of rows`,
        );
      ledger.end('protocol');
      return undefined;
    },
  };
}

/** Of several lists in one answer, nothing says whose next page it is (Vercel: members, and invitations beside them). */
function hasOthers(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.values(body).filter((value) => Array.isArray(value)).length > 1;
}

function placeOfMore({ body, headers }: Answered): string | undefined {
  const links = parseLinks(headers['link'] ?? '');
  return links.some(({ params }) => params['rel']?.toLowerCase().split(/\s+/).includes('next'))
    ? 'header Link'
    : hasOthers(body)
      ? undefined
      : placeOfNext(body);
}
