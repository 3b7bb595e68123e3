import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/filter/filter.js';
import { DateColumns } from '../../src/match/date-columns.js';
import { foldKey, isImmutableKey, keyValue } from '../../src/match/keys.js';
import { KeyIndex } from '../../src/match/key-index.js';
import { accountTest, normalName, personTest, PERSON_WORDS } from '../../src/match/person-filter.js';
import type { Person } from '../../src/model/person.js';
import type { AddressRules } from '../../src/model/policy.js';
import { hashText } from '../../src/store/hash.js';
import { account, at, person } from '../in-memory.js';
import { indexOf, standingOf } from './index-of.js';

describe('an index of keys', () => {
  const indexed = (...keys: string[]): KeyIndex => {
    const index = new KeyIndex((row, key) => keys[row] === key, keys.length);
    keys.forEach((key, row) => index.add(row, key));
    return index;
  };
  const times = (n: number, key: string): string[] => Array.from({ length: n }, () => key);

  it('finds the one row, or all that share a key, in their order', () => {
    const index = indexed('a', 'b', 'a', 'c', 'a');
    expect([index.find('a'), index.find('b'), index.find('x')]).toEqual([[0, 2, 4], [1], []]);
    expect([index.only('a'), index.only('b'), index.only('x')]).toEqual([-2, 1, -1]);
    expect(index.dropped).toBe(0);
  });

  it('takes a row once, however often it says so', () => {
    const index = new KeyIndex(() => true, 1);
    index.add(7, 'a');
    index.add(7, 'a');
    expect([index.find('a'), index.only('a')]).toEqual([[7], 7]);
    index.add(8, 'a');
    index.add(8, 'a');
    expect(index.find('a')).toEqual([7, 8]);
  });

  it('drops a key that more than eight rows hold', () => {
    const eight = indexed(...times(8, 'a'), 'b');
    expect([eight.find('a').length, eight.isCrowded('a'), eight.dropped]).toEqual([8, false, 0]);
    const nine = indexed(...times(9, 'a'), 'b');
    expect([nine.find('a'), nine.isCrowded('a'), nine.isCrowded('b'), nine.dropped, nine.only('a')]).toEqual([[], true, false, 1, -2]);
    expect(indexed(...times(20, 'a')).dropped).toBe(1);
  });

  it('knows hashes: a row, nobody, or several', () => {
    const index = indexed('a', 'b', 'a');
    expect([index.byHash(hashText('b')), index.byHash(hashText('x')), index.byHash(hashText('a'))]).toEqual([1, -1, -2]);
    const hash = hashText('new');
    expect([index.addNew(5, hash), index.addNew(6, hash), index.byHash(hash)]).toEqual([true, false, 5]);
  });

  it('grows, and keeps keys whose hashes begin alike', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `key-${i}`);
    const index = new KeyIndex((row, key) => keys[row] === key, 1);
    keys.forEach((key, row) => index.add(row, key));
    expect(keys.every((key, row) => index.only(key) === row && index.byHash(hashText(key)) === row)).toBe(true);
  });
});

