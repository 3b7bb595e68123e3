// The limits at which a finding begins, its cause and its words: one company for each.
import { describe, expect, it } from 'vitest';
import { comparable } from '../../src/diff/compare.js';
import { fingerprint, iso, showMoment } from '../../src/diff/finding.js';
import { FoundBy } from '../../src/diff/found-by.js';
import { AppRows } from '../../src/diff/rows.js';
import { PersonIndex } from '../../src/match/person-index.js';
import type { Account } from '../../src/model/account.js';
import type { Person } from '../../src/model/person.js';
import { account, accountOf, ago, at, audit, DAY, HOUR, NOW, person, reasons, type Company } from '../in-memory.js';

const MINUTE = 60_000;
const many = (n: number, id: string, more: Partial<Person> = {}): Person[] =>
  Array.from({ length: n }, (_, i) => person(`${id}${i}`, more));
const strangers = (n: number, more: Partial<Account> = {}): Account[] =>
  Array.from({ length: n }, (_, i) => account(`s${i}`, { emails: [`s${i}@else.example`], ...more }));
const accountsOf = (people: readonly Person[], more: Partial<Account> = {}): Account[] => people.map((one) => accountOf(one, more));
const summaries = async (company: Company): Promise<string[]> => (await audit(company)).findings.map(({ summary }) => summary);

describe('too many accounts that match nobody', () => {
  const guarded = async (
    matched: number,
    unmatched: number,
    more: Partial<Account> = {},
    policy: Company['policy'] = {},
  ): Promise<string> => {
    const people = many(Math.max(matched, 1), 'u');
    const { report } = await audit({ people, accounts: [...accountsOf(people.slice(0, matched)), ...strangers(unmatched, more)], policy });
    const { orphaned, inconclusive } = report.reconciliation.accounts;
    return orphaned > 0 ? `${orphaned} orphans` : `${inconclusive} in doubt`;
  };
  it.each<[matched: number, unmatched: number, expected: string, more?: Partial<Account>, policy?: Company['policy']]>([
    [0, 4, '4 orphans'],
    [0, 5, '5 in doubt'],
    [1, 5, '5 orphans'],
    [1, 19, '19 orphans'],
    [1, 20, '20 in doubt'],
    [20, 20, '20 orphans'],
    [19, 20, '20 in doubt'],
    [0, 30, '30 orphans', { kind: 'service' }],
    [0, 30, '30 orphans', { kind: 'guest' }],
    [0, 30, '30 orphans', {}, { guard: { shrink: 0.2, unmatched: 1 } }],
  ])('%i matched, %i not: %s', async (matched, unmatched, expected, more, policy) => {
    expect(await guarded(matched, unmatched, more, policy)).toBe(expected);
  });

  it('says so of a directory without people in no other way', async () => {
    const { report, findings } = await audit({ people: [], accounts: strangers(6) });
    expect(report.reconciliation.accounts.orphaned).toBe(6);
    expect(findings).toHaveLength(6);
  });

  it('notes that no account matches anybody, of a whole list of people', async () => {
    const notes = async (accounts: Account[], list: Company['list'] = {}): Promise<boolean> =>
      (await audit({ people: [person('u')], accounts, list })).report.notes.some((note) => note.startsWith('no account matches'));
    expect(await notes(strangers(2))).toBe(true);
    expect(await notes(strangers(2), { verdict: 'unproven' })).toBe(false);
    expect(await notes(strangers(2, { kind: 'service' }))).toBe(false);
    expect(await notes([...strangers(2), accountOf(person('u'))])).toBe(false);
  });

  it('notes that an app may not be for everyone, where a third and ten have no account', async () => {
    const noted = async (missing: number, present: number, more: Partial<Company> = {}): Promise<boolean> => {
      const [out, here] = [many(missing, 'm'), many(present, 'p')];
      const { report } = await audit({ people: [...out, ...here], accounts: accountsOf(here), ...more });
      return report.notes.some((note) => note.includes('is this app for everyone?'));
    };
    expect(await noted(10, 23)).toBe(true);
    expect(await noted(10, 24)).toBe(false);
    expect(await noted(9, 5)).toBe(false);
    expect(await noted(12, 28)).toBe(false);
    expect(await noted(10, 23, { directoryProven: false })).toBe(false);
  });
});

