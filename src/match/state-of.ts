import type { PersonState } from '../model/person.js';
import type { PersonIndex } from './person-index.js';
import { stateAt, stateWithUnread, type Possible } from './state-at.js';

/** Where a record stands by its own word and its own dates. */
export function stateOf(index: PersonIndex, row: number, asOf: number, leavers: readonly PersonState[]): PersonState {
  const raw = index.rawState(row);
  const start = index.date('startAt', row);
  const end = index.date('endAt', row);
  const made = index.instant('createdAt', row);
  const isKnown = !index.hasUnread || !(index.isUnread('startAt', row) || index.isUnread('endAt', row));
  if (isKnown) return stateAt(raw, start, end, asOf, made);
  const of = (field: 'startAt' | 'endAt'): Possible => index.either(field, row) ?? index.isUnread(field, row);
  return stateWithUnread(raw, start, end, { startAt: of('startAt'), endAt: of('endAt') }, asOf, made, leavers);
}
