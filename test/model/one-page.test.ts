import { describe, expect, it } from 'vitest';
import { doubting, doubtsOf, factsOf, type Completeness } from '../../src/model/completeness.js';
import { remarksOfOnePage } from '../../src/model/one-page.js';
import { Ledger } from '../../src/contract/ledger.js';

/** What the ledger says of a list that stopped after one page of these ids. */
function onePage(ids: readonly string[], total: number) {
  const ledger = new Ledger();
  ledger.declare(total);
  ledger.take(ids.map((id) => ({ id })));
  ledger.doubt('only the first pages were read', 'first-pages');
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

describe('what is known of a list', () => {
  const unproven = (): Completeness => {
    const ledger = new Ledger();
    ledger.take([{ id: '1' }]);
    ledger.end('protocol');
    ledger.remark('pages came one at a time');
    ledger.remark('2 records are left out', 'left-out');
    ledger.doubt('zzz: the list moved');
    return ledger.completeness();
  };

  it('tells doubts from remarks, doubts first', () => {
    const list = unproven();
    expect(list.reasons).toEqual(['zzz: the list moved', '2 records are left out', 'pages came one at a time']);
    expect(doubtsOf(list)).toEqual(['zzz: the list moved']);
    expect(factsOf(list).map(({ kind }) => kind)).toEqual(['other', 'left-out', 'other']);
  });

  it('takes what comes as both for a doubt, once, in either order', () => {
    const ledger = new Ledger();
    ledger.remark('a');
    ledger.doubt('a');
    ledger.doubt('b');
    ledger.remark('b');
    ledger.end('protocol');
    expect(ledger.completeness()).toMatchObject({ verdict: 'unproven', reasons: ['a', 'b'] });
    expect(doubtsOf(ledger.completeness())).toEqual(['a', 'b']);
  });

  it('grows by a doubt that comes later, and keeps what it was', () => {
    const later = doubting(unproven(), 'it shrank');
    expect(later.reasons).toEqual(['it shrank', 'zzz: the list moved', '2 records are left out', 'pages came one at a time']);
    expect(doubtsOf(later)).toEqual(['it shrank', 'zzz: the list moved']);
  });

  it('is all doubt where nobody kept the facts of an unproven list', () => {
    const { facts: _facts, ...kept } = unproven();
    expect(doubtsOf(kept)).toEqual(kept.reasons);
    expect(doubtsOf({ ...kept, verdict: 'consistent' })).toEqual([]);
  });
});
