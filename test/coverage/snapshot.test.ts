import { describe, expect, it } from 'vitest';
import { accountOf, ago, audit, DAY, HOUR, person } from '../in-memory.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';

const people = (n: number, make: (i: number) => Partial<Person>): Person[] => Array.from({ length: n }, (_, i) => person(`u${i}`, make(i)));
const staff = people(20, () => ({ startAt: ago(900 * DAY) })).map((p) => ({
  ...p,
  id: `s-${p.id}`,
  emails: [`s-${p.id}@corp.example`],
  userName: `s-${p.id}`,
}));
const withStaff = (extra: Person[], accounts: Account[]) => ({
  people: [...staff, ...extra],
  accounts: [...staff.map((p) => accountOf(p)), ...accounts],
});

describe('create', () => {
  const joiners = people(12, (i) => ({ startAt: ago((10 + i) * DAY) }));

  it('is covered where joiners got an account in time, and the lag is measured from the first day', async () => {
    const accounts = joiners.map((p) => accountOf(p, { createdAt: { at: p.startAt!.at + 2 * HOUR } }));
    const { coverage } = (await audit({ ...withStaff(joiners, accounts), app: { lifecycle: { create: { by: 'scim' } } } })).report;
    expect(coverage.create).toMatchObject({ verdict: 'covered', trials: 12, successes: 12, lag: { medianHours: 2, p95Hours: 2, open: 0 } });
  });

  it('is contradicted where they did not', async () => {
    const { coverage } = (await audit({ ...withStaff(joiners, []), app: { lifecycle: { create: { by: 'scim' } } } })).report;
    expect(coverage.create).toMatchObject({ verdict: 'contradicted', trials: 12, successes: 0 });
  });

  it('counts neither accounts from before, nor undated ones, nor people who joined long ago', async () => {
    const old = joiners.map((p) => accountOf(p, { createdAt: ago(400 * DAY) }));
    expect((await audit(withStaff(joiners, old))).report.coverage.create).toMatchObject({ verdict: 'unproven', trials: 0 });
    const undated = joiners.map((p) => accountOf(p));
    expect((await audit(withStaff(joiners, undated))).report.coverage.create).toMatchObject({ verdict: 'unproven', trials: 0 });
  });

  describe('after an import', () => {
    const day = 15;
    const made = { createdAt: ago(day * DAY) };
    const before = joiners.filter((p) => p.startAt!.at < ago((day + 1) * DAY).at);
    const since = joiners.filter((p) => p.startAt!.at > ago(day * DAY).at);
    const imported = (without: readonly Person[]) => ({
      people: [...staff, ...joiners],
      accounts: [...staff, ...joiners.filter((p) => !without.includes(p))].map((p) => accountOf(p, made)),
    });

    it('is a gap where nobody who joined since has an account: who was here before it says nothing', async () => {
      expect(since).toHaveLength(5);
      expect((await audit(imported(since))).report.coverage.create).toMatchObject({ verdict: 'gap', trials: 5, successes: 0 });
    });

    it('counts whom it left out for no trial, and against a pass', async () => {
      const { people: all, accounts } = imported([...since, ...before.slice(0, 4)]);
      const create = (await audit({ people: all, accounts })).report.coverage.create;
      expect(create).toMatchObject({ verdict: 'unproven', trials: 5, successes: 0 });
      const followed = since.map((p) => accountOf(p, { createdAt: p.startAt! }));
      const mended = (await audit({ people: all, accounts: [...accounts, ...followed] })).report.coverage.create;
      expect(mended).toMatchObject({ verdict: 'unproven', trials: 5, successes: 5 });
      expect(mended.interval?.[0]).toBeLessThan(0.3);
    });
  });

  it('does not hold a first login that has not come against JIT', async () => {
    const half = joiners.slice(0, 10).map((p) => accountOf(p, { createdAt: { at: p.startAt!.at + 30 * HOUR } }));
    const result = await audit({ ...withStaff(joiners, half), app: { lifecycle: { create: { by: 'jit' } } } });
    expect(result.report.coverage.create).toMatchObject({ verdict: 'covered', trials: 10, successes: 10 });
    expect(result.report.coverage.create.reasons).toContain('2 joiners have yet to log in for the first time');
  });
});

