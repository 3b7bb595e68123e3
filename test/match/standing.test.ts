// Which record speaks for a human, and which contradict each other.
import { describe, expect, it } from 'vitest';
import { stateAt } from '../../src/match/state-at.js';
import type { Moment, Person, PersonState } from '../../src/model/person.js';
import { ago, at, DAY, HOUR, NOW } from '../in-memory.js';
import { standingOf } from './index-of.js';

type Some = Partial<Person>;

describe('the state at an instant', () => {
  const soon = (days: number): Moment => ({ at: NOW + days * DAY });
  it.each<[what: string, state: PersonState, raw: PersonState, start?: Moment | undefined, end?: Moment | undefined, made?: number]>([
    ['deleted', 'deleted', 'deleted', undefined, soon(9)],
    ['terminated', 'terminated', 'terminated'],
    ['terminated, and the last day is now', 'terminated', 'terminated', undefined, ago(0)],
    ['terminated, and the last day is to come', 'unknown', 'terminated', undefined, soon(1)],
    ['active until now', 'terminated', 'active', undefined, ago(0)],
    ['active until later', 'active', 'active', undefined, { at: NOW + 1 }],
    ['a last day that is not over in the last time zone', 'active', 'active', undefined, at('2026-11-24')],
    ['a last day that is', 'terminated', 'active', undefined, at('2026-11-23')],
    ['active from now', 'active', 'active', ago(0)],
    ['active from later', 'pre-hire', 'active', { at: NOW + 1 }],
    ['suspended until the first day', 'pre-hire', 'suspended', soon(9)],
    ['the same, of a record of a year before', 'pre-hire', 'suspended', soon(9), undefined, NOW + 9 * DAY - 365 * DAY],
    ['the same, of an older record', 'unknown', 'suspended', soon(9), undefined, NOW + 9 * DAY - 365 * DAY - 1],
    ['on leave until the first day', 'leave', 'leave', soon(9)],
    ['a pre-hire whose first day was a month ago', 'unknown', 'pre-hire', ago(30 * DAY)],
    ['a pre-hire whose first day was less than that ago', 'pre-hire', 'pre-hire', ago(30 * DAY - 1)],
    ['a pre-hire without a first day', 'pre-hire', 'pre-hire'],
    ['a pre-hire whose last day is over', 'unknown', 'pre-hire', undefined, ago(DAY)],
    ['a rehire', 'active', 'active', ago(9 * DAY), ago(99 * DAY)],
    ['a rehire who is to come within a month', 'pre-hire', 'active', soon(9), ago(21 * DAY)],
    ['a rehire who is to come later', 'terminated', 'active', soon(9), ago(22 * DAY)],
    ['a rehire on the last day is none', 'terminated', 'active', ago(9 * DAY), ago(9 * DAY)],
    ['suspended after an end', 'terminated', 'suspended', undefined, ago(9 * DAY)],
    ['suspended', 'suspended', 'suspended', ago(99 * DAY)],
  ])('%s: %s', (_, state, raw, start, end, made) => {
    expect(stateAt(raw, start, end, NOW, made)).toBe(state);
  }); // prettier-ignore
});

const N = { employeeId: '1001' };
const gone = { ...N, state: 'terminated', endAt: ago(100 * DAY) } as const;
const off = { ...N, state: 'suspended' } as const;
const here = { ...N, state: 'active' } as const;
const away = { ...N, state: 'leave' } as const;
const odd = { ...N, state: 'unknown' } as const;
const to = (days: number): Some => ({ ...N, state: 'pre-hire', startAt: { at: NOW + days * DAY } });
const anew = { ...here, startAt: ago(50 * DAY) };
const E = { emails: ['ada@corp.example'] };

