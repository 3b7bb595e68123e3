import type { PersonIndex } from '../match/person-index.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account, type AccountKind, type AccountStatus } from '../model/account.js';
import type { Moment } from '../model/person.js';
import { TEXTS, type Columns } from '../store/columns.js';
import { ownText } from '../store/own-text.js';
import { TextTable } from '../store/text-table.js';
import type { Leftover } from './leftovers.js';

/** What may be seen of one person in one app: a bit each, so that several may be. */
export const SEEN = {
  active: 1,
  /** An invitation that is young, or of unknown age. */
  invited: 2,
  invitedLongAgo: 4,
  /** Suspended, deactivated or deleted. */
  off: 8,
  unknown: 16,
  /** An account may be theirs: ambiguous, or made for an earlier holder of the key. */
  unclear: 32,
  compared: 64,
  stale: 128,
  /** A leaver's account that is still on, or an invitation still open. */
  orphaned: 256,
  /** The difference is younger than the grace. */
  grace: 512,
  /** By a registration, the record is of a mailbox or the like: nobody who could leave. */
  noHuman: 1024,
} as const;
const ANYTHING = 0xffff;
const DAY = 86_400_000;

const SAME_NAME = 16;
const SAME_EMAIL = 32;

/** The better witness for a person when there are several: an account in use before one that is off. */
const RANK: Record<AccountStatus, number> = { active: 0, pending: 1, unknown: 2, suspended: 3, deactivated: 4, deleted: 5 };

export interface HeldAccount {
  readonly id: string;
  readonly userName?: string;
  readonly email?: string;
  readonly status: AccountStatus;
  readonly kind: AccountKind;
  /** Milliseconds, NaN when absent. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastLoginAt: number;
}

/** What a finding needs of an account, in memory of its own: the page that it came on can go. */
export function held(account: Account): HeldAccount {
  const email = account.emails?.[0];
  return {
    id: ownText(account.id),
    ...(account.userName === undefined ? {} : { userName: ownText(account.userName) }),
    ...(email === undefined ? {} : { email: ownText(email) }),
    status: account.status,
    kind: account.kind,
    createdAt: account.createdAt?.at ?? NaN,
    updatedAt: account.updatedAt?.at ?? NaN,
    lastLoginAt: account.lastLoginAt?.at ?? NaN,
  };
}

/**
 * One app seen from the directory: a row per person, columns for the account that speaks for them. O(directory) while the app
 * is read, and freed after it. Nothing here depends on the order of the accounts.
 */
export class AppRows {
  readonly #seen: Uint16Array;
  /** Status by its place in the list, plus one; 0: no account. Flags above it. */
  readonly #status: Uint8Array;
  readonly #kind: Uint8Array;
  readonly #dates: Float64Array;
  readonly #table = new TextTable();
  readonly #id = this.#table.column();
  readonly #userName = this.#table.column();
  readonly #email = this.#table.column();
  readonly #linked: Uint8Array;
  readonly #extra = new Map<number, HeldAccount[]>();
  /** Of accounts that are off: when they were switched off, the latest per person, ms. */
  readonly #offSince = new Map<number, number>();
  /** Of them, those known to the day alone. */
  readonly #offOnDay = new Set<number>();
  /** Dates of accounts that are there and could not be read, by person. */
  readonly #unread = new Map<number, ReadonlySet<string>>();
  readonly #leftovers = new Map<number, Leftover>();

  constructor(private readonly index: PersonIndex) {
    const people = index.size;
    this.#seen = new Uint16Array(people);
    this.#linked = new Uint8Array(people);
    this.#status = new Uint8Array(people);
    this.#kind = new Uint8Array(people);
    this.#dates = new Float64Array(people * 3);
  }

  has(row: number): boolean {
    return this.#status[row] !== 0;
  }

  mark(row: number, flags: number): void {
    this.#seen[row] = (this.#seen[row] ?? 0) | flags;
  }

