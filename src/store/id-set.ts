import type { Buffer } from 'node:buffer';
import { grown } from './hash-slots.js';
import { hashText } from './hash.js';
import { sizeOf } from './text-bytes.js';
import { TextTable } from './text-table.js';

/**
 * A set of ids, for lists of millions: bytes outside the garbage collector's reach, about 60 per id. Exact: no two different
 * ids are ever taken for one.
 */
export class IdSet {
  readonly #texts = new TextTable();
  /** Pairs: offset of the text, plus one (0: free), and its hash. */
  #slots = new Int32Array(2048);
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
    this.#fill(slot, this.#texts.write(id), hash);
    return true;
  }

  /** The same, of an id that lies in `bytes` as store/text-bytes.ts writes it. `hash`: as `hashText` says. */
  addBytes(bytes: Buffer, at: number, hash: number): boolean {
    const mask = this.#slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let taken = this.#slots[slot] as number; taken !== 0; taken = this.#slots[slot] as number) {
      if (this.#slots[slot + 1] === hash && this.#texts.isSame(taken - 1, bytes, at)) return false;
      slot = (slot + 2) & mask;
    }
    const offset = this.#texts.adopt(bytes, at, at + sizeOf(bytes, at));
    if (offset === undefined) throw new RangeError('an id of more than two million characters');
    this.#fill(slot, offset, hash);
    return true;
  }

  #fill(slot: number, offset: number, hash: number): void {
    this.#slots[slot] = offset + 1;
    this.#slots[slot + 1] = hash;
    if (++this.#size > this.#slots.length * 0.35) this.#grow();
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #find(id: string, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let taken = this.#slots[slot] as number; taken !== 0; taken = this.#slots[slot] as number) {
      if (this.#slots[slot + 1] === hash && this.#texts.is(taken - 1, id)) return slot;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = grown(this.#slots);
  }
}