describe('why an account is stale', () => {
  const cause = async (one: Partial<Person>, held: Partial<Account>, lifecycle: NonNullable<Company['app']>['lifecycle'] = {}): Promise<unknown> => {
    const p = person('p', { attributes: { title: 'Lead' }, ...one });
    const { findings } = await audit({ people: [p], accounts: [accountOf(p, { attributes: { title: 'Member' }, ...held })], app: { lifecycle } });
    return findings.map(({ class: cls, reason }) => (cls === 'stale' ? reason : cls)).join();
  }; // prettier-ignore
  const changed = { changedAt: ago(9 * DAY) };
  it.each<[what: string, cause: string, one: Partial<Person>, held: Partial<Account>, lifecycle?: Parameters<typeof cause>[2]]>([
    ['nothing dates the change', 'unknown', {}, { updatedAt: ago(DAY) }],
    ['touched since', 'not-propagated', changed, { updatedAt: ago(9 * DAY - 1) }],
    ['touched then', 'unknown', changed, { updatedAt: ago(9 * DAY) }],
    ['used since', 'not-propagated', changed, { lastLoginAt: ago(9 * DAY - 1) }],
    ['used then', 'unknown', changed, { lastLoginAt: ago(9 * DAY) }],
    ['JIT, and used since', 'not-propagated', changed, { lastLoginAt: ago(9 * DAY - 1) }, { update: { by: 'jit' } }],
    ['JIT, and used before', 'awaiting-login', changed, { lastLoginAt: ago(9 * DAY), updatedAt: ago(DAY) }, { update: { by: 'jit' } }],
    ['JIT creates, and nobody is declared to update', 'awaiting-login', changed, { lastLoginAt: ago(10 * DAY) }, { create: { by: 'jit' } }],
    ['JIT creates, and SCIM updates', 'unknown', changed, { lastLoginAt: ago(10 * DAY) }, { create: { by: 'jit' }, update: { by: 'scim' } }],
    ['JIT, and nobody knows when it was used', 'not-propagated', changed, { updatedAt: ago(DAY) }, { update: { by: 'jit' } }],
    ['JIT, and nothing dates the change', 'unknown', {}, { lastLoginAt: ago(DAY) }, { update: { by: 'jit' } }],
    ['changed when the grace begins', 'unknown', { changedAt: ago(DAY) }, {}],
    ['changed within the grace', '', { changedAt: ago(DAY - MINUTE) }, {}],
    ['changed tomorrow, by a broken clock', '', { changedAt: { at: NOW + DAY } }, {}],
    ['changed later than that, which is no date', 'unknown', { changedAt: { at: NOW + DAY + 1 } }, {}],
  ])('%s: %s', async (_, expected, one, held, lifecycle) => {
    expect(await cause(one, held, lifecycle)).toBe(expected);
  }); // prettier-ignore

  it('is said with the attributes in order', async () => {
    const p = person('p', { attributes: { title: 'Lead', department: 'A' }, ...changed });
    const of = (attributes: Account['attributes'], more: Partial<Account>) => ({ people: [p], accounts: [accountOf(p, { attributes, ...more })], app: { compare: ['title', 'department'] } }); // prettier-ignore
    expect(await summaries(of({ title: 'x', department: 'y' }, { updatedAt: ago(DAY) }))).toEqual(['p: department, title differ from the directory; the account was touched after the change and still differs']); // prettier-ignore
    const jit = { people: [p], accounts: [accountOf(p, { attributes: { title: 'x', department: 'A' }, lastLoginAt: ago(10 * DAY) })], app: { compare: ['department', 'title'], lifecycle: { update: { by: 'jit' } } } } as const; // prettier-ignore
    expect(await summaries(jit)).toEqual(['p: title differs from the directory; nobody has logged in since the change, and this app refreshes at login']); // prettier-ignore
    expect(await summaries(of({ title: 'x', department: 'A' }, {}))).toEqual(['p: title differs from the directory; when it changed is not known']); // prettier-ignore
  });
});

