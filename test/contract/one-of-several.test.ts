import { describe, expect, it } from 'vitest';
import { isRound } from '../../src/contract/one-of-several.js';

describe('a number of rows', () => {
  it.each([50, 100, 200, 250, 256, 500, 512, 1000, 1024, 1500, 2000, 2500, 5000, 10_000, 65_536, 100_000])(
    '%i is one at which lists are cut',
    (rows) => expect(isRound(rows)).toBe(true),
  );
  it.each([0, 1, 10, 20, 25, 30, 49, 51, 64, 99, 101, 128, 150, 300, 999, 1001, 1250, 10_001])('%i is not', (rows) =>
    expect(isRound(rows)).toBe(false),
  );
});
