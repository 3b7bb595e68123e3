import { HASH_START, HASH_STEP, mixed } from '../../model/hash.js';

/** Distinct words that are kept of one column; and how often it is asked for one in vain before nobody asks any more. */
const MOST = 4096;
/** Slots to begin with, and for each word that is kept. */
const SLOTS = 64;
const SPARE = 4;
/** Longer texts do not repeat often enough to be worth a look. */
const LONGEST = 64;

/** Values that repeat (departments, titles), numbered from 1 in the order in which they came. */
export class WordList {
  readonly #words: string[] = [];
  /** The word's bytes in UTF-8: what stands in the file. */
  readonly #bytes: Uint8Array[] = [];
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
      if (this.#hashes[word - 1] === hash && isThere(this.#bytes[word - 1] as Uint8Array, bytes, from, to)) {
        this.#hits++;
        return word;
      }
    }
    return 0;
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
    const own = Uint8Array.prototype.slice.call(bytes, from, to);
    this.#bytes.push(own);
    this.#hashes.push(hash);
    const word = this.#words.push(decoder.decode(own));
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

  /** A column of which each row has its own value gains nothing here. */
  #isFutile(): boolean {
    return this.#misses > MOST && this.#misses > this.#hits * 2;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function isThere(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[from + i]) return false;
  return true;
}