describe('whether two values are the same', () => {
  it.each<[name: string, directory: string, app: string, same: boolean]>([
    ['title', 'Lead', 'Lead', true],
    ['title', 'Lead', 'lead', false],
    ['title', 'Team Lead', 'Team  Lead', true],
    ['title', 'Lead', ' Lead ', true],
    ['title', 'Lead', 'Lead ', true],
    ['title', 'Lead', '\tLead', true],
    ['title', 'Zoë', 'Zoe\u0308', true],
    ['title', '', 'x', false],
    ['userName', 'Ada', 'ada', true],
    ['email', 'ADA@corp.example', 'ada@corp.example', true],
    ['manager', 'Bo', 'BO', true],
    ['manager', 'Bo', 'B o', false],
  ])('%s: %j and %j', (name, a, b, same) => {
    expect(comparable(name, a) === comparable(name, b)).toBe(same);
  });

  const staleOf = async (directory: Partial<Person>, app: Partial<Account>, compare: string[], others: Person[] = [], more: Account[] = []): Promise<string> => {
    const p = person('p', directory);
    const { findings, report } = await audit({ people: [p, ...others], accounts: [accountOf(p, app), ...accountsOf(others), ...more], app: { compare } });
    const attributes = findings.flatMap((one) => (one.class === 'stale' ? one.attributes.map(({ name }) => name) : []));
    const uncompared = report.notes.filter((note) => note.startsWith('not compared')).map((note) => note.replace(/^.*: /, 'not '));
    return [...attributes, ...uncompared].join();
  }; // prettier-ignore
  const [boss, chief] = [person('boss', { employeeId: '77', attributes: {} }), person('chief', { attributes: {} })];
  const led = (manager: string): Pick<Person, 'attributes'> => ({ attributes: { manager } });
  it.each<[what: string, expected: string, directory: Partial<Person>, app: Partial<Account>, compare: string[], others?: Person[]]>([
    ['an address that is another of its own', '', { emails: ['a@corp.example'] }, { emails: ['b@corp.example', 'A@corp.example'] }, ['email']],
    ['an address that is an alias of its own', '', { emails: ['a@corp.example'] }, { emails: ['b@corp.example'], aliases: ['a@corp.example'] }, ['email']],
    ['another address', 'email', { emails: ['a@corp.example'] }, { emails: ['b@corp.example'] }, ['email']],
    ['a number', 'employeeId', { employeeId: '1' }, { employeeId: '2' }, ['employeeId']],
    ['a number that is the same', '', { employeeId: '1' }, { employeeId: '1' }, ['employeeId']],
    ['what the app does not give', 'not title', { attributes: { title: 'Lead' } }, { attributes: {} }, ['title']],
    ['what the directory does not give', 'not title', { attributes: {} }, { attributes: { title: 'Lead' } }, ['title']],
    ['what is empty on one side', 'title', { attributes: { title: 'Lead' } }, { attributes: { title: '' } }, ['title']],
    ['a manager by another key', '', led('boss'), led('BOSS@corp.example'), ['manager'], [boss]],
    ['a manager by number', '', led('boss'), led('77'), ['manager'], [boss]],
    ['another manager', 'manager', led('boss'), led('chief'), ['manager'], [boss, chief]],
    ['a manager by the id of an account', '', led('boss'), led('a-boss'), ['manager'], [boss]],
    ['another manager by the id of an account', 'manager', led('boss'), led('a-chief'), ['manager'], [boss, chief]],
    ['a manager whom the app names by nothing known', 'not manager', led('boss'), led('The Boss'), ['manager'], [boss]],
    ['a manager whom the directory names by nothing known', 'not manager', led('The Boss'), led('boss'), ['manager'], [boss]],
    ['a manager in the same words', '', led('The Boss'), led('THE BOSS'), ['manager'], [boss]],
    ['no manager any more', 'manager', led('boss'), led(''), ['manager'], [boss]],
    ['a manager where there was none', 'manager', led(''), led('boss'), ['manager'], [boss]],
    ['none on both sides', '', led(''), led(''), ['manager'], [boss]],
  ])('%s: %j', async (_, expected, ...given) => {
    expect(await staleOf(...given)).toBe(expected);
  }); // prettier-ignore
});

