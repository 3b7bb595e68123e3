// Whoever is switched off is no leaver: who is yet to begin, and mailboxes, rooms and services; and who comes back in the same record was here before.
import { describe, expect, it } from 'vitest';
import { isRehire, stateAt } from '../../src/match/state-at.js';
import type { Person, PersonState } from '../../src/model/person.js';
import { account, accountOf, at, audit, DAY, NOW, person, reasons } from '../in-memory.js';

describe('the state of one record', () => {
  const day = (text: string) => (text === '' ? undefined : at(text));
  it.each<[PersonState, string, string, string, PersonState]>([
    // Made beforehand, and off until the first day.
    ['suspended', '2026-12-01', '', '2026-11-10', 'pre-hire'],
    ['suspended', '2026-12-01', '', '', 'pre-hire'],
    ['suspended', '2026-11-24', '', '', 'suspended'],
    ['suspended', '', '', '2026-11-10', 'suspended'],
    // Of somebody whom the directory has known for years nobody can say so.
    ['suspended', '2026-12-01', '', '2019-01-01', 'unknown'],
    // A rehire that is announced: they have left until then, but for a change of contract.
    ['suspended', '2027-02-01', '2024-05-31', '2018-01-01', 'terminated'],
    ['active', '2027-02-01', '2024-05-31', '', 'terminated'],
    ['pre-hire', '2027-02-01', '2024-05-31', '', 'terminated'],
    ['active', '2026-12-01', '2026-11-15', '', 'pre-hire'],
    ['suspended', '2026-12-01', '2026-11-15', '', 'pre-hire'],
    // A rehire that has begun.
    ['active', '2026-02-02', '2025-05-30', '', 'active'],
    ['leave', '2026-02-02', '2025-05-30', '', 'leave'],
    ['suspended', '2026-02-02', '2025-05-30', '', 'suspended'],
    ['terminated', '2026-02-02', '2025-05-30', '', 'terminated'],
    ['pre-hire', '2026-02-02', '2025-05-30', '', 'unknown'],
    // An end after the only first day.
    ['active', '2018-04-01', '2025-05-30', '', 'terminated'],
    ['active', '2025-05-30', '2025-05-30', '', 'terminated'],
  ])('%s, from %s, until %s, made %s: %s', (raw, start, end, made, state) => {
    expect(stateAt(raw, day(start), day(end), NOW, day(made)?.at)).toBe(state);
  });

  it('has two employments only where the first day comes after the last', () => {
    expect(isRehire(at('2026-02-02'), at('2025-05-30'))).toBe(true);
    expect(isRehire(at('2018-02-02'), at('2025-05-30'))).toBe(false);
    expect(isRehire(undefined, at('2025-05-30'))).toBe(false);
  });
});

describe('hires whose records are off until the first day', () => {
  const hires = Array.from({ length: 6 }, (_, i) => person(`n${i}`, { state: 'suspended', startAt: at('2026-12-01'), changedAt: at('2026-11-10') })); // prettier-ignore
  const off = person('p9', { state: 'suspended', startAt: at('2019-01-01'), changedAt: at('2026-10-01') });

  it.each([undefined, 3])('are no leavers and no trials (columns: %s)', async (columns) => {
    const accounts = [...hires, off].map((p) => accountOf(p));
    const { findings, report } = await audit({ people: [...hires, off], accounts, leavers: 'listed', ...(columns === undefined ? {} : { columns }) }); // prettier-ignore
    expect(findings.map((f) => [f.account?.id, f.reason])).toEqual([['a-p9', 'owner-disabled']]);
    expect(report.coverage.delete.trials).toBe(1);
  });

  it('are hires by one directory where another has them switched off', async () => {
    const named = { employeeId: '7', attributes: { givenName: 'New', familyName: 'Hire' }, emails: ['new@corp.example'] };
    const hr = person('h7', { ...named, startAt: at('2027-01-04') });
    const ad = person('g7', { ...named, state: 'suspended', createdAt: at('2026-11-10') });
    for (const people of [
      [[ad], [hr]],
      [[hr], [ad]],
    ])
      expect(reasons(await audit({ people, accounts: [accountOf(ad), account('b', { externalId: 'h7' })].slice(0, 1) }))).toEqual([]);
    const before = { ...ad, createdAt: at('2019-01-01') };
    expect(reasons(await audit({ people: [[before], [hr]], accounts: [accountOf(before)] }))).toEqual(['orphaned:owner-disabled']);
  });
});

