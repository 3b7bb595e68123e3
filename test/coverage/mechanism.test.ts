import { describe, expect, it } from 'vitest';
import { offboarding } from '../../src/coverage/offboarding.js';
import type { Account } from '../../src/model/account.js';
import type { Mechanism } from '../../src/model/report.js';
import { accountOf, ago, audit, DAY, HOUR, NOW, person } from '../in-memory.js';

const MINUTE = 60_000;

/** People who joined long ago, each with the account that `make` describes; `changed` days ago the directory changed them. */
async function judge(n: number, make: (i: number) => Partial<Account> & { changed?: number }): Promise<Mechanism> {
  const people = Array.from({ length: n }, (_, i) =>
    person(`u${i}`, {
      startAt: ago((400 + 3 * i) * DAY),
      changedAt: ago((make(i).changed ?? 300 + i) * DAY),
      attributes: { title: 'Lead' },
    }),
  );
  const accounts = people.map((one, i) => {
    const { changed: _, ...more } = make(i);
    return accountOf(one, { externalId: undefined, ...more });
  });
  return (await audit({ people, accounts })).report.mechanism;
}

/** Made at the first login, which was long ago. */
const apart = (i: number) => ({ createdAt: ago((390 + 3 * i) * DAY), lastLoginAt: ago((1 + (i % 9)) * DAY) });
/** Made at a first login that was the only one. */
const once = (i: number) => ({ createdAt: ago(i * DAY + HOUR), lastLoginAt: { at: ago(i * DAY + HOUR).at + MINUTE } });

describe('the mechanism', () => {
  it("is SCIM where accounts carry the directory's id, even of people who never logged in", async () => {
    const scim = await judge(40, (i) => ({ ...apart(i), externalId: `u${i}`, ...(i % 3 === 0 ? { lastLoginAt: undefined } : {}) }));
    expect(scim).toMatchObject({ inferred: 'scim', confidence: 0.9 });
    expect(scim.traces).toContain('14 of 40 accounts never logged in: pure JIT is disproved');
    expect(scim.overturnedBy).toContain('first login');
  });

  it('is JIT by one strong trace, and never by one of medium weight', async () => {
    expect(await judge(20, once)).toMatchObject({ inferred: 'jit' });
    expect(await judge(40, apart)).toMatchObject({ inferred: 'unknown', confidence: 0 });
    expect((await judge(40, apart)).overturnedBy).toBeUndefined();
  });

  it('is JIT where nobody never logged in, and accounts are stale exactly where nobody logged in since the change', async () => {
    const refreshed = (i: number) => ({
      ...apart(i),
      changed: i < 10 ? 0.5 + (i % 9) : i < 30 ? 20 : 300,
      attributes: { title: i < 10 ? 'Member' : 'Lead' },
    });
    const waiting = (i: number) => ({ ...refreshed(i), ...(i < 10 ? { lastLoginAt: ago(15 * DAY) } : {}) });
    const jit = await judge(40, waiting);
    expect(jit).toMatchObject({ inferred: 'jit', confidence: 0.75 });
    expect(jit.traces).toContain(
      '10 of 10 stale accounts were not logged in to since the change, and those that agree mostly were: a refresh at login',
    );
    // One stale account that was logged in to since the change, and it is no refresh at login.
    expect((await judge(40, (i) => ({ ...waiting(i), ...(i === 3 ? { lastLoginAt: ago(HOUR) } : {}) }))).inferred).toBe('unknown');
  });

  it('is not JIT where accounts wait for their first login', async () => {
    const early = (i: number) => (i % 10 === 0 ? { createdAt: ago(i * DAY + HOUR) } : once(i));
    expect((await judge(40, early)).inferred).toBe('unknown');
  });

  it('is an import, and never SCIM, for a bulk creation alone', async () => {
    const bulk = await judge(40, (i) => ({ createdAt: { at: ago(300 * DAY).at + (i * MINUTE) / 4 } }));
    expect(bulk).toMatchObject({ inferred: 'manual' });
    expect(bulk.traces[0]).toContain('40 of 40 accounts were made in bulk, for people who were here before');
  });

  it('is no import where everybody joined on the day of their accounts', async () => {
    const people = Array.from({ length: 40 }, (_, i) => person(`u${i}`, { startAt: ago(30 * DAY) }));
    const accounts = people.map((one) => accountOf(one, { externalId: undefined, createdAt: ago(30 * DAY) }));
    expect((await audit({ people, accounts })).report.mechanism).toMatchObject({
      inferred: 'unknown',
      traces: ['the app does not say when anybody logged in'],
    });
  });

  it('is mixed where SCIM was switched on half way and left the older accounts out', async () => {
    const half = (i: number) => ({ ...apart(i), createdAt: ago((100 + 10 * i) * DAY), ...(i < 20 ? { externalId: `u${i}` } : {}) });
    const mixed = await judge(40, half);
    expect(mixed.inferred).toBe('mixed');
    expect(mixed.traces[0]).toMatch(
      /^20 of 40 accounts carry the directory's id as externalId: those made since \d{4}-\d\d-\d\d \(20\), and not those from before \(20\)$/,
    );
    // The same ids on accounts of any age part nothing.
    expect((await judge(40, (i) => ({ ...half(i), externalId: i % 2 === 0 ? `u${i}` : undefined }))).inferred).toBe('unknown');
  });

  it('is mixed where JIT makes what an import did not', async () => {
    expect((await judge(40, (i) => (i < 20 ? { createdAt: ago(300 * DAY), lastLoginAt: ago(DAY) } : once(i)))).inferred).toBe('mixed');
  });

  it('is not mixed where a launch looks like an import: everybody logged in, hour by hour', async () => {
    const launched = (i: number) => ({ createdAt: ago(300 * DAY + Math.floor(i / 20) * HOUR), lastLoginAt: ago(DAY) });
    const launch = await judge(160, (i) => (i < 120 ? launched(i) : once(i)));
    expect(launch.inferred).toBe('unknown');
    expect(launch.traces.join()).toContain('an import, or first logins after a launch');
    const some = await judge(160, (i) => (i < 120 ? { ...launched(i), ...(i === 7 ? { lastLoginAt: undefined } : {}) } : once(i)));
    expect(some.inferred).toBe('mixed');
  });

  it('takes less than 2 % of all in one hour for no bulk', async () => {
    const wave = await judge(800, (i) =>
      i < 660 ? { createdAt: ago(300 * DAY + Math.floor(i / 11) * HOUR), lastLoginAt: ago(DAY) } : once(i),
    );
    expect(wave.inferred).toBe('jit');
    expect(wave.traces.join()).not.toContain('in bulk');
  });

  it('says nothing of a handful', async () => {
    expect(await judge(4, (i) => ({ externalId: `u${i}` }))).toMatchObject({ inferred: 'unknown', confidence: 0 });
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
