import { compilePlace, continues, countOf, showPlace, type Answered, type Pager, type PagerContext, type Turn } from './pager.js';
import { isWindow } from '../../contract/one-of-several.js';
import { checkBorders } from './border-check.js';
import { recogniseClamp } from './clamped-page.js';
import type { PagingForms } from '../form/paging.js';

/** Empty pages inside the declared total that are stepped over before the rest is given up. */
const MAX_HOLES = 2;
const SCIM_SIZE = 100;

type Page = NonNullable<PagingForms['page']>;
type Offset = NonNullable<PagingForms['offset']>;

/** RFC 7644 section 3.4.2.4. */
export function scimPager({ size = SCIM_SIZE }: NonNullable<PagingForms['scim']>, context: PagerContext): Pager {
  return countedPager({ param: 'startIndex', start: 1, size_param: 'count', size, total: 'totalResults' }, 'rows', context);
}

/**
 * Pages by number or by offset. A short page never ends the list: a server that caps its pages would end it early. It ends where
 * the system says so (`more`, `last_page`), one page past the total that it declared, or at an empty page.
 */
export function countedPager(form: Page | Offset, step: 'page' | 'rows' | 'size', context: PagerContext): Pager {
  const pager = countingPager(form, step, context);
  const checked = form.total === undefined ? checkBorders(pager, context) : pager;
  return step === 'page'
    ? recogniseClamp(checked, form, context, (number, size) => placed(form, (form.start ?? 1) + number, size))
    : checked;
}

function countingPager(form: Page | Offset, step: 'page' | 'rows' | 'size', { ledger }: PagerContext): Pager {
  const start = form.start ?? (step === 'page' ? 1 : 0);
  const readTotal = form.total === undefined ? undefined : compilePlace(form.total);
  const readPages = form.last_page === undefined ? undefined : compilePlace(form.last_page);
  const isMore = continues(form.more, form.done);
  let at = start;
  let holes = 0;
  let honoured = false;
  // Without a total, nothing else would show that a row went and the next one moved into a page that was read already.
  const canOverlap = step === 'rows' && form.total === undefined;
  let overlaps = false;

  const turn = (): Turn => {
    const total = ledger.declaredTotal;
    return {
      ...(overlaps ? { overlaps } : {}),
      ...placed(form, overlaps ? at - 1 : at, form.size),
      ...(total !== undefined && ledger.unique >= total && at !== start ? { pastEnd: true } : {}),
    };
  };

  const declare = (page: Answered): void => {
    if (readTotal === undefined) return;
    const total = countOf(readTotal(page));
    // Past their end, some systems declare 0 or nothing.
    if (page.records.length === 0 && (total === undefined || total === 0) && ledger.declaredTotal !== undefined) return;
    if (total !== undefined) ledger.declare(total);
    else ledger.doubt(`no total came at ${showPlace(form.total ?? '')}, where the manifest says that there is one`);
  };

  const ended = (how: 'total' | 'protocol'): undefined => {
    ledger.end(how);
    return undefined;
  };

  return {
    first: turn,
    refused() {
      if (honoured && isWindow(ledger.unique))
        ledger.doubt(`the page past the declared total was refused, and ${ledger.unique} rows may be as many as the system ever gives`);
      else if (honoured) {
        ledger.remark('refuses a page past its end');
        ledger.end('total');
      } else ledger.doubt(`the page past the declared total was refused, and nothing shows that ${form.param} is honoured`);
    },
    next(page) {
      declare(page);
      const total = ledger.declaredTotal;
      const rows = page.records.length;
      const more = isMore(page);
      if (more === 'missing') ledger.doubt(`${showPlace(form.more ?? form.done ?? '')} does not say whether there are further pages`);
      if (rows > 0 && page.fresh === 0) {
        if (page.turn.pastEnd === true && honoured) {
          ledger.remark('repeats earlier rows past its end');
          return ended('total');
        }
        ledger.doubt(`a page brought only rows that came before: ${form.param} is ignored, or pages repeat`);
        return undefined;
      }
      if (page.turn.pastEnd === true && rows > 0)
        ledger.doubt(`rows came past the declared total of ${total ?? 0}: the total is understated`);
      if (at !== start && page.fresh > 0) honoured = true;
      if (more === false) return ended('protocol');
      const pages = readPages === undefined ? undefined : countOf(readPages(page));
      const number = step === 'page' ? at - start + 1 : undefined;
      if (pages !== undefined && number !== undefined && number >= pages) return ended('protocol');
      if (rows === 0) {
        // A short page is no end: only one that is empty without the row before it.
        if (overlaps) return advance(0, false);
        if (more === true && ++holes <= MAX_HOLES && form.size !== undefined) return advance(form.size);
        if (total !== undefined && ledger.unique < total && ++holes <= MAX_HOLES && form.size !== undefined) return advance(form.size);
        if (more === true) ledger.doubt('pages are empty, yet there are said to be more');
        else if (total === undefined && isWindow(ledger.unique))
          ledger.doubt(`the list ends with an empty page after exactly ${ledger.unique} rows, and a limit of the system may have ended it`);
        return ended(total === undefined ? 'protocol' : 'total');
      }
      holes = 0;
      const by = overlaps ? Math.max(1, page.came - 1) : rows;
      // Where pages hold one row, one that overlaps would hold nothing else.
      return advance(step === 'size' ? (form.size ?? rows) : by, canOverlap && page.came > 1);
    },
  };

  function advance(by: number, next = false): Turn {
    overlaps = next;
    at += step === 'page' ? 1 : by;
    return turn();
  }
}

/** The number of a page or row, and the size of pages, where the system wants them. */
function placed({ param, in: where, size_param: sizeParam }: Page | Offset, at: number, size: number | undefined): Turn {
  const sizes: [string, number][] = sizeParam === undefined || size === undefined ? [] : [[sizeParam, size]];
  const text = (values: readonly [string, number][]) => values.map(([name, value]) => [name, String(value)] as const);
  if (where === 'path') return { path: { [param]: String(at) }, query: text(sizes) };
  const values: [string, number][] = [[param, at], ...sizes];
  return where === 'body' ? { body: values } : { query: text(values) };
}
