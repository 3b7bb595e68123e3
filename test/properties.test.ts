// The invariants, over random companies.
import fc from './property.js';
import { describe, expect, it } from 'vitest';
import { compareFindings } from '../src/model/finding-order.js';
import type { Person } from '../src/model/person.js';
import { STAGES } from '../src/model/policy.js';
import type { StageCoverage } from '../src/model/report.js';
import type { Trial } from '../src/model/trial.js';
import { audit } from './in-memory.js';
import { company, strip } from './random-company.js';
import { cases } from './night.js';

/** Worth of a verdict: `unproven` is never a pass, so it is worth as little as a gap. */
const WORTH: Record<StageCoverage['verdict'], number> = { unproven: 0, gap: 0, contradicted: 0, partial: 1, covered: 2, undeclared: 2 };

describe('for every company', () => {
  it('the order of people and accounts changes nothing, and the sums hold', async () => {
    await fc.assert(
      fc.asyncProperty(company, fc.integer(), async (c, seed) => {
        const shuffled = { ...c, people: shuffle(c.people as Person[], seed), accounts: shuffle(c.accounts, seed + 1) };
        // A sum that does not hold throws inside the audit itself.
        const [a, b] = [await audit(c), await audit(shuffled)];
        expect(JSON.stringify([b.report, [...b.findings].sort(compareFindings)])).toBe(
          JSON.stringify([a.report, [...a.findings].sort(compareFindings)]),
        );
      }),
      { numRuns: cases(300, 100) },
    );
  });

  it('every trial that a verdict is counted from is there by name, and asking for them changes nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(company, async (c) => {
        const named = (await audit(c)).report.coverage;
        const counted = (await audit({ ...c, trials: false })).report.coverage;
        for (const stage of STAGES) {
          const { evidence, ...rest } = named[stage];
          expect(rest).toEqual(counted[stage]);
          const of = (outcome: Trial['outcome']): Trial[] => (evidence ?? []).filter((trial) => trial.outcome === outcome);
          expect([of('followed').length, of('open').length]).toEqual([rest.successes, rest.trials - rest.successes]);
          // What is followed by nothing but absence is never a success.
          if (stage !== 'delete') for (const trial of of('followed')) expect(trial.account).not.toBeNull();
          for (const { person: who, at, lagHours, evidence: fact } of evidence ?? []) {
            expect((c.people as Person[]).map(({ id }) => id)).toContain(who.id);
            expect(lagHours === null || (at !== null && lagHours >= 0)).toBe(true);
            expect(fact).not.toBe('');
          }
        }
      }),
      { numRuns: cases(200, 80) },
    );
  });

  it('a list that is not proven whole claims no coverage, names nobody missing, and is never clean', async () => {
    await fc.assert(
      fc.asyncProperty(company, fc.double({ min: 0, max: 1, noNaN: true }), async (c, share) => {
        const kept = c.accounts.slice(0, Math.floor(c.accounts.length * share));
        const whole = await audit(c);
        const short = await audit({ ...c, accounts: kept, list: { verdict: 'unproven', reasons: ['page 2 failed'] } });
        expect(short.inconclusive).toBe(true);
        expect(Object.values(short.report.coverage).map((s) => s.verdict)).toEqual(['unproven', 'unproven', 'unproven']);
        expect(short.findings.filter((f) => f.class === 'missing')).toEqual([]);
        // What it does say of leavers, the whole list says too.
        const leavers = (r: typeof whole): string[] => r.findings.filter((f) => f.reason.startsWith('owner-')).map((f) => f.id); // prettier-ignore
        for (const id of leavers(short)) expect(leavers(whole)).toContain(id);
      }),
      { numRuns: cases(200, 80) },
    );
  });

  it('a directory that is not proven whole names no orphan without an owner', async () => {
    await fc.assert(
      fc.asyncProperty(company, async (c) => {
        const result = await audit({ ...c, directoryProven: false });
        expect(result.findings.filter((f) => f.reason === 'no-owner')).toEqual([]);
        expect(Object.values(result.report.coverage).every((s) => s.verdict === 'unproven')).toBe(true);
      }),
      { numRuns: cases(100, 60) },
    );
  });

  it('no verdict is better, and no orphan of a leaver is gone, when a whole field goes missing', async () => {
    const fields = ['createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt'] as const;
    await fc.assert(
      fc.asyncProperty(company, fc.constantFrom(...fields), async (c, field) => {
        const poorer = { ...c, accounts: c.accounts.map((a) => strip({ ...a, [field]: undefined })) };
        const [rich, poor] = [await audit(c), await audit(poorer)];
        // An account's age is also what disproves a match by a recycled address: without it there are other trials, not better ones.
        // The date of the switch-off disproves a removal in the same way: it may lie long before the leave.
        const judged = { createdAt: ['create'], deactivatedAt: ['create', 'update'] } as const;
        const all = ['create', 'update', 'delete'] as const;
        const stages = field === 'createdAt' || field === 'deactivatedAt' ? judged[field] : all;
        for (const stage of stages) {
          expect(WORTH[poor.report.coverage[stage].verdict], `${stage} without ${field}`).toBeLessThanOrEqual(
            WORTH[rich.report.coverage[stage].verdict],
          );
        }
        const orphans = (r: typeof rich): number => r.findings.filter((f) => f.reason.startsWith('owner-')).length;
        expect(orphans(poor)).toBeGreaterThanOrEqual(orphans(rich));
      }),
      { numRuns: cases(400, 150) },
    );
  });

  it('fingerprints are unique, and survive renames', async () => {
    await fc.assert(
      fc.asyncProperty(company, async (c) => {
        const before = await audit(c);
        const ids = before.findings.map((f) => f.id);
        expect(new Set(ids).size).toBe(ids.length);
        const renamed = await audit({ ...c, accounts: c.accounts.map((a) => ({ ...a, userName: `new-${a.id}` })) });
        expect(renamed.findings.map((f) => f.id).sort()).toEqual([...ids].sort());
      }),
      { numRuns: cases(100, 60) },
    );
  });
});

function shuffle<T>(rows: readonly T[], seed: number): T[] {
  let s = seed >>> 0;
  const keyed = rows.map((row) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return [s, row] as const;
  });
  return keyed.sort(([a], [b]) => a - b).map(([, row]) => row);
}
