// The limits at which a role is one that every account has, on the counts themselves.
import { describe, expect, it } from 'vitest';
import { BaseRoles, type BaseRole } from '../../src/diff/base-roles.js';
import type { Account } from '../../src/model/account.js';
import { ColumnBuilder } from '../../src/store/column-builder.js';
import { Columns } from '../../src/store/columns.js';
import { account } from '../in-memory.js';

const held = (n: number, roles: readonly string[] | undefined, more: Partial<Account> = {}): Account[] =>
  Array.from({ length: n }, () => account('a', { roles, ...more }));
const OFF = { status: 'suspended' } as const; // prettier-ignore
const countOf = (accounts: readonly Account[], named?: readonly string[]): BaseRoles => {
  const roles = new BaseRoles(named);
  for (const one of accounts) roles.add(one);
  return roles;
};
const shown = (found: ReadonlyMap<string, BaseRole>): string[] =>
  [...found.values()].map(({ role, holders }) => `${role} ${holders ?? 'named'}`);

describe('a role of which nearly all hold one each', () => {
  it.each<[what: string, expected: string[], accounts: Account[]]>([
    ['ten accounts', ['r 10'], held(10, ['r'])],
    ['nine', [], held(9, ['r'])],
    ['ten, five of them on', ['r 10'], [...held(5, ['r']), ...held(5, ['r'], OFF)]],
    ['eleven, four of them on', [], [...held(4, ['r']), ...held(7, ['r'], OFF)]],
    ['eight in ten of those who are on', ['r 8'], [...held(8, ['r']), ...held(2, ['s'])]],
    ['seven in ten', [], [...held(7, ['r']), ...held(3, ['s'])]],
    ['eight in ten, and of those that are off none', ['r 8'], [...held(8, ['r']), ...held(2, ['s']), ...held(4, ['s'], OFF)]],
    ['eight in ten, where one in ten has no role', ['r 8'], [...held(8, ['r']), ...held(1, ['s']), ...held(1, [])]],
    ['eight in ten, where two in ten have no role', [], [...held(8, ['r']), ...held(2, [])]],
    ['eight in ten, where of those that are off too many have two', [], [...held(8, ['r']), ...held(2, ['s']), ...held(8, ['s'], OFF), ...held(2, ['s', 't'], OFF)]],
  ])('%s: %j', (_, expected, accounts) => {
    expect(shown(countOf(accounts).found(true))).toEqual(expected);
    expect(shown(countOf([...accounts].reverse()).found(true))).toEqual(expected);
  }); // prettier-ignore
});

describe('a role among others', () => {
  const others = (n: number, roles: readonly string[], more: Partial<Account> = {}): Account[] => Array.from({ length: n }, (_, i) => account('a', { roles: [...roles, `x${i}`], ...more })); // prettier-ignore
  it.each<[what: string, expected: string[], accounts: Account[]]>([
    ['all', ['r 10'], others(10, ['r'])],
    ['nine in ten', ['r 9'], [...others(9, ['r']), ...others(1, [])]],
    ['eight in ten', [], [...others(16, ['r']), ...others(4, ['s'])]],
    ['three in four of those that are off', ['r 13'], [...others(10, ['r']), ...others(3, ['r'], OFF), ...others(1, ['s'], OFF)]],
    ['seven in ten of those that are off', [], [...others(10, ['r']), ...others(7, ['r'], OFF), ...others(3, ['s'], OFF)]],
    ['one that is told twice counts once', ['r 10'], held(10, ['r', 'r', 's', 's', 't']).map((one, i) => ({ ...one, roles: [...(one.roles ?? []).slice(0, 2), `y${i}`] }))],
  ])('%s: %j', (_, expected, accounts) => {
    expect(shown(countOf(accounts).found(true))).toEqual(expected);
  }); // prettier-ignore
});

describe('who counts', () => {
  it.each<[what: string, counts: boolean, more: Partial<Account>]>([
    ['on', true, {}],
    ['invited', true, { status: 'pending' }],
    ['off', false, { status: 'deactivated' }],
    ['of a status that nobody knows', false, { status: 'unknown' }],
    ['gone', false, { status: 'deleted' }],
    ['of a service', false, { kind: 'service' }],
    ['of a guest', false, { kind: 'guest' }],
    ['of an unknown kind', true, { kind: 'unknown' }],
    ['without roles', false, { roles: undefined }],
  ])('an account %s: %s', (_, counts, more) => {
    expect(countOf([...held(5, ['r']), ...held(4, ['r'], OFF), ...held(1, ['r'], more)]).found(true).size).toBe(counts || more.status === 'deactivated' ? 1 : 0); // prettier-ignore
    expect(countOf([...held(4, ['r']), ...held(6, ['r'], OFF), ...held(1, ['r'], more)]).found(true).size).toBe(counts ? 1 : 0);
  });

  it('is nobody of a list that is not whole, and not where the role administers', () => {
    expect(shown(countOf(held(10, ['r'])).found(false))).toEqual([]);
    expect(shown(countOf(held(10, ['Site Owner'])).found(true))).toEqual([]);
    const admins = (n: number) => countOf([...held(n, ['r'], { admin: true }), ...held(10 - n, ['r'], { admin: false })]).found(true);
    expect([shown(admins(5)), shown(admins(6))]).toEqual([['r 10'], []]);
  });

  it('does not matter of a role that is named, in any letter case', () => {
    expect(shown(countOf(held(1, ['Owner', 's']), ['OWNER', 'x']).found(false))).toEqual(['Owner named']);
    expect([countOf([], ['Owner']).isNamed('owner'), countOf([], ['Owner']).isNamed('o'), countOf([]).isNamed('owner')]).toEqual([true, false, false]);
  }); // prettier-ignore
});

describe('roles by column', () => {
  const both = (accounts: readonly Account[]): [string[], string[]] => {
    const builder = new ColumnBuilder('account');
    for (const one of accounts) builder.add(one);
    const page = new Columns(builder.take(), []);
    const roles = new BaseRoles();
    accounts.forEach((_, i) => roles.addColumn(page, i));
    return [shown(roles.found(true)), shown(countOf(accounts).found(true))];
  };
  it.each<[what: string, expected: string[], accounts: Account[]]>([
    ['one each', ['r 10'], held(10, ['r'])],
    ['too few', [], held(9, ['r'])],
    ['two each', ['r 10', 's 10'], held(10, ['r', 's'])],
    ['none', [], [...held(10, []), ...held(1, ['r'])]],
    ['none told', [], [...held(10, undefined), ...held(9, ['r'])]],
    ['services', [], [...held(9, ['r']), ...held(3, ['r'], { kind: 'service' })]],
    ['guests', [], [...held(9, ['r']), ...held(3, ['r'], { kind: 'guest' })]],
    ['half administrators', ['r 10'], [...held(5, ['r'], { admin: true }), ...held(5, ['r'])]],
    ['most administrators', [], [...held(6, ['r'], { admin: true }), ...held(4, ['r'], { admin: false })]],
  ])('%s: %j', (_, expected, accounts) => {
    expect(both(accounts)).toEqual([expected, expected]);
  });
});