describe('dates in columns', () => {
  it('are as they were set', () => {
    const dates = new DateColumns();
    dates.set('endAt', 2, at('2026-11-01'));
    dates.set('endAt', 3, { at: 5 });
    dates.set('startAt', 1, undefined);
    expect([dates.date('endAt', 2), dates.date('endAt', 3), dates.date('endAt', 0), dates.date('endAt', 5000), dates.date('startAt', 1)]).toEqual([
      { at: at('2026-11-01').at, day: true },
      { at: 5, day: false },
      undefined,
      undefined,
      undefined,
    ]); // prettier-ignore
    expect([dates.carries('endAt'), dates.carries('startAt'), dates.hasUnread]).toEqual([true, false, false]);
  });

  it('that could not be read are neither there nor absent', () => {
    const dates = new DateColumns();
    dates.set('endAt', 0, undefined, true);
    dates.set('endAt', 1, undefined, true, at('2026-11-12'));
    dates.set('endAt', 2, undefined, true, { at: Date.parse('2026-11-12T08:00:00Z') });
    dates.set('endAt', 3, at('2026-11-12'), true);
    expect([0, 1, 2, 3, 4].map((row) => [dates.isUnread('endAt', row), Number.isNaN(dates.instant('endAt', row))])).toEqual([
      [true, true],
      [true, true],
      [true, true],
      [false, false],
      [false, true],
    ]);
    expect(dates.hasUnread).toBe(true);
    expect(dates.either('endAt', 0)).toBeUndefined();
    expect(dates.either('endAt', 3)).toBeUndefined();
    expect(dates.either('endAt', 1)).toEqual([at('2026-11-12'), at('2026-12-11')]);
    expect(dates.either('endAt', 2)?.map(({ day }) => day)).toEqual([false, false]);
    expect(dates.carries('endAt')).toBe(true);
    const unread = new DateColumns();
    unread.set('endAt', 0, undefined, true);
    expect([unread.carries('endAt'), unread.carries('startAt')]).toEqual([true, false]);
  });

  it('grow with the rows', () => {
    const dates = new DateColumns();
    for (const row of [0, 1023, 1024, 9000]) dates.set('createdAt', row, { at: row, day: true });
    expect([0, 1023, 1024, 9000, 5].map((row) => dates.instant('createdAt', row))).toEqual([0, 1023, 1024, 9000, NaN]);
    dates.setAll('createdAt', 20_000, { at: Float64Array.of(7, NaN), day: Uint8Array.of(0, 0) });
    expect([20_000, 20_001, 9000].map((row) => dates.instant('createdAt', row))).toEqual([7, NaN, 9000]);
    dates.setAll('endAt', 0, undefined);
    expect(dates.carries('endAt')).toBe(false);
  });
});

describe('a key', () => {
  const rules: AddressRules = { plus: new Set(['a.example']), dots: new Set(['b.example']), same: new Map([['c.example', 'a.example']]) };
  it.each<[text: string, key: string | undefined]>([
    ['ada+x@a.example', 'ada@a.example'],
    ['a.da+x@a.example', 'a.da@a.example'],
    ['a.da+x@b.example', 'ada+x@b.example'],
    ['ada+x@c.example', 'ada@a.example'],
    ['+x@a.example', '+x@a.example'],
    ['..@b.example', '..@b.example'],
    ['ada+x', 'ada+x'],
    ['<ada@a.example>', 'ada@a.example'],
    ['ada\u00a0@a.example', 'ada@a.example'],
    ['000000', undefined],
    ['00001', '00001'],
    ['na', undefined],
    ['nadia', 'nadia'],
    ['@a.example', undefined],
    ['none@a.example', undefined],
    ['Nona@a.example', 'nona@a.example'],
  ])('%j is %j', (text, key) => {
    expect(foldKey(text, rules)).toBe(key);
  });

  it('is none of no text', () => {
    expect([foldKey(undefined), foldKey('')]).toEqual([undefined, undefined]);
  });

  it('is a field, the first address, all of them, or an attribute', () => {
    const one = account('a', { userName: 'u', externalId: 'x', employeeId: '7', emails: ['e', 'f'], attributes: { title: 't' } });
    expect(['id', 'userName', 'externalId', 'employeeId', 'email', 'alias', 'title', 'other'].map((word) => keyValue(one, word))).toEqual([
      'a', 'u', 'x', '7', 'e', ['e', 'f'], 't', undefined,
    ]); // prettier-ignore
    expect(keyValue(account('a', { emails: ['e'], aliases: ['g'] }), 'alias')).toEqual(['e', 'g']);
    expect(keyValue(account('a', { aliases: ['g'] }), 'alias')).toEqual(['g']);
    expect(keyValue(account('a'), 'email')).toBeUndefined();
    expect(['id', 'externalId', 'employeeId', 'userName', 'email', 'alias'].filter(isImmutableKey)).toEqual([
      'id',
      'externalId',
      'employeeId',
    ]);
  });
});

