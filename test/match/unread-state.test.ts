import { describe, expect, it } from 'vitest';
import { stateAt, stateWithUnread } from '../../src/match/state-at.js';
import { exchanged, PERSON_STATES, type Moment, type PersonState } from '../../src/model/person.js';
import fc from '../property.js';
import { at, DAY, NOW } from '../in-memory.js';
import { cases } from '../night.js';

const LEAVERS: readonly PersonState[] = ['terminated', 'deleted', 'suspended'];
const NOTHING = { startAt: false, endAt: false };
const START = { startAt: true, endAt: false };
const END = { startAt: false, endAt: true };
const OVER = at('2026-10-16');
const BEGUN = at('2019-03-25');

describe('a date that could not be read', () => {
  it.each<[PersonState, typeof START, { start?: Moment; end?: Moment }, PersonState]>([
    // Whoever is active may have left, or not be here yet.
    ['active', END, { start: BEGUN }, 'unknown'],
    ['active', START, {}, 'unknown'],
    ['leave', END, { start: BEGUN }, 'unknown'],
    ['unknown', END, {}, 'unknown'],
    // A first day says nothing of who is on leave.
    ['leave', START, {}, 'leave'],
    // A rehire's first day stands beside the last day of before.
    ['active', START, { end: OVER }, 'unknown'],
    ['pre-hire', START, {}, 'unknown'],
    ['pre-hire', END, { start: at('2026-12-15') }, 'unknown'],
    // By the directory's own word they have left, whenever that was.
    ['terminated', END, { start: BEGUN }, 'terminated'],
    ['terminated', START, { end: OVER }, 'terminated'],
    ['deleted', END, {}, 'deleted'],
    // Switched off: they must have lost access either way; unless it was made beforehand for a first day that nobody can read.
    ['suspended', END, { start: BEGUN }, 'suspended'],
    ['suspended', START, {}, 'unknown'],
  ])('%s, %j, %j: %s', (raw, unread, { start, end }, state) => {
    expect(stateWithUnread(raw, start, end, unread, NOW, NaN, LEAVERS)).toBe(state);
  });

  it.each<[PersonState, string, string, PersonState]>([
    ['active', 'endAt', '2026-10-11', 'terminated'],
    ['active', 'endAt', '2026-11-12', 'unknown'],
    ['active', 'endAt', '2027-01-02', 'active'],
    ['active', 'startAt', '2015-03-04', 'active'],
    ['active', 'startAt', '2027-03-04', 'pre-hire'],
    ['active', 'startAt', '2026-11-12', 'unknown'],
  ])('of two days: %s, %s %s or exchanged: %s', (raw, field, day, state) => {
    const possible = { ...NOTHING, [field]: [at(day), exchanged(at(day))] };
    expect(stateWithUnread(raw, undefined, undefined, possible, NOW, NaN, LEAVERS)).toBe(state);
  });

  it('leaves unknown who is suspended, where that keeps its accounts', () => {
    expect(stateWithUnread('suspended', BEGUN, undefined, END, NOW, NaN, ['terminated', 'deleted'])).toBe('unknown');
  });

  it('never says what some date would contradict', () => {
    const date = fc.option(fc.integer({ min: -800, max: 400 }).map((days): Moment => ({ at: NOW + days * DAY })), { nil: undefined }); // prettier-ignore
    fc.assert(
      fc.property(
        fc.constantFrom(...PERSON_STATES),
        date,
        date,
        fc.constantFrom(START, END, { startAt: true, endAt: true }),
        (raw, start, end, unread) => {
          const known = stateWithUnread(raw, unread.startAt ? undefined : start, unread.endAt ? undefined : end, unread, NOW, NaN, LEAVERS);
          const truth = stateAt(raw, start ?? at('2020-01-01'), end ?? at('2020-06-01'), NOW);
          const isTrue = (unread.startAt || start !== undefined) && (unread.endAt || end !== undefined);
          // Who has left by the directory's word, and leavers all, are leavers still.
          if (!isTrue || known === 'unknown' || known === truth) return;
          expect([known, truth].every((state) => LEAVERS.includes(state) || (raw === 'terminated' && truth === 'unknown'))).toBe(true);
        },
      ),
      { numRuns: cases(2000, 500) },
    );
  });

  it('changes nothing where there is none', () => {
    for (const raw of PERSON_STATES)
      expect(stateWithUnread(raw, BEGUN, OVER, NOTHING, NOW, NaN, LEAVERS)).toBe(stateAt(raw, BEGUN, OVER, NOW));
  });
});
