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

/** Keys by which a manager may be named, in order of trust. */
const MANAGER_KEYS = ['id', 'employeeId', 'userName', 'email'] as const;

/**
 * Compares the attributes that both sides give. Absent on either side is not comparable, and never stale; empty is a value.
 * Addresses and user names are compared case-folded, everything else as written (but for composition and white space).
 */
export class Comparison {
  readonly #counts: number[];
  readonly #columns: readonly (TextColumn | undefined)[];
  /** Managers named by the app's own account id: they are joined once the whole list is known. */
  readonly #managers = new TextTable().column();
  #deferred = 0;
  readonly #equal: Uint8Array;
  /** By attribute: 1 where some account gives it, 2 where one does whose owner has it in the directory. */
  readonly #given: Uint8Array;
  #ungiven: number;
  readonly #managerRows = new Map<string, number>();

  constructor(
    private readonly standing: Standing,
    readonly names: readonly string[],
  ) {
    this.#counts = names.map(() => 0);
    this.#equal = new Uint8Array(names.length);
    this.#given = new Uint8Array(names.length);
    this.#ungiven = names.length;
    this.#columns = names.map((name) => standing.index.column(name));
  }

  /** How many accounts could be compared, by attribute: zero means that one side never gives it. */
  get comparable(): ReadonlyMap<string, number> {
    return new Map(this.names.map((name, i) => [name, this.#counts[i] as number]));
  }

  /** Takes note of what the account gives, whosever it is. */
  see(account: Account): void {
    if (this.#ungiven === 0) return;
    for (let i = 0; i < this.names.length; i++) {
      if (this.#given[i] === 0 && accountValue(account, this.names[i] as string) !== undefined) this.#give(i, 1);
    }
  }

  isGiven(name: string): boolean {
    return this.#given[this.names.indexOf(name)] !== 0;
  }

  /** Did both sides give it of one person, be it in words that could not be compared? */
  isPaired(name: string): boolean {
    return this.#given[this.names.indexOf(name)] === 2;
  }

  #give(i: number, how: 1 | 2): void {
    if (this.#given[i] === 0) this.#ungiven--;
    this.#given[i] = how;
  }

  /** Undefined when no attribute could be compared at all. */
  compare(row: number, account: Account): Difference[] | undefined {
    let differences: Difference[] | undefined;
    for (let i = 0; i < this.names.length; i++) {
      const name = this.names[i] as string;
      const app = accountValue(account, name);
      if (app === undefined) continue;
      if (this.#columns[i]?.is(row, app) !== true) {
        const directory = this.#personValue(row, name);
        if (directory === undefined) continue;
        this.#give(i, 2);
        if (name === 'manager' && !this.#sameManager(row, directory, app)) continue;
        const differs =
          name === 'manager'
            ? this.#managerDiffers(directory, app)
            : this.#normalise(name, app) !== this.#normalise(name, directory) &&
              !(name === 'email' && this.#hasAddress(account, directory));
        if (differs) (differences ??= []).push({ name, directory, app: ownText(app) });
      }
      this.#counts[i] = (this.#counts[i] as number) + 1;
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
    for (let i = 0; i < this.names.length; i++) {
      const column = this.#columns[i];
      const place = placeOf(page, this.names[i] as string);
      this.#equal[i] = 0;
      if (this.#given[i] === 0 && place >= 0 && (page.page.texts[place]?.[at] ?? 0) !== 0) this.#give(i, 1);
      if (column === undefined || place < 0 || (page.page.texts[place]?.[at] ?? 0) === 0 || column.ref(row) === 0) continue;
      if (!page.agrees(column, row, place, at)) return false;
      this.#equal[i] = 1;
      some = true;
    }
    if (!some) return undefined;
    for (let i = 0; i < this.names.length; i++) this.#counts[i] = (this.#counts[i] as number) + (this.#equal[i] as number);
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
      const directory = this.standing.index.attribute('manager', row) as string;
      const managerRow = this.#managerRow(directory);
      if (managerRow === NO_ROW) continue;
      const expected = accountId(this.standing.current(managerRow));
      if (expected === undefined) continue;
      joined++;
      if (expected !== app) report(row, { name: 'manager', directory, app });
    }
    const at = this.names.indexOf('manager');
    this.#counts[at] = (this.#counts[at] as number) + joined;
  }

  #personValue(row: number, name: string): string | undefined {
    const { index } = this.standing;
    if (name === 'email' || name === 'userName' || name === 'employeeId' || name === 'externalId') return index.text(name, row);
    return index.attribute(name, row);
  }

  /** False when the two cannot be compared (yet): then the row is set aside for the end. */
  #sameManager(row: number, directory: string, app: string): boolean {
    if (app === directory || directory === '' || app === '') return true;
    if (fold(app) === fold(directory)) return true;
    if (this.#managerRow(directory) === NO_ROW) return false;
    if (this.#managerRow(app) !== NO_ROW) return true;
    this.#managers.set(row, app);
    this.#deferred++;
    return false;
  }

  #normalise(name: string, text: string): string {
    return comparable(name, text, this.standing.index.addresses);
  }

  /** An account that has the directory's address knows it, whichever of its addresses it puts first. */
  #hasAddress({ emails = [], aliases = [] }: Account, address: string): boolean {
    const wanted = this.#normalise('email', address);
    return [...emails, ...aliases].some((own) => this.#normalise('email', own) === wanted);
  }

  #managerDiffers(directory: string, app: string): boolean {
    if (app === directory || fold(app) === fold(directory)) return false;
    if (directory === '' || app === '') return true;
    const { standing } = this;
    return standing.current(this.#managerRow(directory)) !== standing.current(this.#managerRow(app));
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

/** The form in which two values of an attribute are compared. A manager's may name one person in several ways; this is one of them. */
export function comparable(name: string, text: string, addresses?: AddressRules): string {
  if (name === 'email' || name === 'userName') return foldKey(text, addresses) ?? fold(text);
  if (name === 'manager') return fold(text);
  return isPlain(text) ? text : text.normalize('NFC').replace(/\s+/gu, ' ').trim();
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

function isPlain(text: string): boolean {
  const last = text.length - 1;
  let before = 32;
  for (let i = 0; i <= last; i++) {
    const c = text.charCodeAt(i);
    if (c >= 127 || c < 32 || (c === 32 && before === 32) || (c === 32 && i === last)) return false;
    before = c;
  }
  return true;
}
