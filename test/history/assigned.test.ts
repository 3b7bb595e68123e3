import { expect, test } from 'vitest';
import { audit, newBook } from './book.js';

const list = (rows: number, verdict = 'consistent', app = '0oa1') => ({ directory: 'okta', app, completeness: { verdict, unique: rows } });

test('the last whole list of assignments is what the next one is measured by', async () => {
  const book = newBook();
  const before: (number | undefined)[] = [];
  const days = [
    list(40),
    // Half of it, and another app: neither says anything of how long this list was.
    list(20, 'unproven'),
    list(7, 'proven', '0oa2'),
    undefined,
    list(38),
    list(0),
  ];
  for (const [day, assigned] of days.entries()) {
    await audit(book, {
      day,
      people: [],
      apps: { crm: { accounts: [], ...(assigned === undefined ? {} : { assigned }) } },
      ask: (history) => before.push(history.assignedBefore('crm', { directory: 'okta', app: '0oa1' })),
    });
  }
  expect(before).toEqual([undefined, 40, 40, 40, 40, 38]);
});
