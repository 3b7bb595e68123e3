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

describe('the figures of a stage, in sentences', () => {
  type Counts = readonly [successes: number, failures: number, more?: Partial<Evidence>];
  const said = (stage: 'create' | 'update' | 'delete', [successes, failures, more = {}]: Counts): readonly string[] => {
    const evidence = new Evidence('snapshot');
    for (let i = 0; i < successes; i++) evidence.succeeded(HOUR);
    for (let i = 0; i < failures; i++) evidence.failed(NaN);
    return judgeStage({ stage, evidence: Object.assign(evidence, more), declared: { by: 'manual' }, policy: POLICY }).reasons;
  };
  const late = new Map([['grace', 2]]) as Evidence['aside'];
  const hidden = new Map([['unclear', 3]]) as Evidence['unseen'];

  it.each<[stage: 'create' | 'update' | 'delete', counts: Counts, expected: string[]]>([
    ['delete', [1, 0], ['1 of 1 leaver followed through', 'fewer than 5 trials prove nothing']],
    ['create', [4, 0], ['4 of 4 joiners followed through', 'fewer than 5 trials prove nothing']],
    ['update', [5, 0], ['5 of 5 movers followed through', 'too few trials to call it covered']],
    ['update', [0, 5, { undetermined: 9, unseen: hidden }], ['0 of 5 movers followed through', '9 more cannot be judged: 3 may have an account whose status or owner cannot be told', 'too much is out of sight to call it a gap']],
    ['delete', [12, 0, { doubtful: 5, undetermined: 5 }], ['12 of 12 leavers followed through', '5 more cannot be judged', 'too much is in doubt to call it covered']],
    ['delete', [20, 0, { undetermined: 1, unseen: hidden, aside: late }], ['20 of 20 leavers followed through', '1 more cannot be judged']],
    ['delete', [5, 0, { aside: late }], ['5 of 5 leavers followed through', '2 more left and do not count: 2 are within the grace', 'too few trials to call it covered']],
    ['create', [0, 0, { undetermined: 1 }], ['what followed for 1 joiner cannot be seen']],
    ['create', [0, 0, { undetermined: 2, unseen: hidden, aside: late }], ['what followed for 2 joiners cannot be seen: 3 may have an account whose status or owner cannot be told', '2 more joined and do not count: 2 are within the grace']],
    ['create', [0, 0, { waiting: 3 }], []],
    ['create', [0, 0, { waiting: 3, aside: late }], ['2 more joined and do not count: 2 are within the grace']],
    ['create', [0, 0], ['no joiner in the last 90 days']],
    ['delete', [1, 0, { observed: 1 }], ['1 of 1 leaver followed through', 'it was seen to happen between audits', 'fewer than 5 trials prove nothing']],
    ['delete', [20, 0, { observed: 20 }], ['20 of 20 leavers followed through', 'all were seen to happen between audits']],
    ['delete', [20, 0, { observed: 1 }], ['20 of 20 leavers followed through', '1 of them was seen to happen between audits, 19 dated by this audit alone']],
    ['delete', [20, 0, { observed: 4 }], ['20 of 20 leavers followed through', '4 of them were seen to happen between audits, 16 dated by this audit alone']],
  ])('%s, %j', (stage, counts, expected) => {
    expect(said(stage, counts)).toEqual(expected);
  }); // prettier-ignore

  it.each<[hours: number, grace: string]>([
    [36, '36 h'],
    [47.95, '48 h'],
    [48, '2 d'],
    [60, '60 h'],
    [72, '3 d'],
  ])('a grace of %i hours is %s', (hours, grace) => {
    const evidence = new Evidence('snapshot');
    for (let i = 0; i < 20; i++) evidence.succeeded(999 * HOUR);
    const policy = { ...POLICY, grace: { ...POLICY.grace, delete: hours * HOUR } };
    const { verdict, reasons } = judgeStage({ stage: 'delete', evidence, declared: { by: 'manual' }, policy });
    expect(verdict).toBe('partial');
    expect(reasons).toContain(`half of them waited longer than the grace of ${grace}: late is not covered`);
  });

  it('whoever waits for a first login is not late, and whoever else waits is', () => {
    const slow = (stage: 'create' | 'update', by: DeclaredMechanism): unknown => {
      const evidence = new Evidence('snapshot');
      for (let i = 0; i < 20; i++) evidence.succeeded(99 * HOUR);
      return judgeStage({ stage, evidence, declared: { by }, policy: POLICY }).verdict;
    };
    expect([slow('create', 'jit'), slow('create', 'scim'), slow('update', 'jit')]).toEqual(['covered', 'partial', 'partial']);
  });

  it('a stage that is late and not covered for that says only that it is late', () => {
    const evidence = new Evidence('snapshot');
    for (let i = 0; i < 8; i++) evidence.succeeded(99 * HOUR);
    const { verdict, reasons } = judgeStage({ stage: 'delete', evidence, declared: { by: 'manual' }, policy: POLICY });
    expect(verdict).toBe('unproven');
    expect(reasons.at(-1)).toBe('half of them waited longer than the grace of 24 h');
  });
});

