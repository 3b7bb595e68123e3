import { describe, expect, it } from 'vitest';
import type { FieldMap, FieldSpec } from '../../src/model/config.js';
import { UsageError } from '../../src/model/errors.js';
import { compileRows, jsonPath, Problems, RowError } from '../../src/mapping/rows.js';
import type { Role, RowOf } from '../../src/model/role.js';

interface Mapped<R extends Role> {
  readonly row: RowOf<R>;
  readonly problems: readonly string[];
}

function map<R extends Role>(role: R, record: object, fields: FieldMap, state?: FieldSpec): Mapped<R> {
  const problems = new Problems();
  const row = compileRows(role, { fields: { id: 'id', ...fields }, state }, jsonPath, problems)({ id: 'x', ...record });
  return { row, problems: problems.sentences() };
}
const account = (record: object, fields: FieldMap, status?: FieldSpec): Mapped<'account'> => map('account', record, fields, status);
const person = (record: object, fields: FieldMap, state?: FieldSpec): Mapped<'person'> => map('person', record, fields, state);

describe('places', () => {
  it('the first of several that has a value', () => {
    const fields = { title: ['a', 'b', 'c'] };
    expect(account({ a: '', b: 'B', c: 'C' }, fields).row.attributes.title).toBe('B');
    expect(account({ a: '', c: null }, fields).row.attributes.title).toBe('');
    expect(account({}, fields).row.attributes.title).toBeUndefined();
    expect(account({ a: [], b: 'B' }, { emails: ['a', 'b'] }).row.emails).toEqual(['B']);
  });

  it('a constant, and a default that is taken away', () => {
    expect(account({}, { department: { const: 'IT' } }).row.attributes.department).toBe('IT');
    expect(account({ title: 'T' }, { title: null }).row.attributes).toEqual({});
    expect(person({}, {}, { const: 'active' }).row.state).toBe('active');
  });

  it('a value table: what is not listed is left out, and said', () => {
    const fields = { department: { from: 'dept', map: { '12': 'Sales', true: 'Yes' } } };
    expect(account({ dept: 12 }, fields).row.attributes.department).toBe('Sales');
    expect(account({ dept: 'TRUE' }, fields).row.attributes.department).toBe('Yes');
    expect(account({ dept: '' }, fields).row.attributes.department).toBe('');
    expect(account({}, fields).row.attributes.department).toBeUndefined();
    const { row, problems } = account({ dept: '13' }, fields);
    expect(row.attributes.department).toBeUndefined();
    expect(problems).toEqual(['department: 1 value could not be found in its map: left out (first: "13")']);
  });

  it('any other name is an attribute of its own, in the order of the mapping', () => {
    const fields = { costCentre: 'cc', title: 't', badge: 'b' };
    expect(Object.keys(account({ b: '1' }, fields).row.attributes)).toEqual(['costCentre', 'title', 'badge']);
    expect(account({ cc: 'C7', b: 7 }, fields).row.attributes).toEqual({ costCentre: 'C7', badge: '7' });
  });

  it('an attribute cannot be called after what every object has', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const fields = JSON.parse(`{"id":"id","${name}":"x"}`) as FieldMap;
      expect(() => compileRows('account', { fields }, jsonPath, new Problems())).toThrow(UsageError);
    }
  });
});

describe('state, status and kind', () => {
  it.each<[unknown, string]>([
    [true, 'active'],
    ['True', 'active'],
    [' false ', 'deactivated'],
    [0, 'suspended'],
    ['', 'unknown'],
    [null, 'unknown'],
    ['yes', 'unknown'],
    [{}, 'unknown'],
    [['true'], 'active'],
  ])('%j by a map', (value, status) => {
    expect(account({ on: value }, {}, { from: 'on', map: { true: 'active', false: 'deactivated', '0': 'suspended' } }).row.status).toBe(
      status,
    );
  });

  it('absent is unknown, and so is a system that has no such field', () => {
    expect(account({}, {}, { from: 'on', map: { true: 'active' } }).row.status).toBe('unknown');
    expect(account({ status: 'active' }, {}).row.status).toBe('unknown');
  });

  it('the words of the normal form need no map; no other word is guessed at', () => {
    expect(person({ state: 'Leave' }, {}, 'state').row.state).toBe('leave');
    expect(person({ state: 'terminated' }, { state: 'state' }).row.state).toBe('terminated');
    expect(account({ status: 'pending' }, { status: ['status', 'state'] }).row.status).toBe('pending');
    const { row, problems } = account({ s: 'enabled' }, {}, 's');
    expect(row.status).toBe('unknown');
    expect(problems[0]).toBe(
      'status: 1 value could not be matched with active, pending, suspended, deactivated, deleted, unknown: they count as unknown (first: "enabled")',
    );
    // A word of the other side's list is not one of this side's.
    expect(account({ s: 'terminated' }, {}, 's').row.status).toBe('unknown');
    expect(account({ s: true }, {}, 's').row.status).toBe('unknown');
  });

  it('an empty text or a null may be in a map', () => {
    const fields = { from: 'gone', map: { '': 'active' } };
    expect(account({ gone: null }, {}, fields).row.status).toBe('active');
    expect(account({ gone: '' }, {}, fields).row.status).toBe('active');
    expect(account({ gone: '2026-01-01' }, {}, fields).row.status).toBe('unknown');
    expect(account({}, {}, fields).row.status).toBe('unknown');
  });

  it('kind', () => {
    expect(account({ k: 'bot' }, { kind: 'k' }).row.kind).toBe('bot');
    expect(account({ k: true }, { kind: { from: 'k', map: { true: 'service', false: 'human' } } }).row.kind).toBe('service');
    expect(account({}, {}).row.kind).toBe('unknown');
  });
});

