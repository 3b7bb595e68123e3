import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { account, accountOf, ago, audit, DAY, person, type Company } from '../in-memory.js';

const LEFT: Partial<Person> = { state: 'terminated', endAt: ago(40 * DAY) };

interface Given {
  readonly here?: (i: number) => Partial<Account>;
  readonly gone?: (i: number) => Partial<Account>;
  readonly staff?: number;
  readonly left?: number;
  readonly more?: Partial<Company>;
}

/** A company in which every account of a leaver was switched off. */
function company({ here = () => ({}), gone = () => ({}), staff = 40, left = 13, more = {} }: Given): Company {
  const present = Array.from({ length: staff }, (_, i) => person(`u${i}`));
  const leavers = Array.from({ length: left }, (_, i) => person(`x${i}`, LEFT));
  return {
    people: [...present, ...leavers],
    accounts: [
      ...present.map((one, i) => accountOf(one, { roles: ['User role'], ...here(i) })),
      ...leavers.map((one, i) => accountOf(one, { status: 'deactivated', roles: ['User role'], ...gone(i) })),
    ],
    ...more,
  };
}

const residual = async (given: Given): Promise<string[]> => {
  const { findings } = await audit(company(given));
  return findings.filter(({ reason }) => reason === 'residual-access').map(({ account: held }) => held?.id ?? '');
};

describe('a role that everybody holds', () => {
  it('is no access that is left, and the report says so', async () => {
    const result = await audit(company({ here: (i) => (i === 0 ? { roles: ['Super admin role'], admin: true } : { admin: false }) }));
    expect(result.findings).toEqual([]);
    expect(result.report.reconciliation.accounts).toMatchObject({ inSync: 40, inactive: 13, orphaned: 0 });
    expect(result.report.notes).toContain(
      "13 leavers' accounts that are off hold base roles alone, which are no access: User role (held by 52 accounts, which is nearly all)",
    );
    expect(result.report.coverage.delete.reasons.join()).not.toContain('groups or roles');
  });

  it('is one of several, in whatever order and in whatever pages the accounts come', async () => {
    const given = company({
      here: (i) => ({ roles: i % 3 === 0 ? ['staff', `team-${i % 4}`] : ['staff'] }),
      gone: (i) => ({ roles: i < 2 ? ['staff', 'team-1'] : ['staff'] }),
    });
    const ids = async (one: Company): Promise<string[]> => (await audit(one)).findings.map((f) => f.account?.id ?? '').sort();
    const summaries = (await audit(given)).findings.map(({ summary }) => summary);
    expect(summaries).toEqual([
      'x0 left and the account is deactivated, yet it still holds 1 role or group (team-1)',
      'x1 left and the account is deactivated, yet it still holds 1 role or group (team-1)',
    ]);
    expect(await ids(given)).toEqual(['a-x0', 'a-x1']);
    expect(await ids({ ...given, accounts: [...given.accounts].reverse() })).toEqual(['a-x0', 'a-x1']);
    expect(await ids({ ...given, columns: 7 })).toEqual(['a-x0', 'a-x1']);
  });

  it('may be held by somewhat fewer where every account has exactly one role', async () => {
    expect(await residual({ here: (i) => (i < 7 ? { roles: ['Manager role'] } : {}) })).toEqual([]);
    // As a group among others it is one that not everybody is in.
    const groups = await residual({
      here: (i) => ({ roles: i < 7 ? ['a', 'b'] : ['a', 'User role'] }),
      gone: () => ({ roles: ['User role'] }),
    });
    expect(groups).toHaveLength(13);
  });

  it.each<[string, Given]>([
    ['where half of those who are here hold it', { here: (i) => (i % 2 === 0 ? { roles: ['Viewer'] } : {}) }],
    ['where switching an account off takes it away', { gone: (i) => (i > 1 ? { roles: [] } : {}) }],
    ['where switching an account off takes it away of some', { gone: (i) => (i > 8 ? { roles: [] } : {}) }],
    ['where leavers alone hold it', { here: () => ({ roles: ['Member'] }) }],
    ['where nobody who is here tells their roles', { here: () => ({ roles: undefined }) }],
    ['where too few accounts show it', { staff: 4, left: 2 }],
    ['where too few of those who are here show it', { staff: 4, left: 13 }],
    ['where it administers, by its name', { here: () => ({ roles: ['Administrator'] }), gone: () => ({ roles: ['Administrator'] }) }],
    ['where it administers, as the app says', { here: () => ({ admin: true }), gone: () => ({ admin: true }) }],
    ['where the list is not proven whole', { more: { list: { verdict: 'unproven', reasons: ['cut'] } } }],
    ['where the list failed', { more: { fails: true } }],
    ['where service accounts alone hold it', { here: (i) => (i < 20 ? { kind: 'service' } : { roles: ['Member'] }) }],
  ])('is access that is left %s', async (_, given) => {
    expect((await residual(given)).length).toBeGreaterThan(0);
  });

  it("is access that is left on an administrator's account", async () => {
    expect(await residual({ gone: (i) => (i === 3 ? { admin: true } : {}) })).toEqual(['a-x3']);
  });

  it('does not hide a live credential', async () => {
    const { findings } = await audit(company({ gone: (i) => (i === 3 ? { credentials: [{ id: 'k' }] } : {}) }));
    expect(findings.map(({ severity, summary }) => `${severity}: ${summary}`)).toEqual([
      'high: x3 left and the account is deactivated, yet it still holds a live credential',
    ]);
  });

  it('does not hide another role, be it a common one', async () => {
    expect(await residual({ here: (i) => ({ roles: i < 30 ? ['User role', 'Billing'] : ['User role'] }), gone: (i) => (i === 5 ? { roles: ['User role', 'Billing'] } : {}) })).toEqual(['a-x5']); // prettier-ignore
  });
});

describe('a role that the config names', () => {
  const named = (roles: readonly string[], more: Partial<Company> = {}): Partial<Company> => ({ app: { baseRoles: roles }, ...more });

  it('is none that is left, however few hold it and in any letter case, also in a list that is not whole', async () => {
    const few = { here: (i: number) => (i > 1 ? { roles: ['Viewer'] } : {}) };
    expect(await residual({ ...few, more: named(['user ROLE']) })).toEqual([]);
    expect(await residual({ ...few, more: named(['user ROLE'], { list: { verdict: 'unproven', reasons: ['cut'] } }) })).toEqual([]);
    expect(await residual({ ...few, more: named(['Viewer']) })).toHaveLength(13);
  });

  it("is access that is left on an administrator's account", async () => {
    expect(await residual({ gone: (i) => (i === 3 ? { admin: true } : {}), more: named(['User role']) })).toEqual(['a-x3']);
  });
});

describe('a leaver with two accounts', () => {
  it('may hold a base role on one of them and another on the other', async () => {
    const given = company({});
    const second = account('second', { userName: 'x0', status: 'deactivated', roles: ['Billing'] });
    const { findings, report } = await audit({ ...given, accounts: [...given.accounts, second] });
    expect(findings.map((f) => f.account?.id)).toEqual(['second']);
    expect(report.reconciliation.accounts).toMatchObject({ orphaned: 1, inactive: 13 });
  });
});
