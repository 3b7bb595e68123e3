// What is said of each account and of each person where a report lists them all: the verdict, the rule behind it, and until when it holds.
import { describe, expect, it } from 'vitest';
import type { AppDiff } from '../../src/diff/app-diff.js';
import { personFate } from '../../src/diff/person-fate.js';
import type { Ruling } from '../../src/diff/ruling.js';
import type { Account } from '../../src/model/account.js';
import type { Finding } from '../../src/model/finding.js';
import type { Person } from '../../src/model/person.js';
import { account, accountOf, ago, at, audit, DAY, HOUR, NOW, person, type Company } from '../in-memory.js';

interface Said {
  readonly rulings: readonly Ruling[];
  readonly diff: AppDiff;
  readonly findings: readonly Finding[];
}

async function said(company: Company): Promise<Said> {
  const rulings: Ruling[] = [];
  let diff: AppDiff | undefined;
  const census = {
    directory: () => undefined,
    read: (_: string, __: readonly Account[], all: readonly Ruling[]) => void rulings.push(...all),
    settled: (_: unknown, settled: AppDiff) => (diff = settled),
  };
  const { findings } = await audit({ ...company, census });
  return { rulings, diff: diff as AppDiff, findings };
}

/** Hours from now. */
const hours = (until: number): string => (Number.isNaN(until) ? '' : ` until ${(until - NOW) / HOUR}`);
const beside = person('z');

