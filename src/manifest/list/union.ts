import { Ledger } from '../../contract/ledger.js';
import { factsOf, type Completeness } from '../../model/completeness.js';

/** The books of a list that is the union of several: each is proven by itself, and the ids are unique over all of them. */
export class Union {
  readonly all = new Ledger();
  #declared = 0;
  #isDeclared = true;
  #lists = 0;
  #repeats = 0;

  /** `ofParents`: an account may stand under several of them, each time in another role. */
  constructor(
    private readonly isOne: boolean,
    private readonly ofParents = false,
  ) {}

  /** Counts a page of one of the lists; gives back the rows that are new to all. `again` is told of rows that repeat an id. */
  take<Row extends { readonly id: string }>(rows: readonly Row[], list: Ledger, mayRepeat: boolean, again?: (row: Row) => void): Row[] {
    const fresh = list.take(rows, again);
    if (list === this.all) return fresh;
    // What comes twice in one list stands in the books of that list. A later pass that shows a row again says nothing new.
    if (!mayRepeat) return this.all.take(fresh, again);
    const unknown = fresh.filter((row) => !this.all.has(row.id));
    if (this.ofParents && unknown.length < fresh.length) for (const row of fresh) if (this.all.has(row.id)) again?.(row);
    this.#repeats += fresh.length - unknown.length;
    return this.all.take(unknown);
  }

  /** The books of one list: where it is all there is, those of the whole. */
  open(): Ledger {
    return this.isOne ? this.all : new Ledger();
  }

  /** A list has come to its end. */
  close(name: string, list: Ledger): void {
    if (list === this.all) return;
    this.#lists++;
    const { declaredTotal } = this.aside(name, list);
    if (declaredTotal === undefined) this.#isDeclared = false;
    else this.#declared += declaredTotal;
  }

  /** A list that adds to the rows of others has come to its end: a doubt about it is one about them, unless they can do without. */
  aside(name: string, list: Ledger, canDoWithout = false): Completeness {
    const completeness = list.completeness();
    for (const { kind, isDoubt, text } of factsOf(completeness))
      this.all[isDoubt && !canDoWithout ? 'doubt' : 'remark'](`${name}: ${text}`, kind);
    return completeness;
  }

  completeness(): Completeness {
    if (this.isOne) return this.all.completeness();
    if (this.#repeats > 0) this.all.remark(`${this.#repeats} rows came under several of the lists that are united here`);
    else if (this.#isDeclared && this.#lists > 0) this.all.declare(this.#declared);
    this.all.end('protocol');
    return this.all.completeness();
  }
}
