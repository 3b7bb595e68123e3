import { describe, expect, it } from 'vitest';
import { AppRows, held, SEEN } from '../../src/diff/rows.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { ACCOUNT_STATUSES, type Account, type AccountStatus } from '../../src/model/account.js';
import { ColumnBuilder } from '../../src/store/column-builder.js';
import { Columns } from '../../src/store/columns.js';
import { account, ago, at, NOW, person } from '../in-memory.js';

function rowsOf(people: number): AppRows {
  const index = new PersonIndex(['id']);
  const source = index.addSource('hr');
  for (let i = 0; i < people; i++) index.add(person(`u${i}`), source);
  return new AppRows(index);
}

describe('the rows of an app', () => {
  it('saw of a person what was marked, any of several, and nothing of anybody else', () => {
    const rows = rowsOf(2);
    rows.mark(0, SEEN.off);
    rows.mark(0, SEEN.noHuman);
    expect(Object.entries(SEEN).flatMap(([name, flag]) => (rows.saw(0, flag) ? [name] : []))).toEqual(['off', 'noHuman']);
    expect([rows.saw(0, SEEN.active | SEEN.off), rows.saw(0, SEEN.active | SEEN.stale), rows.saw(0), rows.saw(1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('give an account back as it was kept, be it under the names of its owner or its own', () => {
    const rows = rowsOf(2);
    const own = { userName: 'u0', email: 'u0@corp.example', createdAt: at('2026-01-01').at, lastLoginAt: NaN, updatedAt: NOW };
    rows.keep(0, account('a', { userName: 'u0', emails: ['u0@corp.example'], createdAt: at('2026-01-01'), updatedAt: ago(0) }));
    rows.keep(1, account('b', { userName: 'other', kind: 'guest', status: 'pending' }));
    expect(rows.get(0)).toStrictEqual({ id: 'a', status: 'active', kind: 'human', ...own });
    expect(rows.get(1)).toStrictEqual({
      id: 'b',
      userName: 'other',
      status: 'pending',
      kind: 'guest',
      createdAt: NaN,
      updatedAt: NaN,
      lastLoginAt: NaN,
    });
  });

  it('know when an account was switched off, the latest, and NaN where nothing says so', () => {
    const rows = rowsOf(2);
    for (const days of [3, 1, 2]) rows.keep(0, account(`a${days}`, { status: 'deactivated', deactivatedAt: at(`2026-11-0${days}`) }));
    rows.keep(1, account('on', { deactivatedAt: at('2026-11-01') }));
    expect([rows.offSince(0), rows.offSince(1)]).toEqual([at('2026-11-03').at, NaN]);
  });

  it('know where that is a day alone, whatever comes first of the same day', () => {
    const day = { at: at('2026-11-03').at, day: true };
    const noon = { at: day.at + 43_200_000 };
    for (const dates of [
      [day, noon],
      [noon, day],
    ]) {
      const rows = rowsOf(1);
      for (const [i, deactivatedAt] of dates.entries()) rows.keep(0, account(`a${i}`, { status: 'deactivated', deactivatedAt }));
      expect([rows.offSince(0), rows.isOffOnDay(0)]).toEqual([day.at, true]);
      rows.keep(0, account('later', { status: 'deactivated', deactivatedAt: { at: day.at + 2 * 86_400_000 } }));
      expect([rows.offSince(0), rows.isOffOnDay(0)]).toEqual([at('2026-11-05').at, false]);
    }
  });

  it('know when one of several accounts was switched off, whichever is kept', () => {
    const rows = rowsOf(1);
    rows.keep(0, account('a', { status: 'deleted', deactivatedAt: at('2026-11-02') }));
    rows.keep(0, account('b'));
    rows.keep(0, account('c', { status: 'suspended', deactivatedAt: at('2026-11-03') }));
    rows.keep(0, account('d', { status: 'suspended' }));
    rows.keep(0, account('e', { status: 'unknown', deactivatedAt: at('2026-11-09') }));
    expect([rows.id(0), rows.offSince(0)]).toEqual(['b', at('2026-11-03').at]);
  });

  const order: readonly AccountStatus[] = ['active', 'pending', 'unknown', 'suspended', 'deactivated', 'deleted'];
  it('keep the account that says most for its owner: one in use before one that is off, else the first by id', () => {
    expect([...order].sort()).toEqual([...ACCOUNT_STATUSES].sort());
    order.forEach((first, i) =>
      order.forEach((second, j) => {
        const given = [account('m', { status: first, kind: 'bot' }), account('n', { status: second, userName: 'u0' })];
        for (const all of [given, [...given].reverse()]) {
          const rows = rowsOf(1);
          for (const one of all) rows.keep(0, one);
          expect(rows.get(0)).toStrictEqual(held(given[i <= j ? 0 : 1] as Account));
          expect(rows.extra(0)).toEqual(i === 0 && j === 0 ? [held(given[1] as Account)] : undefined);
        }
      }),
    );
  });

  it('keep every further active account beside it, and none that is off', () => {
    const rows = rowsOf(2);
    const all = ['c', 'a', 'd', 'b'].map((id) => account(id, { userName: `of ${id}`, emails: [`${id}@corp.example`] }));
    for (const one of [...all, account('off', { status: 'suspended' })]) rows.keep(0, one);
    expect(rows.get(0)).toStrictEqual(held(all[1] as Account));
    expect(rows.extra(0)?.map(({ id, userName, email }) => [id, userName, email])).toEqual(
      ['c', 'd', 'b'].map((id) => [id, `of ${id}`, `${id}@corp.example`]),
    );
    expect(rows.extra(1)).toBeUndefined();
  });

  it('remember of all accounts of a person which dates could not be read', () => {
    const rows = rowsOf(2);
    rows.keep(0, account('a', { unread: ['updatedAt'] }));
    rows.keep(0, account('b', { status: 'suspended', unread: ['lastLoginAt'] }));
    rows.keep(0, account('c', { status: 'suspended' }));
    rows.keep(1, account('d'));
    const names = ['updatedAt', 'lastLoginAt', 'deactivatedAt'] as const;
    expect(names.map((name) => rows.isUnread(0, name))).toEqual([true, true, false]);
    expect(names.map((name) => rows.isUnread(1, name))).toEqual([false, false, false]);
  });

  it('know who has an account, under which id, and whose accounts carry the id of their owner', () => {
    const rows = rowsOf(3);
    expect([rows.has(1), rows.id(1), rows.isId(1, 'a'), rows.isLinkedAtAll]).toEqual([false, undefined, false, false]);
    rows.keep(1, account('a', { status: 'deleted' }));
    rows.link(1);
    expect([0, 1, 2].map((row) => [rows.has(row), rows.isId(row, 'a'), rows.isLinked(row)])).toEqual([
      [false, false, false],
      [true, true, true],
      [false, false, false],
    ]);
    expect([rows.isId(1, 'b'), rows.isLinkedAtAll]).toEqual([false, true]);
    const left = { roles: ['a'], admin: false, credentials: undefined };
    rows.leave(2, left);
    expect([rows.leftover(1), rows.leftover(2)]).toEqual([undefined, left]);
  });

  it('keep a row of a page by column as they would keep the account', () => {
    const dates = { createdAt: at('2026-01-01'), updatedAt: ago(5), lastLoginAt: ago(0) };
    const given = [
      account('a', { userName: 'u0', emails: ['u0@corp.example'], ...dates }),
      account('b', { userName: 'other', emails: ['other@corp.example'], kind: 'guest' }),
      account('c', { kind: 'bot', lastLoginAt: ago(1) }),
      account('d', { userName: 'U3', status: 'pending' }),
    ];
    const builder = new ColumnBuilder('account');
    for (const one of given) builder.add(one);
    const page = new Columns(builder.take(), []);
    const rows = rowsOf(4);
    given.forEach((one, row) => {
      rows.keepFirst(row, page, row);
      expect(rows.get(row)).toEqual(held(one));
      expect([rows.createdAt(row), rows.updatedAt(row), rows.lastLoginAt(row)]).toEqual(
        [one.createdAt, one.updatedAt, one.lastLoginAt].map((date) => date?.at ?? NaN),
      );
    });
  });
});
