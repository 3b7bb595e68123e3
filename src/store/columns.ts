import { Buffer } from 'node:buffer';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account, type AccountKind, type AccountStatus } from '../model/account.js';
import { PERSON_KINDS, PERSON_STATES, type Either, type Moment, type Person } from '../model/person.js';
import { readText } from './text-bytes.js';
import type { TextColumn } from './text-table.js';
import { itemAt } from '../model/at.js';

/** Between the entries of a list: the one character that the mapping takes out of every text. */
export const LIST = '\0';

/** The texts that every page has, by their place; `further` are the groups of a person or the roles of an account, `builtIn` an account's alone. Attributes follow. */
export const TEXTS = { id: 0, userName: 1, externalId: 2, employeeId: 3, emails: 4, aliases: 5, further: 6, builtIn: 7 } as const;
export const FIXED_TEXTS = 8;
/** Of these each row has its own, so they are never words; they have hashes. */
export const KEY_TEXTS = 5;

/** The place of a key word whose values have hashes; -1: it has none. */
export function plainColumn(word: string): number {
  switch (word) {
    case 'id':
    case 'userName':
    case 'externalId':
    case 'employeeId':
      return TEXTS[word];
    case 'email':
      return TEXTS.emails;
    default:
      return -1;
  }
}

export const MOMENTS = {
  person: ['startAt', 'endAt', 'createdAt', 'changedAt'],
  account: ['createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt'],
} as const;

/**
 * Of a moment: is it known to the day only? From `unread` on one is there, and could not be read; the instant is NaN, or one of the two that it may be
 * (`either`: `exchanged` gives the other), known to the day or not.
 */
export const DAY = { unsaid: 0, no: 1, yes: 2, unread: 3, either: 4, eitherDay: 5 } as const;
/** Of an account: does it administer the app? */
export const ADMIN = { unsaid: 0, no: 1, yes: 2 } as const;

/**
 * A page of rows as columns, ready to cross between threads: a few arrays of numbers, and all texts in one piece of bytes
 * (store/text-bytes.ts).
 */
export interface PageColumns {
  readonly rows: number;
  readonly attributes: readonly string[];
  /** By column, a number per row: 0 absent; n > 0 the column's word n - 1; n < 0 a text at -n - 1 in `bytes`. Undefined: no row has it. */
  readonly texts: readonly (Int32Array | undefined)[];
  /** By key column: the key's hash where it is plain (store/plain-key.ts), else 0. */
  readonly hashes: readonly (Int32Array | undefined)[];
  /** By column: the words that are new since the page before. */
  readonly words: readonly (readonly string[])[];
  readonly bytes: Uint8Array;
  readonly moments: readonly ({ readonly at: Float64Array; readonly day: Uint8Array } | undefined)[];
  /** States of people, statuses of accounts, by their place in the closed list. */
  readonly states: Uint8Array;
  readonly kinds: Uint8Array;
  readonly admin: Uint8Array | undefined;
  /** 1: at most one address, and no further ones: the text of `emails` is the address. */
  readonly single: Uint8Array;
}

/** The words of one source's columns, gathered page by page. */
export type Words = string[][];

/** A page as its reader sees it: by column, or row by row. */
export class Columns {
  readonly rows: number;
  readonly bytes: Buffer;
  #blank: Record<string, string | undefined> | undefined;
  #hasUnread: boolean | undefined;

  constructor(
    readonly page: PageColumns,
    /** Of the source; the page's own are added. */
    readonly words: Words,
  ) {
    this.rows = page.rows;
    this.bytes = Buffer.from(page.bytes.buffer, page.bytes.byteOffset, page.bytes.length);
    page.words.forEach((fresh, column) => (words[column] ??= []).push(...fresh));
  }

  text(column: number, row: number): string | undefined {
    const ref = this.page.texts[column]?.[row] ?? 0;
    if (ref === 0) return undefined;
    return ref > 0 ? this.words[column]?.[ref - 1] : readText(this.bytes, -ref - 1);
  }

  /** The place of an attribute's column; -1: no row has it. */
  attribute(name: string): number {
    const at = this.page.attributes.indexOf(name);
    return at < 0 ? -1 : FIXED_TEXTS + at;
  }

  /** Is it the same text as the row's in a column of the directory? False as well where either has none. */
  agrees(column: TextColumn, row: number, place: number, at: number): boolean {
    const ref = this.page.texts[place]?.[at] ?? 0;
    if (ref === 0) return false;
    return ref > 0 ? column.is(row, this.words[place]?.[ref - 1] as string) : column.isSame(row, this.bytes, -ref - 1);
  }

