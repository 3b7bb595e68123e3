import { floatAt, intAt, itemAt } from '../model/at.js';
import { LOG_ACTIONS, LOG_ACTORS, LOG_OUTCOMES, type LogAction, type LogActor, type LogOutcome } from '../model/log.js';

/** Of an update: it does not say what it set, or not in words that are understood. */
export const UNTOLD = -1;

/** What is kept of one entry. `set`: a bit for each attribute that is compared, or UNTOLD. `log`, `detail`: places. */
export interface KeptEntry {
  /** ms. */
  readonly at: number;
  readonly action: LogAction;
  readonly outcome: LogOutcome;
  readonly by: LogActor;
  readonly log: number;
  readonly set: number;
  /** Place among the log's own words; -1: none. */
  readonly detail: number;
  /** The log tells the day alone, and `at` is its end. */
  readonly isDay: boolean;
}

/** Bits of the outcome's byte, which has few words. */
const DAY_ALONE = 0x8000;
const BY_KEY = 0x4000;

/**
 * Entries by number, in any order: 28 bytes each. `whose` is a row of the directory, or below zero an account that nothing has named yet: -1 - its number.
 */
export class KeptEntries {
  #whose = new Int32Array(1024);
  #at = new Float64Array(1024);
  /** Action, outcome, actor, log: a byte each. */
  #words = new Int32Array(1024);
  #set = new Int32Array(1024);
  #detail = new Int32Array(1024);
  /** Of its id in the log; 0 of none. */
  #id = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** `id`: of the entry in its log; `isByKey`: it gives an id of its person that is nobody's, and is of whomever another key of it names. */
  add(whose: number, { at, action, outcome, by, log, set, detail, isDay }: KeptEntry, id?: string, isByKey = false): void {
    if (this.#size === this.#at.length) this.#grow();
    const i = this.#size++;
    this.#whose[i] = whose;
    this.#at[i] = at;
    this.#words[i] =
      LOG_ACTIONS.indexOf(action) |
      (LOG_OUTCOMES.indexOf(outcome) << 8) |
      (LOG_ACTORS.indexOf(by) << 16) |
      (log << 24) |
      (isDay ? DAY_ALONE : 0) |
      (isByKey ? BY_KEY : 0);
    this.#set[i] = set;
    this.#detail[i] = detail;
    this.#id[i] = id === undefined ? 0 : hashOf(id);
  }

  whose(i: number): number {
    return intAt(this.#whose, i);
  }

  at(i: number): number {
    return floatAt(this.#at, i);
  }

  get(i: number): KeptEntry {
    const words = intAt(this.#words, i);
    return {
      at: this.at(i),
      action: itemAt(LOG_ACTIONS, words & 255),
      outcome: itemAt(LOG_OUTCOMES, (words >>> 8) & 63),
      by: itemAt(LOG_ACTORS, (words >>> 16) & 255),
      log: words >>> 24,
      set: intAt(this.#set, i),
      detail: intAt(this.#detail, i),
      isDay: (words & DAY_ALONE) !== 0,
    };
  }

  /** The log whose entry it is, where an id that is nobody's stands beside the key that names its person; -1 otherwise. */
  logOfByKey(i: number): number {
    const words = intAt(this.#words, i);
    return (words & BY_KEY) === 0 ? -1 : words >>> 24;
  }

  /** Does it say the same as the other, of the same account at the same time, and are both the same entry as far as ids tell? */
  isSame(i: number, j: number): boolean {
    return this.#at[i] === this.#at[j] && this.#words[i] === this.#words[j] && this.#set[i] === this.#set[j] && this.#id[i] === this.#id[j];
  }

  #grow(): void {
    const length = this.#at.length * 2;
    const wider = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const copy = new Int32Array(length);
      copy.set(column);
      return copy;
    };
    this.#whose = wider(this.#whose);
    this.#words = wider(this.#words);
    this.#set = wider(this.#set);
    this.#detail = wider(this.#detail);
    this.#id = wider(this.#id);
    const at = new Float64Array(length);
    at.set(this.#at);
    this.#at = at;
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