describe('update', () => {
  const movers = people(12, (i) => ({ changedAt: ago((10 + i) * DAY), attributes: { title: 'Lead' } }));
  const account = (p: Person, more: Partial<Account>) => accountOf(p, { createdAt: ago(500 * DAY), ...more });

  it('is covered where the account was touched soon after the change and agrees', async () => {
    const accounts = movers.map((p) => account(p, { updatedAt: { at: p.changedAt!.at + HOUR } }));
    expect((await audit(withStaff(movers, accounts))).report.coverage.update).toMatchObject({
      verdict: 'undeclared',
      trials: 12,
      successes: 12,
    });
  });

  it('proves nothing where the account merely agrees, or was touched by a login', async () => {
    expect(
      (
        await audit(
          withStaff(
            movers,
            movers.map((p) => account(p, {})),
          ),
        )
      ).report.coverage.update,
    ).toMatchObject({ verdict: 'unproven', trials: 0 });
    const logins = movers.map((p) =>
      account(p, { updatedAt: { at: p.changedAt!.at + HOUR }, lastLoginAt: { at: p.changedAt!.at + HOUR } }),
    );
    expect((await audit(withStaff(movers, logins))).report.coverage.update).toMatchObject({ verdict: 'unproven', trials: 0 });
  });

  it('is a gap where the old values stay', async () => {
    const stale = movers.map((p) => account(p, { attributes: { title: 'Member' } }));
    expect((await audit(withStaff(movers, stale))).report.coverage.update).toMatchObject({ verdict: 'gap', trials: 12, successes: 0 });
  });

  it('cannot be judged where one side gives no attribute', async () => {
    const bare = movers.map((p) => account(p, { attributes: {}, emails: [] }));
    const update = (await audit({ people: movers, accounts: bare })).report.coverage.update;
    expect(update.verdict).toBe('unproven');
    expect(update.reasons[0]).toBe('no compared attribute is given by both sides');
  });
});

