/** Which person of the file each row of the person index is, by number. */
export class PersonNumbers {
  #numbers = new Int32Array(1024);
  #size = 0;
  /** 1: in the directory now, by number. */
  #isListed = new Uint8Array(0);

  /** By row. */
  get all(): Int32Array {
    return this.#numbers.subarray(0, this.#size);
  }

  at(row: number): number {
    return this.#numbers[row] as number;
  }

  /** The person of the next row. */
  add(person: number): void {
    if (this.#size === this.#numbers.length) {
      const wider = new Int32Array(this.#size * 2);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    this.#numbers[this.#size++] = person;
  }

  /** The directory has ended; there are so many numbers. */
  end(numbers: number): void {
    this.#isListed = new Uint8Array(numbers);
    for (const person of this.all) this.#isListed[person] = 1;
  }

  /** Was this person in an earlier directory, and is not in the one that was read now? */
  isAbsent(person: number): boolean {
    return this.#isListed[person] === 0;
  }
}
