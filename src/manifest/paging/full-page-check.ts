import { isRound, isWindow } from '../../contract/one-of-several.js';
import type { Answered, Pager, PagerContext, Turn } from './pager.js';

/** What the forms of paging by links and cursors have in common. */
interface LinkedForm {
  readonly size_param?: string | undefined;
  readonly size?: number | undefined;
  readonly total?: unknown;
  readonly more?: unknown;
  readonly done?: unknown;
  readonly must_have?: unknown;
}

/**
 * Of a list that ends where no next page is named: a header that was lost on the way looks like its end. Where the only page is as full as
 * pages get, half of it is asked for again: then a next page must be named, or the system never names one. A list of several pages that ends with a
 * full one at a round number may have met a limit, unless the answer says that it ends: by a cursor that is there and empty, by a Link header without
 * a next one. On a single page that proves less: systems write an empty cursor too where they were asked for no pages.
 */
export function checkFullPage(pager: Pager, form: LinkedForm, { ledger }: PagerContext, saysEnd: (page: Answered) => boolean): Pager {
  const { size, size_param: param } = form;
  const isSaid = (form.total ?? form.more ?? form.done ?? form.must_have) !== undefined;
  if (isSaid) return pager;
  if (size === undefined || param === undefined || size < 2) return checkRoundPage(pager, ledger);
  const half = Math.floor(size / 2);
  let pages = 0;
  return {
    first: () => pager.first(),
    refused: () => ledger.doubt(`the only page is full (${size} rows) and names no next one, and one of ${half} rows is refused`),
    next(page) {
      const next = pager.next(page);
      if (page.turn.probe === true) {
        if (next === undefined)
          ledger.doubt(
            `the only page is full (${size} rows) and names no next one, nor does one of ${half} rows: links to further pages may be lost on the way`,
          );
        return undefined;
      }
      pages++;
      if (next !== undefined || page.came < size) return next;
      if (pages === 1) return smaller(page.turn, param, half);
      if (isWindow(ledger.unique) && !saysEnd(page))
        ledger.doubt(`the list ends with a full page after ${ledger.unique} rows, and nothing but a limit of the system may have ended it`);
      return undefined;
    },
  };
}

/** Where no size is asked for, nobody knows how many rows are a full page. Keystone cuts at 1,000 so, with a link to the next page that is null. */
function checkRoundPage(pager: Pager, ledger: PagerContext['ledger']): Pager {
  let pages = 0;
  return {
    first: () => pager.first(),
    next(page) {
      const next = pager.next(page);
      pages++;
      if (next === undefined && pages === 1 && isRound(page.came))
        ledger.doubt(
          `the only page has exactly ${page.came} rows, as many as pages have that are full, and names no next one: ask for a number of rows (size_param, size)`,
        );
      return next;
    },
  };
}

function smaller(turn: Turn, param: string, half: number): Turn {
  const { query, body } = turn;
  return {
    ...turn,
    ...(query === undefined ? {} : { query: query.map(([name, value]) => [name, name === param ? String(half) : value] as const) }),
    ...(body === undefined ? {} : { body: body.map(([name, value]) => [name, name === param ? half : value] as const) }),
    probe: true,
  };
}