describe('text', () => {
  const fields = { userName: 'u', employeeId: 'e', externalId: 'x', title: 't', manager: 'm' };

  it('is kept as it is', () => {
    expect(account({ u: ' Ada ', t: 'a\u202eb\u001b[31m' }, fields).row).toMatchObject({
      userName: ' Ada ',
      attributes: { title: 'a\u202eb\u001b[31m' },
    });
  });

  it('absent, null and empty: attributes may be empty, identifiers may not', () => {
    for (const value of ['', null]) {
      const { row } = account({ u: value, e: value, t: value }, fields);
      expect([row.userName, row.employeeId, row.attributes.title]).toEqual([undefined, undefined, '']);
    }
    const { row } = account({}, fields);
    expect([row.userName, row.attributes.title]).toEqual([undefined, undefined]);
  });

  it('of numbers, booleans, lists and objects', () => {
    const { row, problems } = account({ e: 7, t: false, u: ['', 'first', 'second'], m: { displayName: 'John', value: 'm1' } }, fields);
    expect(row).toMatchObject({ employeeId: '7', userName: 'first', attributes: { title: 'false', manager: 'm1' } });
    expect(problems).toEqual([]);
    expect(account({ t: {} }, fields)).toMatchObject({
      row: { attributes: { title: undefined } },
      problems: ['title: 1 value could not be read as one text (first: an object)'],
    });
    expect(account({ t: [] }, fields)).toMatchObject({ row: { attributes: { title: undefined } }, problems: [] });
  });

  it('NUL goes', () => {
    expect(account({ t: 'a\0b', u: '\0' }, fields).row).toMatchObject({ userName: undefined, attributes: { title: 'ab' } });
  });

  it('a long one is cut where it is only shown, and left out where it identifies', () => {
    const { row, problems } = account({ t: `${'x'.repeat(4095)}\u{1f600}${'y'.repeat(1e6)}`, u: 'u'.repeat(5000) }, fields);
    expect(row.attributes.title).toBe('x'.repeat(4095));
    expect(row.userName).toBeUndefined();
    expect(problems.map((text) => text.split(' (')[0])).toEqual([
      'userName: 1 value had more than 4096 characters: left out',
      'title: 1 value had to be cut to 4096 characters',
    ]);
    expect(problems.every((text) => text.length < 150)).toBe(true);
  });

  it('numbers beyond 2^53 are refused as identifiers: two accounts could be taken for one', () => {
    const big: unknown = JSON.parse('{"e": 9007199254740993}');
    expect(() => account(big as object, fields)).toThrow(
      new RowError('employeeId 9007199254740992 cannot be read exactly; export employeeIds as text'),
    );
    expect(() => account({ id: 2 ** 60 }, {})).toThrow(/^id \d+ cannot be read exactly; export ids as text$/);
    expect(account({ m: 2 ** 60, u: 2 ** 60 }, fields).row).toMatchObject({ userName: undefined, attributes: { manager: undefined } });
  });
});

describe('id', () => {
  it.each([[''], ['  '], [null], [undefined], [{}], [[]]])('%j is none', (id) => {
    expect(() => account({ id }, {})).toThrow(new RowError('id is missing or empty'));
  });

  it('names the place that the config gave', () => {
    expect(() => account({}, { id: 'uid' })).toThrow(new RowError('id (uid) is missing or empty'));
  });

  it('a number is one', () => {
    expect(account({ id: 0 }, {}).row.id).toBe('0');
  });

  it('must be mapped', () => {
    expect(() => compileRows('account', { fields: {} }, jsonPath, new Problems())).toThrow(UsageError);
  });
});