describe('a pass that is withheld', () => {
  const judged = (successes: number, failures: number, verdict: 'partial' | 'unproven') => {
    const evidence = new Evidence('snapshot');
    for (let i = 0; i < successes; i++) evidence.succeeded(HOUR);
    for (let i = 0; i < failures; i++) evidence.failed(NaN);
    const stage = judgeStage({
      stage: 'update',
      evidence,
      declared: { by: 'manual' },
      policy: POLICY,
      withheld: { verdict, reason: 'why' },
    });
    return [stage.verdict, stage.reasons.includes('why')];
  };

  it('is what was withheld for, or partial where somebody was left', () => {
    expect(judged(20, 0, 'unproven')).toEqual(['unproven', true]);
    expect(judged(20, 0, 'partial')).toEqual(['partial', true]);
    expect(judged(40, 1, 'unproven')).toEqual(['partial', true]);
  });

  it('is no news where there was none, unless it is known that some wait', () => {
    expect(judged(3, 0, 'unproven')).toEqual(['unproven', false]);
    expect(judged(3, 0, 'partial')).toEqual(['unproven', true]);
  });
});

describe('the limits of a verdict', () => {
  const verdict = (
    successes: number,
    failures: number,
    more: Partial<Evidence> = {},
    policy: Partial<(typeof POLICY)['coverage']> = {},
  ) => {
    const evidence = new Evidence('snapshot');
    for (let i = 0; i < successes; i++) evidence.succeeded(HOUR);
    for (let i = 0; i < failures; i++) evidence.failed(NaN);
    Object.assign(evidence, more);
    return judgeStage({
      stage: 'delete',
      evidence,
      declared: { by: 'manual' },
      policy: { ...POLICY, coverage: { ...POLICY.coverage, ...policy } },
    });
  };

  it('at which a stage is covered', () => {
    // One in twenty is the most, however many there are.
    expect(verdict(950, 50).verdict).toBe('covered');
    expect(verdict(949, 51).verdict).toBe('partial');
    expect(verdict(950, 0, { doubtful: 50 }).verdict).toBe('covered');
    expect(verdict(949, 0, { doubtful: 51 }).verdict).toBe('unproven');
    const low = verdict(20, 0).interval?.[0] ?? 0;
    expect(verdict(20, 0, {}, { covered: low - 0.001 }).verdict).toBe('covered');
    expect(verdict(20, 0, {}, { covered: low + 0.001 }).verdict).toBe('unproven');
  });

  it('of how many history saw', () => {
    const grade = (observed: number): unknown => verdict(20, 0, { observed }).grade;
    expect([grade(10), grade(11)]).toEqual(['snapshot', 'observed']);
  });

  it('and only of the delete stage says who is still on', () => {
    expect(verdict(3, 9).stillActive).toBe(9);
    const evidence = new Evidence('snapshot');
    expect(judgeStage({ stage: 'update', evidence, policy: POLICY })).not.toHaveProperty('stillActive');
    expect(judgeStage({ stage: 'update', evidence, policy: POLICY })).not.toHaveProperty('provisioned');
  });
});
