import { describe, expect, it } from 'vitest';
import { beyondChance, bulkDay, type Agreeing } from '../../src/coverage/chance.js';
import { DAY } from '../in-memory.js';

describe('the day of most dates', () => {
  const day = (...days: number[]): number => bulkDay(days.length, (row) => (days[row] ?? NaN) * DAY);
  const times = (n: number, on: number): number[] => Array.from({ length: n }, () => on);

  it('is that of more than half of ten dates or more', () => {
    expect(day(...times(6, 3), 5, 6, 7, 8)).toBe(3);
    expect(day(...times(5, 3), 5, 6, 7, 8, 9)).toBeNaN();
    expect(day(...times(9, 3))).toBeNaN();
    expect(day(...times(10, 3))).toBe(3);
  });

  it('takes hours of one day together, and what is not dated for nothing', () => {
    expect(day(...times(6, 3.2), 3.9, 4, 5, 6)).toBe(3);
    expect(day(...times(6, 3), 5, 6, 7, 8, ...times(20, NaN))).toBe(3);
    expect(day(...times(9, 3), ...times(9, NaN))).toBeNaN();
  });
});

describe('touches beyond chance', () => {
  const SPAN = 10;
  const mover = (changed: number, touched = changed + 1, follows = true): Agreeing => ({ changed, touched, follows });
  const kept = (movers: readonly Agreeing[], others: readonly number[]): number[] =>
    beyondChance(movers, others, SPAN).map(({ touched }) => touched);
  const four = [mover(0, 4), mover(0, 3), mover(0, 2), mover(0, 1)];
  const times = (n: number, at: number): number[] => Array.from({ length: n }, () => at);

  it('are all of them where nothing else is touched then', () => {
    expect(kept(four, [])).toEqual([1, 2, 3, 4]);
    expect(kept(four, [-1, 14, 100])).toEqual([1, 2, 3, 4]);
    expect(kept([], [1, 2, 3])).toEqual([]);
  });

  it('are none where the others are touched as well', () => {
    expect(kept(four, times(4, 5))).toEqual([]);
  });

  it('are what is left of them when the expectation and two deviations are taken away', () => {
    // One in four of the touches that no change explains falls into the span of each of the four: one by chance, and two more.
    expect(kept(four, [5, ...times(3, 100)])).toEqual([1]);
    // One in sixteen: a quarter, and one more.
    expect(kept(four, [5, ...times(15, 100)])).toEqual([1, 2]);
  });

  it('count both ends of the span', () => {
    const one = [mover(0), mover(50), mover(60), mover(70), mover(80)];
    expect(kept(one, [0, 1000])).toEqual([51, 61, 71, 81]);
    expect(kept(one, [10, 1000])).toEqual([51, 61, 71, 81]);
    expect(kept(one, [10.5, 1000])).toEqual([1, 51, 61, 71, 81]);
    expect(kept(one, [-0.5, 1000])).toEqual([1, 51, 61, 71, 81]);
  });

  it('let go of the likeliest first', () => {
    expect(kept([mover(0), mover(50), mover(60)], [55, ...times(30, 1000)])).toEqual([1, 61]);
    expect(kept([mover(50), mover(0), mover(60)], [5, 5, 5, 55, ...times(40, 1000)])).toEqual([61, 51]);
  });

  it('take the touches of those who do not follow for chance, where they are dated', () => {
    const late = [5, 100, 100, 100].map((touched) => mover(200, touched, false));
    expect(kept([...four, ...late], [])).toEqual([1]);
    expect(kept([...four, mover(200, NaN, false)], [])).toEqual([1, 2, 3, 4]);
  });

  it('do not depend on the order of the others', () => {
    expect(kept(four, [100, 5, 100, 100])).toEqual([1]);
  });
});
