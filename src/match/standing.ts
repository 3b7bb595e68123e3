import { PERSON_STATES, type Moment, type PersonState } from '../model/person.js';
import { best, candidates, Joins, pick } from './joins.js';
import type { PersonIndex } from './person-index.js';
import { isSameHuman } from './same-human.js';
import { isRehire } from './state-at.js';
import { stateOf } from './state-of.js';
import { byteAt, itemAt } from '../model/at.js';
import { byWord } from '../model/words.js';

const CODE = byWord(PERSON_STATES, (_, place) => place);

/** No human has so many records that follow each other. */
const STEPS = 16;

/** Two records of one human that cannot both hold, and what each says. */
export interface Contradiction {
  readonly row: number;
  readonly says: PersonState;
  readonly other: number;
  readonly otherSays: PersonState;
}

/**
 * Where every person stands at one instant: the directory's state, with start and end dates taken into account, and with the
 * records that belong to one human joined (a rehire's old record, an employee who is now a contractor).
 */
export class Standing {
  readonly #state: Uint8Array;
  readonly #joins = new Joins(this);

  constructor(
    readonly index: PersonIndex,
    readonly asOf: number,
    /** States that must have lost access; without them, every state that a date could change is unknown. */
    private readonly leavers: readonly PersonState[] = [],
  ) {
    const n = index.size;
    this.#state = new Uint8Array(n);
    let past = false;
    for (let row = 0; row < n; row++) {
      const state = this.#stateOf(row);
      this.#state[row] = CODE[state];
      past ||= state !== 'active';
    }
    if (!past && index.sources.length <= 1) return;
    this.#joins.join();
    for (const row of this.#joins.contrary.keys()) this.#state[row] = CODE.unknown;
  }

  /** As this record alone says it. */
  #stateOf(row: number): PersonState {
    return stateOf(this.index, row, this.asOf, this.leavers);
  }

  /** The dates for which the state of this record is unknown: they are there, and could not be read. */
  undated(row: number): readonly ('startAt' | 'endAt')[] {
    const { index } = this;
    if (this.state(row) !== 'unknown' || index.rawState(row) === 'unknown' || this.#joins.contrary.has(row)) return [];
    return (['endAt', 'startAt'] as const).filter((field) => index.isUnread(field, row));
  }

  state(row: number): PersonState {
    return itemAt(PERSON_STATES, byteAt(this.#state, row));
  }

  /** The record that speaks for this human today. */
  current(row: number): number {
    let speaks = row;
    let next = this.#joins.successor.get(speaks);
    // Records that are joined crosswise could lead in a circle.
    for (let steps = 0; next !== undefined && steps < STEPS; steps++) {
      speaks = next;
      next = this.#joins.successor.get(speaks);
    }
    return speaks;
  }

  /** True when a record of a source with precedence speaks for this person. */
  isShadowed(row: number): boolean {
    return this.#joins.shadowed.has(row);
  }

  /** Live records whose list was not told that the employment has ended, and the record with precedence that says so. */
  get untold(): ReadonlyMap<number, number> {
    return this.#joins.untold;
  }

  /** Records of somebody who left, where a list with precedence has the same employment as active. */
  get overruled(): readonly number[] {
    return this.#joins.overruled;
  }

  /** What this record and one that contradicts it say, where nothing tells which of them holds: why the state is unknown. */
  contradiction(row: number): Contradiction | undefined {
    const other = pick(this.index, [...(this.#joins.contrary.get(row) ?? [])]);
    if (other === undefined) return undefined;
    return { row, says: this.#stateOf(row), other, otherSays: this.#stateOf(other) };
  }

  /** Records that contradict another one, by row. */
  get contradicted(): Iterable<number> {
    return this.#joins.contrary.keys();
  }

  /** The last day of the employment that the record is of; none where a later one has begun since. */
  lastDay(row: number): Moment | undefined {
    const end = this.index.date('endAt', row);
    const start = end === undefined ? undefined : this.index.date('startAt', row);
    return isRehire(start, end) && start.at <= this.asOf ? undefined : end;
  }

  /** Two records of one human: the same employee number or address, and no name that says otherwise. */
  sameHuman(a: number, b: number): boolean {
    return isSameHuman(this, a, b);
  }

  /** Of records of one human, the one that speaks: an active one, else a live one, by source precedence and id. */
  best(rows: readonly number[]): number | undefined {
    return best(this, rows);
  }

  /** Further active records of the same human that no other speaks for. For few rows: it costs look-ups. */
  twins(row: number): readonly number[] {
    return candidates(this.index, row).filter(
      (other) => this.state(other) === 'active' && !this.#joins.shadowed.has(other) && this.sameHuman(row, other),
    );
  }
}
