import type { Either, Moment } from '../../model/person.js';

/** The dates of the row being read that are there and could not be read, and what those may be. */
export class UnreadOfRow {
  #unread: string[] | undefined;
  #either: Either | undefined;

  add(name: string, one: Moment | undefined): void {
    if (one !== undefined) this.#either = { ...this.#either, [name]: one };
    if (this.#unread === undefined) this.#unread = [name];
    else if (!this.#unread.includes(name)) this.#unread.push(name);
  }

  /** Their names; asked last, for the next row begins. */
  take(): readonly string[] | undefined {
    const unread = this.#unread;
    this.#unread = undefined;
    this.#either = undefined;
    return unread;
  }

  get either(): Either | undefined {
    return this.#either;
  }
}
