// One test per row of what a naive diff gets wrong (people, keys, accounts). Lists that are not whole are tested with the
// sources (test/sources, test/manifest, test/wire) and in test/properties.test.ts.
import { describe, expect, it } from 'vitest';
import { account, accountOf, ago, at, audit, DAY, HOUR, NOW, person, reasons } from '../in-memory.js';

describe('people', () => {
  it('says owner-terminated, not no-owner, of a leaver whom the directory still lists', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: at('2026-10-01') });
    const result = await audit({ people: [leaver], accounts: [accountOf(leaver, { lastLoginAt: at('2026-10-20T08:00:00Z') })] });
    expect(result.findings.map((f) => [f.class, f.reason, f.severity])).toEqual([['orphaned', 'owner-terminated', 'critical']]);
    expect(result.findings[0]?.summary).toBe('u1 left on 2026-10-01, yet has an active account, and it was used on 2026-10-20, after that');
  });

  it('does not take presence in the directory for a right: state decides', async () => {
    const disabled = person('u1', { state: 'suspended' });
    expect(reasons(await audit({ people: [disabled], accounts: [accountOf(disabled)] }))).toEqual(['orphaned:owner-disabled']);
  });

  it('reports a renamed address as one stale attribute, not as an orphan and a missing account', async () => {
    const renamed = person('u1', { emails: ['new@corp.example'], attributes: {} });
    const result = await audit({ people: [renamed], accounts: [account('a1', { externalId: 'u1', emails: ['old@corp.example'] })] });
    expect(reasons(result)).toEqual(['stale:unknown']);
    expect(result.findings[0]?.attributes).toEqual([
      { name: 'email', directory: 'new@corp.example', app: 'old@corp.example', cause: 'unknown' },
    ]);
  });

  it('does not hand a recycled address to its new holder', async () => {
    const before = person('u1', {
      state: 'terminated',
      endAt: at('2024-01-31'),
      emails: ['sam@corp.example'],
      attributes: { givenName: 'Sam', familyName: 'Old' },
    });
    const after = person('u2', {
      startAt: at('2026-03-01'),
      emails: ['sam@corp.example'],
      attributes: { givenName: 'Sam', familyName: 'New' },
    });
    const old = account('a1', { emails: ['sam@corp.example'], createdAt: at('2020-05-05') });
    const both = await audit({ people: [before, after], accounts: [old] });
    expect(reasons(both)).toEqual(['conflict:recycled-identifier']);
    expect(both.report.reconciliation.people).toMatchObject({ expected: 1, notDeterminable: 1, missing: 0 });
    // The same where the directory has forgotten the first holder.
    expect(reasons(await audit({ people: [after], accounts: [old] }))).toEqual(['conflict:recycled-identifier']);
    // An account from after the hire is the new holder's.
    expect(reasons(await audit({ people: [before, after], accounts: [{ ...old, createdAt: at('2026-03-02') }] }))).toEqual([]);
    // And without a creation date nobody can say.
    expect(reasons(await audit({ people: [before, after], accounts: [account('a1', { emails: ['sam@corp.example'] })] }))).toEqual([
      'conflict:ambiguous',
    ]);
  });

  it('lets an active record win over the old record of a rehire', async () => {
    const name = { givenName: 'Rae', familyName: 'Hire' };
    const old = person('u1', {
      state: 'terminated',
      endAt: at('2025-06-30'),
      employeeId: 'E77',
      emails: ['rae@corp.example'],
      attributes: name,
    });
    const again = person('u9', { startAt: at('2026-02-01'), employeeId: 'E77', emails: ['rae@corp.example'], attributes: name });
    const kept = account('a1', { externalId: 'u1', emails: ['rae@corp.example'], createdAt: at('2021-01-01') });
    for (const accounts of [[kept], [{ ...kept, externalId: undefined }], [{ ...kept, employeeId: 'E77' }]]) {
      const result = await audit({ people: [old, again], accounts });
      expect(reasons(result)).toEqual([]);
      expect(result.report.reconciliation.people).toMatchObject({ expected: 1, present: 1 });
    }
  });

  it('does not let a rehire in the future keep the account of somebody who has left', async () => {
    const name = { givenName: 'Rae', familyName: 'Hire' };
    const both = { employeeId: 'E77', emails: ['rae@corp.example'], attributes: name };
    const old = (ended: string) => person('u1', { ...both, state: 'terminated', endAt: at(ended) });
    const again = person('u9', { ...both, startAt: at('2027-01-04') });
    const kept = account('a1', { emails: ['rae@corp.example'], employeeId: 'E77', createdAt: at('2021-01-01') });
    for (const one of [kept, { ...kept, externalId: 'u1' }]) {
      expect(reasons(await audit({ people: [old('2026-06-30'), again], accounts: [one] }))).toEqual(['orphaned:owner-terminated']);
    }
    // A change of contract over the turn of a month is no leave.
    const soon = person('u9', { ...both, startAt: at('2026-12-01') });
    expect(reasons(await audit({ people: [old('2026-11-20'), soon], accounts: [kept] }))).toEqual([]);
  });

  it('reads states and dates in UTC, and a last day lasts until it is over everywhere', async () => {
    const until = (endAt: ReturnType<typeof at>) => {
      const leaver = person('u1', { endAt });
      return audit({ people: [leaver], accounts: [accountOf(leaver)], policy: { grace: { create: 0, update: 0, delete: 0 } } });
    };
    // It is 12:00 UTC on the 24th: the 23rd has just ended on the last island.
    expect(reasons(await until(at('2026-11-23')))).toEqual(['orphaned:owner-terminated']);
    expect(reasons(await until(at('2026-11-24')))).toEqual([]);
    expect(reasons(await until(at('2026-11-24T11:59:00Z')))).toEqual(['orphaned:owner-terminated']);
    expect(reasons(await until(at('2026-12-31')))).toEqual([]);
  });

  it('calls a record that says terminated and ends in the future unknown, not gone and not fine', async () => {
    const contradictory = person('u1', { state: 'terminated', endAt: at('2026-12-31') });
    expect(reasons(await audit({ people: [contradictory], accounts: [accountOf(contradictory)] }))).toEqual([
      'inconclusive:unknown-status',
    ]);
  });

  it('expects nothing of a pre-hire or a rescinded hire, and lets an account wait for the first day', async () => {
    const hire = person('u1', { startAt: at('2026-12-01') });
    const rescinded = person('u2', { state: 'pre-hire', startAt: at('2026-10-01') });
    const here = person('u3');
    expect(reasons(await audit({ people: [hire, rescinded, here], accounts: [accountOf(here)] }))).toEqual([]);
    expect(reasons(await audit({ people: [hire, here], accounts: [accountOf(hire), accountOf(here)] }))).toEqual([]);
  });

  it('waits for the grace of each stage', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: ago(20 * HOUR) });
    const joiner = person('u2', { startAt: ago(20 * HOUR) });
    const mover = person('u3', { changedAt: ago(20 * HOUR), attributes: { title: 'Lead' } });
    const accounts = [accountOf(leaver), accountOf(mover, { attributes: { title: 'Member' } })];
    const young = await audit({ people: [leaver, joiner, mover], accounts });
    expect(reasons(young)).toEqual([]);
    expect(young.report.reconciliation.accounts).toMatchObject({ pending: 2 });
    expect(young.report.reconciliation.people).toMatchObject({ pending: 1 });
    const old = await audit({ people: [leaver, joiner, mover], accounts, policy: { grace: { create: HOUR, update: HOUR, delete: HOUR } } });
    expect(reasons(old)).toEqual(['missing:never-created', 'orphaned:owner-terminated', 'stale:unknown']);
  });

  it('does not let an export that stamps everybody alike keep leavers pending for ever', async () => {
    const leaver = person('u1', { state: 'suspended', changedAt: ago(HOUR) });
    const accounts = [accountOf(leaver)];
    expect(reasons(await audit({ people: [leaver], accounts }))).toEqual([]);
    expect(reasons(await audit({ people: [leaver], accounts, datedChanges: false }))).toEqual(['orphaned:owner-disabled']);
  });

  it('takes owners from any directory, and counts a person in two of them once', async () => {
    const name = { givenName: 'Con', familyName: 'Tractor' };
    const employee = person('u1', { state: 'terminated', endAt: at('2026-01-31'), employeeId: 'E1', attributes: name });
    const contractor = person('c1', { employeeId: 'E1', attributes: name, emails: employee.emails, startAt: at('2026-02-01') });
    const both = await audit({ people: [[employee], [contractor]], accounts: [accountOf(employee)] });
    expect(reasons(both)).toEqual([]);
    const twice = await audit({
      people: [[person('u2', { employeeId: 'E2', attributes: name })], [person('c2', { employeeId: 'E2', attributes: name })]],
      accounts: [],
    });
    expect(twice.report.reconciliation.people.expected).toBe(1);
    const only = await audit({
      people: [[person('u3')], [person('c3')]],
      accounts: [account('a', { emails: ['c3@corp.example'] }), accountOf(person('u3'))],
    });
    expect(reasons(only)).toEqual([]);
  });

  it('ranks an alias below a primary address, and never lets it override', async () => {
    const owner = person('u1', { emails: ['ada@corp.example'] });
    const other = person('u2', { emails: ['eve@corp.example'], aliases: ['ada@corp.example'] });
    const result = await audit({
      people: [owner, other],
      accounts: [account('a1', { emails: ['ada@corp.example'] }), account('a2', { emails: ['eve@corp.example'] })],
    });
    expect(reasons(result)).toEqual([]);
    const byAlias = await audit({ people: [other], accounts: [account('a1', { emails: ['ada@corp.example'] })] });
    expect(byAlias.findings.map((f) => [f.reason, f.match?.rule])).toEqual([['unknown', 'alias']]);
  });

  it('follows the guest policy', async () => {
    const guest = account('g1', { kind: 'guest', emails: ['ann@partner.example'] });
    const result = await audit({ people: [person('u1')], accounts: [guest, accountOf(person('u1'))] });
    expect(result.findings.map((f) => [f.reason, f.severity])).toEqual([['no-owner', 'low']]);
    const allowed = await audit({ people: [person('u1')], accounts: [guest, accountOf(person('u1'))], policy: { guests: 'allow' } });
    expect(reasons(allowed)).toEqual([]);
    expect(allowed.report.reconciliation.accounts.protected).toBe(1);
  });

  it('reports two people for one account, and two accounts of one person, in both directions', async () => {
    const twins = [person('u1', { emails: ['team@corp.example'] }), person('u2', { emails: ['team@corp.example'] })];
    const shared = await audit({ people: twins, accounts: [account('a1', { emails: ['TEAM@corp.example '] })] });
    expect(reasons(shared)).toEqual(['conflict:ambiguous']);
    expect(shared.report.reconciliation.people).toMatchObject({ expected: 2, notDeterminable: 2 });
    const owner = person('u1');
    const double = await audit({ people: [owner], accounts: [accountOf(owner), accountOf(owner, { id: 'a-second' })] });
    expect(double.findings.map((f) => [f.reason, f.account?.id])).toEqual([['duplicate', 'a-second'], ['duplicate', 'a-u1']].sort((a, b) => (a[1]! < b[1]! ? -1 : 1))); // prettier-ignore
    expect(double.report.reconciliation.accounts.conflict).toBe(2);
    expect(double.report.reconciliation.people.present).toBe(1);
  });

  it('leaves in question whether an account is an orphan that may be of somebody who has left', async () => {
    const mail = { emails: ['team@corp.example'] };
    const shared = [account('a1', mail)];
    const open = async (people: Parameters<typeof audit>[0]['people'], accounts = shared, more: object = {}): Promise<unknown[]> =>
      (await audit({ people, accounts, ...more })).findings.filter((f) => f.class === 'conflict').map((f) => [f.reason, f.mayBeOrphaned]);
    const here = person('u1', mail);
    const gone = person('u2', { ...mail, state: 'terminated', endAt: at('2026-06-30') });
    expect(await open([here, person('u2', mail)])).toEqual([['ambiguous', undefined]]);
    expect(await open([here, gone, person('u3', mail)])).toEqual([['ambiguous', true]]);
    expect(await open([here, person('u2', { ...mail, attributes: { department: 'Sales' } })], shared, { app: { allowed: 'department eq "Sales"' } })).toEqual([['ambiguous', true]]); // prettier-ignore
    expect(await open(Array.from({ length: 12 }, (_, i) => person(`u${i}`, mail)))).toEqual([['ambiguous', true]]);
    const late = person('u4', { ...mail, startAt: at('2026-05-01'), createdAt: at('2026-05-01') });
    expect(await open([late], [account('a1', { ...mail, createdAt: at('2024-01-01') })])).toEqual([['recycled-identifier', true]]);
  });

  it('reports a live key of an account that is off and may be of several people', async () => {
    const mail = { emails: ['team@corp.example'] };
    const off = account('a1', { ...mail, status: 'deactivated' });
    const people = [person('u1', mail), person('u2', mail)];
    expect(reasons(await audit({ people, accounts: [off] }))).toEqual([]);
    expect(reasons(await audit({ people, accounts: [{ ...off, credentials: [{ id: 'k1' }] }] }))).toEqual(['conflict:ambiguous']);
  });

  it('lets a later rule choose among the candidates of an earlier one, and no others', async () => {
    const twins = [
      person('u1', { emails: ['team@corp.example'], userName: 'ada' }),
      person('u2', { emails: ['team@corp.example'], userName: 'eve' }),
    ];
    expect(reasons(await audit({ people: twins, accounts: [account('a1', { emails: ['team@corp.example'], userName: 'eve' }), account('a2', { userName: 'ada' })] }))).toEqual(['stale:unknown'].slice(1)); // prettier-ignore
    const stranger = [...twins, person('u3', { userName: 'zoe' })];
    expect(
      reasons(await audit({ people: stranger, accounts: [account('a1', { emails: ['team@corp.example'], userName: 'zoe' })] })),
    ).toContain('conflict:ambiguous');
  });
});

