import type { Answered, Pager, PagerContext, Turn } from './pager.js';

interface Form {
  readonly size?: number | undefined;
  readonly size_param?: string | undefined;
  readonly clamps?: boolean | undefined;
}

/**
 * Some systems answer a page past their end with their last page again (Request Tracker, Adobe). That is the end where the page is shorter than the others:
 * one that is full may as well be the last that the system gives, unless the manifest says `clamps`. Where there is one page only, the same answer shows a
 * parameter that is ignored: half a page is asked for, and its second half must come. `pageOf`: what asks for the n-th page of a size.
 */
export function recogniseClamp(
  pager: Pager,
  { size, size_param: param, clamps }: Form,
  { ledger, nameOf }: PagerContext,
  pageOf: (number: number, size: number) => Turn,
): Pager {
  let pages = 0;
  let last: readonly string[] = [];
  let longest = 0;
  let half: Turn | undefined;
  /** Rows of the page that came again. */
  let again = 0;

  const namesOf = (page: Answered): string[] => [...page.records.map(nameOf)];
  const end = (): undefined => {
    ledger.takeBack(again);
    ledger.remark('answers a page past its end with the last page again');
    ledger.end(ledger.declaredTotal === ledger.unique ? 'total' : 'protocol');
    return undefined;
  };

  const doubt = (why: string): undefined => {
    ledger.doubt(why);
    return undefined;
  };

  return {
    ...(pager.emptied === undefined ? {} : { emptied: () => pager.emptied?.() }),
    first: () => pager.first(),
    refused: () => (half === undefined ? pager.refused?.() : doubt(IGNORED)),
    next(page) {
      if (half !== undefined) return isSecondHalf(namesOf(page), last) ? end() : doubt(IGNORED);
      if (page.turn.probe === true) return pager.next(page);
      const isAgain = page.came > 0 && page.fresh === 0 && page.turn.overlaps !== true && isSame(namesOf(page), last);
      if (!isAgain) {
        if (page.came > 0) {
          pages++;
          longest = Math.max(longest, page.came);
          last = namesOf(page);
        }
        return pager.next(page);
      }
      again = page.came;
      if (pages > 1 && (clamps === true || page.turn.pastEnd === true || page.came < longest)) return end();
      if (pages > 1)
        return doubt(
          'the last page came again, and is full: more rows may lie beyond what the system gives; name last_page or total in the manifest, or say clamps: true',
        );
      if (size === undefined || param === undefined || page.came < 2) return pager.next(page);
      half = { ...pageOf(1, Math.ceil(page.came / 2)), probe: true };
      return half;
    },
  };
}

const IGNORED =
  'the second page is the first one again: the page number is ignored, or the system has no more rows, and nothing tells which';

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, i) => name === other[i]);
}

function isSecondHalf(names: readonly string[], all: readonly string[]): boolean {
  return isSame(names, all.slice(Math.ceil(all.length / 2)));
}
