import type { Ledger } from '../../contract/ledger.js';
import type { ListPage } from './list-response.js';
import type { Reading } from './reading.js';

/** What was declared is no total of the list, and the books hold none. */
export function dropPageTotal(ledger: Ledger): void {
  ledger.undeclare();
  ledger.remark('the total it declares is that of a page, which says nothing of the list');
}

/**
 * Some servers declare the number of users on the page, or the most that a page has, as if it were that of the list (Ory Polis: `totalResults` stays at
 * the page's maximum). Such a total is none. It shows when as many users came as the first page declared, on that page, and further pages bring more.
 */
export class PageTotal {
  #isOfPage = false;

  constructor(
    private readonly reading: Reading,
    private readonly first: ListPage,
  ) {}

  /** Have totals turned out to be those of pages? */
  get isOfPage(): boolean {
    return this.#isOfPage;
  }

  /** A page brought users past what the first one declared. True: that is no total, and the books no longer hold one. */
  passed(page: ListPage): boolean {
    const { total, resources } = this.first;
    if (!this.#isOfPage && total !== undefined && total === resources.length && this.#fits(page)) {
      this.#isOfPage = true;
      dropPageTotal(this.reading.ledger);
    }
    return this.#isOfPage;
  }

  /** The total of a page goes into the books, unless totals turned out to be those of pages. */
  declare(page: ListPage): void {
    const { ledger } = this.reading;
    if (page.total === undefined) return;
    if (!this.#isOfPage) ledger.declare(page.total);
    else if (!this.#fits(page))
      ledger.doubt(`the declared total moved from ${this.first.total ?? 0} to ${page.total} while the list was read`);
  }

  #fits({ total, resources }: ListPage): boolean {
    return total === undefined || total === resources.length || total === this.first.total;
  }
}
