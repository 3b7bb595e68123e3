// One key, and several people who have or had it: a leaver's account must not pass for the account of somebody who is still here.
import { describe, expect, it } from 'vitest';
import { account, at, audit, DAY, person, reasons } from '../in-memory.js';

const named = (givenName: string, familyName: string) => ({ attributes: { givenName, familyName } });

describe('two directories that count from one', () => {
  const ada = person('1', { ...named('Ada', 'Byron'), userName: 'ada', emails: ['ada@corp.example'], startAt: at('2020-01-01') });
  const zed = person('1', {
    ...named('Zed', 'Quill'),
    state: 'terminated',
    userName: 'zed',
    emails: ['zed@vendor.example'],
    startAt: at('2022-01-01'),
    endAt: at('2026-09-30'),
  });
  const made = { externalId: '1', createdAt: at('2022-02-01T09:00:00Z'), ...named('Zed', 'Quill') };

  it('lets another key say whose the account with the id of both is', async () => {
    const accounts = [account('a1', { ...made, emails: zed.emails }), account('a2', { externalId: '1', emails: ada.emails })];
    const result = await audit({ people: [[ada], [zed]], accounts });
    expect(result.findings.map((f) => [f.reason, f.account?.id])).toEqual([['owner-terminated', 'a1']]);
  });

  it('leaves open whose it is where no other key tells', async () => {
    const result = await audit({ people: [[ada], [zed]], accounts: [account('a1', made)] });
    expect(result.findings.map((f) => [f.reason, f.mayBeOrphaned])).toEqual([['ambiguous', true]]);
  });
});

describe('a registration', () => {
  const here = person('1', { userName: 'ada' });
  const gone = person('1', { userName: 'zed', state: 'terminated', endAt: at('2026-09-30') });
  const one = account('a1', { externalId: '1', userName: 'svc-backup' });
  const owned = (match: string, second = gone) =>
    audit({
      people: [[here, person('owner', { userName: 'owner' })], [second]],
      accounts: [one],
      app: { accounts: [{ match, kind: 'service', owner: 'owner' }] },
    });

  it.each(['userName pr', 'userName sw "svc-"', 'userName eq "svc-backup" or userName sw "x"', 'not (userName eq "x")', 'userName ne "x"'])(
    "that names nobody does not cover an account that may be a leaver's: %s",
    async (match) => {
      const result = await owned(match);
      expect(result.findings.filter((f) => f.account !== null).map((f) => [f.reason, f.mayBeOrphaned])).toEqual([['ambiguous', true]]);
      expect(result.report.reconciliation.accounts.protected).toBe(0);
    },
  );

  it.each([
    'userName eq "svc-backup"',
    'id eq "a1"',
    'userName eq "x" or externalId eq "1"',
    'userName eq "svc-backup" and kind eq "human"',
  ])("that names the account says that it is nobody's: %s", async (match) => {
    expect((await owned(match)).report.reconciliation.accounts).toMatchObject({ protected: 1, conflict: 0 });
  });

  it('by a broad filter covers an account of several who are all here', async () => {
    expect((await owned('userName pr', person('1', { userName: 'zed' }))).report.reconciliation.accounts.protected).toBe(1);
  });

  it.each([
    ['userName sw "svc-"', 10, 39, 'covers 10 of 49 accounts'],
    ['userName sw "svc-"', 10, 40, undefined],
    ['userName sw "svc-"', 9, 0, undefined],
    ['userName eq "svc-0"', 1, 0, undefined],
  ])('by %s of %i accounts beside %i others says how many it covers: %s', async (match, covered, others, note) => {
    const people = [...Array.from({ length: others }, (_, i) => person(`p${i}`, { userName: `p${i}` })), person('owner')];
    const accounts = [
      ...Array.from({ length: covered }, (_, i) => account(`s${i}`, { userName: `svc-${i}` })),
      ...Array.from({ length: others }, (_, i) => account(`c${i}`, { externalId: `p${i}`, userName: `p${i}` })),
    ];
    const { report } = await audit({ people, accounts, app: { accounts: [{ match, kind: 'service', owner: 'owner' }] } });
    const said = report.notes.filter((text) => text.includes('covers'));
    expect(said).toEqual(note === undefined ? [] : [expect.stringContaining(note)]);
  });
});

