// Whole audits with a real history: what is missing, and in which order rows come, must not better a verdict.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from '../property.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { AppReport } from '../../src/model/report.js';
import { faults } from './accuracy.js';
import { TEMPERS } from './apps.js';
import { auditSeries, SERIES, type Manner } from './audit.js';
import { company } from './company.js';
import { random } from './random.js';
import { Tally } from './tally.js';
import { cases } from '../night.js';

let folder: string;
let n = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lifegap-missing-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function audit(
  seed: number,
  size: number,
  times: readonly number[],
  arrange?: Manner['arrange'],
): Promise<ReadonlyMap<string, AppReport>> {
  return auditSeries(company(seed, size), times, times.length === 1 ? undefined : path.join(folder, String(n++)), arrange && { arrange });
}

function faultsOf(reports: ReadonlyMap<string, AppReport>): string[] {
  const sums = new Tally();
  for (const temper of TEMPERS) sums.add(temper, reports.get(temper.name) as AppReport, 0);
  return faults(sums);
}

/** Audits that were made, of those of the series; the last always is. */
const kept = fc.subarray([...SERIES.slice(0, -1)]).map((times) => [...times, SERIES.at(-1) as number]);
const DATES = [
  'createdAt',
  'updatedAt',
  'lastLoginAt',
  'deactivatedAt',
  'changedAt',
  'startAt',
  'endAt',
  'externalId',
  'department',
] as const;

/** A field that is not told of some people: of every second, third, fifth. */
const some = fc.record({
  field: fc.constantFrom('lastLoginAt', 'updatedAt', 'createdAt', 'deactivatedAt', 'changedAt'),
  of: fc.constantFrom(2, 3, 5),
});

describe('over simulated companies', () => {
  it('audits that were not made, and fields that nobody gives, make no verdict better', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 7001, max: 7999 }),
        kept,
        fc.subarray([...DATES]),
        some,
        async (seed, times, hidden, { field, of }) => {
          const hide = <T extends Person | Account>(rows: readonly T[]): T[] =>
            rows.map(({ attributes, ...row }) => {
              // Always of the same people, in the directory and in every app.
              const isHidden = (name: string): boolean =>
                hidden.includes(name as (typeof DATES)[number]) || (name === field && Number(/\d+/.exec(row.id)?.[0]) % of === 0);
              const left = Object.entries(row).filter(([name]) => !isHidden(name));
              const { department, ...others } = attributes;
              return {
                ...Object.fromEntries(left),
                attributes: hidden.includes('department') ? others : { department, ...others },
              } as unknown as T;
            });
          expect(faultsOf(await audit(seed, cases(120, 60), times, hide))).toEqual([]);
        },
      ),
      { numRuns: cases(12, 5) },
    );
  }, 240_000);

  it('the order of rows is nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 7001, max: 7999 }), kept, async (seed, times) => {
        const next = random(seed);
        const size = cases(60, 40);
        const shuffled = <T>(rows: readonly T[]): T[] =>
          rows.map((row) => ({ row, at: next() })).sort((a, b) => a.at - b.at).map(({ row }) => row); // prettier-ignore
        const straight = await audit(seed, size, times);
        expect(await audit(seed, size, times, shuffled)).toEqual(straight);
      }),
      { numRuns: cases(4, 2) },
    );
  }, 240_000);
});
