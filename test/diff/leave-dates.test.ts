import { describe, expect, it } from 'vitest';
import { ChangeDates } from '../../src/diff/dates.js';
import { PersonIndex } from '../../src/match/person-index.js';
import { Standing } from '../../src/match/standing.js';
import type { Person } from '../../src/model/person.js';
import { ago, at, DAY, NOW, person, POLICY } from '../in-memory.js';

describe('when somebody left', () => {
  it.each<[what: string, record: Partial<Person>, seen: number, logged: number, days: number]>([
    ['is their last day, whatever a log says', { endAt: ago(40 * DAY) }, NaN, 2 * DAY, 40],
    ["is what the directory's own log says, before any touch of the record", { changedAt: ago(3 * DAY) }, NaN, 20 * DAY, 20],
    ['is what the log says where the record has no date', {}, NaN, 20 * DAY, 20],
    ['is the date of the record where the log says nothing', { changedAt: ago(3 * DAY) }, NaN, NaN, 3],
    // A job that switches leavers off again every night would keep them in their grace for ever.
    ['is when an audit had seen it, where the log has them switched off once more', {}, 50 * DAY, DAY / 2, 50],
    ['is when an audit had seen it, where the record was touched since', { changedAt: ago(DAY / 2) }, 50 * DAY, NaN, 50],
    ['is now, where it is their last day', { endAt: at('2026-11-24') }, NaN, NaN, 0],
    ['is now, where their last day begins now', { endAt: { at: NOW, day: true } }, NaN, NaN, 0],
    ['is the instant that is given', { state: 'suspended', endAt: ago(0), changedAt: ago(3 * DAY) }, NaN, NaN, 0],
    ['is the date of the record where it is the last day of somebody who is off', { state: 'suspended', endAt: at('2026-11-24'), changedAt: ago(3 * DAY) }, NaN, NaN, 3],
    ['is the date of the record where the last day is yet to come', { endAt: at('2026-11-30'), changedAt: ago(3 * DAY) }, NaN, NaN, 3],
    ['is not known where the last day could not be read', { unread: ['endAt'], changedAt: ago(3 * DAY) }, NaN, NaN, NaN],
    ['is not known where nothing says so', {}, 50 * DAY, NaN, NaN],
    ['is not a day that is yet to come', { changedAt: ago(3 * DAY) }, NaN, -5 * DAY, 3],
  ])('%s', (_, record, seen, logged, days) => {
    const index = new PersonIndex(['id']);
    index.addSource('hr');
    index.add(person('p', { state: 'terminated', ...record }), 0);
    const standing = new Standing(index, NOW, POLICY.leavers);
    const dates = new ChangeDates(standing, POLICY, true, () => NOW - seen, () => NOW - logged); // prettier-ignore
    expect((NOW - dates.since(0)) / DAY).toBe(days);
  }); // prettier-ignore

  it('is not what half of the leavers have within the grace: a job at night touches them all', () => {
    const since = (young: number, old: number, age = DAY / 2): number => {
      const index = new PersonIndex(['id']);
      const source = index.addSource('hr');
      const left = (id: string, ms: number) => index.add(person(id, { state: 'terminated', changedAt: ago(ms) }), source);
      for (let i = 0; i < young; i++) left(`y${i}`, age);
      for (let i = 0; i < old; i++) left(`o${i}`, 9 * DAY);
      return (NOW - new ChangeDates(new Standing(index, NOW, POLICY.leavers), POLICY, true).since(0)) / DAY;
    };
    expect([since(5, 5), since(4, 5), since(5, 6), since(10, 0), since(9, 0), since(10, 0, DAY)]).toEqual([NaN, 0.5, 0.5, NaN, 0.5, 1]);
  });
});
