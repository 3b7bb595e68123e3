import { dnKey } from './dn.js';

/** DN -> id of the people in a list: managers are named by DN, and may come on a later page than those who report to them. */
export class Managers {
  /** Null: two entries write their DN alike, so neither is meant for sure. */
  readonly #ids = new Map<string, string | null>();

  add(dn: string, id: string): void {
    const key = dnKey(dn);
    if (key !== undefined) this.#ids.set(key, this.#ids.has(key) && this.#ids.get(key) !== id ? null : id);
  }

  get size(): number {
    return this.#ids.size;
  }

  idOf(dn: string): string | undefined {
    const key = dnKey(dn);
    return key === undefined ? undefined : (this.#ids.get(key) ?? undefined);
  }
}
