import { grown } from '../../store/hash-slots.js';

/** Which hashes came more than once? Different ids may have one hash: then a row is held back that need not be, and nothing else. */
export class Twice {
  /** Pairs: 1 where there is a hash, and the hash. */
  #slots = new Int32Array(2048);
  #size = 0;
  readonly #twice = new Set<number>();

  get isEmpty(): boolean {
    return this.#twice.size === 0;
  }

  add(hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = (hash << 1) & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 2) & mask) {
      if (this.#slots[slot + 1] !== hash) continue;
      this.#twice.add(hash);
      return;
    }
    this.#slots[slot] = 1;
    this.#slots[slot + 1] = hash;
    if (++this.#size > this.#slots.length * 0.35) this.#slots = grown(this.#slots);
  }

  has(hash: number): boolean {
    return this.#twice.has(hash);
  }

  /** All have been added: what stands but once need not be remembered. */
  settle(): this {
    this.#slots = new Int32Array(2);
    return this;
  }
}
