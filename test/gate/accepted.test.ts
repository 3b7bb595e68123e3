import { describe, expect, it } from 'vitest';
import { finding, type Draft } from '../../src/diff/finding.js';
import { decide } from '../../src/gate/accepted.js';
import type { AcceptedEntry } from '../../src/model/acceptance.js';

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
    const entries = [{ line: 9, id: findings[1]!.id, ...decision }, exact('U1')];
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
    const entries = [exact('U1', { until: '2026-01-01' }), { line: 9, id: only.id, ...decision }];
    expect(decide([only], entries, NOON)).toMatchObject({ findings: [{ accepted: decision }], expired: 0, idle: [] });
  });

  it('never cover what is inconclusive', () => {
    const unsure = one('inconclusive', 'unknown-status');
    const decided = decide([unsure], [{ line: 2, id: unsure.id, ...decision }], NOON);
    expect(decided.findings).toEqual([unsure]);
    expect(decided.idle).toHaveLength(1);
  });
});