describe('keys', () => {
  it('never matches empty or sentinel keys to each other', async () => {
    const people = [
      person('u1', { employeeId: '', emails: ['n/a'], userName: 'x1' }),
      person('u2', { employeeId: '0', emails: [], userName: 'x2' }),
    ];
    const accounts = [account('a1', { employeeId: '', emails: ['N/A'] }), account('a2', { employeeId: '000', emails: [''] })];
    expect(reasons(await audit({ people, accounts })).filter((r) => r.startsWith('orphaned'))).toEqual([
      'orphaned:no-owner',
      'orphaned:no-owner',
    ]);
  });

  it('drops a key that many people share', async () => {
    const people = Array.from({ length: 12 }, (_, i) => person(`u${i}`, { employeeId: '4711', emails: [`p${i}@corp.example`] }));
    const result = await audit({ people, accounts: [account('a1', { employeeId: '4711' })] });
    expect(reasons(result).filter((r) => !r.startsWith('missing'))).toEqual(['conflict:ambiguous']);
  });

  it('hints at near misses and never links by them', async () => {
    const owner = person('u42', { emails: ['ada@corp.example'], employeeId: '00042', userName: 'u42' });
    const hint = async (more: object) =>
      (await audit({ people: [owner], accounts: [account('a1', more)] })).findings.find((f) => f.class === 'orphaned')?.hints;
    expect(await hint({ emails: ['ada+test@corp.example'] })).toEqual(['would match u42 (u42) if `+tag` were ignored']);
    expect(await hint({ emails: ['ada@corp.test'] })).toEqual(['would match u42 (u42) if corp.test and corp.example were one domain']);
    expect(await hint({ employeeId: '42' })).toEqual(['would match u42 (u42) if leading zeros were ignored']);
    expect(await hint({ emails: ['zed@corp.example'] })).toEqual([]);
  });

  it('does not read a group with a line break in its name as two groups', async () => {
    const people = [person('u1', { groups: ['guests\nadmins'] }), person('u2', { groups: ['admins'] })];
    const accounts = people.map((p) => accountOf(p));
    expect(reasons(await audit({ people, accounts, app: { allowed: 'groups eq "admins"' } }))).toEqual(['orphaned:not-entitled']);
  });

  it('does not confuse an id with a name that every object has', async () => {
    for (const word of ['__proto__', 'constructor', 'toString']) {
      const owner = person(word, { attributes: { department: word } });
      expect(reasons(await audit({ people: [owner], accounts: [accountOf(owner)] }))).toEqual([]);
      expect(reasons(await audit({ people: [person('u1')], accounts: [account(word), accountOf(person('u1'))] }))).toEqual([
        'orphaned:no-owner',
      ]);
    }
  });
});

