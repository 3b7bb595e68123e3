import type { Buffer } from 'node:buffer';
import { told, type Completeness, type FactKind, type ListFact, type UnreadDates } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import { IdSet } from '../store/id-set.js';

/**
 * Keeps the count of one pull and turns it into the completeness proof. A source passes every page through `take`, says
 * how the list ended, and returns `completeness()`.
 */
export class Ledger {
  readonly #ids = new IdSet();
  /** By their sentences. */
  readonly #facts = new Map<string, ListFact>();
  readonly #credentials = new Set<string>();
  #received = 0;
  /** Rows whose ids were not written down, because they are known to stand on no other row. */
  #alone = 0;
  /** Rows that were made one with others of their id. */
  #joined = 0;
  #pages = 0;
  #firstTotal: number | undefined;
  #total: number | undefined;
  #unread: readonly UnreadDates[] | undefined;
  #end: 'open' | 'total' | 'protocol' = 'open';

  /** Counts a page and gives back the rows that are new. `again` is told of the others. */
  take<Row extends { readonly id: string }>(rows: readonly Row[], again?: (row: Row) => void): Row[] {
    this.#pages++;
    this.#received += rows.length;
    return rows.filter((row) => {
      const isNew = this.#ids.add(row.id);
      if (!isNew) again?.(row);
      return isNew;
    });
  }

  /** Counts pages whose rows are shown one by one to `isNew`. */
  count(rows: number, pages: number): void {
    this.#pages += pages;
    this.#received += rows;
  }

  /** Of the rows that were counted, so many have an id of their own. */
  alone(rows: number): void {
    this.#alone += rows;
  }

  /** So many of them have one id, differ, and were made one row. */
  together(rows: number): void {
    this.#alone++;
    this.#joined += rows - 1;
  }

  /** True of an id that did not come before; it lies in `bytes` as store/text-bytes.ts writes it, and this is its hash. */
  isNew(bytes: Buffer, at: number, hash: number): boolean {
    return this.#ids.addBytes(bytes, at, hash);
  }

  /** So many rows of the last page were no part of the list: the page before it came again. */
  takeBack(rows: number): void {
    this.#received -= rows;
    this.#pages--;
  }

  get received(): number {
    return this.#received;
  }

  get unique(): number {
    return this.#ids.size + this.#alone;
  }

  get declaredTotal(): number | undefined {
    return this.#total;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** What the system says the list holds. A total that moves between pages is drift, and drift is doubt. */
  declare(total: number): void {
    this.#firstTotal ??= total;
    if (this.#firstTotal !== total) {
      this.doubt(`the declared total moved from ${this.#firstTotal} to ${total} while the list was read`);
    }
    this.#total = total;
  }

  /** What was declared turned out to be no count of the list. */
  undeclare(): void {
    this.#firstTotal = undefined;
    this.#total = undefined;
  }

  /** Something speaks against the list: it is unproven, and this sentence says why. */
  doubt(text: string, kind: FactKind = 'other'): void {
    this.#facts.set(text, { kind, isDoubt: true, text });
  }

  /** Worth saying, yet no doubt ("pages were read one at a time because ..."). */
  remark(text: string, kind: FactKind = 'other'): void {
    if (!this.#facts.has(text)) this.#facts.set(text, { kind, isDoubt: false, text });
  }

  /** Keys and tokens of the accounts that could not be read: the rows are none the worse for it, and what hangs on them is not known. */
  withoutCredentials(reason: string): void {
    this.#credentials.add(reason);
    this.remark(reason, 'credentials');
  }

  /** Dates of the list that could not be read. */
  unread(dates: readonly UnreadDates[] | undefined): void {
    this.#unread = dates;
  }

  /**
   * How the list ended. `total`: every page was read up to the declared total and one more page past it brought nothing new;
   * `protocol`: the protocol itself marks the end (no next cursor, end of file).
   */
  end(how: 'total' | 'protocol'): void {
    this.#end = how;
  }

  completeness(): Completeness {
    if (this.#end === 'open') this.doubt('the list was not read to its end', 'unfinished');
    const duplicates = this.#received - this.unique - this.#joined;
    if (duplicates > 0)
      this.doubt(`${duplicates} of ${this.#received} rows ${duplicates === 1 ? 'repeats' : 'repeat'} an id that came before`);
    if (this.#total !== undefined && this.#total !== this.unique) {
      this.doubt(
        `the system declares ${counted(this.#total, 'row', 'rows')}, ${this.unique} distinct ${this.unique === 1 ? 'one' : 'ones'} came`,
        'total',
      );
    }
    const facts = [...this.#facts.values()];
    const verdict = facts.some(({ isDoubt }) => isDoubt) ? 'unproven' : this.#total !== undefined ? 'proven' : 'consistent';
    return {
      verdict,
      ...told(facts),
      ...(this.#total === undefined ? {} : { declaredTotal: this.#total }),
      received: this.#received,
      unique: this.unique,
      pages: this.#pages,
      ...(this.#unread === undefined ? {} : { unread: this.#unread }),
      ...(this.#credentials.size === 0 ? {} : { credentials: [...this.#credentials].sort() }),
    };
  }
}
