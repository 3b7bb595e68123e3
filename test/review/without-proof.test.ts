// What must never be said without proof: one suspicion, one test.
import { describe, expect, it } from 'vitest';
import { account, accountOf, ago, at, audit, DAY, HOUR, person, reasons } from '../in-memory.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { compareFindings } from '../../src/model/finding-order.js';

const crowd = (n: number, make: (i: number) => Partial<Person> = () => ({})): Person[] =>
  Array.from({ length: n }, (_, i) => person(`u${i}`, make(i)));
const sent = (people: readonly Person[], more: Partial<Account> = {}): Account[] => people.map((p) => accountOf(p, more));

describe('nobody is missing without proof', () => {
  it('who may not have an account is not missing one', async () => {
    const sales = person('u1', { attributes: { department: 'Sales' } });
    const other = person('u2', { attributes: { department: 'IT' } });
    const app = { allowed: 'department eq "Sales"' };
    const result = await audit({ people: [sales, other], accounts: [accountOf(sales)], app });
    expect(reasons(result)).toEqual([]);
    expect(result.report.reconciliation.people).toMatchObject({ expected: 1, present: 1, missing: 0 });
    const both = await audit({ people: [sales, other], accounts: [accountOf(sales)], app: { ...app, expected: 'state eq "active"' } });
    expect(reasons(both)).toEqual([]);
  });

  it('where the guard doubts the keys, the people whom they would have found are not missing', async () => {
    const people = crowd(50);
    const accounts = people.map((p, i) => account(`a${i}`, i < 10 ? { externalId: p.id } : { userName: `other-${i}` }));
    const result = await audit({ people, accounts });
    expect(reasons(result)).toEqual(['inconclusive:unproven-list']);
    expect(result.report.reconciliation.people).toMatchObject({ expected: 50, present: 10, missing: 0, notDeterminable: 40 });
  });

  it('where nobody can tell who is allowed, nobody is missing', async () => {
    const result = await audit({ people: crowd(3), accounts: [accountOf(person('u0'))], app: { allowed: 'department eq "Sales"' } });
    expect(reasons(result)).toEqual(['inconclusive:field-absent']);
  });

  it('one human with two active records in one directory is expected once', async () => {
    const name = { givenName: 'Ada', familyName: 'Twice' };
    const first = person('u1', { employeeId: 'E1', attributes: name });
    const second = person('u2', { employeeId: 'E1', attributes: name });
    for (const people of [
      [first, second],
      [second, first],
    ]) {
      for (const one of people) {
        const result = await audit({ people, accounts: [accountOf(one)], app: { compare: ['department'] } });
        expect(reasons(result)).toEqual([]);
        expect(result.report.reconciliation.people).toMatchObject({ expected: 1, present: 1 });
      }
    }
  });
});

