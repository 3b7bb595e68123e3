import { expect, it, onTestFinished } from 'vitest';
import { createHttpClient } from '../../../src/http/client.js';
import { Ledger } from '../../../src/contract/ledger.js';
import { readByCursor } from '../../../src/sources/scim/cursor-paging.js';
import { readByIndex } from '../../../src/sources/scim/index-paging.js';
import type { ListPage } from '../../../src/sources/scim/list-response.js';
import type { Pages, Reading } from '../../../src/sources/scim/reading.js';
import { UsersEndpoint } from '../../../src/sources/scim/users-endpoint.js';
import { type Answer, startScim, users } from './scim-server.js';

/** A server that has ever more users, read with a cap of five pages. */
async function readEndless(total: number | undefined, concurrency: number, read: (reading: Reading, first: ListPage) => Pages) {
  const list = ({ startIndex, cursor, nth }: { startIndex: number; cursor?: string; nth: number }): Answer => ({
    totalResults: total,
    Resources: users(10, cursor === undefined ? startIndex : nth * 10),
    ...(cursor === undefined ? {} : { nextCursor: `c${nth}` }),
  });
  const server = await startScim({ list });
  const http = createHttpClient({ system: 'hr-portal', baseUrl: server.url, env: {}, redact: (text) => text });
  onTestFinished(async () => {
    await http.close();
    await server.close();
  });
  const ledger = new Ledger();
  const ask = { signal: new AbortController().signal, notes: ledger };
  const reading = { endpoint: new UsersEndpoint('hr-portal', http), ask, ledger, count: 10, concurrency, maxPages: 5 };
  const first = read === readByCursor ? await reading.endpoint.byCursor('', 10, ask) : await reading.endpoint.byIndex(1, 10, ask);
  if (first === 'expired') throw new Error('no cursor expires here');
  let rows = 0;
  for await (const page of read(reading, first)) rows += page.length;
  return { rows, completeness: ledger.completeness(), requests: server.lists.length };
}

it.each([
  ['by index, without a total', undefined, 1, readByIndex],
  ['by index, one at a time', 1_000_000, 1, readByIndex],
  ['by index, several at a time', 1_000_000, 4, readByIndex],
  ['by cursor', undefined, 1, readByCursor],
] as const)('%s: reading stops at the page cap, unproven', async (_, total, concurrency, read) => {
  const { rows, completeness, requests } = await readEndless(total, concurrency, read);
  expect(rows).toBe(50);
  expect(requests).toBe(5);
  expect(completeness.verdict).toBe('unproven');
  expect(completeness.reasons).toContain('reading stopped after 5 pages');
});