describe('a login after the leave', () => {
  const left = { state: 'terminated', endAt: ago(40 * DAY) } as const;
  const orphan = async (one: Partial<Person>, held: Partial<Account>): Promise<string> => {
    const p = person('p', one);
    const [found] = (await audit({ people: [p], accounts: [accountOf(p, held)] })).findings;
    return `${found?.severity}: ${found?.summary}`;
  };
  it.each<[what: string, expected: string, one: Partial<Person>, held: Partial<Account>]>([
    ['none', 'high: p left on 2026-10-15, yet has an active account', left, {}],
    ['an hour after', 'high: p left on 2026-10-15, yet has an active account', left, { lastLoginAt: ago(40 * DAY - HOUR) }],
    ['later', 'critical: p left on 2026-10-15, yet has an active account, and it was used on 2026-10-15, after that', left, { lastLoginAt: ago(40 * DAY - HOUR - 1) }],
    ['tomorrow, by a broken clock', 'critical: p left on 2026-10-15, yet has an active account, and it was used on 2026-11-25, after that', left, { lastLoginAt: { at: NOW + DAY } }],
    ['in days to come, which proves nothing', 'high: p left on 2026-10-15, yet has an active account', left, { lastLoginAt: { at: NOW + DAY + 1 } }],
    ['by an invitation', 'high: p left on 2026-10-15, yet has an open invitation', left, { status: 'pending' }],
    ['off for a month', 'medium: p is suspended in the directory, yet has an active account', { state: 'suspended', changedAt: ago(30 * DAY) }, {}],
    ['off for longer', 'high: p is suspended in the directory, yet has an active account', { state: 'suspended', changedAt: ago(30 * DAY + 1) }, {}],
    ['off since nobody knows when', 'medium: p is suspended in the directory, yet has an active account', { state: 'suspended' }, {}],
  ])('%s', async (_, expected, one, held) => {
    expect(await orphan(one, held)).toBe(expected);
  }); // prettier-ignore

  it('is none of somebody who may not have an account', async () => {
    const p = person('p', { changedAt: ago(9 * DAY) });
    const { findings } = await audit({
      people: [p],
      accounts: [accountOf(p, { lastLoginAt: ago(DAY) })],
      app: { allowed: 'userName eq "z"' },
    });
    expect(findings.map(({ summary }) => summary)).toEqual(['p is active and may not have an account here, yet has an active account']);
  });
});

