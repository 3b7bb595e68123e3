import { describe, expect, it } from 'vitest';
import { gather, type Traces } from '../../src/coverage/traces.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { accountOf, ago, DAY, HOUR, NOW, person } from '../in-memory.js';
import { diffOf } from './diff-of.js';

const MINUTE = 60_000;
type Made = Partial<Account> & { readonly owner?: Partial<Person> };

/** Accounts of people who have been here for long. */
async function traces(...made: readonly Made[]): Promise<Traces> {
  const people = made.map(({ owner }, i) => person(`u${i}`, { startAt: ago(2000 * DAY), attributes: { title: 'Lead' }, ...owner }));
  const accounts = people.map((one, i) => {
    const { owner: _, ...more } = made[i] ?? {};
    return accountOf(one, { externalId: undefined, ...more });
  });
  return gather(await diffOf({ people, accounts, app: { compare: ['title'] } }));
}
const times = (n: number, make: (i: number) => Made): Made[] => Array.from({ length: n }, (_, i) => make(i));
/** Made in the hour that is so many after a day of a year ago. */
const inHour = (hour: number): Made => ({ createdAt: { at: NOW - 365 * DAY + hour * HOUR + MINUTE } });
const spread = (n: number): Made[] => times(n, (i) => inHour(100 + 2 * i));
const hour = (of: number): number => NOW - 365 * DAY + of * HOUR;

describe('what was made in bulk', () => {
  it('is ten accounts or more of one hour', async () => {
    expect(await traces(...times(10, () => inHour(0)), ...spread(3))).toMatchObject({
      bulk: { accounts: 10 },
      rest: { accounts: 3 },
      bulkAt: hour(0),
    });
    expect(await traces(...times(9, () => inHour(0)), ...spread(3))).toMatchObject({
      bulk: { accounts: 0 },
      rest: { accounts: 12 },
      bulkAt: NaN,
    });
  });

  it('and a fiftieth of all that are dated', async () => {
    const rest = times(485, (i) => ({ ...inHour(100 + 2 * (i % 97)), owner: { startAt: inHour(100 + 2 * (i % 97)).createdAt } }));
    expect((await traces(...times(15, () => inHour(0)), ...rest)).bulk.accounts).toBe(15);
    expect((await traces(...times(15, () => inHour(0)), ...rest, ...rest)).bulk.accounts).toBe(0);
    expect((await traces(...times(15, () => inHour(0)), ...rest, ...times(485, () => ({})))).bulk.accounts).toBe(15);
  });

  it('is of several hours, and dated by the largest, or by the first of equal ones', async () => {
    const two = (first: number, second: number): Made[] => [...times(first, () => inHour(0)), ...times(second, () => inHour(50))];
    expect(await traces(...two(10, 12))).toMatchObject({ bulk: { accounts: 22 }, bulkAt: hour(50) });
    expect(await traces(...two(12, 10))).toMatchObject({ bulk: { accounts: 22 }, bulkAt: hour(0) });
    expect(await traces(...two(12, 12))).toMatchObject({ bulkAt: hour(0) });
    expect(await traces(...two(10, 9))).toMatchObject({ bulk: { accounts: 10 } });
  });

  it('is not what was made for joiners', async () => {
    const joiners = (days: number): Made[] =>
      times(12, () => ({ ...inHour(0), owner: { startAt: { at: hour(0) + MINUTE - days * DAY } } }));
    expect((await traces(...joiners(7))).bulk.accounts).toBe(0);
    expect((await traces(...joiners(8))).bulk.accounts).toBe(12);
    expect((await traces(...joiners(-8))).bulk.accounts).toBe(12);
    const since = times(12, () => ({ ...inHour(0), owner: { startAt: undefined } }));
    expect((await traces(...since)).bulk.accounts).toBe(12);
    expect(await traces(...times(12, () => inHour(0)), ...joiners(0).slice(0, 3))).toMatchObject({ bulk: { accounts: 12 }, rest: { accounts: 3 } }); // prettier-ignore
  });

  it('was made at once where two hours hold half of it', async () => {
    const wave = async (before: number, after: number, rest: number): Promise<boolean> =>
      (await traces(...times(10, () => inHour(10)), ...times(before, () => inHour(9)), ...times(after, () => inHour(11)), ...spread(rest))).atOnce; // prettier-ignore
    expect(await wave(0, 0, 10)).toBe(true);
    expect(await wave(0, 0, 11)).toBe(false);
    expect(await wave(0, 4, 10)).toBe(true);
    expect(await wave(4, 0, 10)).toBe(true);
    expect(await wave(4, 1, 14)).toBe(false);
    expect(await wave(1, 4, 14)).toBe(false);
    expect(await wave(1, 5, 14)).toBe(true);
  });
});

