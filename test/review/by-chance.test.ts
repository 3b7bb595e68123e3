// Coverage must not be had by chance: apps that never do a stage, and apps that always do it, over many companies.
import { describe, expect, it } from 'vitest';
import { accountOf, audit, DAY, HOUR, NOW, person } from '../in-memory.js';
import { random } from '../simulation/random.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import type { StageCoverage } from '../../src/model/report.js';
import { cases } from '../night.js';

const SEEDS = cases(200, 50);

interface Temper {
  readonly creates: boolean;
  readonly updates: boolean;
  readonly deletes: boolean;
  /** What touches accounts besides: nothing, their users from time to time, or a job that touches all of them every night. */
  readonly touches: 'nothing' | 'users' | 'nightly';
  /** What else moves the directory's change dates (password changes, a job): the share of people so touched in two weeks. */
  readonly noise: number;
  /** The share of people whose title changed; 0.15 unless told. */
  readonly movers?: number;
  /** All accounts were made in one import, three days ago. */
  readonly imported?: boolean;
}

/** A year of joiners, movers and leavers in an app of that temper; dates in whole minutes. */
function company(seed: number, temper: Temper): { people: Person[]; accounts: Account[] } {
  const next = random(seed);
  const size = 30 + Math.floor(next() * 470);
  const ago = (days: number): number => NOW - Math.floor((days * DAY) / 60_000) * 60_000;
  const people: Person[] = [];
  const accounts: Account[] = [];
  for (let i = 0; i < size; i++) {
    const joined = next() < 0.2 ? ago(2 + next() * 85) : ago(200 + next() * 2000);
    const left = next() < 0.1 ? ago(2 + next() * 80) : NaN;
    const moved = Number.isNaN(left) && joined < ago(100) && next() < (temper.movers ?? 0.15) ? ago(2 + next() * 80) : NaN;
    const touched = next() < temper.noise ? ago(1 + next() * 13) : NaN;
    const changed = Math.max(joined, ...[left, moved, touched].filter((at) => !Number.isNaN(at)));
    const one = person(`u${i}`, {
      startAt: { at: joined },
      createdAt: { at: joined },
      changedAt: { at: changed },
      ...(Number.isNaN(left) ? {} : { state: 'terminated' as const, endAt: { at: left } }),
      attributes: { title: Number.isNaN(moved) ? 'Member' : 'Lead' },
    });
    people.push(one);
    // Where the app creates nothing, only those are there who were when it was set up.
    if (!temper.creates && joined > ago(temper.imported === true ? 3 : 100)) continue;
    const made = temper.imported === true ? Math.max(ago(3), joined) : joined + 2 * HOUR;
    const seen = temper.touches === 'users' ? ago(next() * 20) : temper.touches === 'nightly' ? ago(0.4) + (i * 60_000) / 100 : NaN;
    const follows = [made, temper.updates ? moved + HOUR : NaN, temper.deletes ? left + HOUR : NaN, seen];
    accounts.push(
      accountOf(one, {
        createdAt: { at: made },
        updatedAt: { at: Math.max(...follows.filter((at) => !Number.isNaN(at))) },
        attributes: { title: temper.updates || Number.isNaN(moved) ? one.attributes.title : 'Member' },
        status: temper.deletes && !Number.isNaN(left) ? 'deactivated' : 'active',
        ...(temper.deletes && !Number.isNaN(left) ? { deactivatedAt: { at: left + HOUR } } : {}),
      }),
    );
  }
  return { people, accounts };
}

const PASS: readonly StageCoverage['verdict'][] = ['covered', 'undeclared'];
const FAIL: readonly StageCoverage['verdict'][] = ['gap', 'contradicted'];
const lifecycle = { create: { by: 'scim' }, update: { by: 'scim' }, delete: { by: 'scim' } } as const;

async function verdicts(temper: Temper): Promise<Record<'create' | 'update' | 'delete', Record<string, number>>> {
  const seen = { create: {}, update: {}, delete: {} } as Record<'create' | 'update' | 'delete', Record<string, number>>;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { coverage } = (await audit({ ...company(seed, temper), app: { lifecycle } })).report;
    for (const stage of ['create', 'update', 'delete'] as const) {
      seen[stage][coverage[stage].verdict] = (seen[stage][coverage[stage].verdict] ?? 0) + 1;
    }
  }
  return seen;
}

const tempers = (['nothing', 'users', 'nightly'] as const).flatMap((touches) => [0, 0.9].map((noise) => ({ touches, noise })));

describe.each(tempers)('accounts touched by $touches, $noise of the directory touched besides', (dates) => {
  it('an app that does nothing is never covered', async () => {
    const seen = await verdicts({ creates: false, updates: false, deletes: false, ...dates });
    for (const [stage, counts] of Object.entries(seen))
      for (const word of PASS) expect(counts[word] ?? 0, `${stage} ${word} ${JSON.stringify(counts)}`).toBe(0);
  });

  it('an app that does everything is never called a gap', async () => {
    const seen = await verdicts({ creates: true, updates: true, deletes: true, ...dates });
    for (const [stage, counts] of Object.entries(seen))
      for (const word of FAIL) expect(counts[word] ?? 0, `${stage} ${word} ${JSON.stringify(counts)}`).toBe(0);
    expect(seen.create.covered ?? 0).toBeGreaterThan(SEEDS / 2);
    expect(seen.delete.covered ?? 0).toBeGreaterThan(SEEDS / 2);
  });
});

it('touches that come anyway are no updates, where hardly anybody moved', async () => {
  for (const touches of ['users', 'nightly'] as const) {
    const seen = await verdicts({ creates: true, updates: false, deletes: true, touches, noise: 0.9, movers: 0 });
    for (const word of [...PASS, 'partial']) expect(seen.update[word] ?? 0, `${touches} ${JSON.stringify(seen.update)}`).toBe(0);
  }
});

it('an import of everybody, three days ago, creates no joiner', async () => {
  const seen = await verdicts({ creates: false, updates: false, deletes: false, touches: 'nothing', noise: 0, imported: true });
  for (const word of PASS) expect(seen.create[word] ?? 0, JSON.stringify(seen.create)).toBe(0);
});
