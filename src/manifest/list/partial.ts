import type { Ledger } from '../../contract/ledger.js';
import type { Manifest } from '../form/schema.js';
import { compileAny } from '../form/tests.js';

/** A list that may leave rows out and yet declares a total that agrees: whether it has shown that it does not. */
export class Partial {
  readonly #because: string | undefined;
  readonly #shows: ((record: unknown) => boolean) | undefined;
  #shown = false;

  constructor({ partial }: Pick<Manifest, 'partial'>) {
    this.#because = partial?.because;
    this.#shows = partial?.unless_any === undefined ? undefined : compileAny(partial.unless_any);
  }

  /** Does it look at records? */
  get looks(): boolean {
    return this.#shows !== undefined;
  }

  see(records: readonly unknown[]): void {
    const shows = this.#shows;
    if (shows !== undefined && !this.#shown) this.#shown = records.some((record) => shows(record));
  }

  judge(ledger: Ledger): void {
    if (this.#because !== undefined && !this.#shown) ledger.doubt(this.#because);
  }
}
