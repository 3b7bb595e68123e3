import { describe, expect, it } from 'vitest';
import { ACCOUNT_STATUSES, type AccountStatus } from '../../src/model/account.js';
import { PERSON_STATES, type PersonState } from '../../src/model/person.js';
import type { POLICY } from '../in-memory.js';
import { account, accountOf, ago, audit, DAY, HOUR, person, reasons } from '../in-memory.js';

/**
 * Every cell of design section 5, walked through the whole core: what the report must say of one person in one state with
 * one account in one status. `-` is nothing to say; the second word is the bucket that the account is counted in.
 */
const TABLE: Record<PersonState | 'nobody', Record<AccountStatus, [finding: string, bucket: string]>> = {
  active: {
    active: ['-', 'inSync'],
    pending: ['-', 'inSync'],
    suspended: ['missing:inactive-account', 'inactive'],
    deactivated: ['missing:inactive-account', 'inactive'],
    deleted: ['missing:inactive-account', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
  'pre-hire': {
    active: ['-', 'inSync'],
    pending: ['-', 'inSync'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['-', 'inSync'],
  },
  leave: {
    active: ['-', 'inSync'],
    pending: ['-', 'inSync'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
  suspended: {
    active: ['orphaned:owner-disabled', 'orphaned'],
    pending: ['orphaned:owner-disabled', 'orphaned'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
  terminated: {
    active: ['orphaned:owner-terminated', 'orphaned'],
    pending: ['orphaned:owner-terminated', 'orphaned'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
  deleted: {
    active: ['orphaned:owner-terminated', 'orphaned'],
    pending: ['orphaned:owner-terminated', 'orphaned'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
  unknown: {
    active: ['inconclusive:unknown-status', 'inconclusive'],
    pending: ['inconclusive:unknown-status', 'inconclusive'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
  nobody: {
    active: ['orphaned:no-owner', 'orphaned'],
    pending: ['orphaned:no-owner', 'orphaned'],
    suspended: ['-', 'inactive'],
    deactivated: ['-', 'inactive'],
    deleted: ['-', 'inactive'],
    unknown: ['inconclusive:unknown-status', 'inconclusive'],
  },
};

describe('the verdict table', () => {
  for (const state of [...PERSON_STATES, 'nobody' as const]) {
    for (const status of ACCOUNT_STATUSES) {
      const [finding, bucket] = TABLE[state][status];
      it(`${state} person, ${status} account: ${finding}, counted as ${bucket}`, async () => {
        const owner = person('u1', { state: state === 'nobody' ? 'active' : state });
        const bystander = person('u2');
        const theirs = state === 'nobody' ? account('a-x', { userName: 'stranger', status }) : accountOf(owner, { status });
        const result = await audit({
          people: state === 'nobody' ? [bystander] : [owner, bystander],
          accounts: [theirs, accountOf(bystander)],
        });
        expect(reasons(result)).toEqual(finding === '-' ? [] : [finding]);
        const counts = { ...result.report.reconciliation.accounts, inSync: result.report.reconciliation.accounts.inSync - 1 };
        expect(Object.entries(counts).filter(([, n]) => n > 0)).toEqual([[bucket, 1]]);
      });
    }
  }

  it.each([
    ['active', 'missing:never-created'],
    ['pre-hire', '-'],
    ['leave', '-'],
    ['suspended', '-'],
    ['terminated', '-'],
    ['deleted', '-'],
    ['unknown', '-'],
  ] as const)('%s person without an account: %s', async (state, finding) => {
    const result = await audit({ people: [person('u1', { state }), person('u2')], accounts: [accountOf(person('u2'))] });
    expect(reasons(result)).toEqual(finding === '-' ? [] : [finding]);
  });

  it('awaits the first login where JIT creates', async () => {
    const result = await audit({
      people: [person('u1'), person('u2')],
      accounts: [accountOf(person('u2'))],
      app: { lifecycle: { create: { by: 'jit' } } },
    });
    expect(reasons(result)).toEqual([]);
    expect(result.report.reconciliation.people).toMatchObject({ expected: 2, present: 1, awaitingLogin: 1, missing: 0 });
  });

  it('reports an invitation that nobody accepted in time', async () => {
    const owner = person('u1');
    const young = await audit({ people: [owner], accounts: [accountOf(owner, { status: 'pending', createdAt: ago(13 * DAY) })] });
    const old = await audit({ people: [owner], accounts: [accountOf(owner, { status: 'pending', createdAt: ago(15 * DAY) })] });
    expect(reasons(young)).toEqual([]);
    expect(reasons(old)).toEqual(['missing:invitation-pending']);
  });

  it('finds what is not allowed here, and leaves alone what is off', async () => {
    const owner = person('u1', { attributes: { department: 'Sales' } });
    const app = { allowed: 'department eq "IT"', expected: 'department eq "IT"' };
    for (const status of ['active', 'pending'] as const) {
      expect(reasons(await audit({ people: [owner], accounts: [accountOf(owner, { status })], app }))).toEqual(['orphaned:not-entitled']);
    }
    for (const status of ['suspended', 'deactivated', 'deleted'] as const) {
      expect(reasons(await audit({ people: [owner], accounts: [accountOf(owner, { status })], app }))).toEqual([]);
    }
    expect(reasons(await audit({ people: [owner], accounts: [accountOf(owner, { status: 'unknown' })], app }))).toEqual([
      'inconclusive:unknown-status',
    ]);
  });

  it('follows policy for people on leave, suspended people and pre-hires', async () => {
    const onLeave = person('u1', { state: 'leave' });
    const disabled = person('u2', { state: 'suspended' });
    const hire = person('u3', { state: 'pre-hire' });
    const of = (p: typeof hire, policy: Partial<typeof POLICY>) => audit({ people: [p], accounts: [accountOf(p)], policy });
    expect(reasons(await of(onLeave, { leavers: ['terminated', 'deleted', 'leave'] }))).toEqual(['orphaned:owner-disabled']);
    expect(reasons(await of(disabled, { leavers: ['terminated', 'deleted'] }))).toEqual([]);
    expect(reasons(await of(hire, { preHire: 'report' }))).toEqual(['orphaned:not-entitled']);
  });

  it('reports a live credential of an account that is gone, whoever owned it', async () => {
    const keyed = { status: 'deleted' as const, credentials: [{ id: 'k', lastUsedAt: ago(2 * DAY) }] };
    const here = person('u1');
    const left = person('u2', { state: 'terminated', endAt: ago(40 * DAY) });
    const leaving = person('u3', { state: 'terminated', endAt: ago(HOUR) });
    const result = await audit({
      people: [here, left, leaving],
      accounts: [
        ...[here, left, leaving].map((p) => accountOf(p, keyed)),
        account('x', keyed),
        account('y', { status: 'deleted', credentials: [] }),
      ],
      app: { expected: 'userName eq "nobody-at-all"' },
    });
    const found = result.findings.filter((f) => f.reason === 'orphaned-credential');
    expect(found.map((f) => [f.person?.id ?? null, f.severity])).toEqual(
      expect.arrayContaining([
        ['u1', 'high'],
        ['u2', 'high'],
        [null, 'high'],
      ]),
    );
    expect(found).toHaveLength(3);
    expect(found.find((f) => f.person === null)?.summary).toMatch(
      / is gone, yet 1 live credential of this account is left, last used on 2026-/,
    );
    expect(result.report.reconciliation.accounts).toMatchObject({ orphaned: 3, pending: 1, inactive: 1 });
  });

  it('reports roles and live credentials that outlive a switched-off account of a leaver', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: ago(10 * DAY) });
    const off = (more: object) => audit({ people: [leaver], accounts: [accountOf(leaver, { status: 'deactivated', ...more })] });
    expect(reasons(await off({ roles: [] }))).toEqual([]);
    expect(reasons(await off({ credentials: [{ id: 'k', expiresAt: ago(DAY) }] }))).toEqual([]);
    expect(reasons(await off({ roles: ['billing'] }))).toEqual(['orphaned:residual-access']);
    const live = await off({ credentials: [{ id: 'k' }] });
    expect(live.findings.map((f) => [f.reason, f.severity])).toEqual([['residual-access', 'high']]);
  });
});
