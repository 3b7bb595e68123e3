import { Ledger } from '../../contract/ledger.js';
import { readByCursor } from './cursor-paging.js';
import { readByIndex } from './index-paging.js';
import type { ScimResource } from './list-response.js';
import type { PagingMode } from './options.js';
import type { Ending, Reading } from './reading.js';
import type { Declared } from './service-provider-config.js';
import { Sightings } from './sightings.js';

/** Pages that show whether a list can be read: paging fails on the second. */
const FIRST_PAGES = 2;

export interface ListPlan {
  readonly paging: PagingMode;
  readonly declared: Declared;
  readonly firstPagesOnly: boolean;
  /** One attempt that keeps its books in that ledger. */
  readonly attempt: (ledger: Ledger) => Reading;
}

/**
 * Yields the users of the list, each once, and returns the ledger of the attempt that counts. Index paging is the default;
 * cursors are taken where they are declared, where the server sends one unasked (RFC 9865 section 2), and where it turns out
 * to ignore startIndex. A list is started again for two reasons at most: that one, and one expired cursor.
 */
export async function* readList({
  paging,
  declared,
  firstPagesOnly,
  attempt,
}: ListPlan): AsyncGenerator<readonly ScimResource[], Ledger, void> {
  const auto = paging === 'auto';
  let byCursor = paging === 'cursor' || (auto && declared.indexPaging === false);
  let expired = false;
  const sightings = new Sightings();
  for (let ledger = new Ledger(); ;) {
    // Pages that are fetched several at a time would be more than two.
    const reading = firstPagesOnly ? { ...attempt(ledger), concurrency: 1 } : attempt(ledger);
    const { endpoint, count, ask } = reading;
    const first = byCursor ? await endpoint.byCursor('', count, ask) : await endpoint.byIndex(1, count, ask);
    byCursor ||= auto && first !== 'expired' && first.nextCursor !== undefined;
    const pages = byCursor || first === 'expired' ? readByCursor(reading, first) : readByIndex(reading, first);
    let step = await pages.next();
    for (let number = 1; step.done !== true; step = await pages.next(), number++) {
      const unseen = sightings.unseen(step.value);
      if (unseen.length > 0) yield unseen;
      if (!firstPagesOnly || number < FIRST_PAGES) continue;
      ledger.doubt('only the first pages were read', 'first-pages');
      return ledger;
    }

    const ending: Ending = step.value;
    if (ending === 'expired' && expired) ledger.doubt('the cursor expired a second time before the end was reached');
    // AWS IAM Identity Center ignores startIndex, and pages only for those who send a cursor.
    const tryCursors = ending === 'ignored' && auto && declared.cursorPaging !== false && (await endpoint.hasCursors(ask));
    if (!tryCursors && (ending !== 'expired' || expired)) {
      sightings.settle(ledger);
      return ledger;
    }
    sightings.startAgain(ledger);
    ledger = new Ledger();
    expired ||= ending === 'expired';
    ledger.remark(
      tryCursors ? 'ignores startIndex: the list was read by cursor' : 'the cursor expired: the list was read again from its beginning',
    );
    byCursor = true;
  }
}
