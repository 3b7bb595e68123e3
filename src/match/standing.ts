import { isPerson, PERSON_STATES, type Moment, type PersonState } from '../model/person.js';
import { beside } from './employments.js';
import type { PersonIndex } from './person-index.js';
import { isSameHuman, mayBeSameHuman } from './same-human.js';
import { BREAK, isGone, isLive, isRehire, stateAt, stateWithUnread } from './state-at.js';

const CODE = Object.fromEntries(PERSON_STATES.map((s, i) => [s, i])) as Record<PersonState, number>;

/** A record that is switched off and was made this long ago was not made for a first day that is still to come. */
const MADE_BEFORE = 365 * 86_400_000;

/** No human has so many records that follow each other. */
const STEPS = 16;

/** Two records of one human that cannot both hold, and what each says. */
export interface Contradiction {
  readonly row: number;
  readonly says: PersonState;
  readonly other: number;
  readonly otherSays: PersonState;
}

/** Live rows of one human that do not count, or may not. */
interface Weighed {
  /** Row -> the ended record of a source with precedence. */
  readonly untold: ReadonlyMap<number, number>;
  readonly unclear: ReadonlyMap<number, readonly number[]>;
}

const NOTHING: Weighed = { untold: new Map(), unclear: new Map() };

/**
 * Where every person stands at one instant: the directory's state, with start and end dates taken into account, and with the
 * records that belong to one human joined (a rehire's old record, an employee who is now a contractor).
 */
