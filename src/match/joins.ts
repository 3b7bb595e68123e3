import { isPerson, type PersonState } from '../model/person.js';
import { beside } from './employments.js';
import type { Known } from './known.js';
import { looseCandidates } from './loose-keys.js';
import type { PersonIndex } from './person-index.js';
import { bearsLongerName, isSameHuman, mayBeSameHuman } from './same-human.js';
import { BREAK, isGone, isLive } from './state-at.js';

/** A record that is switched off and was made this long ago was not made for a first day that is still to come. */
const MADE_BEFORE = 365 * 86_400_000;

/** Live rows of one human that do not count, or may not. */
interface Weighed {
  /** Row -> the ended record of a source with precedence. */
  readonly untold: ReadonlyMap<number, number>;
  readonly unclear: ReadonlyMap<number, readonly number[]>;
}

const NOTHING: Weighed = { untold: new Map(), unclear: new Map() };

/** The records of one human, joined: which of them speaks, and which contradict each other. States are those of the records alone. */
export class Joins {
  /** Row -> the record of the same human that speaks for it: of somebody who left a live one, of a repeated one that with precedence. */
  readonly successor = new Map<number, number>();
  /** Live records for which one of a source with precedence speaks. */
  readonly shadowed = new Set<number>();
  /** Records of one human that contradict each other, and nothing tells which holds: row -> the others. */
  readonly contrary = new Map<number, Set<number>>();
  /** Live records whose list nobody told that the employment has ended: row -> the record with precedence that says so. */
  readonly untold = new Map<number, number>();
  /** Records of somebody who left, where a list with precedence has the same employment as active. */
  readonly overruled: number[] = [];

  constructor(private readonly known: Known) {}

  join(): void {
    const { index } = this.known;
    for (let row = 0; row < index.size; row++) {
      const state = this.known.state(row);
      // Nearly everybody: an active record of the first source speaks for itself (see `twins` for records that repeat it).
      if (state === 'unknown' || (state === 'active' && index.source(row) === 0) || !isPerson(index.kind(row))) continue;
      const found = candidates(index, row);
      const others = found.filter((other) => isSameHuman(this.known, row, other));
      if (isGone(state)) {
        this.#joinEnded(row, others, this.#weigh([row, ...others]));
        this.#doubtSecond(row, found);
        continue;
      }
      if (!others.some((other) => index.source(other) < index.source(row))) this.#doubtStranger(row, found);
      if (others.length === 0) continue;
      if (others.every((other) => isPlain(this.known.state(other))) && isPlain(state)) {
        const speaks = best(this.known, [row, ...others]);
        if (speaks !== undefined && speaks !== row) this.#speak(row, speaks);
      } else this.#joinLive(row, others, this.#weigh([row, ...others]));
    }
  }

  /** Of the records of one human that are active or on leave: which of them an ended one of their own list, or of one with precedence, speaks against. */
  #weigh(rows: readonly number[]): Weighed {
    const { index } = this.known;
    if (rows.every((row) => isPlain(this.known.state(row)))) return NOTHING;
    const untold = new Map<number, number>();
    const unclear = new Map<number, number[]>();
    for (const live of rows) {
      const state = this.known.state(live);
      if (state !== 'active' && state !== 'leave') continue;
      for (const ended of rows) {
        const against = this.known.state(ended);
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
    const unknown = others.filter((other) => this.known.state(other) === 'unknown' && !this.#beganBefore(row, other));
    // A first day far ahead gives no right today: until then this human has left.
    const here = others.filter((other) => this.known.state(other) !== 'pre-hire' || this.#isToCome(row, other));
    const doubted = here.filter((other) => unclear.has(other) && !untold.has(other));
    const speaks = best(
      this.known,
      here.filter((other) => !untold.has(other) && !unclear.has(other)),
    );
    if (speaks !== undefined) {
      this.successor.set(row, speaks);
      const { known } = this;
      const { index } = known;
      const isLater = index.source(speaks) < index.source(row) && this.known.state(speaks) === 'active';
      if (isLater && beside(index, row, this.known.state(row), speaks) === 'same') this.overruled.push(row);
    } else if (doubted.length > 0) for (const other of doubted) this.#contradict(row, other);
    else {
      const other = pick(this.known.index, unknown) ?? this.#lastToLeave([row, ...others]);
      if (other !== undefined && other !== row) this.successor.set(row, other);
    }
  }

  /** Of records of one human whose employment has ended, that of the last day, else that of the earlier source. */
  #lastToLeave(rows: readonly number[]): number | undefined {
    const ended = rows.filter((row) => ['terminated', 'deleted'].includes(this.known.state(row)));
    const ends = ended.map((row) => this.known.lastDay(row)?.at ?? -Infinity);
    return pick(
      this.known.index,
      ended.filter((_, i) => ends[i] === Math.max(...ends)),
    );
  }

  #joinLive(row: number, others: readonly number[], { untold, unclear }: Weighed): void {
    const ended = untold.get(row);
    const isDoubted = ended !== undefined || unclear.has(row);
    const valid = [row, ...others].filter((one) => !untold.has(one) && !unclear.has(one));
    // A first day that is to come says nothing of today.
    const speaks = best(this.known, isDoubted ? valid.filter((one) => this.known.state(one) !== 'pre-hire') : valid);
    if (speaks === row) return;
    if (speaks !== undefined) this.#speak(row, speaks);
    else if (ended === undefined) for (const other of unclear.get(row) ?? []) this.#contradict(row, other);
    else {
      this.#speak(row, ended);
      if (isGone(this.known.state(ended))) this.untold.set(row, ended);
    }
  }

  #speak(row: number, speaks: number): void {
    this.shadowed.add(row);
    this.successor.set(row, speaks);
  }

