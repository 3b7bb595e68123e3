import { describe, expect, it } from 'vitest';
import type { FieldMap } from '../../src/model/config.js';
import { LOG_FIELDS, type LogEntry } from '../../src/model/log.js';
import { givenOrders } from '../../src/mapping/dates/order.js';
import { OrderWanted } from '../../src/mapping/dates/reading.js';
import { compileEntries } from '../../src/mapping/log-rows.js';
import { jsonPath, Problems } from '../../src/mapping/rows.js';

const OWN: FieldMap = Object.fromEntries(LOG_FIELDS.map((name) => [name, name]));

function map(record: object, fields: FieldMap = {}): { readonly entry: Partial<LogEntry>; readonly problems: readonly string[] } {
  const problems = new Problems();
  const entry = compileEntries({ ...OWN, ...fields }, jsonPath, problems)(record);
  return { entry: Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)), problems: problems.sentences() };
}

const SAYS_NOTHING = { action: 'other', outcome: 'unknown', outcomeTold: false, by: 'unknown' };

describe('an entry', () => {
  it('has the words of the normal form, in any letter case', () => {
    const texts = { accountId: 'a1', userName: 'ada', email: 'ada@corp.example', externalId: 'x', personId: 'p1', personUserName: 'ada.one', personEmail: 'ada@corp.example', employeeId: '7', app: 'crm', actor: 'Zoe', detail: 'quota' }; // prettier-ignore
    const record = {
      id: 'e1',
      at: '2026-10-02T08:00:00Z',
      action: 'Disable',
      outcome: 'SUCCESS',
      by: 'scim',
      changed: ['title'],
      ...texts,
    };
    expect(map(record)).toEqual({
      entry: { ...texts, id: 'e1', at: { at: Date.UTC(2026, 9, 2, 8) }, action: 'disable', outcome: 'success', outcomeTold: true, by: 'scim', changed: ['title'] },
      problems: [],
    }); // prettier-ignore
    expect(map({})).toEqual({ entry: SAYS_NOTHING, problems: [] });
  });

  it('has one shape, whatever its record lacks', () => {
    const read = compileEntries(OWN, jsonPath, new Problems());
    expect(Object.keys(read({}))).toEqual(Object.keys(read({ id: 1, at: 1, changed: ['x'], detail: 'y' })));
  });

  it.each<readonly [unknown, number | undefined, string]>([
    ['2026-10-02T08:00:00Z', Date.UTC(2026, 9, 2, 8), 'ISO 8601'],
    ['2026-10-02T10:00:00.123456789+02:00', Date.UTC(2026, 9, 2, 8, 0, 0, 123), 'nanoseconds and a zone'],
    [1_790_928_000, 1_790_928_000_000, 'seconds'],
    ['1790928000', 1_790_928_000_000, 'seconds as text'],
    [1_790_928_000_123, 1_790_928_000_123, 'milliseconds'],
    [1_790_928_000.5, 1_790_928_000_500, 'seconds with a fraction'],
    ['20261002080000Z', Date.UTC(2026, 9, 2, 8), 'GeneralizedTime'],
    ['11/12/2026', undefined, 'a date that could be two days'],
    ['soon', undefined, 'no date'],
    [null, undefined, 'nothing'],
  ])('reads the time %s', (value, at) => {
    expect(map({ at: value, action: 'create' }).entry.at?.at).toBe(at);
  });

  it('counts the times that it cannot read', () => {
    const problems = new Problems();
    const read = compileEntries(OWN, jsonPath, problems);
    for (const at of ['11/12/2026', 'soon', 'later', '', undefined]) expect(read({ at }).at).toBeUndefined();
    expect(problems.unreadDates?.map(({ cause, values }) => [cause, values])).toEqual([['two-ways', 1], ['unreadable', 2]]); // prettier-ignore
    const orders = { orders: () => givenOrders('dmy') };
    expect(compileEntries(OWN, jsonPath, new Problems(), orders)({ at: '11/12/2026' }).at?.at).toBe(Date.UTC(2026, 11, 11));
    const open = { ...orders, orders: () => ({ given: false, plain: undefined, dotted: undefined }), canAsk: true };
    expect(() => compileEntries(OWN, jsonPath, new Problems(), open)({ at: '11/12/2026' })).toThrow(OrderWanted);
  });

  it('takes what no map lists for another action, without a word', () => {
    const action = { from: 'event', map: { 'user.off': 'disable', 'user.new': 'create' } };
    expect(map({ event: 'user.off' }, { action })).toEqual({ entry: { ...SAYS_NOTHING, action: 'disable' }, problems: [] });
    expect(map({ event: 'user.login' }, { action })).toEqual({ entry: SAYS_NOTHING, problems: [] });
    expect(map({ event: 'x' }, { action: { const: 'login' } }).entry.action).toBe('login');
    expect(map({ action: 'x' }, { action: null }).entry.action).toBe('other');
    // Without a map it may be that one is missing.
    expect(map({ action: 'user.off' })).toEqual({
      entry: SAYS_NOTHING,
      problems: [
        'action: 1 value could not be matched with create, update, disable, enable, delete, assign, unassign, login, other: they count as other (first: "user.off")',
      ],
    });
  });

  it.each<readonly [object, FieldMap, Pick<LogEntry, 'outcome' | 'outcomeTold'>]>([
    [{ outcome: 'failure' }, {}, { outcome: 'failure', outcomeTold: true }],
    [{ outcome: 'unknown' }, {}, { outcome: 'unknown', outcomeTold: true }],
    [{ outcome: 'denied' }, {}, { outcome: 'unknown', outcomeTold: true }],
    [{ outcome: '' }, {}, { outcome: 'unknown', outcomeTold: false }],
    [{ outcome: null }, {}, { outcome: 'unknown', outcomeTold: false }],
    [
      { r: { ok: false } },
      { outcome: { from: 'r.ok', map: { true: 'success', false: 'failure' } } },
      { outcome: 'failure', outcomeTold: true },
    ],
    [{ r: { ok: 'maybe' } }, { outcome: { from: 'r.ok', map: { true: 'success' } } }, { outcome: 'unknown', outcomeTold: true }],
    [{}, { outcome: { from: 'error', map: { denied: 'failure' }, absent: 'success' } }, { outcome: 'success', outcomeTold: true }],
    [{ a: 'success', b: 'failure' }, { outcome: ['a', 'b'] }, { outcome: 'unknown', outcomeTold: true }],
    [{}, { outcome: { const: 'success' } }, { outcome: 'success', outcomeTold: true }],
  ])('has an outcome where its record tells of one: %j', (record, fields, expected) => {
    expect(map(record, fields).entry).toMatchObject(expected);
  });

  it.each<readonly [unknown, readonly string[] | undefined]>([
    [
      ['title', 'department'],
      ['title', 'department'],
    ],
    ['title; department', ['title', 'department']],
    ['title,department', ['title', 'department']],
    ['title', ['title']],
    [[{ displayName: 'title', oldValue: 'a', newValue: 'b' }], ['title']],
    [{ title: ['a', 'b'], department: ['c', 'd'] }, ['title', 'department']],
    [{ name: 'title' }, ['title']],
    ['', []],
    [[], []],
    [null, undefined],
  ])('names what an update set: %j', (changed, expected) => {
    expect(map({ changed }).entry.changed).toEqual(expected);
  });

  it('keeps no key that has lost digits, and no text that says nothing', () => {
    const { entry, problems } = map({ id: 12345678901234567890, accountId: 12345678901234567890, employeeId: 12345678901234567890, externalId: 7, actor: ' ', detail: '' }); // prettier-ignore
    expect(entry).toEqual({ ...SAYS_NOTHING, externalId: '7' });
    expect(problems).toHaveLength(3);
  });

  it('takes an address out of what stands around it', () => {
    const { entry } = map({
      userName: 'SMTP:ada@corp.example',
      email: 'Ada One <ada@corp.example>',
      personEmail: 'mailto:ben@corp.example',
    });
    expect(entry).toMatchObject({ userName: 'ada@corp.example', email: 'ada@corp.example', personEmail: 'ben@corp.example' });
  });

  it('cuts a long word on a failure, and leaves out a key that is longer', () => {
    const { entry } = map({ detail: 'x'.repeat(5000), accountId: 'x'.repeat(5000) });
    expect([entry.detail?.length, entry.accountId]).toEqual([4096, undefined]);
  });
});
