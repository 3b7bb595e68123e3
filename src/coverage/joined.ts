import type { AppDiff } from '../diff/app-diff.js';
import { bulkDay, dayOf } from './chance.js';

/** An account made this near to its owner's first day was made for them, however many joined that day. */
const FOR_A_JOINER = 7 * 86_400_000;

/** When somebody joined: the first day, else the day on which the directory first knew them. */
export function joined({ standing: { index } }: AppDiff, row: number): number {
  const start = index.instant('startAt', row);
  return Number.isNaN(start) ? index.instant('createdAt', row) : start;
}

/** Was an account of that time made for somebody who had been here for long, or for an unknown time? */
export function madeLate(diff: AppDiff, row: number, created: number): boolean {
  const start = joined(diff, row);
  return Number.isNaN(start) || Math.abs(created - start) > FOR_A_JOINER;
}

/** The day on which more than half of all accounts were made, for people who had been here before: an import. NaN without one. */
export function importDay(diff: AppDiff): number {
  const { rows, standing } = diff;
  const { size } = standing.index;
  const day = bulkDay(size, (row) => (rows.has(row) ? rows.createdAt(row) : NaN));
  if (Number.isNaN(day)) return day;
  let late = 0;
  let all = 0;
  for (let row = 0; row < size; row++) {
    const created = rows.has(row) ? rows.createdAt(row) : NaN;
    if (dayOf(created) !== day) continue;
    all++;
    if (madeLate(diff, row, created)) late++;
  }
  return late > all / 2 ? day : NaN;
}