/** Of each record: its state, which record speaks for it, and whether it counts beside that: `terminated>1`, `active>0 shadowed`. */
const stands = (...lists: Some[][]): string[] => {
  const standing = standingOf(...lists);
  return Array.from({ length: standing.index.size }, (_, row) => {
    const speaks = standing.current(row) === row ? '' : `>${standing.current(row)}`;
    const flags = [
      standing.isShadowed(row) ? ' shadowed' : '',
      standing.untold.has(row) ? ` untold ${standing.untold.get(row)}` : '',
      standing.overruled.includes(row) ? ' overruled' : '',
    ];
    return `${standing.state(row)}${speaks}${flags.join('')}`;
  });
};

describe('records of one human', () => {
  it.each<[what: string, expected: string[], ...Some[][]]>([
    ['who left by the first list, and is active in the second', ['terminated', 'active>0 shadowed untold 0'], [gone], [here]],
    ['who left by the second list, and is active in the first', ['active', 'terminated>0 overruled'], [here], [gone]],
    ['who left, and was hired again', ['terminated>1', 'active'], [gone, anew]],
    ['who left, and was hired again by another list', ['terminated>1', 'active'], [gone], [anew]],
    ['who left by both', ['terminated', 'terminated>0'], [gone], [gone]],
    ['who left by both, later by the second', ['terminated>1', 'terminated'], [gone], [{ ...gone, endAt: ago(90 * DAY) }]],
    ['who left by both, and one is not dated', ['terminated>1', 'terminated'], [{ ...gone, endAt: undefined }], [gone]],
    ['who is off by the first, and active in the second', ['unknown', 'unknown'], [off], [here]],
    ['who is off, and active, in one list', ['unknown', 'unknown'], [off, here]],
    ['who is off by the second', ['active', 'suspended>0'], [here], [off]],
    ['of an unknown state by the first', ['unknown', 'unknown'], [odd], [here]],
    ['of an unknown state in the same list', ['unknown', 'active'], [odd, here]],
    ['of an unknown state by the second', ['active', 'unknown'], [here], [odd]],
    ['who left, and is of an unknown state elsewhere', ['terminated>1', 'unknown'], [gone], [odd]],
    ['who is off, and of an unknown state', ['suspended>1', 'unknown'], [off], [odd]],
    ['who is on leave by the first', ['leave', 'active>0 shadowed'], [away], [here]],
    ['who is on leave by the second', ['active', 'leave>0 shadowed'], [here], [away]],
    ['who is off by the first, and on leave by the second', ['suspended>1', 'leave'], [off], [away]],
    ['who left by the first, and is on leave by the second', ['terminated', 'leave>0 shadowed untold 0'], [gone], [away]],
    ['who is to come soon after the end', ['terminated>1', 'pre-hire'], [{ ...gone, endAt: ago(10 * DAY) }, to(20)]],
    ['who is to come long after the end', ['terminated', 'pre-hire'], [{ ...gone, endAt: ago(10 * DAY) }, to(21)]],
    ['who is off until the first day in another list', ['suspended>1', 'pre-hire'], [off], [to(90)]],
    ['who is off until the first day in the same list', ['suspended', 'pre-hire'], [off, to(90)]],
    ['who is off, of a record of more than a year', ['suspended', 'pre-hire'], [{ ...off, createdAt: ago(366 * DAY) }], [to(90)]],
    ['who is off, of a record of less', ['suspended>1', 'pre-hire'], [{ ...off, createdAt: ago(364 * DAY) }], [to(90)]],
    ['who is active in both lists', ['active', 'active>0 shadowed'], [here], [here]],
    ['who is active, and to come', ['active', 'pre-hire>0 shadowed'], [here], [to(9)]],
    ['who is to come, and active', ['pre-hire>1 shadowed', 'active'], [to(9)], [here]],
    ['who are strangers with one number', ['terminated', 'active'], [{ ...gone, attributes: { displayName: 'Ada Low' } }], [{ ...here, attributes: { displayName: 'Zed Quill' } }]],
    ['of which one is a service', ['terminated', 'active'], [gone], [{ ...here, kind: 'service' }]],
    ['who left twice, and is here', ['terminated>2', 'terminated>2', 'active'], [gone, { ...gone, endAt: ago(70 * DAY) }, anew]],
  ])('%s', (_, expected, ...lists) => {
    expect(stands(...lists)).toEqual(expected);
  }); // prettier-ignore

  it('that nothing but the address joins leave it open whether a later one is of who left', () => {
    const later = { ...E, state: 'active' } as const;
    const was = { ...E, state: 'terminated', endAt: ago(100 * DAY) } as const;
    expect(stands([was], [later])).toEqual(['terminated', 'unknown']);
    expect(stands([was, later])).toEqual(['terminated', 'active']);
    expect(stands([was], [{ ...later, startAt: ago(50 * DAY) }])).toEqual(['terminated', 'active']);
    expect(stands([{ ...E, state: 'active' }], [later])).toEqual(['active', 'active']);
    expect(stands([was], [{ ...later, state: 'pre-hire' }])).toEqual(['terminated', 'pre-hire']);
    expect(stands([{ ...was, kind: 'shared' }], [later])).toEqual(['terminated', 'active']);
    expect(stands([later], [was])).toEqual(['active', 'terminated']);
  });

  it('of one list may be one human and the account for administration', () => {
    const named = (displayName: string, state: PersonState): Some => ({ ...E, state, attributes: { displayName } });
    expect(stands([named('Ada Low', 'suspended'), named('Ada Low (Admin)', 'active')])).toEqual(['suspended', 'unknown']);
    expect(stands([named('Ada Low', 'suspended')], [named('Ada Low (Admin)', 'active')])).toEqual(['suspended', 'unknown']);
    expect(stands([named('Ada Low', 'suspended'), { ...named('Ada Low (Admin)', 'active'), createdAt: ago(9 * DAY) }, { ...N, state: 'active' }])).toEqual(['suspended', 'unknown', 'active']); // prettier-ignore
    expect(stands([named('Ada Low (Admin)', 'leave'), named('Ada Low', 'suspended')])).toEqual(['leave', 'suspended']);
  });

  it('say what they contradict', () => {
    const standing = standingOf([off], [here]);
    expect([...standing.contradicted].sort()).toEqual([0, 1]);
    expect(standing.contradiction(0)).toEqual({ row: 0, says: 'suspended', other: 1, otherSays: 'active' });
    expect(standing.contradiction(1)).toEqual({ row: 1, says: 'active', other: 0, otherSays: 'suspended' });
    expect(standingOf([here]).contradiction(0)).toBeUndefined();
  });
});

