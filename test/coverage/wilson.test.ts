import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/coverage/wilson.js';

describe('the Wilson interval', () => {
  // Figures of the report's contract, and of Brown, Cai and DasGupta (2001) for 0 of 10.
  it.each([
    [41, 41, 0.914, 1],
    [17, 23, 0.535, 0.875],
    [2, 9, 0.063, 0.547],
    [0, 10, 0, 0.278],
  ])('%i of %i', (successes, trials, low, high) => {
    const interval = wilson(successes, trials);
    expect(interval?.[0]).toBeCloseTo(low, 3);
    expect(interval?.[1]).toBeCloseTo(high, 3);
  });

  it('says nothing without a trial', () => {
    expect(wilson(0, 0)).toBeNull();
  });
});