describe('what is no human', () => {
  const boxes = (more: Partial<Person> = {}) => Array.from({ length: 6 }, (_, i) => person(`m${i}`, { kind: 'shared', state: 'suspended', emails: [`box${i}@corp.example`], changedAt: at('2026-10-01'), ...more })); // prettier-ignore
  const owner = person('owner', { userName: 'ada' });

  it.each<[PersonState, Person['kind']]>([
    ['suspended', 'shared'],
    ['suspended', 'service'],
    ['terminated', 'shared'],
    ['terminated', 'service'],
  ])('and %s, kind %s, is no leaver and no trial', async (state, kind) => {
    const people = [...boxes({ state, kind }), owner];
    const accounts = people.map((p) => accountOf(p));
    const bare = await audit({ people, accounts, leavers: 'listed' });
    expect(reasons(bare)).toEqual([]);
    expect(bare.report.coverage.delete.trials).toBe(0);
    const rule = { match: 'email sw "box"', kind: 'shared' as const, owner: 'ada' };
    const covered = await audit({ people, accounts, leavers: 'listed', app: { accounts: [rule] } });
    expect(covered.report.reconciliation.accounts).toMatchObject({ protected: 6, inSync: 1 });
    expect(covered.report.notes.filter((note) => note.includes('cover'))).toEqual([]);
    expect(covered.report.coverage.delete.trials).toBe(0);
  });

  it('is still unowned where its owner has left', async () => {
    const people = [...boxes(), { ...owner, state: 'terminated' as const, endAt: at('2026-09-30') }];
    const rule = { match: 'email sw "box"', kind: 'shared' as const, owner: 'ada' };
    const result = await audit({ people, accounts: boxes().map((p) => accountOf(p)), app: { accounts: [rule] } });
    expect(new Set(reasons(result))).toEqual(new Set(['orphaned:unowned-service']));
  });

  it('and deleted leaves an account of nobody', async () => {
    const [box] = boxes({ state: 'deleted' }) as [Person];
    expect(reasons(await audit({ people: [box, owner], accounts: [accountOf(box), accountOf(owner)] }))).toEqual(['orphaned:owner-terminated']); // prettier-ignore
  });

  it('does not speak for the human whose number it has', async () => {
    const left = person('u1', { employeeId: '7', state: 'terminated', endAt: at('2026-09-30') });
    const service = person('svc', { employeeId: '7', kind: 'service', emails: ['svc@corp.example'] });
    expect(reasons(await audit({ people: [left, service], accounts: [accountOf(left), accountOf(service)] }))).toEqual(['orphaned:owner-terminated']); // prettier-ignore
  });
});

describe('a record that is off, and whose account is registered by name', () => {
  const owner = person('u1', { userName: 'ada', attributes: { givenName: 'Ada', familyName: 'One', displayName: 'Ada One' } });
  const box = (more: Partial<Person> = {}) =>
    person('u2', { kind: 'unknown', state: 'suspended', userName: 'support', emails: ['support@corp.example'], attributes: { displayName: 'Support' }, changedAt: at('2026-10-01'), ...more }); // prettier-ignore
  const rule = (match: string) => ({ match, kind: 'shared' as const, owner: 'ada' });
  const of = (people: readonly Person[], match = 'email eq "support@corp.example"') =>
    audit({ people, accounts: people.map((p) => accountOf(p)), leavers: 'listed', app: { accounts: [rule(match)] } });

  it('is a mailbox where all that is said of humans is missing', async () => {
    const { report, findings } = await of([owner, box()]);
    expect(findings).toEqual([]);
    expect(report.reconciliation.accounts).toMatchObject({ protected: 1 });
    expect(report.coverage.delete).toMatchObject({ trials: 0 });
    expect(report.notes.filter((note) => note.includes('cover'))).toEqual([]);
  });

  it('may be one where the directory has no names at all', async () => {
    const bare = { ...owner, attributes: {} };
    const result = await of([bare, box()]);
    expect(result.findings.map((f) => [f.class, f.account?.id])).toEqual([['inconclusive', 'a-u2']]);
    expect(result.findings[0]?.summary).toContain('say its `kind` in the directory');
  });

  it.each<[string, Partial<Person>]>([
    ['a name', { attributes: { givenName: 'Jane', familyName: 'Doe' } }],
    ['a number', { employeeId: '1003' }],
    ['a first day', { startAt: at('2019-01-01') }],
    ['a manager', { attributes: { manager: 'u1' } }],
    ['the kind', { kind: 'human' }],
    ['a last day', { endAt: at('2026-10-01') }],
  ])('is a leaver with %s, and nothing is advised against the registration', async (_, more) => {
    const { report, findings } = await of([owner, box(more)]);
    expect(findings.map((f) => [f.class, f.account?.id])).toEqual([['orphaned', 'a-u2']]);
    expect(report.notes.join()).toContain('does not cover 1 account of people who have left or are switched off');
    expect(report.notes.join()).not.toContain('covers nothing any more');
  });

  it('is a leaver to a registration that names nobody', async () => {
    expect((await of([owner, box()], 'email sw "s"')).findings.map((f) => f.reason)).toEqual(['owner-disabled']);
  });
});

describe('a rehire in one record', () => {
  const ada = person('u1', { startAt: at('2026-02-02'), endAt: at('2025-05-30') });
  const old = account('a1', { emails: ada.emails, createdAt: at('2018-04-03') });

  it.each([undefined, 2])('has the account from before (columns: %s)', async (columns) => {
    const more = columns === undefined ? {} : { columns };
    expect(reasons(await audit({ people: [ada], accounts: [old], ...more }))).toEqual([]);
    const first = { ...ada, endAt: undefined };
    expect(reasons(await audit({ people: [first], accounts: [old], ...more }))).toEqual(['conflict:recycled-identifier']);
    expect(reasons(await audit({ people: [{ ...first, createdAt: at('2018-04-01') }], accounts: [old], ...more }))).toEqual([]);
  });

  it('that is yet to begin has left until then', async () => {
    const away = { ...ada, startAt: at('2027-02-01') };
    const used = { ...old, lastLoginAt: at('2026-11-20T08:00:00Z') };
    const { findings } = await audit({ people: [away], accounts: [used] });
    expect(findings.map((f) => [f.reason, f.severity, f.person?.endAt])).toEqual([['owner-terminated', 'critical', '2025-05-30']]);
  });

  it('and was switched off since did not leave when the first employment ended', async () => {
    const off = { ...ada, state: 'suspended' as const, changedAt: { at: NOW - 40 * DAY } };
    const used = { ...old, lastLoginAt: { at: NOW - 100 * DAY } };
    const { findings } = await audit({ people: [off], accounts: [used] });
    expect(findings.map((f) => [f.reason, f.summary])).toEqual([
      ['owner-disabled', 'u1 is suspended in the directory, yet has an active account'],
    ]);
  });
});