describe('what leavers hold still', () => {
  const p = person('p', { state: 'terminated', endAt: ago(40 * DAY) });
  const holds = (more: Partial<Account>) => summaries({ people: [p], accounts: [accountOf(p, { status: 'suspended', ...more })] });
  const key = (id: string, more: object = {}) => ({ id, ...more });
  it.each<[what: string, expected: string[], more: Partial<Account>]>([
    ['nothing', [], {}],
    ['no role', [], { roles: [] }],
    ['a role', ['p left and the account is suspended, yet it still holds 1 role or group (a)'], { roles: ['a'] }],
    ['three roles', ['p left and the account is suspended, yet it still holds 3 roles or groups (a, b, c)'], { roles: ['a', 'b', 'c'] }],
    ['four roles', ['p left and the account is suspended, yet it still holds 4 roles or groups (a, b, c, …)'], { roles: ['a', 'b', 'c', 'd'] }],
    ['a live key', ['p left and the account is suspended, yet it still holds a live credential'], { credentials: [key('k')] }],
    ['both', ['p left and the account is suspended, yet it still holds a live credential and 1 role or group (a)'], { credentials: [key('k')], roles: ['a'] }],
    ['a live key of an account that is gone', ['p is gone, yet 1 live credential of this account is left'], { status: 'deleted', credentials: [key('k')] }],
    ['live keys, and when they were used', ['p is gone, yet 2 live credentials of this account are left, last used on 2026-11-23'], { status: 'deleted', credentials: [key('k', { lastUsedAt: ago(9 * DAY) }), key('l', { lastUsedAt: ago(DAY) })] }],
    ['roles of an account that is gone', [], { status: 'deleted', roles: ['a'] }],
  ])('%s', async (_, expected, more) => {
    expect(await holds(more)).toEqual(expected);
  }); // prettier-ignore

  it('may follow the account: they have the same grace', async () => {
    const just = person('p', { state: 'terminated', endAt: ago(HOUR) });
    const of = async (status: Account['status']) => {
      const { findings, report } = await audit({ people: [just], accounts: [accountOf(just, { status, roles: ['a'], credentials: [key('k')] })] });
      return [findings.length, report.reconciliation.accounts.pending];
    }; // prettier-ignore
    expect([await of('suspended'), await of('deleted')]).toEqual([[0, 1], [0, 1]]); // prettier-ignore
  });
});

describe('an account of nobody', () => {
  it.each<[what: string, expected: string, more: Partial<Account>, company?: Partial<Company>]>([
    ['a person', 'orphaned: s0@else.example is an account that matches nobody in the directory', {}],
    ['a guest', 'orphaned: s0@else.example is a guest account that matches nobody in the directory', { kind: 'guest' }],
    ['a bot', 'orphaned: s0@else.example is an unregistered bot account that matches nobody in the directory', { kind: 'bot' }],
    ['a guest where policy lets them be', 'protected', { kind: 'guest' }, { policy: { guests: 'allow' } }],
    ['a guest who is off', 'inactive', { kind: 'guest', status: 'suspended' }, { policy: { guests: 'allow' } }],
    ['made when the grace begins', 'orphaned: s0@else.example is an account that matches nobody in the directory', { createdAt: ago(DAY) }],
    ['made within it', 'pending', { createdAt: ago(DAY - MINUTE) }],
    ['off with a live key', 'orphaned: s0@else.example is switched off and matches nobody, yet holds a live credential', { status: 'suspended', credentials: [{ id: 'k' }] }],
    ['off with a dead key', 'inactive', { status: 'suspended', credentials: [{ id: 'k', expiresAt: ago(1) }] }],
    ['of a directory that is not whole', 'inconclusive: 1 account matches nobody in a directory list that is not proven whole', {}, { directoryProven: false }],
    ['of a status that nobody knows', 'inconclusive: the status of s0@else.example is not there, or not in the mapping: neither on nor off can be said', { status: 'unknown' }],
  ])('%s', async (_, expected, more, company) => {
    const u = person('u');
    const { findings, report } = await audit({ people: [u], accounts: [accountOf(u), ...strangers(1, more)], ...company });
    const bucket = Object.entries(report.reconciliation.accounts).find(([name, n]) => name !== 'inSync' && n > 0)?.[0];
    expect([bucket, ...findings.map(({ summary }) => summary)].join(': ')).toBe(expected);
  }); // prettier-ignore
});

