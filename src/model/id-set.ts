import { hashText } from './hash.js';
import { TextTable } from './text-table.js';

/**
 * A set of ids, for lists of millions: bytes outside the garbage collector's reach, about 60 per id. Exact: no two different
 * ids are ever taken for one.
 */
export class IdSet {
  readonly #texts = new TextTable();
  /** Offset of the text, plus one; 0 is free. */
  #slots = new Int32Array(1024);
  #hashes = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: string): boolean {
    return this.#slots[this.#find(id, hashText(id))] !== 0;
  }

  /** True when the id was not there before. */
  add(id: string): boolean {
    const hash = hashText(id);
    const slot = this.#find(id, hash);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = this.#texts.write(id) + 1;
    this.#hashes[slot] = hash;
    if (++this.#size > this.#slots.length * 0.7) this.#grow();
    return true;
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #find(id: string, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot] as number; taken !== 0; taken = this.#slots[slot] as number) {
      if (this.#hashes[slot] === hash && this.#texts.is(taken - 1, id)) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Int32Array(slots.length * 2);
    this.#hashes = new Int32Array(slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let i = 0; i < slots.length; i++) {
      if (slots[i] === 0) continue;
      let slot = (hashes[i] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = slots[i] as number;
      this.#hashes[slot] = hashes[i] as number;
    }
  }
}
