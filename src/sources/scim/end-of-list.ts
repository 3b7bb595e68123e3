import type { ListPage } from './list-response.js';
import { dropPageTotal } from './page-total.js';
import type { Ending, Pages, Reading } from './reading.js';

// The declared total was reached: what did the page past it say? Each answer that servers give there has its own proof.

/** The page past the total was empty. Some servers declare 0 (or nothing) on such a page, so the total is asked for again. */
export async function proveEmptyPastEnd(reading: Reading, page: ListPage, total: number): Promise<Ending> {
  const { endpoint, ask, ledger } = reading;
  if (page.total !== undefined && (page.total !== 0 || total === 0)) {
    ledger.declare(page.total);
  } else {
    ledger.remark(`declares ${page.total === undefined ? 'no total' : 'a total of 0'} past its end: the total was asked for again`);
    checkDrift(reading, await endpoint.byIndex(1, 1, ask));
  }
  ledger.end('total');
  return 'done';
}

/** The page past the total brought users that came before: the server wraps round to the start, or ignores startIndex. */
export async function proveWrapped(reading: Reading, first: ListPage, past: ListPage, indexHonoured: boolean): Promise<Ending> {
  const { ledger } = reading;
  if (past.resources[0]?.id !== first.resources[0]?.id) {
    // Neither a wrap nor a startIndex ignored would begin elsewhere: rows moved, and one may have slipped through.
    ledger.doubt(
      'the page past the declared total brought users from the middle of the list: it moved while it was read, or has no fixed order',
    );
    return 'done';
  }
  const total = ledger.declaredTotal ?? 0;
  // The last of one is the first: that shows nothing.
  if (indexHonoured || (total > 1 && lastStandsAlone(reading, await straddling(reading, total)))) {
    ledger.remark('wraps round to the first users past its end');
    ledger.end('total');
    return 'done';
  }
  if (await totalStandsAlone(reading, total)) {
    ledger.remark('ignores startIndex; the first page held every user');
    ledger.end('total');
    return 'done';
  }
  ledger.doubt(
    `startIndex is ignored, and the declared total is merely the number of users sent: a list cut off at ${total} would look the same`,
  );
  return 'ignored';
}

/** The server refused the page past the total. A page that straddles the end shows whether the total is the end, or a cap on startIndex. */
export async function* proveRefusedPastEnd(reading: Reading, total: number): Pages {
  const { ledger } = reading;
  const page = total > 0 ? await straddling(reading, total) : 'refused';
  if (page !== 'refused' && page.resources.some((user) => !ledger.has(user.id))) {
    ledger.doubt(`users came past the declared total of ${total}: the total is understated`);
    yield ledger.take(page.resources, reading.again);
    return 'done';
  }
  if (lastStandsAlone(reading, page)) {
    ledger.remark('refuses a page past its end');
    ledger.end('total');
  } else {
    ledger.doubt(`the page past the declared total of ${total} was refused, so nothing shows that the list ends there`);
  }
  return 'done';
}

/** A page from the last user of the total on, with room for more. */
function straddling({ endpoint, ask, count }: Reading, total: number): Promise<ListPage | 'refused'> {
  return endpoint.pastEnd(total, Math.max(2, count), ask);
}

/** True when that page holds the last user only: startIndex is honoured, and nothing comes after. */
function lastStandsAlone({ ledger }: Reading, page: ListPage | 'refused'): boolean {
  if (page === 'refused') return false;
  if (page.total !== undefined) ledger.declare(page.total);
  return page.resources.length === 1 && page.resources.every((user) => ledger.has(user.id));
}

/**
 * startIndex is ignored, so no page can show what lies past the total. The total can still be trusted where it is a count of its
 * own: it stays when one row is asked for, and asking for more rows than it names brings no more.
 */
async function totalStandsAlone({ endpoint, ask, count }: Reading, total: number): Promise<boolean> {
  const one = await endpoint.byIndex(1, 1, ask);
  if (one.resources.length !== 1 || one.total !== total) return false;
  if (total < count) return true;
  // A total of one cannot be told from the length of a page of one.
  if (total < 2) return false;
  const more = await endpoint.byIndex(1, total + 1, ask);
  return more.total === total && more.resources.length === total;
}

function checkDrift({ ledger }: Reading, first: ListPage): void {
  const { total, resources } = first;
  // One user was asked for: where the total is one as well, it counts the users of the page.
  if (total === 1 && resources.length === 1 && (ledger.declaredTotal ?? 0) > 1) dropPageTotal(ledger);
  else if (total !== undefined) ledger.declare(total);
  if (first.resources.some((user) => !ledger.has(user.id))) ledger.doubt('a user appeared while the list was read');
}