describe('accounts of which too many cannot be judged', () => {
  it('are named one by one up to two hundred, and counted beyond', async () => {
    const unknown = (n: number): Company => {
      const people = many(n, 'u');
      return { people, accounts: accountsOf(people, { status: 'unknown' }) };
    };
    expect((await audit(unknown(200))).findings).toHaveLength(200);
    expect(await summaries(unknown(201))).toEqual([
      '201 of 201 accounts carry no status that the mapping knows: say under `status` what its values mean (`map`), and what no value does (`absent`)',
    ]);
    const [here, odd] = [many(150, 'u'), many(60, 'v', { state: 'unknown' })];
    const mixed = await summaries({
      people: [...here, ...odd],
      accounts: [...accountsOf(here, { status: 'unknown' }), ...accountsOf(odd)],
    });
    expect(mixed).toHaveLength(1);
    expect(mixed[0]).toMatch(
      /^150 of 210 accounts carry no status .*\. of 60 of 210 accounts the owner's state in the directory is unknown/,
    );
  });
});

describe('the rule that found an account', () => {
  const rows = (): AppRows => {
    const index = new PersonIndex(['id']);
    const source = index.addSource('hr');
    for (const one of many(3, 'u')) index.add(one, source);
    return new AppRows(index);
  };
  it('goes with the account that is kept, in whatever order they come', () => {
    const given: [string, string][] = [['a', 'email'], ['b', 'id'], ['c', 'userName']]; // prettier-ignore
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      // prettier-ignore
      const [kept, found] = [rows(), new FoundBy('id', 3)];
      for (const i of order) {
        const [id, rule] = given[i] as [string, string];
        found.keep(kept, 1, account(id), rule);
      }
      expect([found.rule(1), found.extraRule('b'), found.extraRule('c'), found.rule(0)]).toEqual(['email', 'id', 'userName', 'id']);
    }
  });

  it('is that of an account in use, where another is off', () => {
    const [kept, found] = [rows(), new FoundBy('id', 3)];
    found.keep(kept, 0, account('a', { status: 'suspended' }), 'email');
    expect(found.rule(0)).toBe('email');
    found.keep(kept, 0, account('b'), 'id');
    expect([kept.id(0), found.rule(0)]).toEqual(['b', 'id']);
    found.keep(kept, 0, account('c', { status: 'deactivated' }), 'userName');
    expect([kept.id(0), found.rule(0), kept.extra(0)]).toEqual(['b', 'id', undefined]);
  });
});