export class Standing {
  readonly #state: Uint8Array;
  /** Row -> the record of the same human that speaks for it: of somebody who left a live one, of a repeated one that with precedence. */
  readonly #successor = new Map<number, number>();
  /** Live records for which one of a source with precedence speaks. */
  readonly #shadowed = new Set<number>();
  /** Records of one human that contradict each other, and nothing tells which holds: row -> the others. Their state is unknown. */
  readonly #contrary = new Map<number, Set<number>>();
  /** Live records whose list nobody told that the employment has ended: row -> the record with precedence that says so. */
  readonly #untold = new Map<number, number>();
  readonly #overruled: number[] = [];

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
    if (past || index.sources.length > 1) this.#join();
  }

  /** As this record alone says it. */
  #stateOf(row: number): PersonState {
    const { index, asOf } = this;
    const [raw, start, end, made] = [
      index.rawState(row),
      index.date('startAt', row),
      index.date('endAt', row),
      index.instant('createdAt', row),
    ];
    const unread = { startAt: index.isUnread('startAt', row), endAt: index.isUnread('endAt', row) };
    if (!unread.startAt && !unread.endAt) return stateAt(raw, start, end, asOf, made);
    return stateWithUnread(raw, start, end, unread, asOf, made, this.leavers);
  }

  /** The dates for which the state of this record is unknown: they are there, and could not be read. */
  undated(row: number): readonly ('startAt' | 'endAt')[] {
    const { index } = this;
    if (this.state(row) !== 'unknown' || index.rawState(row) === 'unknown' || this.#contrary.has(row)) return [];
    return (['endAt', 'startAt'] as const).filter((field) => index.isUnread(field, row));
  }

  state(row: number): PersonState {
    return PERSON_STATES[this.#state[row] as number] as PersonState;
  }

  /** The record that speaks for this human today. */
  current(row: number): number {
    let speaks = row;
    let next = this.#successor.get(speaks);
    // Records that are joined crosswise could lead in a circle.
    for (let steps = 0; next !== undefined && steps < STEPS; steps++) {
      speaks = next;
      next = this.#successor.get(speaks);
    }
    return speaks;
  }

  /** True when a record of a source with precedence speaks for this person. */
  isShadowed(row: number): boolean {
    return this.#shadowed.has(row);
  }

  /** Live records whose list was not told that the employment has ended, and the record with precedence that says so. */
  get untold(): ReadonlyMap<number, number> {
    return this.#untold;
  }

  /** Records of somebody who left, where a list with precedence has the same employment as active. */
  get overruled(): readonly number[] {
    return this.#overruled;
  }

  /** What this record and one that contradicts it say, where nothing tells which of them holds: why the state is unknown. */
  contradiction(row: number): Contradiction | undefined {
    const other = pick(this.index, [...(this.#contrary.get(row) ?? [])]);
    if (other === undefined) return undefined;
    return { row, says: this.#stateOf(row), other, otherSays: this.#stateOf(other) };
  }

  /** Records that contradict another one, by row. */
  get contradicted(): Iterable<number> {
    return this.#contrary.keys();
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
      if (state === 'unknown' || (state === 'active' && index.source(row) === 0) || !isPerson(index.kind(row))) continue;
      const candidates = this.#candidates(row);
      const others = candidates.filter((other) => this.sameHuman(row, other));
      if (isGone(state)) this.#joinEnded(row, others, this.#weigh([row, ...others]));
      else if (others.length > 0) this.#joinLive(row, others, this.#weigh([row, ...others]));
      else this.#doubtStranger(row, candidates);
    }
    for (const row of this.#contrary.keys()) this.#state[row] = CODE.unknown;
  }

  /** Of the records of one human that are active or on leave: which of them an ended one of their own list, or of one with precedence, speaks against. */
  #weigh(rows: readonly number[]): Weighed {
    const { index } = this;
    if (!rows.some((row) => isGone(this.state(row)) || this.state(row) === 'leave' || this.state(row) === 'unknown')) return NOTHING;
    const untold = new Map<number, number>();
    const unclear = new Map<number, number[]>();
    for (const live of rows) {
      const state = this.state(live);
      if (state !== 'active' && state !== 'leave') continue;
      for (const ended of rows) {
        const against = this.state(ended);
        if (index.source(ended) > index.source(live) || !speaksAgainst(against, state)) continue;
        // Of the same list, a record whose state is not known says nothing against one that is live.
        if (against === 'unknown' && index.source(ended) === index.source(live)) continue;
        const word = beside(index, ended, against, live);
        if (word === 'same' && against !== 'unknown') untold.set(live, pick(index, [ended, untold.get(live) ?? ended]) as number);
        // Who is on leave is here: a list that does not know of the leave says nothing else.
        else if (word !== 'another' && against !== 'leave') unclear.set(live, [...(unclear.get(live) ?? []), ended]);
      }
    }
    return { untold, unclear };
  }

  #joinEnded(row: number, others: readonly number[], { untold, unclear }: Weighed): void {
    // With a record of unknown state beside it, nobody can say that this human is gone.
    const unknown = others.filter((other) => this.state(other) === 'unknown' && !this.#beganBefore(row, other));
    // A first day far ahead gives no right today: until then this human has left.
    const here = others.filter((other) => this.state(other) !== 'pre-hire' || this.#isToCome(row, other));
    const doubted = here.filter((other) => unclear.has(other) && !untold.has(other));
    const speaks = this.best(here.filter((other) => !untold.has(other) && !unclear.has(other)));
    if (speaks !== undefined) {
      this.#successor.set(row, speaks);
      const { index } = this;
      const isLater = index.source(speaks) < index.source(row) && this.state(speaks) === 'active';
      if (isLater && beside(index, row, this.state(row), speaks) === 'same') this.#overruled.push(row);
    } else if (doubted.length > 0) for (const other of doubted) this.#contradict(row, other);
    else {
      const other = pick(this.index, unknown) ?? this.#lastToLeave([row, ...others]);
      if (other !== undefined && other !== row) this.#successor.set(row, other);
    }
  }

  /** Of records of one human whose employment has ended, that of the last day, else that of the earlier source. */
  #lastToLeave(rows: readonly number[]): number | undefined {
    const ended = rows.filter((row) => ['terminated', 'deleted'].includes(this.state(row)));
    const ends = ended.map((row) => this.lastDay(row)?.at ?? -Infinity);
    return pick(this.index, ended.filter((_, i) => ends[i] === Math.max(...ends))); // prettier-ignore
  }

  #joinLive(row: number, others: readonly number[], { untold, unclear }: Weighed): void {
    const ended = untold.get(row);
    const isDoubted = ended !== undefined || unclear.has(row);
    const valid = [row, ...others].filter((one) => !untold.has(one) && !unclear.has(one));
    // A first day that is to come says nothing of today.
    const speaks = this.best(isDoubted ? valid.filter((one) => this.state(one) !== 'pre-hire') : valid);
    if (speaks === row) return;
    if (speaks !== undefined) this.#speak(row, speaks);
    else if (ended === undefined) for (const other of unclear.get(row) ?? []) this.#contradict(row, other);
    else {
      this.#speak(row, ended);
      if (isGone(this.state(ended))) this.#untold.set(row, ended);
    }
  }

  #speak(row: number, speaks: number): void {
    this.#shadowed.add(row);
    this.#successor.set(row, speaks);
  }

  /** Nothing but the address joins them, and nothing parts them: whether a live record is that of somebody who left by a list with precedence is not known. */
  #doubtStranger(row: number, candidates: readonly number[]): void {
    const { index } = this;
    const before = candidates.filter((other) => index.source(other) < index.source(row) && mayBeSameHuman(this, row, other));
    if (this.state(row) === 'pre-hire' || before.some((other) => !isGone(this.state(other)))) return;
    const ended = before.filter((other) => beside(index, other, this.state(other), row) !== 'another');
    if (ended.length > 0) this.#contrary.set(row, new Set(ended));
  }

  #contradict(a: number, b: number): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = this.#contrary.get(one);
      if (others === undefined) this.#contrary.set(one, new Set([other]));
      else others.add(other);
    }
  }

  /**
   * Does the new employment begin soon after the old one ended: a change of contract, and no rehire in the future? Or is the other record of no employment that
   * ended, but switched off until this one begins?
   */
  #isToCome(ended: number, begins: number): boolean {
    const { index } = this;
    const end = index.instant('endAt', ended);
    const start = index.instant('startAt', begins);
    if (this.state(ended) === 'suspended' && Number.isNaN(end)) {
      const known = [index.instant('startAt', ended), index.instant('createdAt', ended)];
      return index.source(ended) !== index.source(begins) && !known.some((at) => at < this.asOf - MADE_BEFORE);
    }
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
      // A mailbox or a service with somebody's number or address is not that human.
      if (key !== undefined) for (const other of this.index.key(word).find(key)) if (isPerson(this.index.kind(other))) found.add(other);
    }
    found.delete(row);
    return [...found];
  }
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

/** May a record in this state say that a live one no longer holds? Who is off while they are on leave has not left. */
function speaksAgainst(state: PersonState, live: PersonState): boolean {
  if (state === 'leave') return live === 'active';
  if (state === 'unknown') return true;
  return isGone(state) && !(state === 'suspended' && live === 'leave');
}
