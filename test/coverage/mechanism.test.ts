import { describe, expect, it } from 'vitest';
import { MechanismTraces } from '../../src/coverage/mechanism.js';
import { offboarding } from '../../src/coverage/offboarding.js';
import { account, ago, DAY, HOUR, NOW } from '../in-memory.js';

const NO_STALE = { awaitingLogin: 0, total: 0 };

function judge(n: number, make: (i: number) => Parameters<typeof account>[1], stale = NO_STALE) {
  const traces = new MechanismTraces();
  for (let i = 0; i < n; i++) {
    const one = account(`a${i}`, make(i));
    traces.add(one, true, one.externalId === `u${i}`);
  }
  return traces.judge({}, stale);
}

describe('the mechanism', () => {
  it('is SCIM where accounts carry the directory id, even of people who never logged in', () => {
    const scim = judge(40, (i) => ({ externalId: `u${i}`, createdAt: ago(i * DAY), ...(i % 3 === 0 ? {} : { lastLoginAt: ago(HOUR) }) }));
    expect(scim).toMatchObject({ inferred: 'scim', confidence: 0.8 });
    expect(scim.traces).toContain('14 of 40 accounts never logged in: pure JIT is disproved');
  });

  it('is JIT only by two medium traces', () => {
    const once = (i: number) => ({ createdAt: ago(i * DAY + HOUR), lastLoginAt: { at: ago(i * DAY + HOUR).at + 60_000 } });
    expect(judge(40, once).inferred).toBe('jit');
    expect(judge(40, (i) => ({ createdAt: ago(300 * DAY + i * DAY), lastLoginAt: ago(HOUR) })).inferred).toBe('unknown');
    expect(
      judge(40, (i) => ({ createdAt: ago(300 * DAY + i * DAY), lastLoginAt: ago(HOUR) }), { awaitingLogin: 9, total: 10 }).inferred,
    ).toBe('jit');
  });

  it('is never SCIM for a bulk creation alone', () => {
    const bulk = judge(40, () => ({ createdAt: ago(300 * DAY) }));
    expect(bulk.inferred).toBe('manual');
    expect(bulk.traces[0]).toBe('40 of 40 accounts were created in one minute: an import');
  });

  it('says nothing of a handful', () => {
    expect(judge(4, (i) => ({ externalId: `u${i}` }))).toMatchObject({ inferred: 'unknown', confidence: 0 });
  });
});

describe('offboarding', () => {
  it.each([
    [{}, false, 'nobody is declared to carry the delete stage'],
    [{ create: { by: 'scim', system: 'okta' }, delete: { by: 'scim', system: 'okta' } }, false, 'create and delete are both owned by okta'],
    [{ create: { by: 'scim', system: 'okta' }, delete: { by: 'workflow', system: 'servicenow' } }, true, undefined],
    [
      { create: { by: 'jit', system: 'entra' }, delete: { by: 'none' } },
      false,
      'nothing removes accounts, and no compensating control is declared',
    ],
    [
      { create: { by: 'jit', system: 'entra' }, delete: { by: 'jit', system: 'entra' } },
      false,
      'JIT cannot delete: a leaver never logs in again',
    ],
    [
      { create: { by: 'scim', system: 'okta' }, delete: { by: 'workflow', system: 'itsm', reviewBy: NOW - DAY } },
      true,
      'the review of the delete stage was due on 2026-11-23',
    ],
  ] as const)('%j is independent: %s', (lifecycle, independent, reason) => {
    const judged = offboarding(lifecycle, NOW);
    expect(judged.independent).toBe(independent);
    expect(judged.reasons[0]).toBe(reason);
  });
});
