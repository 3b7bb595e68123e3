import { describe, expect, it } from 'vitest';
import { Evidence } from '../../src/coverage/evidence.js';
import { judgeStage } from '../../src/coverage/verdict.js';
import type { DeclaredMechanism } from '../../src/model/policy.js';
import { HOUR, POLICY } from '../in-memory.js';

function judge(successes: number, failures: number, more: { undetermined?: number; by?: DeclaredMechanism; doubts?: string[] } = {}) {
  const evidence = new Evidence('snapshot');
  for (let i = 0; i < successes; i++) evidence.succeeded(HOUR);
  for (let i = 0; i < failures; i++) evidence.failed(9 * 24 * HOUR);
  evidence.undetermined = more.undetermined ?? 0;
  return judgeStage('delete', evidence, more.by === undefined ? undefined : { by: more.by }, POLICY, more.doubts ?? []);
}

describe('the verdict of a stage', () => {
  it.each([
    [41, 0, 0, 'scim', 'covered'],
    [41, 0, 0, undefined, 'undeclared'],
    [41, 0, 0, 'none', 'undeclared'],
    [9, 0, 0, 'scim', 'covered'],
    [8, 0, 0, 'scim', 'unproven'],
    [19, 1, 0, 'scim', 'covered'],
    [18, 2, 0, 'scim', 'partial'],
    [17, 6, 0, 'scim', 'partial'],
    [2, 7, 0, 'scim', 'contradicted'],
    [2, 7, 0, 'none', 'gap'],
    [2, 7, 0, undefined, 'gap'],
    [0, 9, 0, 'jit', 'contradicted'],
    [0, 4, 0, 'scim', 'unproven'],
    [0, 0, 0, 'scim', 'unproven'],
    [0, 0, 30, 'scim', 'unproven'],
    [0, 9, 20, 'none', 'unproven'],
    [1, 9, 20, 'none', 'partial'],
  ] as const)('%i successes, %i failures, %i out of sight, declared %s: %s', (successes, failures, undetermined, by, verdict) => {
    expect(judge(successes, failures, { undetermined, ...(by === undefined ? {} : { by }) }).verdict).toBe(verdict);
  });

  it('is never a pass while there is a doubt, and says which', () => {
    const stage = judge(41, 0, { by: 'scim', doubts: ["the app's list is not proven whole"] });
    expect(stage.verdict).toBe('unproven');
    expect(stage.reasons[0]).toBe("the app's list is not proven whole");
  });

  it('carries the figures of the contract', () => {
    expect(judge(2, 7, { by: 'scim' })).toMatchObject({
      grade: 'snapshot',
      trials: 9,
      successes: 2,
      interval: [0.063, 0.547],
      stillActive: 7,
      declared: 'scim',
      lag: { open: 7, longestOpenHours: 216 },
    });
    expect(judge(0, 0)).toMatchObject({ grade: 'declared', trials: 0, interval: null, lag: null, declared: null });
  });
});
