import { describe, expect, it } from 'vitest';
import { lagOf } from '../../src/coverage/lag.js';

describe('the lag', () => {
  it('is the plain median and percentile when everything ended', () => {
    const hours = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(lagOf(hours, [])).toEqual({ medianHours: 50, p95Hours: 95, open: 0, longestOpenHours: null });
  });

  it('does not look fast because the slow ones are still open', () => {
    // Two were removed within the hour; eight are open for 200 h: the median is beyond what was seen.
    const lag = lagOf(
      [1, 1],
      Array.from({ length: 8 }, () => 200),
    );
    expect(lag).toEqual({ medianHours: null, p95Hours: null, open: 8, longestOpenHours: 200 });
  });

  it('follows the product limit where open trials lie between ended ones', () => {
    // At 1 h: 1 of 4 ends (0.75). One is open at 2 h. At 3 h: 1 of 2 ends (0.375): the median is 3 h.
    expect(lagOf([1, 3], [2, 10])).toMatchObject({ medianHours: 3, p95Hours: null });
  });

  it('says nothing without a dated trial', () => {
    expect(lagOf([], [])).toBeNull();
  });
});