  /**
   * Nothing but the address, or a key in another spelling, joins them, and nothing parts them: whether a live record is that of somebody who left by a list
   * with precedence is not known.
   */
  #doubtStranger(row: number, candidates: readonly number[]): void {
    const { index } = this.known;
    if (index.source(row) === 0) return;
    const before = [
      ...new Set([...candidates.filter((other) => mayBeSameHuman(this.known, row, other)), ...looseCandidates(index, row)]),
    ].filter((other) => index.source(other) < index.source(row) && isPerson(index.kind(other)));
    if (this.known.state(row) === 'pre-hire' || before.some((other) => !isGone(this.known.state(other)))) return;
    const ended = before.filter((other) => beside(index, other, this.known.state(other), row) !== 'another');
    if (ended.length > 0) this.contrary.set(row, new Set(ended));
  }

  /** A live record of the same list with the same address and a longer name may be that human's second one, for administration. */
  #doubtSecond(row: number, candidates: readonly number[]): void {
    const { index } = this.known;
    for (const other of candidates) {
      if (this.known.state(other) !== 'active' || index.source(other) !== index.source(row) || !bearsLongerName(this.known, row, other))
        continue;
      if (!isSameHuman(this.known, row, other) && beside(index, row, this.known.state(row), other) === 'unclear')
        this.contrary.set(other, new Set([row]));
    }
  }

  #contradict(a: number, b: number): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = this.contrary.get(one);
      if (others === undefined) this.contrary.set(one, new Set([other]));
      else others.add(other);
    }
  }

  /**
   * Does the new employment begin soon after the old one ended: a change of contract, and no rehire in the future? Or is the other record of no employment that
   * ended, but switched off until this one begins?
   */
  #isToCome(ended: number, begins: number): boolean {
    const { index } = this.known;
    const end = index.instant('endAt', ended);
    const start = index.instant('startAt', begins);
    if (this.known.state(ended) === 'suspended' && Number.isNaN(end)) {
      const known = [index.instant('startAt', ended), index.instant('createdAt', ended)];
      return index.source(ended) !== index.source(begins) && !known.some((at) => at < this.known.asOf - MADE_BEFORE);
    }
    return Math.abs(start - end) <= BREAK;
  }

  /** Is it a hire that was never followed up: of the employment that has ended since? */
  #beganBefore(ended: number, other: number): boolean {
    const { index } = this.known;
    return index.rawState(other) === 'pre-hire' && index.instant('startAt', other) < index.instant('endAt', ended) - BREAK;
  }
}

/** Of records of one human, the one that speaks: an active one, else a live one, by source precedence and id. */
export function best(known: Pick<Known, 'index' | 'state'>, rows: readonly number[]): number | undefined {
  const active = rows.filter((row) => known.state(row) === 'active');
  return pick(known.index, active.length > 0 ? active : rows.filter((row) => isLive(known.state(row))));
}

/** Records that have the number or the address of this one. */
export function candidates(index: PersonIndex, row: number): number[] {
  const found = new Set<number>();
  for (const word of ['employeeId', 'email'] as const) {
    const key = index.foldKey(index.text(word, row));
    // A mailbox or a service with somebody's number or address is not that human.
    if (key !== undefined) for (const other of index.key(word).find(key)) if (isPerson(index.kind(other))) found.add(other);
  }
  found.delete(row);
  return [...found];
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

/** Does a record in this state say nothing against another? */
function isPlain(state: PersonState): boolean {
  return state === 'active' || state === 'pre-hire';
}

/** May a record in this state say that a live one no longer holds? Who is off while they are on leave has not left. */
function speaksAgainst(state: PersonState, live: PersonState): boolean {
  if (state === 'leave') return live === 'active';
  if (state === 'unknown') return true;
  return isGone(state) && !(state === 'suspended' && live === 'leave');
}