describe('accounts', () => {
  it('takes a pending invitation of a leaver for a way in', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: ago(9 * DAY) });
    const result = await audit({ people: [leaver], accounts: [accountOf(leaver, { status: 'pending' })] });
    expect(reasons(result)).toEqual(['orphaned:owner-terminated']);
    expect(result.findings[0]?.summary).toContain('an open invitation');
  });

  it('keeps a deleted account and its successor with the same address apart', async () => {
    const owner = person('u1');
    const result = await audit({ people: [owner], accounts: [accountOf(owner, { id: 'a-old', status: 'deleted' }), accountOf(owner)] });
    expect(reasons(result)).toEqual([]);
    expect(result.report.reconciliation.accounts).toMatchObject({ inSync: 1, inactive: 1 });
  });

  it('grades a login after the leave, and forgives a clock that runs ahead', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: at('2026-11-01T12:00:00Z') });
    const severity = async (login?: string) =>
      (await audit({ people: [leaver], accounts: [accountOf(leaver, login === undefined ? {} : { lastLoginAt: at(login) })] })).findings[0]
        ?.severity;
    expect(await severity()).toBe('high');
    expect(await severity('2026-11-01T12:30:00Z')).toBe('high');
    expect(await severity('2026-11-01T14:00:00Z')).toBe('critical');
  });

  it('does not call a bot or a service account a human orphan', async () => {
    const people = [person('u1')];
    const result = await audit({
      people,
      accounts: [accountOf(people[0]!), account('USLACKBOT', { kind: 'bot' }), account('krbtgt', { kind: 'service' })],
    });
    expect(result.findings.map((f) => [f.reason, f.account?.kind, f.severity])).toEqual([['no-owner', 'bot', 'medium'], ['no-owner', 'service', 'medium']]); // prettier-ignore
  });

  it('protects registered accounts while their owner is here and the review is not due', async () => {
    const owner = person('u1');
    const gone = person('u2', { state: 'terminated', endAt: ago(9 * DAY) });
    const one = async (entry: object) => {
      const result = await audit({
        people: [owner, gone],
        accounts: [accountOf(owner), account('s1', { userName: 'svc-backup', kind: 'service' })],
        app: { accounts: [{ match: 'userName sw "svc-"', kind: 'service', ...entry }] },
      });
      return [reasons(result), result.report.reconciliation.accounts.protected];
    };
    expect(await one({ owner: 'u1', reviewBy: NOW + DAY })).toEqual([[], 1]);
    expect(await one({ owner: 'u1', reviewBy: NOW - DAY })).toEqual([['orphaned:unowned-service'], 0]);
    expect(await one({ owner: 'u2' })).toEqual([['orphaned:unowned-service'], 0]);
    expect(await one({ owner: 'nobody' })).toEqual([['orphaned:unowned-service'], 0]);
    expect(await one({})).toEqual([['orphaned:unowned-service'], 0]);
  });

  it('does not let a broad registration hide a leaver', async () => {
    const leaver = person('u1', { state: 'terminated', endAt: ago(9 * DAY) });
    const result = await audit({
      people: [leaver],
      accounts: [accountOf(leaver)],
      app: { accounts: [{ match: 'userName pr', kind: 'service', owner: 'u1' }] },
    });
    expect(reasons(result)).toEqual(['orphaned:owner-terminated']);
  });

  it('never calls an absent attribute stale, and always an empty one', async () => {
    const owner = person('u1', { attributes: { department: 'Sales', title: 'Lead' } });
    expect(reasons(await audit({ people: [owner], accounts: [accountOf(owner, { attributes: { title: 'Lead' } })] }))).toEqual([]);
    expect(
      reasons(await audit({ people: [owner], accounts: [accountOf(owner, { attributes: { title: 'Lead', department: '' } })] })),
    ).toEqual(['stale:unknown']);
    const cleared = person('u1', { attributes: { department: '' } });
    expect(reasons(await audit({ people: [cleared], accounts: [accountOf(cleared, { attributes: { department: 'Sales' } })] }))).toEqual([
      'stale:unknown',
    ]);
  });

  it('compares text as people read it', async () => {
    const owner = person('u1', { attributes: { familyName: 'Gar\u00e7on', givenName: 'Zo\u00eb' } });
    const same = accountOf(owner, { attributes: { familyName: ' Garc\u0327on ', givenName: 'Zoe\u0308' }, emails: ['U1@CORP.EXAMPLE'] });
    expect(reasons(await audit({ people: [owner], accounts: [same] }))).toEqual([]);
    expect(reasons(await audit({ people: [owner], accounts: [accountOf(owner, { attributes: { familyName: 'Garcon' } })] }))).toEqual([
      'stale:unknown',
    ]);
  });

  it('joins a manager that the app names by its own account id', async () => {
    const boss = person('u1');
    const other = person('u2');
    const report = person('u3', { attributes: { manager: 'u1' } });
    const of = (manager: string) =>
      audit({
        people: [boss, other, report],
        accounts: [accountOf(boss), accountOf(other), accountOf(report, { attributes: { manager } })],
      });
    expect(reasons(await of('a-u1'))).toEqual([]);
    expect(reasons(await of('u1@corp.example'))).toEqual([]);
    const wrong = await of('a-u2');
    expect(wrong.findings.map((f) => f.attributes)).toEqual([[{ name: 'manager', directory: 'u1', app: 'a-u2', cause: 'unknown' }]]);
    expect(reasons(await of('u2'))).toEqual(['stale:unknown']);
  });

  it('tells the cause of a difference', async () => {
    const mover = person('u1', { changedAt: ago(10 * DAY), attributes: { title: 'Lead' } });
    const cause = async (more: object, by: 'jit' | 'scim') => {
      const result = await audit({
        people: [mover],
        accounts: [accountOf(mover, { attributes: { title: 'Member' }, ...more })],
        app: { lifecycle: { create: { by } } },
      });
      return [result.findings[0]?.reason, result.findings[0]?.severity];
    };
    expect(await cause({ updatedAt: ago(5 * DAY) }, 'scim')).toEqual(['not-propagated', 'medium']);
    expect(await cause({ lastLoginAt: ago(5 * DAY) }, 'jit')).toEqual(['not-propagated', 'medium']);
    expect(await cause({ lastLoginAt: ago(20 * DAY) }, 'jit')).toEqual(['awaiting-login', 'low']);
    // Somebody mistyped a password since, which touched the account and refreshed nothing.
    expect(await cause({ lastLoginAt: ago(20 * DAY), updatedAt: ago(5 * DAY) }, 'jit')).toEqual(['awaiting-login', 'low']);
    expect(await cause({ lastLoginAt: ago(20 * DAY) }, 'scim')).toEqual(['unknown', 'low']);
    expect(await cause({}, 'jit')).toEqual(['unknown', 'low']);
  });

  it('reads candidates again by id before it reports them', async () => {
    const owner = person('u1', { attributes: { title: 'Lead' } });
    const listed = accountOf(owner, { attributes: { title: 'Member' } });
    const agreed = await audit({ people: [owner], accounts: [listed], confirm: () => [accountOf(owner)] });
    expect(reasons(agreed)).toEqual([]);
    expect(agreed.report.notes.join()).toMatch(/agrees? when read by id/);
    expect(reasons(await audit({ people: [owner], accounts: [listed], confirm: () => [listed] }))).toEqual(['stale:unknown']);
  });

  it('waits for the owner of a brand-new account', async () => {
    const people = [person('u1')];
    const fresh = account('a1', { userName: 'new', createdAt: ago(HOUR) });
    const result = await audit({ people, accounts: [fresh, accountOf(people[0]!)] });
    expect(reasons(result)).toEqual([]);
    expect(result.report.reconciliation.accounts.pending).toBe(1);
  });
});

