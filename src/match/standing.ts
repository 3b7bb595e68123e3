import { PERSON_STATES, type Moment, type PersonState } from '../model/person.js';
import { fold } from '../model/fold.js';
import type { PersonIndex } from './person-index.js';

const DAY = 86_400_000;
/** The longest break between two contracts of one human that is not a leave. */
const BREAK = 30 * DAY;
/** A last day given as a date is over when it is over everywhere: UTC-12 is the last time zone on Earth. */
const LAST_ZONE = 12 * 3_600_000;

/** When a leave date has passed for certain: a date without a time lasts to the end of that day, in every time zone. */
export function endInstant(end: Moment): number {
  return end.day === true ? end.at + DAY + LAST_ZONE : end.at;
}

const CODE = Object.fromEntries(PERSON_STATES.map((s, i) => [s, i])) as Record<PersonState, number>;

/**
 * Where every person stands at one instant: the directory's state, with start and end dates taken into account, and with the
 * records that belong to one human joined (a rehire's old record, an employee who is now a contractor).
 */
export class Standing {
  readonly #state: Uint8Array;
  /** Row of somebody who left -> the live record of the same human. */
  readonly #successor = new Map<number, number>();
  /** Live records that repeat a live record of a source with precedence. */
  readonly #shadowed = new Set<number>();

  constructor(
    readonly index: PersonIndex,
    readonly asOf: number,
  ) {
    const n = index.size;
    this.#state = new Uint8Array(n);
    let past = false;
    for (let row = 0; row < n; row++) {
      const state = stateAt(index.rawState(row), index.date('startAt', row), index.date('endAt', row), asOf);
      this.#state[row] = CODE[state];
      past ||= state !== 'active';
    }
    if (past || index.sources.length > 1) this.#join();
  }

  state(row: number): PersonState {
    return PERSON_STATES[this.#state[row] as number] as PersonState;
  }

  /** The record that speaks for this human today: any active record wins. */
  current(row: number): number {
    let speaks = row;
    // Each step leads to a record that ranks higher (see `best`), so this ends.
    for (let next = this.#successor.get(speaks); next !== undefined; next = this.#successor.get(speaks)) speaks = next;
    return speaks;
  }

  /** True when a record of a source with precedence speaks for this person. */
  isShadowed(row: number): boolean {
    return this.#shadowed.has(row);
  }

  /** Two records of one human: the same employee number or address, and no name that says otherwise. */
  sameHuman(a: number, b: number): boolean {
    if (a === b) return true;
    const names = compareNames(this.index, a, b);
    if (names === 'different') return false;
    const shared = (word: 'employeeId' | 'email'): string | undefined => {
      const key = this.index.foldKey(this.index.text(word, a));
      return key === this.index.foldKey(this.index.text(word, b)) ? key : undefined;
    };
    const email = shared('email');
    const employee = shared('employeeId');
    if (names === 'same') return employee !== undefined || email !== undefined;
    // Without the names the number must speak alone.
    return employee !== undefined && this.#isPersonal(employee) && (email !== undefined || !this.#numberedApart(a, b));
  }

  /** False of a number that several people have, such as EXT: by their names, or as live records of one list with addresses of their own. */
  #isPersonal(employee: string): boolean {
    const { index } = this;
    const holders = index.key('employeeId').find(employee);
    const email = (row: number): string | undefined => index.foldKey(index.text('email', row));
    return !holders.some((a, i) =>
      holders.slice(0, i).some((b) => {
        const names = compareNames(index, a, b);
        if (names !== 'unknown') return names === 'different';
        const together = index.source(a) === index.source(b) && isLive(this.state(a)) && isLive(this.state(b));
        return together && email(a) !== undefined && email(b) !== undefined && email(a) !== email(b);
      }),
    );
  }

  /** Two lists that count from one each: the number is the same, and the one was employed here long before the other had ended there. */
  #numberedApart(a: number, b: number): boolean {
    const { index } = this;
    const begins = [a, b].map((row) => index.instant('startAt', row)) as [number, number];
    const ends = [a, b].map((row) => index.instant('endAt', row)).filter((end) => !Number.isNaN(end));
    return (
      index.source(a) !== index.source(b) &&
      Math.abs(begins[0] - begins[1]) > BREAK &&
      ends.length > 0 &&
      Math.min(...ends) - Math.max(...begins) > BREAK
    );
  }

  /** Of records of one human, the one that speaks: an active one, else a live one, by source precedence and id. */
  best(rows: readonly number[]): number | undefined {
    const active = rows.filter((row) => this.state(row) === 'active');
    return pick(this.index, active.length > 0 ? active : rows.filter((row) => isLive(this.state(row))));
  }

