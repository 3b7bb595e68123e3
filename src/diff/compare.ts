import type { Account } from '../model/account.js';
import { plainColumn, type Columns } from '../store/columns.js';
import { ownText } from '../store/own-text.js';
import { TextTable, type TextColumn } from '../store/text-table.js';
import { fold } from '../model/fold.js';
import { IdSet } from '../store/id-set.js';
import { foldKey } from '../match/keys.js';
import { NO_ROW } from '../match/person-index.js';
import type { Standing } from '../match/standing.js';
import type { AddressRules } from '../model/policy.js';

export interface Difference {
  readonly name: string;
  readonly directory: string;
  readonly app: string;
}

export interface Compared {
  /** Accounts that could be compared by it. */
  readonly count: number;
  /** Does any account give it? And does one whose owner has it in the directory, be it in words that cannot be compared? */
  readonly given: 'never' | 'by accounts' | 'of one person';
}

interface Attribute extends Compared {
  readonly name: string;
  readonly column: TextColumn | undefined;
  count: number;
  given: Compared['given'];
  /** Of the row at hand: 1 where both sides are equal. */
  equal: 0 | 1;
}

/** Keys by which a manager may be named, in order of trust. */
const MANAGER_KEYS = ['id', 'employeeId', 'userName', 'email'] as const;

/**
 * Compares the attributes that both sides give. Absent on either side is not comparable, and never stale; empty is a value.
 * Addresses and user names are compared case-folded, everything else as written (but for composition and white space).
 */
export class Comparison {
  readonly #attributes: readonly Attribute[];
  /** Managers named by the app's own account id: they are joined once the whole list is known. */
  readonly #managers = new TextTable().column();
  #deferred = 0;
  #ungiven: number;
  readonly #managerRows = new Map<string, number>();

  constructor(
    private readonly standing: Standing,
    names: readonly string[],
  ) {
    this.#attributes = names.map((name) => ({ name, column: standing.index.column(name), count: 0, given: 'never', equal: 0 }));
    this.#ungiven = names.length;
  }