describe('delete', () => {
  const leavers = people(12, (i) => ({ state: 'terminated', endAt: ago((10 + i) * DAY) }));
  const off = (p: Person, more: Partial<Account> = {}) =>
    accountOf(p, { status: 'deactivated', deactivatedAt: { at: p.endAt!.at + 3 * HOUR }, ...more });

  it('is covered where the accounts went off, with the lag from the last day', async () => {
    const { coverage } = (
      await audit({
        ...withStaff(
          leavers,
          leavers.map((p) => off(p)),
        ),
        app: { lifecycle: { delete: { by: 'scim' } } },
      })
    ).report;
    expect(coverage.delete).toMatchObject({ verdict: 'covered', trials: 12, successes: 12, stillActive: 0, lag: { medianHours: 3 } });
  });

  // The last day is over at noon of the next one: 36 hours after it began.
  it.each<[what: string, days: number, verdict: string, lag: number | null, open: boolean]>([
    ['is in time, whatever its hour', 1, 'undeclared', 12, false],
    ['is not known to be late, nor to be in time, where the day leaves both open', 2, 'unproven', null, true],
    ['is late, whatever its hour', 5, 'partial', 108, false],
  ])('of which the list gives the day alone %s', async (_, days, verdict, lag, open) => {
    const left = leavers.map((p, i) => ({ ...p, endAt: { at: Date.parse('2026-10-15') - i * DAY, day: true } }));
    const accounts = left.map((p) => off(p, { deactivatedAt: { at: p.endAt.at + days * DAY, day: true } }));
    const { coverage } = (await audit({ ...withStaff(left, accounts), trials: true })).report;
    expect(coverage.delete).toMatchObject({ verdict, successes: 12, lag: lag === null ? null : { medianHours: lag } });
    expect(coverage.delete.reasons.some((text) => text.includes('is not known: map'))).toBe(open);
    expect(coverage.delete.evidence?.[0]?.evidence).toMatch(/^the account is deactivated, switched off on 2026-10-\d\d$/);
  });

  it.each([
    [2, 'undeclared'],
    [3, 'unproven'],
  ])('was off by the end of the day on which it was last touched, %i days after the last one', async (days, verdict) => {
    const left = leavers.map((p, i) => ({ ...p, endAt: { at: Date.parse('2026-10-15') - i * DAY, day: true } }));
    const touched = left.map((p) => accountOf(p, { status: 'deactivated', updatedAt: { at: p.endAt.at + days * DAY, day: true } }));
    expect((await audit(withStaff(left, touched))).report.coverage.delete).toMatchObject({ verdict, successes: 12 });
  });

  it('is contradicted where they stayed on, and says for how long at least', async () => {
    const { coverage } = (
      await audit({
        ...withStaff(
          leavers,
          leavers.map((p) => accountOf(p)),
        ),
        app: { lifecycle: { delete: { by: 'scim' } } },
        leavers: 'listed',
      })
    ).report;
    expect(coverage.delete).toMatchObject({
      verdict: 'contradicted',
      trials: 12,
      successes: 0,
      stillActive: 12,
      lag: { medianHours: null, open: 12, longestOpenHours: 504 },
    });
  });

  it('takes a leaver without an account for no trial', async () => {
    expect((await audit(withStaff(leavers, []))).report.coverage.delete).toMatchObject({ verdict: 'unproven', trials: 0 });
  });

  it('calls no gap where removed accounts are out of sight', async () => {
    const six = leavers.slice(0, 6).map((p) => accountOf(p));
    // Everybody here has an account, so the other six leavers had one too, and theirs are gone.
    expect((await audit(withStaff(leavers, six))).report.coverage.delete).toMatchObject({ verdict: 'unproven', trials: 6, stillActive: 6 });
    expect((await audit({ ...withStaff(leavers, six), leavers: 'listed' })).report.coverage.delete).toMatchObject({
      verdict: 'gap',
      trials: 6,
    });
  });

  it('does not take an account that was off for long before, or undated, for a removal', async () => {
    const before = leavers.map((p) => off(p, { deactivatedAt: ago(300 * DAY) }));
    expect((await audit(withStaff(leavers, before))).report.coverage.delete).toMatchObject({ verdict: 'unproven', trials: 0 });
    const undated = await audit(
      withStaff(
        leavers,
        leavers.map((p) => accountOf(p, { status: 'deactivated' })),
      ),
    );
    expect(undated.report.coverage.delete).toMatchObject({ verdict: 'unproven', trials: 0 });
    expect(undated.report.coverage.delete.reasons.join()).toContain('nothing dates it');
    const touched = leavers.map((p) => accountOf(p, { status: 'deactivated', updatedAt: { at: p.endAt!.at + HOUR } }));
    expect((await audit(withStaff(leavers, touched))).report.coverage.delete).toMatchObject({ verdict: 'undeclared', successes: 12 });
  });

  it('takes an absence for no removal where the app removes accounts, and holds it against a gap', async () => {
    const away = (await audit({ ...withStaff(leavers, []), leavers: 'gone' })).report.coverage.delete;
    expect(away).toMatchObject({ verdict: 'unproven', trials: 0, successes: 0 });
    expect(away.reasons).toContain(
      'the app removes accounts: 12 leavers who are not in its list had none, or theirs were removed; one audit alone cannot tell which',
    );
    const accounts = leavers.slice(0, 6).map((p) => accountOf(p));
    const half = async (word: 'gone' | 'listed') =>
      (await audit({ ...withStaff(leavers, accounts), leavers: word })).report.coverage.delete;
    // Where leavers would be listed, those who are not there had no account, and all six who had one kept it.
    expect(await half('listed')).toMatchObject({ verdict: 'gap', trials: 6, stillActive: 6 });
    // Here the other six may each have had one that was removed.
    expect(await half('gone')).toMatchObject({ verdict: 'unproven', trials: 6, stillActive: 6 });
  });
});