describe('the better witness of two accounts', () => {
  it.each<[kept: string, ...Partial<Account>[]]>([
    ['b', { status: 'pending' }, { status: 'active' }],
    ['a', { status: 'pending' }, { status: 'unknown' }],
    ['b', { status: 'suspended' }, { status: 'unknown' }],
    ['a', { status: 'suspended' }, { status: 'deactivated' }],
    ['b', { status: 'deleted' }, { status: 'deactivated' }],
    ['a', {}, {}],
  ])('is %s', (kept, ...both) => {
    const index = new PersonIndex(['id']);
    index.add(person('u'), index.addSource('hr'));
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      // prettier-ignore
      const rows = new AppRows(index);
      for (const i of order) rows.keep(0, account(i === 0 ? 'a' : 'b', both[i]));
      expect(rows.id(0)).toBe(kept);
      expect(rows.extra(0)?.map(({ id }) => id)).toEqual(both.every(({ status }) => status === undefined) ? ['b'] : undefined);
    }
  });

  it('adds up the dates that could not be read', () => {
    const index = new PersonIndex(['id']);
    index.add(person('u'), index.addSource('hr'));
    const rows = new AppRows(index);
    rows.keep(0, account('a', { unread: ['updatedAt'] }));
    rows.keep(0, account('b', { unread: ['lastLoginAt'] }));
    expect([rows.isUnread(0, 'updatedAt'), rows.isUnread(0, 'lastLoginAt'), rows.isUnread(0, 'deactivatedAt')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('dates in a finding', () => {
  it('are seconds, days, or none', () => {
    expect([iso(0), iso(1), iso(NaN), iso(undefined), iso(8.64e15), iso(8.64e15 + 1), iso(-8.64e15)]).toEqual([
      '1970-01-01T00:00:00Z',
      '1970-01-01T00:00:00.001Z',
      undefined,
      undefined,
      '+275760-09-13T00:00:00Z',
      undefined,
      '-271821-04-20T00:00:00Z',
    ]);
    expect([showMoment(at('2026-11-01')), showMoment({ at: 0 }), showMoment(undefined)]).toEqual([
      '2026-11-01',
      '1970-01-01T00:00:00Z',
      undefined,
    ]);
  });

  it('have no part in its name, and nor has its reason where there is somebody', () => {
    const who = { source: 'hr', id: 'p' };
    const one = fingerprint('orphaned', 'crm', 'a', who, 'no-owner');
    expect(fingerprint('orphaned', 'crm', 'a', undefined, 'residual-access')).toBe(one);
    const names = [
      one,
      fingerprint('stale', 'crm', 'a', who, ''),
      fingerprint('orphaned', 'erp', 'a', who, ''),
      fingerprint('orphaned', 'crm', 'b', who, ''),
      fingerprint('missing', 'crm', undefined, who, ''),
      fingerprint('missing', 'crm', undefined, { ...who, source: 'ad' }, ''),
      fingerprint('missing', 'crm', undefined, { ...who, id: 'q' }, ''),
      fingerprint('inconclusive', 'crm', undefined, undefined, 'x'),
      fingerprint('inconclusive', 'crm', undefined, undefined, 'y'),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(one).toMatch(/^f-[0-9a-f]{20}$/);
  });
});

describe('leavers whom nothing dates but the change of their record', () => {
  const left = (n: number, changed: number): Person[] => many(n, `x${changed}-`, { state: 'terminated', changedAt: ago(changed) });
  const found = async (...people: Person[]): Promise<number> =>
    reasons(await audit({ people, accounts: accountsOf(people) })).filter((one) => one === 'orphaned:owner-terminated').length;

  it('are within the grace, unless half of ten changed just now', async () => {
    expect(await found(...left(9, HOUR))).toBe(0);
    expect(await found(...left(10, HOUR))).toBe(10);
    expect(await found(...left(5, HOUR), ...left(5, 9 * DAY))).toBe(10);
    expect(await found(...left(4, HOUR), ...left(6, 9 * DAY))).toBe(6);
    expect(await found(...left(9, HOUR), person('y', { state: 'terminated' }))).toBe(1);
    expect(await found(...left(9, HOUR), person('y', { state: 'terminated', endAt: ago(9 * DAY), changedAt: ago(HOUR) }))).toBe(1);
  });
});

describe('a role that everybody holds', () => {
  /** So many who are here and hold it, and do not; leavers who do, and do not. */
  const spared = async (on: number, onWithout: number, off: number, offWithout: number, more: Partial<Account> = {}): Promise<boolean> => {
    const [here, gone] = [many(on + onWithout, 'u'), many(off + offWithout, 'x', { state: 'terminated', endAt: ago(40 * DAY) })];
    const roles = (holds: boolean): string[] => (holds ? ['User', 'Extra'] : ['Other', 'Extra2']);
    const accounts = [
      ...here.map((one, i) => accountOf(one, { roles: roles(i < on), ...more })),
      ...gone.map((one, i) => accountOf(one, { status: 'deactivated', roles: i < off ? ['User'] : ['Other', 'Extra2'], ...more })),
    ];
    const { findings } = await audit({ people: [...here, ...gone], accounts });
    return !findings.some(({ account: held }) => held?.id === 'a-x0');
  };
  it.each<[spared: boolean, on: number, onWithout: number, off: number, offWithout: number, more?: Partial<Account>]>([
    [true, 9, 1, 3, 1],
    [false, 8, 1, 3, 1],
    [false, 9, 1, 2, 1],
    [true, 5, 0, 5, 0],
    [false, 4, 0, 9, 0],
    [false, 5, 0, 4, 0],
    [false, 9, 1, 3, 1, { kind: 'guest' }],
    [false, 9, 1, 3, 1, { kind: 'service' }],
  ])('%s: %i of those who are here, %i not; %i leavers, %i not', async (expected, ...given) => {
    expect(await spared(...given)).toBe(expected);
  });
});