describe('nobody is an orphan without proof', () => {
  it('an account that fits more people than a key may have is ambiguous, not ownerless', async () => {
    const people = crowd(12, () => ({ emails: ['team@corp.example'] }));
    const result = await audit({ people, accounts: [account('a1', { emails: ['team@corp.example'] })] });
    expect(reasons(result).filter((r) => !r.startsWith('missing'))).toEqual(['conflict:ambiguous']);
    expect(result.findings.find((f) => f.class === 'conflict')?.summary).toBe(
      'team@corp.example fits more than eight people by email, so it names none of them',
    );
  });

  it('a small app where nobody at all is matched has wrong keys, not orphans', async () => {
    const accounts = Array.from({ length: 8 }, (_, i) => account(`a${i}`, { userName: `number-${i}` }));
    const result = await audit({ people: crowd(8), accounts });
    expect(reasons(result)).toEqual(['inconclusive:unproven-list']);
  });

  it('a record that left is not gone for certain while another record of the same human has an unknown state', async () => {
    const name = { givenName: 'Rae', familyName: 'Hire' };
    const old = person('u1', { state: 'terminated', endAt: at('2025-06-30'), employeeId: 'E7', attributes: name });
    const again = person('u2', { state: 'unknown', employeeId: 'E7', attributes: name });
    expect(reasons(await audit({ people: [old, again], accounts: [accountOf(old)] }))).toEqual(['inconclusive:unknown-status']);
  });

  it('where policy lets suspended people keep accounts, a key that they share with a leaver decides nothing', async () => {
    const left = person('u1', { state: 'terminated', endAt: at('2026-01-31'), emails: ['sam@corp.example'] });
    const suspended = person('u2', { state: 'suspended', emails: ['sam@corp.example'] });
    const company = { people: [left, suspended], accounts: [account('a1', { emails: ['sam@corp.example'] })] };
    expect(reasons(await audit(company))).toHaveLength(1);
    expect(reasons(await audit(company))[0]).toMatch(/^orphaned:owner-/);
    expect(reasons(await audit({ ...company, policy: { leavers: ['terminated', 'deleted'] } }))).toEqual(['conflict:ambiguous']);
  });

  it('an active record of a later directory wins over a pre-hire of an earlier, and not over a leave', async () => {
    const name = { givenName: 'Con', familyName: 'Vert' };
    for (const state of ['pre-hire', 'leave'] as const) {
      const employee = person('e1', { state, employeeId: 'E1', attributes: name });
      const contractor = person('c1', { employeeId: 'E1', attributes: { ...name, department: 'IT' } });
      const result = await audit({
        people: [[employee], [contractor]],
        accounts: [accountOf(employee, { attributes: { department: 'Sales' } })],
        policy: { preHire: 'report' },
      });
      // Who is on leave keeps what there is, and nobody expects it to be kept up to date.
      expect(reasons(result), state).toEqual(state === 'leave' ? [] : ['stale:unknown']);
      expect(result.report.reconciliation.people).toMatchObject(state === 'leave' ? { missing: 0 } : { expected: 1, present: 1 });
    }
  });

  it('a contractor is not refused by a filter over something that only the employees have', async () => {
    const employee = person('e1', { attributes: { department: 'Sales' } });
    const contractor = person('c1');
    const company = { people: [[employee], [contractor]], accounts: [accountOf(employee), accountOf(contractor)] };
    const refused = await audit({ ...company, app: { allowed: 'department eq "Sales"' } });
    expect(reasons(refused)).toEqual(['inconclusive:field-absent']);
    const told = await audit({ ...company, app: { allowed: 'source eq "dir-1" or department eq "Sales"' } });
    expect(reasons(told)).toEqual([]);
    const excluded = await audit({ ...company, app: { allowed: 'source eq "dir-0" and department eq "Sales"' } });
    expect(reasons(excluded)).toEqual(['orphaned:not-entitled']);
    const expected = await audit({ ...company, accounts: [accountOf(employee)], app: { expected: 'department eq "Sales"' } });
    expect(reasons(expected)).toEqual(['inconclusive:field-absent']);
    expect(expected.report.reconciliation.people).toMatchObject({ expected: 2, present: 1, notDeterminable: 1 });
  });
});

describe('nothing is stale without proof', () => {
  it("a manager whom the app names in its own words is not compared with the directory's", async () => {
    const boss = person('b1', { attributes: { displayName: 'Bea Boss' } });
    const people = [boss, ...crowd(3, () => ({ attributes: { manager: 'b1' } }))];
    const accounts = [accountOf(boss), ...sent(people.slice(1), { attributes: { manager: 'Bea Boss' } })];
    expect(reasons(await audit({ people, accounts }))).toEqual([]);
  });

  it('a manager named by the account of an earlier record is the same human', async () => {
    const name = { givenName: 'Bea', familyName: 'Boss' };
    const before = person('b1', { state: 'terminated', endAt: at('2026-01-31'), employeeId: 'E1', attributes: name });
    const after = person('b2', { startAt: at('2026-03-01'), employeeId: 'E1', attributes: name });
    const report = person('u1', { attributes: { manager: 'b1' } });
    const result = await audit({
      people: [before, after, report],
      accounts: [account('x1', { externalId: 'b2' }), accountOf(report, { attributes: { manager: 'x1' } })],
    });
    expect(reasons(result)).toEqual([]);
    expect(result.report.notes.join()).not.toMatch(/manager/);
  });
});