  /** Milliseconds, NaN when absent. `which`: the place in MOMENTS. */
  instant(which: number, row: number): number {
    const column = this.page.moments[which];
    return column === undefined || (column.day[row] as number) >= DAY.unread ? NaN : (column.at[row] as number);
  }

  /** Has the row a date that could not be read? Hardly any page has one. */
  isUnread(row: number): boolean {
    const { moments } = this.page;
    this.#hasUnread ??= moments.some((column) => column?.day.some((day) => day >= DAY.unread) === true);
    return this.#hasUnread && moments.some((column) => column !== undefined && (column.day[row] as number) >= DAY.unread);
  }

  #unread(names: readonly string[], row: number): readonly string[] | undefined {
    if (!this.isUnread(row)) return undefined;
    return names.filter((_, which) => (this.page.moments[which]?.day[row] ?? 0) >= DAY.unread);
  }

  #either(names: readonly string[], row: number): Either | undefined {
    if (!this.isUnread(row)) return undefined;
    const found = names.flatMap((name, which) => {
      const { at, day } = this.page.moments[which] ?? {};
      if (at === undefined || (day?.[row] ?? 0) <= DAY.unread) return [];
      return [[name, { at: at[row] as number, ...(day?.[row] === DAY.eitherDay ? { day: true } : {}) }]] as const;
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }

  status(row: number): AccountStatus {
    return itemAt(ACCOUNT_STATUSES, this.page.states[row] as number);
  }

  accountKind(row: number): AccountKind {
    return itemAt(ACCOUNT_KINDS, this.page.kinds[row] as number);
  }

  person(row: number): Person {
    return {
      id: this.text(TEXTS.id, row) as string,
      userName: this.text(TEXTS.userName, row),
      externalId: this.text(TEXTS.externalId, row),
      employeeId: this.text(TEXTS.employeeId, row),
      emails: this.#list(TEXTS.emails, row),
      aliases: this.#list(TEXTS.aliases, row),
      attributes: this.#attributes(row),
      groups: this.#list(TEXTS.further, row),
      state: itemAt(PERSON_STATES, this.page.states[row] as number),
      kind: itemAt(PERSON_KINDS, this.page.kinds[row] as number),
      startAt: this.moment(0, row),
      endAt: this.moment(1, row),
      createdAt: this.moment(2, row),
      changedAt: this.moment(3, row),
      unread: this.#unread(MOMENTS.person, row),
      either: this.#either(MOMENTS.person, row),
    };
  }

  account(row: number): Account {
    const admin = this.page.admin?.[row] ?? ADMIN.unsaid;
    return {
      id: this.text(TEXTS.id, row) as string,
      userName: this.text(TEXTS.userName, row),
      externalId: this.text(TEXTS.externalId, row),
      employeeId: this.text(TEXTS.employeeId, row),
      emails: this.#list(TEXTS.emails, row),
      aliases: this.#list(TEXTS.aliases, row),
      attributes: this.#attributes(row),
      roles: this.#list(TEXTS.further, row),
      status: this.status(row),
      kind: this.accountKind(row),
      createdAt: this.moment(0, row),
      updatedAt: this.moment(1, row),
      lastLoginAt: this.moment(2, row),
      deactivatedAt: this.moment(3, row),
      admin: admin === ADMIN.unsaid ? undefined : admin === ADMIN.yes,
      builtIn: this.text(TEXTS.builtIn, row),
      unread: this.#unread(MOMENTS.account, row),
      either: this.#either(MOMENTS.account, row),
    };
  }

  /** Rows start as copies of one blank, so that all have one shape. */
  #attributes(row: number): Record<string, string | undefined> {
    const names = this.page.attributes;
    const own = { ...(this.#blank ??= Object.fromEntries(names.map((name) => [name, undefined]))) };
    for (let at = 0; at < names.length; at++) own[itemAt(names, at)] = this.text(FIXED_TEXTS + at, row);
    return own;
  }

  #list(column: number, row: number): readonly string[] | undefined {
    const joined = this.text(column, row);
    return joined === undefined ? undefined : joined === '' ? [] : joined.split(LIST);
  }

  moment(which: number, row: number): Moment | undefined {
    const column = this.page.moments[which];
    const at = this.instant(which, row);
    if (Number.isNaN(at)) return undefined;
    const day = column?.day[row] ?? DAY.unsaid;
    return day === DAY.unsaid ? { at } : { at, day: day === DAY.yes };
  }
}
