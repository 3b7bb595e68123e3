import { describe, expect, it } from 'vitest';
import { reachOf } from '../../src/logbook/reach.js';
import { ago, DAY, NOW } from '../in-memory.js';

const asked = { since: NOW - 120 * DAY, until: NOW };
const kept = { retention: 365 * DAY, lateness: 0 };
const unknown = { lateness: 0 };

describe('how far a log reaches', () => {
  it.each<[what: string, first: number, last: number, days: number, facts: object, from: number, until: number, said: string[]]>([
    ['as far as it was asked for', 119, 0, 60, kept, 120, 0, []],
    ['as far back as its first entry, where nobody knows how long it is kept', 110, 0, 60, unknown, 110, 0, []],
    ['no further, though it was asked for more: it may have been switched on then', 40, 0, 2, unknown, 40, 0, ['its first entry is of']],
    ['no further back than it was asked for, whatever came', 130, 0, 60, unknown, 120, 0, []],
    ['as far as the vendor keeps it, where its entries are few', 40, 0, 2, kept, 120, 0, []],
    ['from its first entry on, where they are so many that there would be older ones', 40, 0, 30, kept, 40, 0, ['its first entry is of']],
    ['over a holiday', 119, 13, 60, kept, 120, 0, []],
    ['until its last entry, where they are so many that there would be younger ones', 119, 40, 60, kept, 120, 40, ['its last entry is of']],
    ['until now, where its last entry is old and they are few', 119, 40, 3, kept, 120, 0, []],
  ])('is %s', (_, first, last, days, facts, from, until, said) => {
    const reach = reachOf({ first: ago(first * DAY).at, last: ago(last * DAY).at, days }, asked, { ...unknown, ...facts });
    expect([reach.from, reach.until, reach.isStopped]).toEqual([NOW - from * DAY, NOW - until * DAY, last === until && last > 0]);
    expect(reach.remarks).toEqual(said.map((text) => expect.stringContaining(text) as string));
  }); // prettier-ignore

  it('is what a file holds, and nothing where nothing is dated', () => {
    const held = { first: NOW - 9 * DAY, last: NOW - DAY, days: 8 };
    expect(reachOf(held, undefined, unknown)).toMatchObject({ from: held.first, until: held.last, remarks: [] });
    expect(reachOf({ first: NaN, last: NaN, days: 0 }, asked, kept)).toMatchObject({ from: NaN, until: NaN });
  });

  it('ends before what may still come', () => {
    expect(reachOf({ first: NOW - 119 * DAY, last: NOW - DAY, days: 90 }, asked, { ...kept, lateness: DAY / 4 }).until).toBe(NOW - DAY / 4);
  });
});
