import { checkFullPage } from './full-page-check.js';
import { countedPager, scimPager } from './counted.js';
import { cursorPager, linkPager, nextUrlPager } from './linked.js';
import { compilePlace, type Answered, type Pager, type PagerContext } from './pager.js';
import type { Place } from '../form/parts.js';
import type { Paging } from '../form/paging.js';
import { singleAnswer } from './single-answer.js';

/** The paging of one list that is about to be read. */
export function openPager(paging: Paging, context: PagerContext): Pager {
  if (paging === 'none') return singleAnswer(context);
  const { page, offset, scim, cursor, link_header: link, next_url: nextUrl, graphql } = paging;
  if (page !== undefined) return countedPager(page, 'page', context);
  if (offset !== undefined) return countedPager(offset, offset.step ?? 'rows', context);
  if (scim !== undefined) return scimPager(scim, context);
  if (cursor !== undefined) return checkFullPage(cursorPager(cursor, context), cursor, context, endsAt(cursor.next));
  if (link !== undefined) return checkFullPage(linkPager(link, context), link, context, ({ headers }) => headers['link'] !== undefined);
  if (nextUrl !== undefined) return checkFullPage(nextUrlPager(nextUrl, context), nextUrl, context, endsAt(nextUrl.path));
  if (graphql === undefined) return singleAnswer(context);
  const { variable, page_info: info, total } = graphql;
  const form = { next: `${info}.endCursor`, more: `${info}.hasNextPage`, param: `variables.${variable}`, in: 'body' as const, total };
  return cursorPager(form, context);
}

/** Does the place where the next page would be named say that there is none? A place that is not there says nothing. */
function endsAt(place: Place | { readonly last_record: string }): (page: Answered) => boolean {
  if (typeof place === 'object' && 'last_record' in place) return () => false;
  const read = compilePlace(place);
  return (page) => ['', null, false].includes(read(page) as string | null | boolean);
}

/** Where the system declares how many rows there are, if it does. */
export function totalPlace(paging: Paging): Place | undefined {
  if (paging === 'none') return undefined;
  if (paging.scim !== undefined) return 'totalResults';
  return (paging.page ?? paging.offset ?? paging.cursor ?? paging.link_header ?? paging.next_url ?? paging.graphql)?.total;
}
