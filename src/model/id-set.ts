/** A set of ids. Exact: no two different ids are ever taken for one. */
export class IdSet {
  readonly #ids = new Set<string>();

  get size(): number {
    return this.#ids.size;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** True when the id was not there before. */
  add(id: string): boolean {
    const before = this.#ids.size;
    this.#ids.add(id);
    return this.#ids.size > before;
  }
}