describe('of an account', () => {
  const ruling = async (one: Partial<Person>, held: Partial<Account>, more: Partial<Company> = {}): Promise<string> => {
    const p = person('p', one);
    const { rulings } = await said({ people: [p, beside], accounts: [accountOf(p, held), accountOf(beside)], ...more });
    const [{ verdict, why, row, rule, until }] = rulings as [Ruling];
    return [`${verdict} ${why}`.trim() + hours(until), row < 0 ? 'nobody' : `row ${row}`, rule].join(', ');
  };
  const OWN = 'row 0, externalId=id';
  const stranger = { externalId: undefined, emails: ['s@else.example'], userName: undefined } as unknown as Partial<Account>;
  const registered = (match: string, owner?: string): Partial<Company> => ({
    app: { accounts: [{ match, kind: 'service', ...(owner === undefined ? {} : { owner }) }] },
  });
  it.each<[what: string, expected: string, one: Partial<Person>, held: Partial<Account>, more?: Partial<Company>]>([
    ['on leave', `inSync keeps, ${OWN}`, { state: 'leave' }, {}],
    ['of a service that is off', `inSync, ${OWN}`, { state: 'suspended', kind: 'service' }, {}],
    ['of a hire', `inSync pre-hire until 48, ${OWN}`, { startAt: { at: NOW + 2 * DAY } }, {}],
    ['invited', `inSync invitation until 312, ${OWN}`, {}, { status: 'pending', createdAt: ago(DAY) }],
    ['invited at a time that nobody knows', `inSync invitation, ${OWN}`, {}, { status: 'pending' }],
    ['invited long ago', `pending, ${OWN}`, {}, { status: 'pending', createdAt: ago(15 * DAY) }],
    ['of a leaver within the grace', `pending grace-delete until 18, ${OWN}`, { state: 'terminated', endAt: ago(6 * HOUR) }, {}],
    ['of a leaver, off, with roles, within the grace', `pending grace-delete until 18, ${OWN}`, { state: 'terminated', endAt: ago(6 * HOUR) }, { status: 'suspended', roles: ['a'] }],
    ['of a leaver, off, without', `inactive off, ${OWN}`, { state: 'terminated', endAt: ago(6 * HOUR) }, { status: 'suspended' }],
    ['of a leaver, off, with no role', `inactive off, ${OWN}`, { state: 'terminated', endAt: ago(9 * DAY) }, { status: 'suspended', roles: [] }],
    ['of a leaver', `orphaned, ${OWN}`, { state: 'terminated', endAt: ago(9 * DAY) }, {}],
    ['of somebody who may not have one, since just now', `pending grace-update until 18, ${OWN}`, { changedAt: ago(6 * HOUR) }, {}, { app: { allowed: 'userName eq "z"' } }],
    ['of somebody who may not have one', `orphaned, ${OWN}`, { changedAt: ago(9 * DAY) }, {}, { app: { allowed: 'userName eq "z"' } }],
    ['of one on leave whom the filter does not allow', `inSync keeps, ${OWN}`, { state: 'leave' }, {}, { app: { allowed: 'userName eq "z"' } }],
    ['of nobody, just made', 'pending grace-create until 18, nobody, ', {}, { ...stranger, createdAt: ago(6 * HOUR) }],
    ['of nobody', 'unmatched, nobody, ', {}, stranger],
    ['of nobody who is off', 'inactive off, nobody, ', {}, { ...stranger, status: 'suspended' }],
    ['of a guest whom policy allows', 'protected guest, nobody, ', {}, { ...stranger, kind: 'guest' }, { policy: { guests: 'allow' } }],
    ['of a person where policy allows guests', 'unmatched, nobody, ', {}, stranger, { policy: { guests: 'allow' } }],
    ['of nobody in a directory that is not whole', 'inconclusive unproven-directory, nobody, ', {}, stranger, { directoryProven: false }],
    ['compared', `compared, ${OWN}`, {}, {}],
    ['of a status that nobody knows', `inconclusive unknown-status, ${OWN}`, {}, { status: 'unknown' }],
    ['of an unknown state', `inconclusive unknown-owner, ${OWN}`, { state: 'unknown' }, {}],
    ['gone with a live key', `orphaned, ${OWN}`, {}, { status: 'deleted', credentials: [{ id: 'k' }] }],
    ['gone with a live key, of nobody', 'orphaned, nobody, ', {}, { ...stranger, status: 'deleted', credentials: [{ id: 'k' }] }],
    ['registered', 'protected registered, nobody, ', {}, {}, registered('userName eq "p"', 'z')],
    ['registered without an owner', 'orphaned, nobody, ', {}, {}, registered('userName eq "p"')],
    ['registered with an empty owner', 'orphaned, nobody, ', {}, {}, registered('userName eq "p"', '  ')],
    ['registered without an owner, and off', 'protected registered, nobody, ', {}, { status: 'suspended' }, registered('userName eq "p"')],
    ['registered, with an owner who is not there', 'orphaned, nobody, ', {}, {}, registered('userName eq "p"', 'y')],
    ['registered, with an owner who names nobody', 'orphaned, nobody, ', {}, {}, registered('userName eq "p"', 'n/a')],
    ['registered, and the owner may be in what was not read', 'inconclusive unproven-directory, nobody, ', {}, {}, { ...registered('userName eq "p"', 'y'), directoryProven: false }],
    ['registered, and the owner is here, in a directory that is not whole', 'protected registered, nobody, ', {}, {}, { ...registered('userName eq "p"', 'z'), directoryProven: false }],
    ['registered by a filter that others may come to fit, of a leaver', `orphaned, ${OWN}`, { state: 'terminated', endAt: ago(9 * DAY) }, {}, registered('userName sw "p"', 'z')],
  ])('%s', async (_, expected, ...given) => {
    expect(await ruling(...given)).toBe(expected);
  }); // prettier-ignore

  it('that several may have: the one person is named, several are not', async () => {
    const twins = [person('p', { attributes: { displayName: 'Ada Low' } }), person('q', { emails: ['p@corp.example'], attributes: { displayName: 'Zed Quill' } })];
    const shared = (more: Partial<Account>) => ({ people: [...twins, beside], accounts: [account('a', { emails: ['p@corp.example'], ...more }), accountOf(beside)] });
    expect((await said(shared({}))).findings.map((one) => [one.class, one.person, one.mayBeOrphaned])).toContainEqual(['conflict', null, undefined]);
    expect((await said(shared({ status: 'unknown' }))).rulings[0]).toMatchObject({ verdict: 'inconclusive', why: 'unknown-status' });
    const young = person('y', { startAt: ago(100 * DAY) });
    const old = account('a', { emails: young.emails, createdAt: ago(400 * DAY) });
    const { findings } = await said({ people: [young, beside], accounts: [old, accountOf(beside)] });
    expect(findings.find(({ class: cls }) => cls === 'conflict')).toMatchObject({ person: { id: 'y' }, mayBeOrphaned: true });
  }); // prettier-ignore

  it('that is registered by name, of a record that is merely off', async () => {
    const off = person('p', { state: 'suspended', kind: 'unknown' });
    const of = async (...others: Person[]) => {
      const { rulings, diff, findings } = await said({ people: [off, ...others], accounts: [accountOf(off), ...others.map((one) => accountOf(one))], ...registered('userName eq "p"', others[0]?.id) });
      return [rulings[0]?.verdict, diff.rows.saw(0, 1024), diff.rows.saw(0, 32), findings.find(({ account: held }) => held?.id === 'a-p')?.person?.id];
    };
    expect(await of(person('z', { attributes: { givenName: 'Zed' } }))).toEqual(['protected', true, false, undefined]);
    expect(await of(person('z', { attributes: { familyName: 'Quill' } }))).toEqual(['protected', true, false, undefined]);
    expect(await of(person('z'))).toEqual(['inconclusive', false, true, 'p']);
  }); // prettier-ignore

  it('of a key that nobody read makes the app inconclusive, once', async () => {
    const { findings } = await said({ people: [beside], accounts: [accountOf(beside)], list: { credentials: ['no permission'] } });
    expect(findings).toMatchObject([{ class: 'inconclusive', reason: 'field-absent', ofCredentials: true }]);
    expect(findings[0]?.summary).toMatch(/: no permission$/);
  });
});

