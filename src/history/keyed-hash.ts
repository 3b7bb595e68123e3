/**
 * 64 bits over the fields of a row, keyed with the salt of the history file: two lanes of 32 bits that are mixed at the end (the construction
 * of cyrb53, all 64 bits kept). It tells whether a row changed; with a salt that is not known outside, nobody can choose a value that hides
 * a change. It is no encryption: who can read the file can try values.
 */
export class KeyedHash {
  #a = 0;
  #b = 0;

  constructor(
    private readonly saltA: number,
    private readonly saltB: number,
  ) {}

  start(): this {
    this.#a = this.saltA;
    this.#b = this.saltB;
    return this;
  }

  /** Absent and empty are two values, and the end of a text is a mark of its own: ('a','bc') is not ('ab','c'). */
  text(value: string | undefined): this {
    if (value === undefined) return this.number(-1);
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
    }
    this.#a = a;
    this.#b = b;
    return this.number(value.length);
  }

  /** `text` of letters that stand as one byte each. */
  latin1(bytes: Uint8Array, from: number, length: number): this {
    let a = this.#a;
    let b = this.#b;
    for (let i = from; i < from + length; i++) {
      const unit = bytes[i] as number;
      a = Math.imul(a ^ unit, 2654435761);
      b = Math.imul(b ^ unit, 1597334677);
    }
    this.#a = a;
    this.#b = b;
    return this.number(length);
  }

  number(value: number): this {
    // A date in milliseconds has 41 bits.
    const low = value | 0;
    const high = Math.floor(value / 4294967296) | 0;
    let a = Math.imul(this.#a ^ low, 2654435761);
    let b = Math.imul(this.#b ^ low, 1597334677);
    a = Math.imul(a ^ high ^ 0x5bd1e995, 2246822507);
    b = Math.imul(b ^ high ^ 0x1b873593, 3266489909);
    this.#a = a ^ (a >>> 15);
    this.#b = b ^ (b >>> 13);
    return this;
  }

  get high(): number {
    const h = Math.imul(this.#a ^ (this.#a >>> 16), 2246822507) ^ Math.imul(this.#b ^ (this.#b >>> 13), 3266489909);
    return h >>> 0;
  }

  get low(): number {
    const h = Math.imul(this.#b ^ (this.#b >>> 16), 2246822507) ^ Math.imul(this.#a ^ (this.#a >>> 13), 3266489909);
    return h >>> 0;
  }
}
