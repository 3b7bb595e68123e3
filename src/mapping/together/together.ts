import type { Account } from '../../model/account.js';
import { counted } from '../../model/counted.js';
import type { Person } from '../../model/person.js';
import type { Ledger } from '../../contract/ledger.js';
import type { Role, RowOf } from '../../model/role.js';
import { mergeAccounts } from './accounts.js';
import type { Merged } from './parts.js';
import { mergePeople } from './people.js';

/** What is said of people whose rows cannot all hold; their state is then unknown, and no mapping helps. */
const CONTRADICT =
  'rows that contradict each other in whether somebody is here, and no first day tells two employments apart: the state is unknown';

interface Held<Row> {
  readonly row: Row;
  /** The record that it is made of: two that are the same to the letter are one that came twice. */
  readonly raw: string;
}

/**
 * Rows whose id stands on several: one of each is made when the list has ended. Which of them came first never counts (an app's row for each role, a row for
 * each employment).
 */
export class Together<R extends Role> {
  readonly #held = new Map<string, Held<RowOf<R>>[]>();

  constructor(private readonly role: R) {}

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  has(id: string): boolean {
    return this.#held.has(id);
  }

  /** False where the very same record came before. */
  add(row: RowOf<R>, raw: string): boolean {
    const held = this.#held.get(row.id);
    if (held === undefined) this.#held.set(row.id, [{ row, raw }]);
    else if (held.some((one) => one.raw === raw)) return false;
    else held.push({ row, raw });
    return true;
  }

  /** One row for each id, in their order. `ledger`: is told what the rows were, and doubts a list in which they are no rows of one account or person. */
  merge(ledger: Pick<Ledger, 'together' | 'doubt' | 'remark'>): RowOf<R>[] {
    const rows: RowOf<R>[] = [];
    let contrary = 0;
    let undecided = 0;
    let differ = 0;
    for (const [, held] of [...this.#held].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const own = held.map(({ row }) => row);
      const merged = this.#merged(own);
      if (merged.contrary) contrary++;
      if (merged.undecided === true) undecided++;
      differ += own.length - 1;
      ledger.together(own.length);
      rows.push(merged.row);
    }
    if (differ > 0)
      ledger.remark(
        `${counted(differ, 'row repeats an id with other values', 'rows repeat an id with other values')}: taken together with the other rows of that id`,
      );
    if (undecided > 0) ledger.remark(`${counted(undecided, 'id stands', 'ids stand')} on ${CONTRADICT}`, 'contrary');
    if (contrary > 0)
      ledger.doubt(
        `${counted(contrary, 'id stands', 'ids stand')} on rows that name different people: is \`id\` mapped to what is unique?`,
      );
    return rows;
  }

  #merged(rows: readonly RowOf<R>[]): Merged<RowOf<R>> {
    const merged = this.role === 'person' ? mergePeople(rows as readonly Person[]) : mergeAccounts(rows as readonly Account[]);
    return merged as Merged<RowOf<R>>;
  }
}
