import { describe, expect, it } from 'vitest';
import { AppRows, SEEN } from '../../src/diff/rows.js';
import { PersonIndex } from '../../src/match/person-index.js';
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
    expect(rows.get(0)).toEqual({ id: 'a', status: 'active', kind: 'human', ...own });
    expect(rows.get(1)).toEqual({
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
});