  /** Further active records of the same human that no other speaks for. For few rows: it costs look-ups. */
  twins(row: number): readonly number[] {
    return this.#candidates(row).filter(
      (other) => this.state(other) === 'active' && !this.#shadowed.has(other) && this.sameHuman(row, other),
    );
  }

  #join(): void {
    const { index } = this;
    for (let row = 0; row < index.size; row++) {
      const state = this.state(row);
      // Nearly everybody: an active record of the first source speaks for itself (see `twins` for records that repeat it).
      if (state === 'unknown' || (state === 'active' && index.source(row) === 0)) continue;
      const others = this.#candidates(row).filter((other) => this.sameHuman(row, other));
      if (isGone(state)) {
        // With a record of unknown state beside it, nobody can say that this human is gone.
        const unknown = others.filter((other) => this.state(other) === 'unknown' && !this.#beganBefore(row, other));
        // A first day far ahead gives no right today: until then this human has left.
        const here = others.filter((other) => this.state(other) !== 'pre-hire' || this.#followsOn(row, other));
        const speaks = this.best(here) ?? pick(index, unknown);
        if (speaks !== undefined) this.#successor.set(row, speaks);
      } else {
        const speaks = this.best([row, ...others]);
        if (speaks === undefined || speaks === row) continue;
        this.#shadowed.add(row);
        this.#successor.set(row, speaks);
      }
    }
  }

  /** Does the new employment begin soon after the old one ended: a change of contract, and no rehire in the future? */
  #followsOn(ended: number, begins: number): boolean {
    const end = this.index.instant('endAt', ended);
    const start = this.index.instant('startAt', begins);
    return Math.abs(start - end) <= BREAK;
  }

  /** Is it a hire that was never followed up: of the employment that has ended since? */
  #beganBefore(ended: number, other: number): boolean {
    const { index } = this;
    return index.rawState(other) === 'pre-hire' && index.instant('startAt', other) < index.instant('endAt', ended) - BREAK;
  }

  #candidates(row: number): number[] {
    const found = new Set<number>();
    for (const word of ['employeeId', 'email'] as const) {
      const key = this.index.foldKey(this.index.text(word, row));
      if (key !== undefined) for (const other of this.index.key(word).find(key)) found.add(other);
    }
    found.delete(row);
    return [...found];
  }
}

/** Records that may still work; `unknown` is neither live nor gone. */
export function isLive(state: PersonState): boolean {
  return state === 'active' || state === 'leave' || state === 'pre-hire';
}

export function isGone(state: PersonState): boolean {
  return state === 'terminated' || state === 'deleted' || state === 'suspended';
}

/** By source precedence, then id: never by the order in which rows came. */
export function pick(index: PersonIndex, rows: readonly number[]): number | undefined {
  let best: number | undefined;
  for (const row of rows) {
    if (best === undefined) best = row;
    else if (index.source(row) !== index.source(best)) best = index.source(row) < index.source(best) ? row : best;
    else if (index.id(row) < index.id(best)) best = row;
  }
  return best;
}

/**
 * The state at an instant. Dates make a future leaver active until the last day and a hire a pre-hire until the first; a
 * record that says "terminated" and yet ends in the future contradicts itself, so it is unknown rather than guessed.
 */
export function stateAt(raw: PersonState, start: Moment | undefined, end: Moment | undefined, asOf: number): PersonState {
  if (raw === 'deleted') return raw;
  const over = end !== undefined && endInstant(end) <= asOf;
  if (raw === 'terminated') return end !== undefined && end.at > asOf ? 'unknown' : raw;
  // A rehire's new start can stand beside the old end: the later of the two is what holds.
  const rehired = over && start !== undefined && start.at > end.at;
  // A hire who is to come, and whose last day is over (rescinded?), contradicts itself in the same way.
  if (over && !rehired) return raw === 'pre-hire' ? 'unknown' : 'terminated';
  if ((raw === 'active' || rehired) && start !== undefined && start.at > asOf) return 'pre-hire';
  // Nobody is about to begin for a month: a hire who never came, or whose record nobody followed up.
  return raw === 'pre-hire' && start !== undefined && start.at + BREAK <= asOf ? 'unknown' : raw;
}

function compareNames(index: PersonIndex, a: number, b: number): 'same' | 'different' | 'unknown' {
  const name = (row: number, attribute: string): string => fold(index.attribute(attribute, row) ?? '');
  const givenA = name(a, 'givenName');
  const givenB = name(b, 'givenName');
  const familyA = name(a, 'familyName');
  const familyB = name(b, 'familyName');
  if ((givenA === '' && familyA === '') || (givenB === '' && familyB === '')) {
    const shownA = name(a, 'displayName');
    const shownB = name(b, 'displayName');
    return shownA === '' || shownB === '' ? 'unknown' : shownA === shownB ? 'same' : 'different';
  }
  if (givenA === givenB && familyA === familyB) return 'same';
  // A marriage changes one name, a stranger differs in both.
  return givenA === givenB && givenA !== '' ? 'unknown' : 'different';
}
