import type { ListPage } from './list-response.js';
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
export async function proveWrapped(reading: Reading, indexHonoured: boolean): Promise<Ending> {
  const { endpoint, ask, ledger, count } = reading;
  const total = ledger.declaredTotal ?? 0;
  if (indexHonoured || (await lastStandsAlone(reading, await endpoint.pastEnd(total, count, ask)))) {
    ledger.remark('wraps round to the first users past its end');
    ledger.end('total');
    return 'done';
  }
  // startIndex is ignored. A total that does not follow the number of rows sent is a count of its own, and can still be trusted.
  const one = await endpoint.byIndex(1, 1, ask);
  if (one.resources.length === 1 && one.total === total && total > 1) {
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
  const { endpoint, ask, ledger, count } = reading;
  const straddling = total > 0 ? await endpoint.pastEnd(total, count, ask) : 'refused';
  if (straddling !== 'refused' && straddling.resources.some((user) => !ledger.has(user.id))) {
    ledger.doubt(`users came past the declared total of ${total}: the total is understated`);
    yield ledger.take(straddling.resources);
    return 'done';
  }
  if (await lastStandsAlone(reading, straddling)) {
    ledger.remark('refuses a page past its end');
    ledger.end('total');
  } else {
    ledger.doubt(`the page past the declared total of ${total} was refused, so nothing shows that the list ends there`);
  }
  return 'done';
}

/** True when a page asked for from the last index holds the last user only: startIndex is honoured, and nothing comes after. */
async function lastStandsAlone(reading: Reading, page: ListPage | 'refused'): Promise<boolean> {
  if (page === 'refused') return false;
  if (page.total !== undefined) reading.ledger.declare(page.total);
  return page.resources.length === 1 && page.resources.every((user) => reading.ledger.has(user.id));
}

function checkDrift({ ledger }: Reading, first: ListPage): void {
  if (first.total !== undefined) ledger.declare(first.total);
  if (first.resources.some((user) => !ledger.has(user.id))) ledger.doubt('a user appeared while the list was read');
}
