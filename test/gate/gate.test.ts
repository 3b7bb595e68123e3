import { describe, expect, it } from 'vitest';
import { gate } from '../../src/gate/gate.js';
import { failOnWord, failTest } from '../../src/model/fail-on.js';
import type { Finding } from '../../src/model/finding.js';
import type { CoverageVerdict } from '../../src/model/report.js';
import { finding, type Draft } from '../../src/diff/finding.js';

const one = (cls: Draft['class'], reason: Draft['reason'], facts = {}) =>
  finding({ class: cls, reason, app: 'app', account: { id: reason, status: 'active', kind: 'human' }, summary: '', facts });
const orphan = one('orphaned', 'no-owner');
const stale = one('stale', 'unknown');
const nothing = { findings: [], failOn: ['orphaned'], failed: [], unproven: [], apps: [] };

const app = (name: string, verdicts: readonly [CoverageVerdict, CoverageVerdict, CoverageVerdict]) => {
  const [create, update, removal] = verdicts.map((verdict) => ({
    verdict, grade: 'snapshot', trials: 9, successes: 9, interval: null, lag: null, declared: null, reasons: [],
  })); // prettier-ignore
  return { name, coverage: { create: create!, update: update!, delete: removal! } } as Parameters<typeof gate>[0]['apps'][number];
};

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

  const unclear: Finding = { ...one('conflict', 'ambiguous'), mayBeOrphaned: true };
  it.each<[object, number, string?]>([
    [{}, 3, 'inconclusive: whose 1 account of app is'],
    [{ findings: [unclear, { ...unclear, id: 'f-2' }] }, 3, 'inconclusive: whose 2 accounts of app are'],
    [{ failOn: ['orphaned:owner-terminated'] }, 3],
    [{ failOn: ['severity>=critical'] }, 3],
    [{ failOn: ['stale', 'coverage.delete=gap'] }, 0],
    [{ failOn: ['conflict'] }, 1],
    [{ findings: [one('conflict', 'ambiguous')] }, 0],
    [{ findings: [{ ...unclear, accepted: { reason: 'known', owner: 'iam', until: '2027-01-01' } }] }, 0],
    [{ findings: [{ ...unclear, baseline: 'known' }] }, 0],
    [{ findings: [{ ...unclear, baseline: 'worsened' }] }, 3],
    [{ findings: [{ ...unclear, baseline: 'worsened' }], newOnly: true }, 0],
    [{ findings: [{ ...unclear, baseline: 'new' }], newOnly: true }, 3],
    [{ findings: [unclear, orphan] }, 1],
    [{ failed: ['crm'] }, 4],
  ])('an account that may be a leaver’s is not clean: %j exits %i', (outcome, exitCode, reason) => {
    const ended = gate({ ...nothing, findings: [unclear], ...outcome });
    expect(ended.exitCode).toBe(exitCode);
    if (reason !== undefined) expect(ended.reason).toBe(reason);
  });

  it('fails on no inconclusive finding by itself', () => {
    const unsure = one('inconclusive', 'unproven-list');
    expect(failOnWord('inconclusive')).toBeUndefined();
    expect(failTest({ failOn: ['severity>=info'] })(unsure)).toBe(false);
  });

  it.each([
    'orphan', 'orphaned:', 'orphaned:nope', 'orphaned:no-owner:x', 'severity>=worst', '', 'coverage', 'coverage.delete', 'coverage.remove=gap',
    'coverage.delete=bad', 'coverage.delete==gap', 'coverage.delete>=gap', 'coverage.=gap',
  ])('knows that %j is no word', (word) => {
    expect(failOnWord(word)).toBeUndefined();
  }); // prettier-ignore

  it.each<[string, readonly [CoverageVerdict, CoverageVerdict, CoverageVerdict], number]>([
    ['coverage.delete=gap', ['covered', 'covered', 'gap'], 1],
    ['coverage.delete=gap', ['gap', 'gap', 'covered'], 0],
    ['coverage.delete=gap', ['covered', 'covered', 'contradicted'], 1],
    ['coverage.delete=contradicted', ['covered', 'covered', 'gap'], 0],
    ['coverage.delete=gap', ['covered', 'covered', 'partial'], 0],
    ['coverage=gap', ['covered', 'gap', 'covered'], 1],
    ['coverage.delete!=covered', ['gap', 'gap', 'covered'], 0],
    ['coverage.delete!=covered', ['covered', 'covered', 'undeclared'], 1],
    ['coverage.delete!=gap', ['covered', 'covered', 'contradicted'], 0],
    // No proof that it fails: the audit is inconclusive.
    ['coverage.delete!=covered', ['covered', 'covered', 'unproven'], 3],
    ['coverage.delete=unproven', ['covered', 'covered', 'unproven'], 3],
    ['coverage.delete=gap', ['covered', 'covered', 'unproven'], 0],
    ['coverage!=covered', ['unproven', 'gap', 'covered'], 1],
  ])('%s and an app of %j exit %i', (word, verdicts, exitCode) => {
    expect(gate({ ...nothing, failOn: [word], apps: [app('crm', verdicts)] }).exitCode).toBe(exitCode);
  });

  it('names the apps and the verdicts that a coverage word reached', () => {
    const apps = [app('crm', ['covered', 'covered', 'gap']), app('slack', ['covered', 'covered', 'contradicted'])];
    expect(gate({ ...nothing, failOn: ['coverage.delete=gap'], apps }).reason).toBe(
      'coverage.delete of crm is gap, coverage.delete of slack is contradicted: --fail-on coverage.delete=gap',
    );
    expect(gate({ ...nothing, findings: [orphan], failOn: ['orphaned', 'coverage.delete=gap'], apps }).reason).toBe(
      '1 proven finding reached --fail-on orphaned,coverage.delete=gap; coverage.delete of crm is gap, coverage.delete of slack is contradicted',
    );
    const unproven = [app('wiki', ['covered', 'covered', 'unproven'])];
    expect(gate({ ...nothing, failOn: ['coverage.delete!=covered'], apps: unproven }).reason).toBe('inconclusive: coverage.delete of wiki');
  });

  it('counts no stage among the failing findings', () => {
    expect(gate({ ...nothing, failOn: ['coverage=gap'], apps: [app('crm', ['gap', 'gap', 'gap'])] }).failing).toBe(0);
  });

  it.each<[Partial<Finding>, boolean, number]>([
    [{ baseline: 'new' }, false, 1],
    [{ baseline: 'known' }, false, 0],
    [{ baseline: 'worsened' }, false, 1],
    [{ baseline: 'overdue' }, false, 1],
    [{ baseline: 'new' }, true, 1],
    [{ baseline: 'worsened' }, true, 0],
    [{ baseline: 'overdue' }, true, 0],
    // An acceptance that has run out fails whatever the baseline says.
    [{ baseline: 'known', expired: { reason: 'known', owner: 'iam', until: '2026-01-01' } }, true, 1],
  ])('%j with newOnly %s exits %i', (over, newOnly, exitCode) => {
    expect(gate({ ...nothing, findings: [{ ...orphan, ...over }], newOnly }).exitCode).toBe(exitCode);
  });

  it('says why there is nothing, or nothing sure, to fail on', () => {
    expect(gate(nothing).reason).toBe('every list was read whole, and no finding reached --fail-on');
    const known = [{ ...orphan, baseline: 'known' as const }];
    expect(gate({ ...nothing, findings: known }).reason).toBe(
      'every list was read whole, and no finding that is new or worse than the baseline reached --fail-on',
    );
    expect(gate({ ...nothing, findings: known, newOnly: true }).reason).toBe(
      'every list was read whole, and no finding outside the baseline reached --fail-on',
    );
    // What is inconclusive has no place in a baseline, and stands beside what has.
    expect(gate({ ...nothing, findings: [one('inconclusive', 'unknown-status'), ...known] }).reason).toContain('new or worse');
    expect(gate({ ...nothing, failed: ['crm', 'hr'] }).reason).toBe('could not be read: crm, hr');
    expect(gate({ ...nothing, unproven: ['the list of crm', 'slack'] }).reason).toBe('inconclusive: the list of crm, slack');
    const two = [orphan, { ...orphan, id: 'f-2' }];
    expect(gate({ ...nothing, findings: two })).toMatchObject({ failing: 2, reason: '2 proven findings reached --fail-on orphaned' });
  });

  it('says when the baseline decided', () => {
    const findings = [{ ...orphan, baseline: 'new' as const }];
    expect(gate({ ...nothing, findings }).reason).toBe('1 proven finding, new or worse than the baseline, reached --fail-on orphaned');
    expect(gate({ ...nothing, findings, newOnly: true }).reason).toBe('1 proven finding, not in the baseline, reached --fail-on orphaned');
  });
});