describe('a filter over people', () => {
  const people: Partial<Person>[] = [
    {
      ...{
        id: 'Ada',
        userName: 'ada',
        employeeId: '7',
        externalId: 'x1',
        emails: ['ada@corp.example', 'al@corp.example'],
        groups: ['crm'],
      },
      ...{ startAt: at('2026-01-01'), endAt: at('2026-06-01'), createdAt: at('2025-01-01'), changedAt: at('2026-02-01') },
      ...{ kind: 'human', state: 'leave', attributes: { department: 'Sales', givenName: 'Ada', manager: 'bo' } },
    },
    { id: 'bo', kind: 'service' },
  ];
  const passes = (text: string, of = people): (boolean | undefined)[] => {
    const test = personTest(compileFilter(text), standingOf(of));
    return of.map((_, row) => test(row));
  };
  it.each<[text: string, ...expected: (boolean | undefined)[]]>([
    ['id eq "ada"', true, false],
    ['userName eq "ada"', true, false],
    ['employeeNumber eq "7"', true, false],
    ['externalId eq "x1"', true, false],
    ['emails eq "al@corp.example"', true, false],
    ['emails.value eq "ada@corp.example"', true, false],
    ['email co "corp"', true, false],
    ['aliases eq "al@corp.example"', true, false],
    ['alias eq "ada@corp.example"', false, false],
    ['groups eq "crm"', true, false],
    ['groups.display eq "crm"', true, false],
    ['kind eq "service"', false, true],
    ['STATE eq "terminated"', true, false],
    ['source eq "dir-0"', true, true],
    ['department eq "Sales"', true, false],
    ['DEPARTMENT eq "sales"', true, false],
    ['name.givenName eq "ada"', true, false],
    ['manager.value eq "bo"', true, false],
    ['startAt ge "2026-01-01T00:00:00Z"', true, false],
    ['endAt lt "2026-06-02T00:00:00Z"', true, false],
    ['createdAt eq "2025-01-01T00:00:00Z"', true, false],
    ['changedAt pr', true, false],
    ['title pr', undefined, undefined],
    ['source eq "dir-0" or title pr', true, true],
    ['title pr or source eq "dir-0"', undefined, undefined],
  ])('%s', (text, ...expected) => {
    expect(passes(text)).toEqual(expected);
  });

  it('cannot say of a list that never gives it, or of a date that could not be read', () => {
    const test = personTest(compileFilter('department eq "Sales"'), standingOf(people, [{ attributes: {} }]));
    expect([test(0), test(1), test(2)]).toEqual([true, false, undefined]);
    expect(passes('endAt pr', [{ unread: ['endAt'] }, { endAt: at('2026-06-01') }, {}])).toEqual([undefined, true, false]);
  });

  it('names what the normal form calls otherwise', () => {
    expect(['Name.FamilyName', 'name.formatted', 'roles.value', 'STARTAT', 'Other'].map((path) => normalName(path, PERSON_WORDS))).toEqual([
      'familyName', 'displayName', 'roles', 'startAt', 'Other',
    ]); // prettier-ignore
  });
});

