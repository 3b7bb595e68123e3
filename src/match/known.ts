import type { Moment, PersonState } from '../model/person.js';
import type { PersonIndex } from './person-index.js';

/** What every record says by itself, before those of one human are joined (`Standing`). */
export interface Known {
  readonly index: PersonIndex;
  readonly asOf: number;
  state(row: number): PersonState;
  lastDay(row: number): Moment | undefined;
}