describe('lists', () => {
  const fields = { emails: 'm', aliases: 'a', roles: 'r' };

  it.each<[unknown, unknown]>([
    ['a@x.example', ['a@x.example']],
    ['a@x.example; b@x.example', ['a@x.example', 'b@x.example']],
    [
      ['a@x.example', '', null, 'b@x.example'],
      ['a@x.example', 'b@x.example'],
    ],
    [
      [{ value: 'a@x.example' }, { value: 'b@x.example', primary: true }],
      ['b@x.example', 'a@x.example'],
    ],
    [[{ address: 'a@x.example' }], ['a@x.example']],
    ['', undefined],
    [null, undefined],
    [[], undefined],
    [undefined, undefined],
  ])('emails of %j', (value, emails) => {
    expect(account({ m: value }, fields).row.emails).toEqual(emails);
  });

  it.each<[unknown, unknown]>([
    ['admin', ['admin']],
    ['admin, user', ['admin', 'user']],
    ['Doe, Jane; Roe, Richard', ['Doe, Jane', 'Roe, Richard']],
    ['a|b', ['a', 'b']],
    ['CN=Admins,OU=Groups,DC=corp', ['CN=Admins,OU=Groups,DC=corp']],
    [['Sales, EMEA'], ['Sales, EMEA']],
    [
      [{ value: 'g1', display: 'Guides' }, { value: 'g2' }, { id: 3, name: 'Three' }],
      ['Guides', 'g2', 'Three'],
    ],
    ['', []],
    [[], []],
    // Null says neither "none" nor which: absent.
    [null, undefined],
    [undefined, undefined],
  ])('roles of %j', (value, roles) => {
    expect(account({ r: value }, fields).row.roles).toEqual(roles);
  });

  it('a map renames entries and keeps those that it does not list', () => {
    expect(account({ r: 'a;b' }, { roles: { from: 'r', map: { a: 'Admin' } } }).row.roles).toEqual(['Admin', 'b']);
  });

  it('a hundred thousand groups are cut, and said', () => {
    const { row, problems } = person({ g: Array.from({ length: 100_000 }, (_, i) => `group-${i}`) }, { groups: 'g' });
    expect(row.groups).toHaveLength(20_000);
    expect(problems[0]).toMatch(/^groups: 1 value had to be cut/);
  });
});

describe('moments', () => {
  it('what cannot be read is absent, counted once per field', () => {
    const problems = new Problems();
    const row = compileRows('person', { fields: { id: 'id', startAt: 's', endAt: 'e' } }, jsonPath, problems);
    for (let i = 0; i < 12; i++)
      expect(row({ id: 'x', s: `soon ${i}`, e: '9999-12-31' })).toMatchObject({ startAt: undefined, endAt: undefined });
    row({ id: 'x', s: '11/12/2026' });
    expect(problems.sentences()).toEqual([
      'startAt ("s"): 1 value could be two dates: set `dates: dmy`, `mdy` or `ymd` beside the connector (such as "11/12/2026")',
      'startAt ("s"): 12 values could not be read as a date (such as "soon 0")',
    ]);
  });

  it('a day is not an instant', () => {
    expect(person({ e: '2026-10-01' }, { endAt: 'e' }).row.endAt).toEqual({ at: Date.UTC(2026, 9, 1), day: true });
    expect(person({ e: '2026-10-01T00:00:00Z' }, { endAt: 'e' }).row.endAt).toEqual({ at: Date.UTC(2026, 9, 1) });
  });
});

it('admin is read as a truth, and nothing else is guessed', () => {
  const fields = { admin: 'a' };
  expect([true, 'Yes', 1, 'false', 0, 'maybe', null].map((a) => account({ a }, fields).row.admin)).toEqual([true, true, true, false, false, undefined, undefined]); // prettier-ignore
});

it('a callback hears each kind of problem once', () => {
  const heard: string[] = [];
  const row = compileRows('account', { fields: { id: 'id', createdAt: 'c' } }, jsonPath, (text) => heard.push(text));
  for (const c of ['x', 'y', 'z']) row({ id: 'a', c });
  expect(heard).toEqual(['createdAt ("c"): 1 value could not be read as a date (such as "x")']);
});

it('samples in problems move no cursor and turn no text around', () => {
  const { problems } = account({ c: '\u001b[2J\u009b1m\u202eabc\u2028\ud800' }, { createdAt: 'c' });
  expect(problems).toEqual([
    'createdAt ("c"): 1 value could not be read as a date (such as "\\u001b[2J\\u{9b}1m\\u{202e}abc\\u{2028}\\ud800")',
  ]);
});

it('every row has the same keys in the same order', () => {
  const row = compileRows('account', { fields: { id: 'id', title: 't', userName: 'u' } }, jsonPath, new Problems());
  expect(Object.keys(row({ id: 'a' }))).toEqual(Object.keys(row({ u: 'b', t: 'c', id: 'd' })));
});