describe('of a person', () => {
  const fate = async (one: Partial<Person>, held: Partial<Account> | null, more: Partial<Company> = {}, others: readonly Person[] = []): Promise<string> => {
    const p = person('p', one);
    const { diff } = await said({
      people: [p, beside, ...others],
      accounts: [...(held === null ? [] : [accountOf(p, held)]), accountOf(beside)],
      ...more,
    });
    const { verdict, why, until } = personFate(diff, 0);
    return `${verdict} ${why}`.trim() + hours(until);
  }; // prettier-ignore
  const twin = (id: string): Person => ({ id, state: 'active', kind: 'human', employeeId: '7', attributes: {} });
  it.each<[what: string, expected: string, one: Partial<Person>, held: Partial<Account> | null, more?: Partial<Company>, others?: Person[]]>([
    ['has an account', 'present', {}, {}],
    ['is invited', 'present', {}, { status: 'pending', createdAt: ago(DAY) }],
    ['has none', 'missing', {}, null],
    ['has one that is off', 'missing', {}, { status: 'suspended' }],
    ['has one of a status that nobody knows', 'notDeterminable unknown-status', {}, { status: 'unknown' }],
    ['joined just now', 'pending grace-create until 18', { startAt: ago(6 * HOUR) }, null],
    ['joined just now by the record', 'pending grace-create until 18', { createdAt: ago(6 * HOUR) }, null],
    ['joined when the grace begins', 'missing', { startAt: ago(DAY) }, null],
    ['may have joined just now', 'notDeterminable field-absent', { unread: ['createdAt'] }, null],
    ['may have joined just now, by one of two days', 'notDeterminable field-absent', { unread: ['startAt'], either: { startAt: at('2026-11-10') } }, null, { policy: { grace: { create: 20 * DAY, update: DAY, delete: DAY } } }],
    ['joined long ago, by either of two days', 'missing', { unread: ['startAt'], either: { startAt: at('2026-11-10') } }, null],
    ['waits for the first login', 'awaitingLogin awaiting-login', {}, null, { app: { lifecycle: { create: { by: 'jit' } } } }],
    ['has one that is off, and JIT does not switch it on', 'missing', {}, { status: 'suspended' }, { app: { lifecycle: { create: { by: 'jit' } } } }],
    ['is not in a list that is not whole', 'notDeterminable unproven-list', {}, null, { list: { verdict: 'unproven' } }],
    ['has left', 'notExpected state', { state: 'terminated' }, null],
    ['may not have one', 'notExpected allowed', {}, null, { app: { allowed: 'userName eq "z"', expected: 'userName eq "z"' } }],
    ['may have one, and need not', 'notExpected expected', {}, null, { app: { expected: 'userName eq "z"' } }],
    ['has another record, which has the account', 'notExpected other-record', { employeeId: '7' }, null, {}, [twin('a')]],
    ['has another record, and this one speaks', 'missing', { employeeId: '7' }, null, {}, [twin('q')]],
    ['has another record, and the account', 'present', { employeeId: '7' }, {}, {}, [twin('a')]],
    ['has an old record', 'notExpected other-record', { employeeId: '7', state: 'terminated', endAt: ago(99 * DAY) }, null, {}, [person('q', { employeeId: '7', startAt: ago(50 * DAY) })]],
  ])('%s', async (_, expected, ...given) => {
    expect(await fate(...given)).toBe(expected);
  }); // prettier-ignore

  it('with two records, one account is enough, and nobody speaks twice', async () => {
    const [a, q] = [twin('a'), twin('q')];
    const both = async (...held: Person[]): Promise<string[]> => {
      const { diff } = await said({ people: [a, q, beside], accounts: [...held, beside].map((one) => accountOf(one)) });
      return [0, 1].map((row) => personFate(diff, row).verdict);
    };
    expect(await both()).toEqual(['missing', 'notExpected']);
    expect(await both(a)).toEqual(['present', 'notExpected']);
    expect(await both(q)).toEqual(['notExpected', 'present']);
  });
});
