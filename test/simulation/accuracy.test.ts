// A bounded part of `npm run accuracy` (docs/accuracy.md): the bar, on companies that nothing was calibrated on.
import { describe, expect, it } from 'vitest';
import { faults, tally, unprovenShare } from './accuracy.js';
import { cases } from '../night.js';

const seeds = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i);

describe('over simulated companies', () => {
  it('one audit never calls covered what does nothing, nor a gap what always works, and its intervals contain the truth', async () => {
    const sums = await tally(seeds(5001, cases(12, 6)), (seed) => [40, 150, cases(400, 250)][seed % 3] as number, 1);
    expect(faults(sums)).toEqual([]);
    expect(sums.intervals).toBeGreaterThan(cases(200, 100));
    expect(sums.containing / sums.intervals).toBeGreaterThanOrEqual(0.93);
    for (const [app, said] of sums.mechanisms) if (!/^jit/.test(app)) expect(said.get('jit') ?? 0, `${app} is no JIT`).toBe(0);
  }, 120_000);

  // One of every seven companies writes every record of its directory each night: the first does.
  it('six audits with a history neither', async () => {
    const companies = cases(7, 4);
    const sums = await tally(seeds(5001, companies), () => 400, 6);
    expect(faults(sums)).toEqual([]);
    expect(sums.containing / sums.intervals).toBeGreaterThanOrEqual(0.9);
    expect(unprovenShare(sums)).toBeLessThanOrEqual(0.1);
    // History saw who left, where one audit sees nothing; audits fifteen days apart do not see that it took no longer than a day.
    expect(sums.count('hides inactive / delete', 'unproven')).toBe(companies);
  }, 240_000);
});
