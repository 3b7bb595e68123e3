import { expect, it } from 'vitest';
import { remarksOfOnePage } from '../../src/model/one-page.js';
import { Ledger } from '../../src/pull/ledger.js';

/** What the ledger says of a list that stopped after one page of these ids. */
function onePage(ids: readonly string[], total: number) {
  const ledger = new Ledger();
  ledger.declare(total);
  ledger.take(ids.map((id) => ({ id })));
  ledger.doubt('only the first pages were read');
  return ledger.completeness();
}

it('that the list goes on after the page that was asked for is no remark', () => {
  expect(onePage(['1', '2'], 9).reasons).toHaveLength(3);
  expect(remarksOfOnePage(onePage(['1', '2'], 9))).toEqual([]);
});

it('what the page itself shows is one: an id that came twice, a total that is less than what came', () => {
  expect(remarksOfOnePage(onePage(['1', '1', '2'], 9))).toEqual(['1 of 3 rows repeats an id that came before']);
  expect(remarksOfOnePage(onePage(['1', '2'], 1))).toEqual(['the system declares 1 row, 2 distinct ones came']);
});