describe('what an account shows', () => {
  const one = async (more: Made): Promise<Traces['rest']> => (await traces(more)).rest;
  const created = ago(100 * DAY);
  const login = (later: number): Made => ({ createdAt: created, lastLoginAt: { at: created.at + later } });
  const used = { accounts: 1, dated: 1, withLogin: 1, neverLoggedIn: 0, usedOnce: 0, atFirstLogin: 0, linked: 0 };

  it.each<[what: string, made: Made, expected: object]>([
    ['never used', { createdAt: created }, { ...used, withLogin: 0, neverLoggedIn: 1 }],
    ['used, and not dated', { lastLoginAt: created }, { ...used, dated: 0 }],
    ['linked', { ...login(9 * DAY), externalId: 'u0' }, { ...used, linked: 1 }],
    ['used later', login(DAY), used],
    ['used on the first day', login(DAY - 1), { ...used, usedOnce: 1 }],
    ['used after more than five minutes', login(5 * MINUTE + 1), { ...used, usedOnce: 1 }],
    ['used within five minutes', login(5 * MINUTE), { ...used, usedOnce: 1, atFirstLogin: 1 }],
    ['used a minute before', login(-MINUTE), { ...used, usedOnce: 1, atFirstLogin: 1 }],
    ['used earlier', login(-MINUTE - 1), used],
    ['a leaver has', { ...login(9 * DAY), owner: { state: 'terminated' } }, used],
    ['that is off', { ...login(9 * DAY), status: 'deactivated' }, { ...used, accounts: 0, dated: 0, withLogin: 0 }],
    ['whose login is not understood', { createdAt: created, unread: ['lastLoginAt'] }, { ...used, accounts: 0, dated: 0, withLogin: 0 }],
  ])('%s', async (_, made, expected) => {
    expect(await one(made)).toEqual(expected);
  }); // prettier-ignore

  it('is known of nobody where no account says when it was used', async () => {
    expect((await traces({ createdAt: created })).loginsKnown).toBe(false);
    expect((await traces({ createdAt: created }, { lastLoginAt: created })).loginsKnown).toBe(true);
    expect((await traces({ lastLoginAt: created, status: 'deactivated' })).loginsKnown).toBe(false);
  });
});

describe('whether stale accounts wait for a login', () => {
  const changed = (ms: number): Partial<Person> => ({ changedAt: ago(ms) });
  const stale = { attributes: { title: 'Member' } };
  it.each<[what: string, made: Made, stale: object, inSync: object]>([
    ['stale, and used since', { ...stale, owner: changed(9 * DAY), lastLoginAt: ago(8 * DAY) }, { total: 1, loggedInSince: 1 }, { total: 0 }],
    ['stale, and used then', { ...stale, owner: changed(9 * DAY), lastLoginAt: ago(9 * DAY) }, { total: 1, loggedInSince: 0 }, { total: 0 }],
    ['in sync, and used since', { owner: changed(9 * DAY), lastLoginAt: ago(8 * DAY) }, { total: 0 }, { total: 1, loggedInSince: 1 }],
    ['in sync, and used before', { owner: changed(9 * DAY), lastLoginAt: ago(10 * DAY) }, { total: 0 }, { total: 1, loggedInSince: 0 }],
    ['changed on the first day of the window', { owner: changed(90 * DAY), lastLoginAt: ago(DAY) }, { total: 0 }, { total: 1 }],
    ['changed before it', { owner: changed(90 * DAY + 1), lastLoginAt: ago(DAY) }, { total: 0 }, { total: 0 }],
    ['of which nothing is compared', { owner: { ...changed(9 * DAY), attributes: {} }, lastLoginAt: ago(DAY) }, { total: 0 }, { total: 0 }],
    ['where nobody is known to log in', { owner: changed(9 * DAY) }, { total: 0 }, { total: 0 }],
    ['changed at a time that nobody knows', { lastLoginAt: ago(DAY) }, { total: 0 }, { total: 0 }],
  ])('%s', async (_, made, stale_, inSync) => {
    expect(await traces(made)).toMatchObject({ stale: stale_, inSync });
  }); // prettier-ignore
});

describe('since when accounts carry the id', () => {
  const linked = (n: number, day: number): Made[] => times(n, (i) => ({ createdAt: ago((day - i) * DAY), externalId: 'linked' }));
  const local = (n: number, day: number): Made[] => times(n, (i) => ({ createdAt: ago((day - i) * DAY) }));
  const switched = async (...made: Made[]): Promise<Traces['switched']> =>
    (await traces(...made.map((one, i) => (one.externalId === undefined ? one : { ...one, externalId: `u${i}` })))).switched;
  const none = { at: NaN, before: 0, after: 0 };

  it('is an instant that parts ten from ten', async () => {
    expect(await switched(...linked(10, 100), ...local(10, 200))).toEqual({ at: ago(100 * DAY).at, before: 10, after: 10 });
    expect(await switched(...linked(9, 100), ...local(20, 200))).toEqual(none);
    expect(await switched(...linked(20, 100), ...local(9, 200))).toEqual(none);
    expect(await switched(...linked(10, 100), ...local(10, 109))).toEqual({ at: ago(100 * DAY).at, before: 10, after: 10 });
    expect(await switched(...linked(10, 100), ...local(10, 108))).toEqual(none);
    expect(await switched(...linked(10, 100), ...local(10, 200), ...times(9, () => ({})))).toMatchObject({ before: 10 });
    expect(await switched(...linked(10, 100), ...local(9, 200), ...times(9, () => ({})))).toEqual(none);
  });

  it('lets one in twenty of each side pass', async () => {
    expect(await switched(...linked(19, 100), ...linked(1, 500), ...local(20, 200))).toMatchObject({ at: ago(100 * DAY).at });
    expect(await switched(...linked(18, 100), ...linked(2, 500), ...local(20, 200))).toEqual(none);
    expect(await switched(...linked(20, 100), ...local(19, 200), ...local(1, 50))).toEqual(none);
    expect(await switched(...linked(40, 140), ...local(39, 300), ...local(1, 50))).toMatchObject({ at: ago(138 * DAY).at });
  });
});