  /** Was any of these seen of the person: `saw(row, SEEN.active | SEEN.invited)`? */
  saw(row: number, flags: number = ANYTHING): boolean {
    return ((this.#seen[row] ?? 0) & flags) !== 0;
  }

  /** Notes that the account carries the directory's own id of its owner. */
  link(row: number): void {
    this.#linked[row] = 1;
  }

  isLinked(row: number): boolean {
    return this.#linked[row] === 1;
  }

  /** Does any account carry such an id? */
  get isLinkedAtAll(): boolean {
    return this.#linked.includes(1);
  }

  /** What a leaver's accounts still hold. */
  leave(row: number, leftover: Leftover): void {
    this.#leftovers.set(row, leftover);
  }

  leftover(row: number): Leftover | undefined {
    return this.#leftovers.get(row);
  }

  /** Further active accounts of the person; undefined without any. */
  extra(row: number): readonly HeldAccount[] | undefined {
    return this.#extra.get(row);
  }

  /** When an account of the person was switched off, the latest, ms; NaN where nothing says so. */
  offSince(row: number): number {
    return this.#offSince.get(row) ?? NaN;
  }

  /** Is of that the day alone known? `offSince` is its beginning, UTC. */
  isOffOnDay(row: number): boolean {
    return this.#offOnDay.has(row);
  }

  /** Keeps the account if it is a better witness than the one before; a second active one is kept beside it. */
  keep(row: number, account: Account): void {
    if (account.unread !== undefined) this.#unread.set(row, new Set([...(this.#unread.get(row) ?? []), ...account.unread]));
    if (account.deactivatedAt !== undefined && RANK[account.status] >= RANK.suspended) {
      this.#switchOff(row, account.deactivatedAt);
    }
    if (this.has(row)) {
      const before = this.get(row);
      const both = before.status === 'active' && account.status === 'active';
      const better = RANK[account.status] - RANK[before.status] || (account.id < before.id ? -1 : 1);
      if (both) {
        const list = this.#extra.get(row);
        const other = better < 0 ? before : held(account);
        if (list === undefined) this.#extra.set(row, [other]);
        else list.push(other);
      }
      if (better > 0) return;
    }
    const email = account.emails?.[0];
    // Most accounts carry the directory's own user name and address: those are not written down again.
    const sameName = account.userName !== undefined && this.index.agrees('userName', row, account.userName);
    const sameEmail = email !== undefined && this.index.agrees('email', row, email);
    this.#status[row] = ACCOUNT_STATUSES.indexOf(account.status) + 1 + (sameName ? SAME_NAME : 0) + (sameEmail ? SAME_EMAIL : 0);
    this.#kind[row] = ACCOUNT_KINDS.indexOf(account.kind);
    const dates = this.#dates;
    dates[row * 3] = account.createdAt?.at ?? NaN;
    dates[row * 3 + 1] = account.updatedAt?.at ?? NaN;
    dates[row * 3 + 2] = account.lastLoginAt?.at ?? NaN;
    this.#id.set(row, account.id);
    this.#userName.set(row, sameName ? undefined : account.userName);
    this.#email.set(row, sameEmail ? undefined : email);
  }

  #switchOff(row: number, { at, day }: Moment): void {
    // The day alone is later than whatever time of it another account has.
    const last = (on: boolean, since: number): number => (on ? since + DAY : since);
    const isDay = day === true;
    if (last(isDay, at) < last(this.isOffOnDay(row), this.#offSince.get(row) ?? -Infinity)) return;
    this.#offSince.set(row, at);
    if (isDay) this.#offOnDay.add(row);
    else this.#offOnDay.delete(row);
  }

  /** Keeps an active account that is the first of this person: a row of a page by column, with one address at most. */
  keepFirst(row: number, page: Columns, at: number): void {
    const userName = this.index.column('userName');
    const email = this.index.column('email');
    const sameName = userName !== undefined && page.agrees(userName, row, TEXTS.userName, at);
    const sameEmail = email !== undefined && page.agrees(email, row, TEXTS.emails, at);
    this.#status[row] = (page.page.states[at] ?? 0) + 1 + (sameName ? SAME_NAME : 0) + (sameEmail ? SAME_EMAIL : 0);
    this.#kind[row] = page.page.kinds[at] ?? 0;
    const dates = this.#dates;
    for (let which = 0; which < 3; which++) dates[row * 3 + which] = page.instant(which, at);
    this.#id.setBytes(row, page.bytes, -(page.page.texts[TEXTS.id]?.[at] ?? 0) - 1);
    if (!sameName) this.#userName.set(row, page.text(TEXTS.userName, at));
    if (!sameEmail) this.#email.set(row, page.text(TEXTS.emails, at));
  }

  /** Has an account of this person a date of this name that could not be read? */
  isUnread(row: number, name: 'updatedAt' | 'lastLoginAt' | 'deactivatedAt'): boolean {
    return this.#unread.get(row)?.has(name) === true;
  }

  id(row: number): string | undefined {
    return this.#id.get(row);
  }

  /** Is this the id of the account that speaks for the person? Without making a text of it. */
  isId(row: number, id: string): boolean {
    return this.#id.is(row, id);
  }

  /** Milliseconds, NaN when absent. Only where `has(row)`. */
  createdAt(row: number): number {
    return this.#dates[row * 3] ?? NaN;
  }

  updatedAt(row: number): number {
    return this.#dates[row * 3 + 1] ?? NaN;
  }

  lastLoginAt(row: number): number {
    return this.#dates[row * 3 + 2] ?? NaN;
  }

  get(row: number): HeldAccount {
    const status = this.#status[row] ?? 0;
    const userName = (status & SAME_NAME) !== 0 ? this.index.text('userName', row) : this.#userName.get(row);
    const email = (status & SAME_EMAIL) !== 0 ? this.index.text('email', row) : this.#email.get(row);
    return {
      id: this.#id.get(row) ?? '',
      ...(userName === undefined ? {} : { userName }),
      ...(email === undefined ? {} : { email }),
      status: ACCOUNT_STATUSES[(status & 15) - 1] ?? 'unknown',
      kind: ACCOUNT_KINDS[this.#kind[row] ?? -1] ?? 'unknown',
      createdAt: this.createdAt(row),
      updatedAt: this.updatedAt(row),
      lastLoginAt: this.lastLoginAt(row),
    };
  }
}

/** The same, for whoever reads them when all is settled. */
export type SeenRows = Omit<AppRows, 'mark' | 'link' | 'leave' | 'keep' | 'keepFirst'>;