describe('doubt', () => {
  const owner = person('u1');
  const leaver = person('u2', { state: 'terminated', endAt: ago(9 * DAY) });
  const accounts = [accountOf(leaver), account('a-x', { userName: 'stranger' })];
  const people = [owner, leaver];

  it('names no orphan without an owner while the directory is not proven, but still the leavers that were seen', async () => {
    const result = await audit({ people, accounts, directoryProven: false });
    expect(reasons(result)).toEqual(['inconclusive:unproven-list', 'missing:never-created', 'orphaned:owner-terminated']);
    expect(Object.values(result.report.coverage).map((c) => c.verdict)).toEqual(['unproven', 'unproven', 'unproven']);
  });

  it('calls nobody missing while the app list is not proven, but still the orphans that were seen', async () => {
    const result = await audit({ people, accounts, list: { verdict: 'unproven', reasons: ['page 3 failed'] } });
    expect(reasons(result)).toEqual(['inconclusive:unproven-list', 'orphaned:no-owner', 'orphaned:owner-terminated']);
    expect(result.report.reconciliation.people).toMatchObject({ expected: 1, notDeterminable: 1 });
  });

  it('keeps what was seen before a source failed', async () => {
    const result = await audit({ people, accounts, fails: true });
    expect(reasons(result)).toEqual(['inconclusive:unproven-list', 'orphaned:no-owner', 'orphaned:owner-terminated']);
    expect(result.report.error).toBe('app: the line went dead');
    expect(result.report.completeness).toMatchObject({ verdict: 'unproven', reasons: ['the source failed after 2 rows'] });
  });

  it('takes an empty list for a missing permission', async () => {
    const result = await audit({ people, accounts: [] });
    expect(result.report.completeness.verdict).toBe('unproven');
    expect(reasons(result)).toEqual(['inconclusive:unproven-list']);
  });

  it('suspects the keys when most accounts match nobody', async () => {
    const crowd = Array.from({ length: 40 }, (_, i) => account(`a${i}`, { userName: `n${i}` }));
    const result = await audit({ people, accounts: crowd });
    expect(reasons(result).filter((r) => r.startsWith('orphaned'))).toEqual([]);
    expect(result.report.reconciliation.accounts).toMatchObject({ inconclusive: 40, orphaned: 0 });
    const told = await audit({ people, accounts: crowd, policy: { guard: { shrink: 0.2, unmatched: 1 } } });
    expect(told.report.reconciliation.accounts.orphaned).toBe(40);
  });

  it('does not judge by a filter that asks for what nobody carries', async () => {
    const result = await audit({ people, accounts, app: { expected: 'groups eq "crm-users"' } });
    expect(reasons(result)).toContain('inconclusive:field-absent');
    expect(result.report.reconciliation.people).toMatchObject({ notDeterminable: 1, missing: 0 });
  });
});
