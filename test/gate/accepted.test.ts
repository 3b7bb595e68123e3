import { describe, expect, it } from 'vitest';
import { finding, type Draft } from '../../src/diff/finding.js';
import { decide } from '../../src/gate/accepted.js';
import type { AcceptedEntry } from '../../src/model/acceptance.js';
import type { Finding, FindingReason } from '../../src/model/finding.js';

const one = (cls: Draft['class'], reason: Draft['reason'], id = 'U1') =>
  finding({ class: cls, reason, app: 'slack', account: { id, status: 'active', kind: 'human' }, summary: '' });
const decision = { reason: 'moves to workload identity', owner: 'iam@corp.example', until: '2027-01-31' };
const exact = (account: string, over = {}): AcceptedEntry => ({
  line: 3,
  finding: { app: 'slack', class: 'orphaned', reason: 'no-owner', account },
  ...decision,
  ...over,
});
const NOON = Date.parse('2026-11-23T12:00:00Z');

describe('accepted findings', () => {
  it('are named by id, or exactly by what they say', () => {
    const findings = [one('orphaned', 'no-owner', 'U1'), one('orphaned', 'no-owner', 'U2'), one('orphaned', 'no-owner', 'U3')];
    const entries: AcceptedEntry[] = [{ line: 9, id: findings[1]!.id, found: 'no-owner', ...decision }, exact('U1')];
    const decided = decide(findings, entries, NOON);
    expect(decided.findings.map((f) => f.accepted?.owner)).toEqual(['iam@corp.example', 'iam@corp.example', undefined]);
    expect(decided.idle).toEqual([]);
  });

  it('a selector covers its reason alone', () => {
    const decided = decide([one('orphaned', 'owner-terminated', 'U1')], [exact('U1')], NOON);
    expect(decided.findings[0]?.accepted).toBeNull();
    expect(decided.idle).toHaveLength(1);
  });

  it.each([
    ['2027-01-31T23:59:59.999Z', true],
    ['2027-02-01T00:00:00.000Z', false],
  ])('hold until the end of their day, UTC: at %s that is %s', (at, holds) => {
    const { findings, expired } = decide([one('orphaned', 'no-owner')], [exact('U1')], Date.parse(at));
    expect(findings[0]?.accepted).toEqual(holds ? decision : null);
    expect(findings[0]?.expired).toEqual(holds ? undefined : decision);
    expect(expired).toBe(holds ? 0 : 1);
  });

  it('one that holds outranks one that has run out', () => {
    const [only] = [one('orphaned', 'no-owner')];
    const entries: AcceptedEntry[] = [exact('U1', { until: '2026-01-01' }), { line: 9, id: only.id, found: 'no-owner', ...decision }];
    expect(decide([only], entries, NOON)).toMatchObject({ findings: [{ accepted: decision }], expired: 0, idle: [] });
  });

  describe('by an id', () => {
    const by = (found: FindingReason | undefined, over: Partial<AcceptedEntry> = {}) => ({
      line: 9,
      id: one('orphaned', 'no-owner').id,
      ...(found === undefined ? {} : { found }),
      ...decision,
      ...over,
    });

    it.each([
      ['not-entitled', 'owner-terminated'],
      ['residual-access', 'owner-terminated'],
      ['residual-access', 'not-entitled'],
      ['unowned-service', 'no-owner'],
      ['never-created', 'owner-disabled'],
      [undefined, 'owner-terminated'],
      [undefined, 'owner-disabled'],
      [undefined, 'no-owner'],
    ] as const)('for %s do not cover %s, and say so', (was, now) => {
      const entry = by(was);
      const { findings, outgrown, idle, expired } = decide([one('orphaned', now)], [entry], NOON);
      expect([findings[0]?.accepted, findings[0]?.expired]).toEqual([null, undefined]);
      expect(outgrown.map((o) => [o.entry, o.finding.reason])).toEqual([[entry, now]]);
      expect([idle, expired]).toEqual([[], 0]);
    });

    it.each([
      ['owner-terminated', 'not-entitled'],
      ['owner-disabled', 'owner-terminated'],
      ['no-owner', 'no-owner'],
      [undefined, 'not-entitled'],
      [undefined, 'unowned-service'],
      [undefined, 'residual-access'],
    ] as const)('for %s cover %s', (was, now) => {
      expect(decide([one('orphaned', now)], [by(was)], NOON)).toMatchObject({ findings: [{ accepted: decision }], outgrown: [], idle: [] });
    });

    it('that has run out and no longer fits has run out', () => {
      const { findings, outgrown, expired } = decide([one('orphaned', 'no-owner')], [by(undefined, { until: '2026-01-01' })], NOON);
      expect([findings[0]?.accepted, findings[0]?.expired?.until, outgrown, expired]).toEqual([null, '2026-01-01', [], 1]);
    });

    it('do not stand in the way of an entry that knows better', () => {
      const decided = decide([one('orphaned', 'no-owner')], [by(undefined), exact('U1')], NOON);
      expect(decided).toMatchObject({ findings: [{ accepted: decision }], outgrown: [], idle: [] });
    });
  });

  it("a conflict is covered by any entry until the account may be a leaver's, and then by one that says so", () => {
    const conflict = (may: boolean): Finding => ({ ...one('conflict', 'ambiguous'), ...(may ? { mayBeOrphaned: true as const } : {}) });
    const entries = (over: Partial<AcceptedEntry>): AcceptedEntry[] => [
      { line: 9, id: conflict(false).id, found: 'ambiguous', ...decision, ...over },
      { line: 9, id: conflict(false).id, ...decision, ...over },
      { line: 9, finding: { app: 'slack', class: 'conflict', reason: 'ambiguous', account: 'U1' }, ...decision, ...over },
    ];
    const covered = (may: boolean, over: Partial<AcceptedEntry>): boolean[] =>
      entries(over).map((entry) => decide([conflict(may)], [entry], NOON).findings[0]?.accepted !== null);
    expect(covered(false, {})).toEqual([true, true, true]);
    expect(covered(true, {})).toEqual([false, false, false]);
    expect(covered(true, { mayBeOrphaned: true })).toEqual([true, true, true]);
  });

  it('are none where nobody decided anything', () => {
    const findings = [one('orphaned', 'no-owner')];
    expect(decide(findings, [], NOON)).toEqual({ findings, expired: 0, outgrown: [], idle: [] });
  });

  it('never cover what is inconclusive', () => {
    const unsure = one('inconclusive', 'unknown-status');
    const decided = decide([unsure], [{ line: 2, id: unsure.id, ...decision }], NOON);
    expect(decided.findings).toEqual([unsure]);
    expect(decided.idle).toHaveLength(1);
  });
});