describe('one record', () => {
  it('has the last day of the employment that it is of', () => {
    const day = (more: Some): Moment | undefined => standingOf([{ ...gone, ...more }]).lastDay(0);
    expect(day({})?.at).toBe(ago(100 * DAY).at);
    expect(day({ startAt: ago(900 * DAY) })?.at).toBe(ago(100 * DAY).at);
    expect(day({ startAt: ago(50 * DAY) })).toBeUndefined();
    expect(day({ startAt: { at: NOW + DAY } })?.at).toBe(ago(100 * DAY).at);
    expect(day({ endAt: undefined })).toBeUndefined();
  });

  it('has twins that no other speaks for', () => {
    expect(standingOf([here, here, { ...here, employeeId: '7' }]).twins(0)).toEqual([1]);
    expect(standingOf([here], [here]).twins(0)).toEqual([]);
    expect(standingOf([here, { ...here, kind: 'service' }]).twins(0)).toEqual([]);
  });

  it('is of an unknown state for a date that nobody can read, and says for which', () => {
    const undated = (more: Some): readonly string[] => standingOf([{ ...here, ...more }]).undated(0);
    expect(undated({ unread: ['endAt'] })).toEqual(['endAt']);
    expect(undated({ unread: ['startAt', 'endAt'] })).toEqual(['endAt', 'startAt']);
    expect(undated({ unread: ['createdAt'] })).toEqual([]);
    expect(undated({ unread: ['endAt'], state: 'unknown' })).toEqual([]);
    expect(undated({ startAt: ago(HOUR) })).toEqual([]);
  });
});