describe('an address of somebody who left and of somebody who is here', () => {
  const here = person('u1', { ...named('Ada', 'Byron'), emails: ['sales@corp.example'], startAt: at('2020-01-01') });
  const left = (more: object) => person('u2', { ...named('Zed', 'Quill'), emails: ['sales@corp.example'], state: 'terminated', ...more });
  const one = account('a1', { emails: ['sales@corp.example'], createdAt: at('2022-02-01T09:00:00Z') });

  it.each([
    ['both were here when the account was made', { startAt: at('2021-01-01'), endAt: at('2026-09-30') }],
    ['no date says when the one left', {}],
    ['the one left on the day on which it was made', { endAt: at('2022-02-01') }],
  ])('leaves open whose it is: %s', async (_, dates) => {
    const result = await audit({ people: [here, left(dates)], accounts: [one] });
    expect(result.findings.map((f) => [f.reason, f.mayBeOrphaned])).toEqual([['ambiguous', true]]);
  });

  it.each([
    ['had left before it was made', { startAt: at('2019-01-01'), endAt: at('2021-12-31') }],
    ['came long after it was made', { startAt: at('2024-01-01'), endAt: at('2026-09-30') }],
  ])('is given to whoever is here when the other %s', async (_, dates) => {
    expect(reasons(await audit({ people: [here, left(dates)], accounts: [one] }))).toEqual([]);
  });
});

describe('an employee number', () => {
  const leaver = (more: object) => person('u4', { state: 'terminated', endAt: at('2026-01-01'), employeeId: 'EXT', ...more });
  const kept = account('a4', { emails: ['u4@corp.example'] });
  const app = { expected: 'userName eq "nobody"' };

  it('that several people have does not make them one human, with and without their names', async () => {
    const nameless = ['u1', 'u2', 'u3'].map((id) => person(id, { employeeId: 'EXT' }));
    expect(reasons(await audit({ people: [...nameless, leaver({})], accounts: [kept], app }))).toEqual(['orphaned:owner-terminated']);
    const people = [
      person('u1', { employeeId: 'EXT', ...named('Maria', 'Lopez') }),
      person('u2', { employeeId: 'EXT', ...named('Bob', 'Ray') }),
      leaver(named('Maria', 'Silva')),
    ];
    expect(reasons(await audit({ people, accounts: [kept], app }))).toEqual(['orphaned:owner-terminated']);
  });

  it('still joins the records of somebody who was hired again, married or without names', async () => {
    const again = (more: object) => person('u1', { employeeId: 'EXT', startAt: at('2026-02-01'), ...more });
    for (const [old, now] of [
      [named('Maria', 'Silva'), named('Maria', 'Lopez')],
      [{}, {}],
    ] as const) {
      const result = await audit({ people: [leaver(old), again(now)], accounts: [{ ...kept, createdAt: at('2025-01-01') }], app });
      expect(reasons(result)).toEqual(['stale:unknown']);
    }
  });

  it('that two lists give to two people who were here at the same time is of two lists', async () => {
    const hr = (more: object) => person('u1', { employeeId: '17', startAt: at('2020-01-01'), ...named('Maria', 'Lopez'), ...more });
    const vendor = (more: object) => leaver({ employeeId: '17', startAt: at('2022-01-01'), ...named('Maria', 'Silva'), ...more });
    const both = async (employee: object, contractor: object) =>
      reasons(await audit({ people: [[hr(employee)], [vendor(contractor)]], accounts: [kept], app }));
    expect(await both({}, {})).toEqual(['orphaned:owner-terminated']);
    // A contractor who was employed in the end, and one job that both lists speak of.
    expect(await both({ startAt: at('2026-01-01') }, {})).toEqual(['stale:unknown']);
    expect(await both({}, { startAt: at('2020-01-01') })).toEqual(['stale:unknown']);
    expect(await both({ emails: ['u4@corp.example'] }, {})).toEqual([]);
  });
});

it('gives an account the grace of a last day that is not yet over everywhere', async () => {
  const leaver = person('u1', { state: 'terminated', endAt: at('2026-11-24') });
  const accounts = [account('a1', { externalId: 'u1' })];
  const young = await audit({ people: [leaver], accounts });
  expect([reasons(young), young.report.reconciliation.accounts.pending]).toEqual([[], 1]);
  const none = { grace: { create: DAY, update: DAY, delete: 0 } };
  expect(reasons(await audit({ people: [leaver], accounts, policy: none }))).toEqual(['orphaned:owner-terminated']);
});

