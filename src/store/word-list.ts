import { HASH_START, HASH_STEP, mixed } from './hash.js';
import { lastOf } from '../model/at.js';

/** Distinct words that are kept of one column. */
const MOST = 4096;
/** How often it is asked for one in vain before anybody doubts that the column repeats. */
const TRIED = 256;
/** Slots to begin with, and for each word that is kept. */
const SLOTS = 64;
const SPARE = 4;
/** Longer texts do not repeat often enough to be worth a look. */
const LONGEST = 64;

/** Values that repeat (departments, titles), numbered from 1 in the order in which they came. */
export class WordList {
  readonly #words: string[] = [];
  /** The words' bytes in UTF-8, as in the file, one behind the other; and where each of them ends. */
  #bytes = new Uint8Array(SLOTS * 8);
  readonly #ends: number[] = [0];
  readonly #hashes: number[] = [];
  #slots = new Uint16Array(SLOTS);
  #mask = SLOTS - 1;
  #told = 0;
  #hits = 0;
  #misses = 0;

  /** The number of the word that stands there in well-formed UTF-8; 0: it is none, and shall be none. */
  ofBytes(bytes: Uint8Array, from: number, to: number): number {
    if (to - from > LONGEST || this.#isFutile()) return 0;
    let hash = HASH_START;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), HASH_STEP);
    hash = mixed(hash);
    const found = this.#find(hash, bytes, from, to);
    return found > 0 ? found : this.#keep(hash, bytes, from, to);
  }

  ofText(text: string): number {
    // A lone surrogate has no UTF-8: it would share its bytes with another text.
    if (text.length > LONGEST || this.#isFutile() || /\p{Cs}/u.test(text)) return 0;
    const bytes = encoder.encode(text);
    return this.ofBytes(bytes, 0, bytes.length);
  }

  #find(hash: number, bytes: Uint8Array, from: number, to: number): number {
    for (let slot = hash & this.#mask; this.#slots[slot] !== 0; slot = (slot + 1) & this.#mask) {
      const word = this.#slots[slot] as number;
      if (this.#hashes[word - 1] === hash && this.#isAt(word, bytes, from, to)) {
        this.#hits++;
        return word;
      }
    }
    return 0;
  }

  #isAt(word: number, bytes: Uint8Array, from: number, to: number): boolean {
    const at = this.#ends[word - 1] as number;
    if ((this.#ends[word] as number) - at !== to - from) return false;
    for (let i = from; i < to; i++) if (this.#bytes[at + i - from] !== bytes[i]) return false;
    return true;
  }

  /** Words that are new since this was last asked. */
  fresh(): string[] {
    const words = this.#words.slice(this.#told);
    this.#told = this.#words.length;
    return words;
  }

  #keep(hash: number, bytes: Uint8Array, from: number, to: number): number {
    this.#misses++;
    if (this.#words.length >= MOST) return 0;
    const at = lastOf(this.#ends);
    const end = at + to - from;
    if (end > this.#bytes.length) {
      const wider = new Uint8Array(this.#bytes.length * 2);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    for (let i = from; i < to; i++) this.#bytes[at + i - from] = bytes[i] as number;
    this.#ends.push(end);
    this.#hashes.push(hash);
    const word = this.#words.push(decoder.decode(this.#bytes.subarray(at, end)));
    if (word * SPARE > this.#slots.length) this.#grow();
    else this.#put(hash, word);
    return word;
  }

  #grow(): void {
    this.#slots = new Uint16Array(this.#slots.length * 2);
    this.#mask = this.#slots.length - 1;
    this.#hashes.forEach((hash, at) => this.#put(hash, at + 1));
  }

  #put(hash: number, word: number): void {
    let slot = hash & this.#mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = word;
  }

  /**
   * A column of which each row has its own value gains nothing here. Of D values that are equally frequent, n draws repeat one about
   * n * n / 2D times: so few repetitions say that there are more than are kept. Behind that many, every third must still be found.
   */
  #isFutile(): boolean {
    const misses = this.#misses;
    return misses >= TRIED && misses * Math.min(misses, MOST) > this.#hits * 2 * MOST;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
