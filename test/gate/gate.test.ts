import { describe, expect, it } from 'vitest';
import { failOn, gate } from '../../src/gate/gate.js';
import { finding, type Draft } from '../../src/diff/finding.js';

const one = (cls: Draft['class'], reason: Draft['reason'], facts = {}) =>
  finding({ class: cls, reason, app: 'app', account: { id: reason, status: 'active', kind: 'human' }, summary: '', facts });
const orphan = one('orphaned', 'no-owner');
const stale = one('stale', 'unknown');
const nothing = { findings: [], failOn: ['orphaned'], failed: [], unproven: [] };

describe('the gate', () => {
  it.each([
    [{}, 0],
    [{ findings: [orphan] }, 1],
    [{ findings: [stale] }, 0],
    [{ findings: [orphan], failOn: [] }, 0],
    [{ findings: [orphan], failOn: ['orphaned:owner-terminated'] }, 0],
    [{ findings: [orphan], failOn: ['severity>=high'] }, 1],
    [{ findings: [stale], failOn: ['severity>=high'] }, 0],
    [{ findings: [stale], failOn: ['stale'] }, 1],
    [{ unproven: ['the list of crm'] }, 3],
    [{ failed: ['crm'] }, 4],
    [{ failed: ['crm'], unproven: ['the list of crm'] }, 4],
    [{ findings: [orphan], failed: ['crm'], unproven: ['the list of crm'] }, 1],
    [{ findings: [{ ...orphan, accepted: { reason: 'known', owner: 'iam', until: '2027-01-01' } }] }, 0],
  ])('%j exits %i', (outcome, exitCode) => {
    expect(gate({ ...nothing, ...outcome }).exitCode).toBe(exitCode);
  });

  it('fails on no inconclusive finding by itself', () => {
    const unsure = one('inconclusive', 'unproven-list');
    expect(failOn('inconclusive')).toBeUndefined();
    expect(failOn('severity>=info')?.(unsure)).toBe(false);
  });

  it.each(['orphan', 'orphaned:', 'orphaned:nope', 'severity>=worst', ''])('knows that %j is no word', (word) => {
    expect(failOn(word)).toBeUndefined();
  });
});
