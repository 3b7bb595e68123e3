import { isProvisioningTold } from '../../src/report/table/why.js';
import { describe, expect, it } from 'vitest';
import { Evidence } from '../../src/coverage/evidence.js';
import { judgeStage } from '../../src/coverage/verdict.js';
import type { DeclaredMechanism } from '../../src/model/policy.js';
import type { Provisioned } from '../../src/model/report.js';
import { HOUR, POLICY } from '../in-memory.js';

interface More {
  readonly undetermined?: number;
  readonly by?: DeclaredMechanism;
  readonly doubts?: string[];
  readonly set?: Provisioned['set'];
}

function judge(successes: number, failures: number, more: More = {}) {
  const evidence = new Evidence('snapshot');
  for (let i = 0; i < successes; i++) evidence.succeeded(HOUR);
  for (let i = 0; i < failures; i++) evidence.failed(9 * 24 * HOUR);
  evidence.undetermined = more.undetermined ?? 0;
  const idp = more.set === undefined ? undefined : { directory: 'corp-okta', set: more.set, evidence: 'features: PUSH_NEW_USERS' };
  const declared = more.by === undefined ? undefined : { by: more.by };
  return judgeStage({ stage: 'delete', evidence, declared, policy: POLICY, doubts: more.doubts ?? [], provisioned: idp });
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

  it('is covered, of removals, only where half of them followed within the grace, as far as anything dates it', () => {
    const of = (middles: readonly number[], stage: 'create' | 'delete' = 'delete') => {
      const evidence = new Evidence('observed');
      for (const middle of middles) evidence.succeeded(NaN, middle);
      return judgeStage({ stage, evidence, declared: { by: 'scim' }, policy: POLICY });
    };
    const times = (n: number, middle: number): number[] => Array.from({ length: n }, () => middle);
    expect(of(times(20, NaN))).toMatchObject({ verdict: 'unproven', lag: null });
    expect(of(times(20, NaN)).reasons.join()).toMatch(/whether half of them followed within the grace of 24 h is not known/);
    // Audits a week apart leave three and a half days possible.
    expect(of(times(20, 84 * HOUR)).verdict).toBe('unproven');
    expect(of([...times(10, NaN), ...times(10, HOUR)]).verdict).toBe('covered');
    expect(of([...times(11, NaN), ...times(9, HOUR)]).verdict).toBe('unproven');
    // Who waits for an account says so.
    expect(of(times(20, NaN), 'create').verdict).toBe('covered');
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

describe('what the identity provider declares, beside what is measured', () => {
  it.each([
    [
      0,
      9,
      'scim',
      'on',
      'contradicted',
      'declared as carried by scim, and corp-okta is set up to carry it (features: PUSH_NEW_USERS), yet it does not happen',
    ],
    [0, 9, undefined, 'on', 'contradicted', 'corp-okta is set up to carry it (features: PUSH_NEW_USERS), yet it does not happen'],
    [0, 9, 'manual', 'on', 'contradicted', 'declared as carried by manual, and corp-okta is set up'],
    [0, 9, 'none', 'on', 'contradicted', 'corp-okta is set up to carry it (features: PUSH_NEW_USERS), yet it does not happen'],
    [0, 9, undefined, 'off', 'gap', '0 of 9 leavers followed through'],
    [0, 9, 'none', 'unknown', 'gap', '0 of 9 leavers followed through'],
    [0, 9, 'scim', 'off', 'contradicted', 'declared as carried by scim, yet it does not happen'],
    [41, 0, undefined, 'on', 'covered', 'declared by the identity provider alone: corp-okta is set up to carry it'],
    [41, 0, 'none', 'on', 'undeclared', 'it happens, and corp-okta is set up to carry it'],
    [41, 0, undefined, 'off', 'undeclared', 'it happens, yet nobody is declared to carry it'],
    [41, 0, undefined, 'unknown', 'undeclared', 'it happens, yet nobody is declared to carry it'],
    [41, 0, 'scim', 'off', 'covered', 'declared as carried by scim, but corp-okta is not set up to carry it (features: PUSH_NEW_USERS)'],
    [41, 0, 'api', 'unknown', 'covered', 'declared as carried by api; whether corp-okta is set up to carry it cannot be told'],
    [41, 0, 'workflow', 'off', 'covered', '41 of 41 leavers followed through'],
  ] as const)('%i successes, %i failures, config %s, provider %s: %s', (successes, failures, by, set, verdict, reason) => {
    const stage = judge(successes, failures, { set, ...(by === undefined ? {} : { by }) });
    expect(stage.verdict).toBe(verdict);
    expect(stage.reasons[0]?.startsWith(reason)).toBe(true);
    expect(stage.provisioned).toEqual({ directory: 'corp-okta', set, evidence: 'features: PUSH_NEW_USERS' });
    // Whoever shows the settings need not show them twice.
    expect(isProvisioningTold(stage)).toBe(stage.reasons.join().includes('features: PUSH_NEW_USERS'));
  });

  it('proves nothing by itself: without trials the stage stays unproven, of the weakest grade', () => {
    const stage = judge(0, 0, { set: 'on' });
    expect(stage).toMatchObject({ verdict: 'unproven', grade: 'declared' });
    expect(stage.reasons.join('; ')).toContain('corp-okta is set up to carry it (features: PUSH_NEW_USERS); the config declares nobody');
  });

  it('never lifts a doubt', () => {
    expect(judge(41, 0, { set: 'on', doubts: ['the directory is not proven whole'] }).verdict).toBe('unproven');
  });
});
