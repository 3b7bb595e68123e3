// Of a list that failed, or is not proven whole, nothing may be concluded from what it does not show: no verdict, and no advice either.
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { account, accountOf, ago, audit, DAY, HOUR, person, type Company } from '../in-memory.js';

const staff = Array.from({ length: 40 }, (_, i) =>
  person(`u${i}`, { startAt: ago(900 * DAY), attributes: { title: 'Lead' }, changedAt: ago(20 * DAY) }),
);
const joiners = Array.from({ length: 12 }, (_, i) => person(`j${i}`, { startAt: ago((20 + i) * DAY) }));
const leavers = Array.from({ length: 12 }, (_, i) => person(`x${i}`, { state: 'terminated', endAt: ago((20 + i) * DAY) }));
const people: Person[] = [...staff, ...joiners, ...leavers];
/** So much came before the list broke: nobody of the joiners and leavers, no title, and none of the registered accounts. */
const came: Account[] = staff
  .slice(0, 20)
  .map((one) => accountOf(one, { attributes: {}, createdAt: ago(800 * DAY), lastLoginAt: ago(DAY) }));
const registered = { accounts: [{ match: 'userName eq "svc-backup"', kind: 'service', owner: 'u1' }] };

const BROKEN: readonly (readonly [string, Partial<Company>])[] = [
  ['failed', { fails: true }],
  ['is not proven whole', { list: { verdict: 'unproven', reasons: ['cut'] } }],
  ['failed after one page, by column', { fails: true, columns: 7 }],
];

describe.each(BROKEN)('an app whose list %s', (_, broken) => {
  const company = (more: Partial<Company> = {}): Company => ({ people, accounts: came, leavers: 'gone', trials: true, ...broken, ...more });

  it('gives no advice on what it does not show', async () => {
    const { report, findings } = await audit(company({ app: registered }));
    expect(report.notes).toEqual([]);
    expect(findings.map(({ class: cls }) => cls)).toEqual(['inconclusive']);
  });

  it('has no trial that rests on an account that did not come', async () => {
    const { coverage } = (await audit(company())).report;
    for (const stage of [coverage.create, coverage.delete]) {
      expect(stage).toMatchObject({ verdict: 'unproven', trials: 0 });
      expect(stage.evidence?.filter(({ outcome }) => outcome !== 'undetermined')).toEqual([]);
      expect(stage.reasons).toEqual(["the app's list is not proven whole"]);
    }
    expect(coverage.update.reasons[0]).toBe("the app's list is not proven whole");
    expect(coverage.update.reasons.join()).not.toContain('is given by both sides');
  });

  it('shows no mechanism: what is missing may be what disproves it', async () => {
    const made = staff.map((one, i) =>
      accountOf(one, { createdAt: ago((300 + i) * DAY), lastLoginAt: { at: ago((300 + i) * DAY).at + HOUR / 60 } }),
    );
    expect((await audit({ people, accounts: made })).report.mechanism.inferred).not.toBe('unknown');
    expect((await audit(company({ accounts: made }))).report.mechanism).toMatchObject({ inferred: 'unknown', confidence: 0 });
  });

  it('says that nobody is matched of those who came, and does not blame the keys', async () => {
    const strangers = Array.from({ length: 3 }, (_, i) => account(`a${i}`, { userName: `stranger${i}` }));
    expect((await audit({ people, accounts: strangers })).report.notes.join()).toContain('check `match`');
    expect((await audit(company({ accounts: strangers }))).report.notes).toEqual([]);
  });
});

describe('a whole list', () => {
  it('gives the advice', async () => {
    const { report } = await audit({ people, accounts: came, app: registered });
    expect(report.notes).toEqual([
      '32 of 52 expected people have no account: is this app for everyone? If not, set `expected`',
      'the registered account `userName eq "svc-backup"` covers nothing any more: remove it',
      'not compared, because one side never gives it: givenName, familyName, department, title, manager',
    ]);
  });

  it("does not call a registration idle that fits a leaver's account", async () => {
    const theirs = accountOf(leavers[0] as Person, { userName: 'svc-backup' });
    const { report, findings } = await audit({ people, accounts: [...came, theirs], app: registered });
    expect(findings.some(({ reason }) => reason === 'owner-terminated')).toBe(true);
    expect(report.notes.join()).toContain('does not cover 1 account of people who have left');
    expect(report.notes.join()).not.toContain('remove it');
  });
});

describe('a directory whose list is not proven whole', () => {
  it('says neither that the app is not for everyone, nor what the directory never gives', async () => {
    const { report } = await audit({ people, accounts: came, directoryProven: false });
    // What the app never gives its own list tells.
    expect(report.notes).toEqual(['not compared, because one side never gives it: title']);
    expect(report.coverage.create.reasons[0]).toBe('the directory is not proven whole');
  });

  it('asks by filter for what it did not give so far', async () => {
    const app = { expected: 'costCenter eq "1"' };
    const summary = async (directoryProven: boolean): Promise<string> =>
      (await audit({ people, accounts: came, directoryProven, app })).findings.map((one) => one.summary).join();
    expect(await summary(true)).toContain('asks for what nobody in the directory has:');
    expect(await summary(false)).toContain('asks for what nobody in the directory has, as far as it was read:');
  });
});
