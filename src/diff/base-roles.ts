import { isNonHuman, isOn, type Account } from '../model/account.js';
import { ADMIN, LIST, TEXTS, type Columns } from '../store/columns.js';
import { fold } from '../model/fold.js';
import { ownText } from '../store/own-text.js';

/** Fewer accounts than this, of all and of those that are on, do not show what everybody holds. */
const LEAST = 10;
const LEAST_ON = 5;
/** A role that nearly all of those hold who are on, and of those that are off, most: where switching one off takes the role away, what was kept is left over. */
const SHARE = 0.9;
const SHARE_OFF = 0.75;
/** So many have one role, on or off, where the role is a field of the account: then there is always one, and less will do. */
const ONE_EACH = 0.9;
const SHARE_OF_ONE = 0.8;
/** More distinct roles than this are groups of single people, and not counted. */
const DISTINCT = 50_000;
/** Whatever everybody holds: what a role of such a name opens is worth a look. */
const ADMINISTERS = /admin|owner|root|super/i;

interface Holders {
  on: number;
  off: number;
  /** Of them, accounts that the app calls administrators. */
  admins: number;
}

export interface BaseRole {
  readonly role: string;
  /** How many accounts hold it; undefined: the config or the manifest names it. */
  readonly holders?: number;
}

/**
 * Roles that an account has because it is one: nearly all accounts hold them, those that are off like those that are on, and none of them administers. What
 * is left of such a role lets nobody in. Counts while the app is read, and answers after the last account; nothing depends on the order.
 */
export class BaseRoles {
  readonly #roles = new Map<string, Holders>();
  /** Rows by column whose roles read alike. */
  readonly #alike = new Map<string, Holders>();
  readonly #told = { on: 0, off: 0 };
  readonly #single = { on: 0, off: 0 };
  #tooMany = false;
  readonly #named: ReadonlySet<string>;

  /** `named`: by the config or the manifest; written in any letter case. */
  constructor(named: readonly string[] = []) {
    this.#named = new Set(named.map(fold));
  }

  add(account: Account): void {
    const { roles, kind, status, admin } = account;
    if (roles === undefined || status === 'unknown' || status === 'deleted' || isNonHuman(kind) || kind === 'guest') return;
    this.#count(roles, isOn(account) ? 1 : 0, isOn(account) ? 0 : 1, admin === true ? 1 : 0);
  }

  /** An active account by column. */
  addColumn(page: Columns, at: number): void {
    const kind = page.accountKind(at);
    if (this.#tooMany || (page.page.texts[TEXTS.further]?.[at] ?? 0) === 0 || isNonHuman(kind) || kind === 'guest') return;
    const text = page.text(TEXTS.further, at) ?? '';
    const alike = this.#alike.get(text) ?? { on: 0, off: 0, admins: 0 };
    if (alike.on++ === 0) this.#alike.set(text, alike);
    if (page.page.admin?.[at] === ADMIN.yes) alike.admins++;
    // Lists that hardly repeat are not worth keeping whole.
    if (this.#alike.size > DISTINCT) this.#spread();
  }

  /** After the last account. Of a list that is not whole only what is named is known. */
  found(whole: boolean): Map<string, BaseRole> {
    this.#spread();
    const found = new Map<string, BaseRole>();
    for (const [role, holders] of this.#roles) {
      if (this.isNamed(role)) found.set(role, { role });
      else if (whole && !this.#tooMany && this.#isHeldByAll(role, holders)) found.set(role, { role, holders: holders.on + holders.off });
    }
    return found;
  }

  isNamed(role: string): boolean {
    return this.#named.size > 0 && this.#named.has(fold(role));
  }

  #isHeldByAll(role: string, { on, off, admins }: Holders): boolean {
    const told = this.#told.on + this.#told.off;
    if (told < LEAST || this.#told.on < LEAST_ON || ADMINISTERS.test(role) || admins * 2 > on + off) return false;
    if (this.#isOneEach('on') && this.#isOneEach('off')) return on >= this.#told.on * SHARE_OF_ONE;
    return on >= this.#told.on * SHARE && off >= this.#told.off * SHARE_OFF;
  }

  #isOneEach(which: 'on' | 'off'): boolean {
    return this.#single[which] >= this.#told[which] * ONE_EACH;
  }

  #spread(): void {
    for (const [text, { on, admins }] of this.#alike) this.#count(text === '' ? [] : text.split(LIST), on, 0, admins);
    this.#alike.clear();
  }

  #count(roles: readonly string[], on: number, off: number, admins: number): void {
    this.#told.on += on;
    this.#told.off += off;
    if (roles.length === 1) {
      this.#single.on += on;
      this.#single.off += off;
    }
    for (const role of roles.length > 1 ? new Set(roles) : roles) {
      let holders = this.#roles.get(role);
      if (holders === undefined) {
        if (this.#roles.size >= DISTINCT) {
          this.#tooMany = true;
          continue;
        }
        this.#roles.set(ownText(role), (holders = { on: 0, off: 0, admins: 0 }));
      }
      holders.on += on;
      holders.off += off;
      holders.admins += admins;
    }
  }
}