describe('a filter over accounts', () => {
  const one = account('a1', {
    ...{ userName: 'svc', externalId: 'x', employeeId: '7', emails: ['s@corp.example'], aliases: ['t@corp.example'], roles: ['Admin'] },
    ...{ status: 'suspended', kind: 'service', createdAt: at('2026-01-01'), updatedAt: at('2026-01-02'), attributes: { department: 'IT' } },
    ...{ lastLoginAt: at('2026-01-03'), deactivatedAt: at('2026-01-04') },
  });
  it.each<[text: string, expected: boolean]>([
    ['id eq "a1"', true],
    ['USERNAME eq "svc"', true],
    ['externalId eq "x"', true],
    ['employeeId eq "7"', true],
    ['emails eq "s@corp.example"', true],
    ['aliases eq "t@corp.example"', true],
    ['roles eq "admin"', true],
    ['status eq "suspended"', true],
    ['kind eq "service"', true],
    ['createdAt eq "2026-01-01T00:00:00Z"', true],
    ['updatedAt eq "2026-01-02T00:00:00Z"', true],
    ['lastLoginAt eq "2026-01-03T00:00:00Z"', true],
    ['deactivatedAt eq "2026-01-04T00:00:00Z"', true],
    ['Department eq "IT"', true],
    ['title pr', false],
  ])('%s: %s', (text, expected) => {
    expect(accountTest(compileFilter(text))(one)).toBe(expected);
    if (text !== 'title pr') expect(accountTest(compileFilter(text))(account('z', { kind: 'bot', status: 'active' }))).toBe(false);
  });
});

describe('the directory in rows', () => {
  const index = indexOf([
    [
      { ...{ userName: 'Ada', emails: ['ada@corp.example', 'al@corp.example'], aliases: ['x@corp.example'], groups: ['a', 'b'] } },
      { emails: ['bo@corp.example'], groups: [], attributes: { title: 'Lead' } },
      { aliases: [] },
    ],
  ]);

  it('gives back what was put in', () => {
    expect([index.size, index.sources, index.attributeNames]).toEqual([3, ['dir-0'], ['title']]);
    expect([0, 1, 2].map((row) => index.list('aliases', row))).toEqual([['al@corp.example', 'x@corp.example'], undefined, undefined]);
    expect([0, 1, 2].map((row) => index.list('groups', row))).toEqual([['a', 'b'], [], undefined]);
    expect([0, 1, 2].map((row) => index.text('email', row))).toEqual(['ada@corp.example', 'bo@corp.example', undefined]);
    expect([index.attribute('title', 1), index.attribute('title', 0), index.attribute('other', 1)]).toEqual(['Lead', undefined, undefined]);
    expect([index.agrees('title', 1, 'Lead'), index.agrees('title', 1, 'lead'), index.agrees('other', 1, 'x')]).toEqual([
      true,
      false,
      false,
    ]);
    const carried = ['state', 'kind', 'emails', 'groups', 'employeeId', 'title', 'other', 'endAt'].filter((name) => index.carries(name));
    expect(carried).toEqual(['state', 'kind', 'emails', 'groups', 'title']);
  });

  it('finds people by their keys, of which one may be asked later', () => {
    expect(index.hasKey('title')).toBe(false);
    expect([index.key('alias').find('x@corp.example'), index.key('userName').find('ada'), index.key('title').find('lead')]).toEqual([
      [0],
      [0],
      [1],
    ]);
    expect([index.hasKey('title'), index.droppedKeys.size]).toEqual([true, 0]);
    const crowd = indexOf([Array.from({ length: 9 }, () => ({ employeeId: 'EXT' }))]);
    expect([...crowd.droppedKeys]).toEqual([['employeeId', 1]]);
    const late = indexOf([Array.from({ length: 2000 }, (_, i) => ({ externalId: `X${i}` }))]);
    expect([late.key('externalId').find('x1999'), late.id(1999), late.kind(1500), late.rawState(1024), late.source(1500)]).toEqual([[1999], 'r1999', 'human', 'active', 0]); // prettier-ignore
  });
});

it('one person more than there is room for is a row like others', () => {
  const index = indexOf([[], Array.from({ length: 1030 }, (_, i) => person(`p${i}`, { kind: 'guest', state: 'leave' }))]);
  expect([index.source(1029), index.kind(1029), index.rawState(1029), index.source(3)]).toEqual([1, 'guest', 'leave', 1]);
});
