import type { PersonIndex } from './person-index.js';
import { BREAK, isRehire } from './state-at.js';
import type { PersonState } from '../model/person.js';

/**
 * What a live record says beside one of the same human that says otherwise:
 * `another` employment, which holds whatever became of the first; the `same` one, of whose end nobody told this list; or `unclear`.
 */
export type Beside = 'another' | 'same' | 'unclear';

/**
 * Judges a live record beside one that has ended, of its own list or of one with precedence. What tells two employments apart is an own first day or an own
 * number; of two records of one list also that the one was made after the other had ended. The same number without a day of its own is the same employment.
 */
export function beside(index: PersonIndex, ended: number, endedState: PersonState, live: number): Beside {
  const sameList = index.source(ended) === index.source(live);
  if (beginsAnew(index, ended, live, sameList)) return 'another';
  const [was, is] = [index.foldKey(index.text('employeeId', ended)), index.foldKey(index.text('employeeId', live))];
  if (was !== is && is !== undefined) {
    // The record with a number is the person's own; one beside it without a number is for another purpose (administration, a test).
    if (was === undefined) return sameList ? 'another' : 'unclear';
    if (digits(was) !== digits(is)) return 'another';
  }
  if (sameList) return index.instant('createdAt', live) > left(index, ended) ? 'another' : 'unclear';
  if (was === undefined || was !== is || endedState === 'suspended') return 'unclear';
  // A first day that could not be read may be one of its own.
  return hasOwnDay(index, ended, live) || index.isUnread('startAt', live) ? 'unclear' : 'same';
}

/** Does the live record have a first day that is nearer to the end of the other than to its beginning, or in one list simply another one? */
function beginsAnew(index: PersonIndex, ended: number, live: number, sameList: boolean): boolean {
  const start = index.instant('startAt', live);
  if (Number.isNaN(start)) return false;
  if (sameList && hasOwnDay(index, ended, live)) return true;
  const before = index.instant('startAt', ended);
  const end = left(index, ended);
  return start >= end - BREAK && !(Math.abs(start - before) <= Math.abs(start - end));
}

function hasOwnDay(index: PersonIndex, ended: number, live: number): boolean {
  return Math.abs(index.instant('startAt', live) - index.instant('startAt', ended)) > BREAK;
}

/** When the record's employment ended, ms: its last day, else its last change; NaN where neither is given. */
function left(index: PersonIndex, row: number): number {
  // There is a last day, and nobody can say which: the day of a change is not it.
  if (index.isUnread('endAt', row)) return NaN;
  const end = index.date('endAt', row);
  // The last day of an employment before this one says nothing of this one.
  return end === undefined || isRehire(index.date('startAt', row), end) ? index.instant('changedAt', row) : end.at;
}

/** `E0042` and `42`: not written alike, and hardly two numbers. */
function digits(number: string): string {
  const found = number.replace(/\D/g, '').replace(/^0+/, '');
  return found === '' ? number : found;
}
