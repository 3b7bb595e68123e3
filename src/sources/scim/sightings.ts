import type { Ledger } from '../../contract/ledger.js';
import type { ScimResource } from './list-response.js';

/** A pull that starts again keeps its promise to yield each row once, and says so when a row did not come a second time. */
export class Sightings {
  readonly #earlier: Ledger[] = [];
  #yielded = 0;

  /** The rows that no earlier attempt has yielded. */
  unseen(users: readonly ScimResource[]): readonly ScimResource[] {
    const rows = this.#earlier.length === 0 ? users : users.filter(({ id }) => !this.#earlier.some((ledger) => ledger.has(id)));
    this.#yielded += rows.length;
    return rows;
  }

  startAgain(abandoned: Ledger): void {
    this.#earlier.push(abandoned);
  }

  /** Every row of the last attempt is new or was yielded before, so what was yielded beyond its count did not come again. */
  settle(last: Ledger): void {
    const gone = this.#yielded - last.unique;
    if (gone > 0) last.doubt(`${gone} of the users that came before the list was started again did not come a second time`);
  }
}