  /** What could be compared, by attribute. */
  get compared(): ReadonlyMap<string, Compared> {
    return new Map(this.#attributes.map((one) => [one.name, one]));
  }

  /** Takes note of what the account gives, whosever it is. */
  see(account: Account): void {
    if (this.#ungiven === 0) return;
    for (const one of this.#attributes) {
      if (one.given === 'never' && accountValue(account, one.name) !== undefined) this.#give(one, 'by accounts');
    }
  }

  #give(attribute: Attribute, how: Attribute['given']): void {
    if (attribute.given === 'never') this.#ungiven--;
    attribute.given = how;
  }

  /** Undefined when no attribute could be compared at all. */
  compare(row: number, account: Account): Difference[] | undefined {
    let differences: Difference[] | undefined;
    for (const one of this.#attributes) {
      const { name, column } = one;
      const app = accountValue(account, name);
      if (app === undefined || column === undefined) continue;
      if (!column.is(row, app)) {
        const directory = column.get(row);
        if (directory === undefined) continue;
        this.#give(one, 'of one person');
        const differs = name === 'manager' ? this.#managerDiffers(row, directory, app) : this.#differs(name, directory, app, account);
        if (differs === undefined) continue;
        if (differs) (differences ??= []).push({ name, directory, app: ownText(app) });
      }
      one.count++;
      differences ??= [];
    }
    return differences;
  }

  /**
   * The same for a row of a page by column, as long as all that can be compared is equal to the letter. False: it is not, and
   * nothing was counted. Undefined: nothing can be compared.
   */
  agrees(row: number, page: Columns, at: number): boolean | undefined {
    let some = false;
    for (const one of this.#attributes) {
      const { column } = one;
      const place = placeOf(page, one.name);
      one.equal = 0;
      if (place < 0 || (page.page.texts[place]?.[at] ?? 0) === 0) continue;
      if (one.given === 'never') this.#give(one, 'by accounts');
      if (column === undefined || column.ref(row) === 0) continue;
      if (!page.agrees(column, row, place, at)) return false;
      one.equal = 1;
      some = true;
    }
    if (!some) return undefined;
    for (const one of this.#attributes) one.count += one.equal;
    return true;
  }

  /** After the last account: managers that the app names by its own account ids. `accountId` gives the account of a row. */
  deferredManagers(accountId: (row: number) => string | undefined, report: (row: number, difference: Difference) => void): void {
    if (this.#deferred === 0) return;
    let joined = 0;
    // What is no account of this list (a name, perhaps) cannot be compared with one.
    const accounts = new IdSet();
    for (let row = 0; row < this.standing.index.size; row++) {
      const id = accountId(row);
      if (id !== undefined) accounts.add(id);
    }
    for (let row = 0; row < this.standing.index.size; row++) {
      const app = this.#managers.get(row);
      if (app === undefined || !accounts.has(app)) continue;
      const directory = this.standing.index.attribute('manager', row) ?? '';
      const expected = accountId(this.standing.current(this.#managerRow(directory)));
      if (expected === undefined) continue;
      joined++;
      if (expected !== app) report(row, { name: 'manager', directory, app });
    }
    for (const one of this.#attributes) if (one.name === 'manager') one.count += joined;
  }

  #differs(name: string, directory: string, app: string, account: Account): boolean {
    if (this.#normalise(name, app) === this.#normalise(name, directory)) return false;
    return name !== 'email' || !this.#hasAddress(account, directory);
  }

  #normalise(name: string, text: string): string {
    return comparable(name, text, this.standing.index.addresses);
  }

  /** An account that has the directory's address knows it, whichever of its addresses it puts first. */
  #hasAddress({ emails = [], aliases = [] }: Account, address: string): boolean {
    const wanted = this.#normalise('email', address);
    return [...emails, ...aliases].some((own) => this.#normalise('email', own) === wanted);
  }

  /** Undefined where the two cannot be compared (yet): if the app may name its own account, the row is set aside for the end. */
  #managerDiffers(row: number, directory: string, app: string): boolean | undefined {
    if (fold(app) === fold(directory)) return false;
    if (directory === '' || app === '') return true;
    const { standing } = this;
    const expected = this.#managerRow(directory);
    if (expected === NO_ROW) return undefined;
    const given = this.#managerRow(app);
    if (given !== NO_ROW) return standing.current(expected) !== standing.current(given);
    this.#managers.set(row, app);
    this.#deferred++;
    return undefined;
  }

  /** The person that a manager text names; a name that fits several people fits none. */
  #managerRow(text: string): number {
    const known = this.#managerRows.get(text);
    if (known !== undefined) return known;
    const { index } = this.standing;
    const key = index.foldKey(text);
    let row = NO_ROW;
    if (key !== undefined) {
      for (const word of MANAGER_KEYS) {
        const only = index.key(word).only(key);
        if (only >= 0) {
          row = only;
          break;
        }
      }
    }
    if (this.#managerRows.size < 100_000) this.#managerRows.set(text, row);
    return row;
  }
}

/** Words of printable ASCII with one space between them: they stay as they are. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** The form in which two values of an attribute are compared. A manager's may name one person in several ways; this is one of them. */
export function comparable(name: string, text: string, addresses?: AddressRules): string {
  if (name === 'email' || name === 'userName') return foldKey(text, addresses) ?? fold(text);
  if (name === 'manager') return fold(text);
  return PLAIN.test(text) ? text : text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function placeOf(page: Columns, name: string): number {
  switch (name) {
    case 'email':
    case 'userName':
    case 'employeeId':
    case 'externalId':
      return plainColumn(name);
    default:
      return page.attribute(name);
  }
}

function accountValue(account: Account, name: string): string | undefined {
  switch (name) {
    case 'email':
      return account.emails?.[0];
    case 'userName':
    case 'employeeId':
    case 'externalId':
      return account[name];
    default:
      return account.attributes[name];
  }
}
