import type { Answered, Pager, PagerContext, Turn } from './pager.js';

/**
 * Pages that are counted off, of a list that declares no total: when a row goes, the rows after it move up, and one of them into a page
 * that was read already. So each page is read again when the next one has come, and must hold what it held: then nothing moved across the
 * border between the two. (Only a move and one back, both within those requests, would not show.)
 */
export function checkBorders(pager: Pager, { ledger, nameOf }: PagerContext): Pager {
  let before: { readonly turn: Turn; readonly names: string } | undefined;
  let last = before;
  let after: Turn | undefined;

  const again = (): Turn | undefined => before && { ...before.turn, probe: true };
  const judge = (names: string): Turn | undefined => {
    if (names !== before?.names) {
      ledger.doubt('rows moved while the pages were read: a page that was read again held other rows, so others may be left out');
      last = undefined;
    }
    before = last;
    return after;
  };
  const namesOf = (page: Answered): string => JSON.stringify(page.records.map(nameOf));

  return {
    first: () => pager.first(),
    // Without a total no page lies past it: what is refused was read before.
    refused: () => ledger.doubt('a page that was read could not be read again, so rows may have moved while the pages were read'),
    emptied: () => {
      after = undefined;
      return again();
    },
    next(page) {
      if (page.turn.probe === true) return judge(namesOf(page));
      after = pager.next(page);
      // The row that overlaps has proven the border, and it is not among the records.
      last = page.turn.overlaps === true ? undefined : { turn: page.turn, names: namesOf(page) };
      const isRepeated = page.records.length > 0 && page.fresh === 0;
      const probe = page.turn.overlaps === true || isRepeated ? undefined : again();
      if (probe === undefined) before = last;
      return probe ?? after;
    },
  };
}