describe('nothing waits for ever, and nothing is critical, by a date that cannot be', () => {
  const never = at('2099-01-01T00:00:00Z');

  it('an account that was made in the future is not new', async () => {
    expect(
      reasons(await audit({ people: [person('u1')], accounts: [accountOf(person('u1')), account('a2', { createdAt: never })] })),
    ).toEqual(['orphaned:no-owner']);
  });

  it('a directory record that was changed in the future does not keep its differences pending', async () => {
    const leaver = person('u1', { state: 'suspended', changedAt: never });
    const mover = person('u2', { changedAt: never, attributes: { title: 'Lead' } });
    const accounts = [accountOf(leaver), accountOf(mover, { attributes: { title: 'Member' } })];
    expect(reasons(await audit({ people: [leaver, mover], accounts }))).toEqual(['orphaned:owner-disabled', 'stale:unknown']);
    expect(
      reasons(await audit({ people: [person('u3', { createdAt: never }), person('u4')], accounts: [accountOf(person('u4'))] })),
    ).toEqual(['missing:never-created']);
  });

  it('a login in the future proves no login after the leave', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: at('2026-10-01') });
    const result = await audit({ people: [leaver], accounts: [accountOf(leaver, { lastLoginAt: never })] });
    expect(result.findings.map((f) => f.severity)).toEqual(['high']);
  });

  it('a nightly touch of every disabled record does not keep leavers pending for ever', async () => {
    const staff = crowd(100, () => ({ changedAt: ago(300 * DAY) }));
    const leavers = Array.from({ length: 20 }, (_, i) => person(`l${i}`, { state: 'suspended', changedAt: ago(5 * HOUR) }));
    const result = await audit({ people: [...staff, ...leavers], accounts: [...sent(staff), ...sent(leavers)] });
    expect(reasons(result)).toEqual(Array.from({ length: 20 }, () => 'orphaned:owner-disabled'));
  });

  it('a pre-hire whose employment is over is unknown, not fine', async () => {
    const rescinded = person('u1', { state: 'pre-hire', startAt: at('2026-09-01'), endAt: at('2026-10-01') });
    expect(reasons(await audit({ people: [rescinded], accounts: [accountOf(rescinded)] }))).toEqual(['inconclusive:unknown-status']);
    // Whoever comes back has left until then, unless there is hardly a break between the two.
    const again = person('u2', { state: 'pre-hire', startAt: at('2026-12-01'), endAt: at('2026-10-01') });
    expect(reasons(await audit({ people: [again], accounts: [accountOf(again)] }))).toEqual(['orphaned:owner-terminated']);
    const soon = person('u3', { state: 'pre-hire', startAt: at('2026-12-01'), endAt: at('2026-11-15') });
    expect(reasons(await audit({ people: [soon], accounts: [accountOf(soon)] }))).toEqual([]);
  });
});

describe('each finding has a name of its own, and the order of rows has no say', () => {
  it('several doubts about one list have several ids', async () => {
    const result = await audit({
      people: crowd(3),
      accounts: Array.from({ length: 201 }, (_, i) =>
        account(`a${i}`, { status: i < 25 ? 'active' : i % 2 ? 'unknown' : 'unknown' }),
      ).concat(Array.from({ length: 60 }, (_, i) => account(`b${i}`, { status: 'unknown' }))),
      app: { expected: 'title eq "Lead"' },
      list: { verdict: 'unproven', reasons: ['page 2 failed'] },
    });
    expect(reasons(result)).toEqual(['inconclusive:field-absent', 'inconclusive:unknown-status', 'inconclusive:unproven-list']);
    expect(new Set(result.findings.map((f) => f.id)).size).toBe(3);
    expect(result.findings.find((f) => f.reason === 'unproven-list')?.summary).toMatch(
      /25 of 25 active accounts match nobody.*page 2 failed/s,
    );
  });

  it('two accounts of one person, found by two rules, name the rule of the account that is shown', async () => {
    const owner = person('u1', { employeeId: 'E1', emails: ['ada@corp.example'], attributes: { title: 'Lead' } });
    const on = account('a1', { employeeId: 'E1', attributes: { title: 'Member' } });
    const off = account('a2', { emails: ['ada@corp.example'], status: 'deactivated' });
    for (const accounts of [
      [on, off],
      [off, on],
    ]) {
      const result = await audit({ people: [owner], accounts });
      expect(result.findings.map((f) => [f.reason, f.match?.rule])).toEqual([['unknown', 'employeeId']]);
    }
    const twice = [on, account('a3', { emails: ['ada@corp.example'] })];
    const [one, other] = [
      await audit({ people: [owner], accounts: twice }),
      await audit({ people: [owner], accounts: [...twice].reverse() }),
    ];
    const shown = (r: typeof one) => [...r.findings].sort(compareFindings).map((f) => [f.account?.id, f.match?.rule]);
    expect(shown(one)).toEqual(shown(other));
    expect(shown(one)).toEqual([['a1', 'employeeId'], ['a3', 'email']]); // prettier-ignore
  });

  it('says it in the singular', async () => {
    const leaver = person('u1', { state: 'terminated' });
    const stale = person('u2', { attributes: { title: 'Lead' } });
    const result = await audit({
      people: [leaver, stale],
      accounts: [accountOf(leaver, { status: 'deactivated' }), accountOf(stale, { attributes: { title: 'x' } })],
    });
    const text = JSON.stringify([result.report, result.findings]);
    expect(text.match(/\b1 (?:leavers|accounts|stale accounts|joiners|people|rows|trials)\b[^"]*/g)).toBeNull();
  });
});