it('does not take a key of two people for the owner of a service account when one of them has left', async () => {
  const one = async (owner: string) => {
    const people = [[person('7', { emails: ['ada@corp.example'] })], [person('7', { userName: 'zed', emails: [], state: 'terminated' })]];
    const accounts = [account('s1', { userName: 'svc-backup', kind: 'service' })];
    return audit({ people, accounts, app: { accounts: [{ match: 'userName sw "svc-"', kind: 'service', owner }] } });
  };
  const several = await one('7');
  expect(several.findings.filter((f) => f.class === 'orphaned').map((f) => f.summary)).toEqual([
    'svc-backup is a registered service account, but its owner 7 is several people, one of whom has left',
  ]);
  const named = await one('ada@corp.example');
  expect(named.report.reconciliation.accounts).toMatchObject({ protected: 1, orphaned: 0 });
});

describe('a hire whose first day is long over, and who is still called a pre-hire', () => {
  const hire = (start: string) =>
    person('h1', { state: 'pre-hire', startAt: at(start), ...named('Ada', 'Byron'), emails: ['ada@corp.example'] });

  it('is no pre-hire: perhaps they never came', async () => {
    const accounts = (start: string) => audit({ people: [hire(start)], accounts: [account('a1', { externalId: 'h1' })] });
    expect(reasons(await accounts('2026-09-01'))).toEqual(['inconclusive:unknown-status']);
    expect(reasons(await accounts('2026-11-20'))).toEqual([]);
    expect(reasons(await accounts('2026-12-20'))).toEqual([]);
  });

  it('does not speak for the employee of the same name who has left since', async () => {
    const left = person('e1', { ...named('Ada', 'Byron'), emails: ['ada@corp.example'], state: 'terminated', startAt: at('2025-01-01'), endAt: at('2026-10-01') }); // prettier-ignore
    const accounts = [account('a1', { externalId: 'e1' })];
    expect(reasons(await audit({ people: [[left], [hire('2025-01-01')]], accounts }))).toEqual(['orphaned:owner-terminated']);
    // A contract that follows on is another thing.
    expect(reasons(await audit({ people: [[{ ...left, endAt: at('2026-11-20') }], [hire('2026-12-01')]], accounts }))).toEqual([]);
  });
});

describe('a further address of somebody who is here', () => {
  const boss = person('u1', { ...named('Bo', 'Low'), aliases: ['zed@corp.example'] });
  const one = async (attributes: object) =>
    audit({ people: [boss], accounts: [account('a1', { emails: ['zed@corp.example'], attributes: { ...attributes } })] });

  it.each([[{ displayName: 'Zed Quill' }], [{ givenName: 'Zed', familyName: 'Quill' }], [{ displayName: 'Quill, Z.' }]])(
    'does not make an account theirs that bears another name: %j',
    async (attributes) => {
      const { findings, report } = await one(attributes);
      expect(findings.map((f) => [f.reason, f.mayBeOrphaned])).toEqual([['recycled-identifier', true]]);
      expect(findings[0]?.summary).toBe(
        "zed@corp.example bears another name than u1, who has its address as a further one: it may have been somebody else's",
      );
      expect(report.reconciliation.people).toMatchObject({ missing: 0, notDeterminable: 1 });
    },
  );

  it('is still a finding when its holder has left', async () => {
    const left = { ...boss, state: 'terminated', endAt: at('2026-01-01') } as const;
    const accounts = [account('a1', { emails: ['zed@corp.example'], attributes: { displayName: 'Zed Quill' } })];
    expect(reasons(await audit({ people: [left], accounts }))).toEqual(['orphaned:owner-terminated']);
  });

  it.each([[{}], [{ displayName: 'LOW, Bo' }], [{ givenName: 'Bo', familyName: 'Married' }], [{ displayName: 'B. L.' }]])(
    'still does where the name agrees, in part, or is not there: %j',
    async (attributes) => {
      expect(reasons(await one(attributes)).filter((reason) => !reason.startsWith('stale'))).toEqual([]);
    },
  );
});
