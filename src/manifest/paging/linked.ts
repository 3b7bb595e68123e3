import { parseLinks } from './link-header.js';
import { compilePlace, continues, declareTotal, showPlace, type Answered, type Pager, type PagerContext, type Turn } from './pager.js';
import type { PagingForms } from '../form/paging.js';

/** The last way a list may be cut short: a page says that there is more, and names nothing. Also what an empty page means. */
interface Ending {
  readonly more: boolean | 'missing' | undefined;
  readonly found: string | undefined;
  readonly emptyPageIsEnd: boolean;
}

const sized = (form: { readonly size_param?: string | undefined; readonly size?: number | undefined }): (readonly [string, string])[] =>
  form.size_param === undefined || form.size === undefined ? [] : [[form.size_param, String(form.size)]];

/** True when the list goes on with what was found; otherwise the ledger knows why it ends. */
function goesOn({ more, found, emptyPageIsEnd }: Ending, page: Answered, { ledger, fail }: PagerContext): boolean {
  if (more === false || (emptyPageIsEnd && page.records.length === 0)) {
    ledger.end('protocol');
    return false;
  }
  if (found !== undefined) return true;
  if (more === true) throw fail('the answer says that there are further pages and does not name the next one');
  if (more === 'missing') ledger.doubt('the last answer neither names a next page nor says that there is none');
  ledger.end('protocol');
  return false;
}

/** A cursor from the body, a header or the last record, into the query or the body of the next request. */
export function cursorPager(form: NonNullable<PagingForms['cursor']>, context: PagerContext): Pager {
  const { next } = form;
  const last = typeof next === 'object' && 'last_record' in next ? compilePlace(next.last_record) : undefined;
  const read = typeof next === 'object' && 'last_record' in next ? undefined : compilePlace(next);
  const isMore = continues(form.more, form.done);
  const declare = declareTotal(form.total, context);
  const turn = (cursor: string | number | undefined): Turn => {
    const inBody = form.in === 'body';
    const size = form.size_param === undefined || form.size === undefined ? [] : [[form.size_param, form.size] as const];
    const keepSize = cursor === undefined || form.first_only?.includes(form.size_param ?? '') !== true;
    const value = cursor ?? form.first;
    const values = [...(keepSize ? size : []), ...(value === undefined ? [] : [[form.param, value] as const])];
    return {
      ...(inBody ? { body: values } : { query: values.map(([name, one]) => [name, String(one)] as const) }),
      ...(cursor === undefined ? {} : { cursor: String(cursor), follows: true, without: form.first_only ?? [] }),
    };
  };
  return {
    first: () => turn(undefined),
    next(page) {
      declare(page);
      const value = last === undefined ? read?.(page) : last({ body: page.records.at(-1), headers: {} });
      const isCursor = (typeof value === 'string' && value !== '') || typeof value === 'number';
      if (!isCursor && typeof value === 'object' && value !== null && !(Array.isArray(value) && value.length === 0))
        throw context.fail('the cursor to the next page is no text');
      if (last !== undefined && !isCursor && page.records.length > 0) throw context.fail('the last record has no value to go on from');
      const ending = { more: isMore(page), found: isCursor ? String(value) : undefined, emptyPageIsEnd: form.empty_page_is_end === true };
      return goesOn(ending, page, context) && isCursor ? turn(value) : undefined;
    },
  };
}

/** RFC 8288; Sentry always sends a next link, and says in a parameter of it whether it leads anywhere. */
export function linkPager(form: NonNullable<PagingForms['link_header']>, context: PagerContext): Pager {
  const { rel = 'next', must_have: mustHave = {}, param } = form;
  const declare = declareTotal(form.total, context);
  return {
    first: () => ({ query: sized(form) }),
    next(page) {
      declare(page);
      const links = parseLinks(page.headers['link'] ?? '').filter(({ params }) => params['rel']?.toLowerCase().split(/\s+/).includes(rel));
      const link = links.find(({ params }) => Object.entries(mustHave).every(([name, value]) => params[name.toLowerCase()] === value));
      if (Object.keys(mustHave).length > 0 && links.length === 0)
        context.ledger.doubt(`no link rel="${rel}" came, where this system always sends one`);
      const ending = { more: undefined, found: link?.url, emptyPageIsEnd: form.empty_page_is_end === true };
      if (!goesOn(ending, page, context) || link === undefined) return undefined;
      if (param === undefined) return toUrl(link.url, page, context);
      const cursor = link.params[param.toLowerCase()] ?? '';
      if (cursor === '') throw context.fail(`the link to the next page has no parameter ${param}`);
      return { query: [...sized(form), [param, cursor]], cursor };
    },
  };
}

/** A next URL in the body (or in a header of its own). */
export function nextUrlPager(form: NonNullable<PagingForms['next_url']>, context: PagerContext): Pager {
  const read = compilePlace(form.path);
  const isMore = continues(form.more, form.done);
  const declare = declareTotal(form.total, context);
  return {
    first: () => ({ query: sized(form) }),
    next(page) {
      declare(page);
      const value = read(page);
      if (value !== undefined && value !== null && typeof value !== 'string' && value !== false)
        throw context.fail(`the link to the next page at ${showPlace(form.path)} is no text`);
      const found = typeof value === 'string' && value !== '' ? value : undefined;
      const ending = { more: isMore(page), found, emptyPageIsEnd: form.empty_page_is_end === true };
      return goesOn(ending, page, context) && found !== undefined ? toUrl(found, page, context) : undefined;
    },
  };
}

/** Resolved against the request it came from (RFC 3986 section 5); the client refuses what leaves the configured base. */
function toUrl(link: string, page: Answered, { fail }: PagerContext): Turn {
  if (!URL.canParse(link, page.url)) throw fail('the link to the next page is no URL');
  const { href } = new URL(link, page.url);
  return { url: href, cursor: href };
}
