import { Buffer } from 'node:buffer';
import { comparable } from '../diff/compare.js';
import { foldKey, keyValue } from '../match/keys.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../model/account.js';
import { ADMIN, LIST, MOMENTS, plainColumn, TEXTS, type Columns } from '../store/columns.js';
import { PERSON_KINDS, PERSON_STATES, type Person } from '../model/person.js';
import type { AddressRules } from '../model/policy.js';
import { HEAD, latin1At, readText, sizeOf } from '../store/text-bytes.js';
import type { AccountPage } from '../audit/witness.js';
import type { KeyedHash } from './keyed-hash.js';

/** Bytes of one attribute in the blob: its number (two), and 48 bits of the value's keyed hash. */
const ATTRIBUTE_BYTES = 8;
/** Not an attribute of anybody's: the groups of a person, as one value. */
export const GROUPS = 'groups';

const DAYS = ['startAt', 'endAt'] as const;

export function isUnread({ unread }: Person, name: string): boolean {
  return unread?.includes(name) === true;
}

/** Places of two dates of an account by column. */
const CREATED = MOMENTS.account.indexOf('createdAt');
const ENDED = MOMENTS.account.indexOf('deactivatedAt');
/** The place of `alias`, which is made of two columns. */
const ALIAS = -2;

/** The places of compared attributes in a page. */
export function placesOf(page: Columns, names: readonly string[]): number[] {
  return names.map((name) => (name === 'alias' ? ALIAS : plainColumn(name) < 0 ? page.attribute(name) : plainColumn(name)));
}

/** The accounts of a page by their place: the hash of the id, of the row, and the row itself. A hash is good until the next is asked for. */
export interface AccountRows {
  readonly id: (i: number) => KeyedHash;
  readonly hash: (i: number, owner: number) => KeyedHash;
  readonly account: (i: number) => Account;
}

/** Turns rows into what is kept of them. Hashes say whether a row changed: what moves every day (logins, touches) is no part of them. */
export class RowWriter {
  constructor(
    private readonly hash: KeyedHash,
    /** Number of an attribute name in the file. */
    private readonly attribute: (name: string) => number,
    private readonly addresses: AddressRules | undefined,
  ) {}

  id(id: string): KeyedHash {
    return this.hash.start().text(id);
  }

  personHash(person: Person, names: readonly string[]): KeyedHash {
    const { hash } = this;
    hash.start().number(PERSON_STATES.indexOf(person.state)).number(PERSON_KINDS.indexOf(person.kind));
    hash.text(person.userName).text(person.emails?.[0]);
    for (const name of DAYS) hash.number(person[name]?.at ?? -1).number(isUnread(person, name) ? 2 : person[name]?.day === true ? 1 : 0);
    hash.number(person.createdAt?.at ?? -1);
    for (const name of names) hash.text(personValue(person, name));
    return hash;
  }

  accountHash(account: Account, owner: number, names: readonly string[]): KeyedHash {
    const { hash } = this;
    hash.start().number(owner).number(ACCOUNT_STATUSES.indexOf(account.status)).number(ACCOUNT_KINDS.indexOf(account.kind));
    hash.text(account.userName).text(account.emails?.[0]);
    hash.number(account.createdAt?.at ?? -1).number(account.deactivatedAt?.at ?? -1);
    hash
      .number(account.roles?.length ?? -1)
      .number(account.credentials?.length ?? -1)
      .number(account.admin === true ? 1 : 0);
    for (const name of names) hash.text(oneValue(account, name));
    return hash;
  }

  idAt(page: Columns, at: number): KeyedHash {
    this.hash.start();
    this.#text(page, TEXTS.id, at);
    return this.hash;
  }

  /** `accountHash` of a row that was not made. `places`: those of the compared attributes (`placesOf`). */
  accountHashAt(page: Columns, at: number, owner: number, places: readonly number[]): KeyedHash {
    const { hash } = this;
    const { states, kinds, admin } = page.page;
    hash
      .start()
      .number(owner)
      .number(states[at] as number)
      .number(kinds[at] as number);
    this.#text(page, TEXTS.userName, at);
    this.#first(page, TEXTS.emails, at);
    hash.number(given(page.instant(CREATED, at))).number(given(page.instant(ENDED, at)));
    // No source of columns tells of credentials.
    hash.number(lengthOf(page.text(TEXTS.further, at))).number(-1);
    hash.number(admin?.[at] === ADMIN.yes ? 1 : 0);
    for (const place of places) {
      if (place === ALIAS) hash.text(firstAlias(page, at));
      else if (place === TEXTS.emails) this.#first(page, place, at);
      else this.#text(page, place, at);
    }
    return hash;
  }

  /** The accounts of a page, whichever way it came: by column, rows are made of what changed only. */
  page(page: AccountPage, names: readonly string[]): AccountRows {
    const { columns } = page;
    if (columns === undefined) {
      const row = (i: number): Account => page.rows[i] as Account;
      return { id: (i) => this.id(row(i).id), hash: (i, owner) => this.accountHash(row(i), owner, names), account: row };
    }
    const places = placesOf(columns, names);
    return {
      id: (i) => this.idAt(columns, i),
      hash: (i, owner) => this.accountHashAt(columns, i, owner, places),
      account: (i) => columns.account(i),
    };
  }

  #text(page: Columns, column: number, at: number): void {
    const ref = page.page.texts[column]?.[at] ?? 0;
    if (ref < 0) hashBytes(this.hash, page.bytes, -ref - 1);
    else this.hash.text(page.text(column, at));
  }

  /** The first of a list. */
  #first(page: Columns, column: number, at: number): void {
    const ref = page.page.texts[column]?.[at] ?? 0;
    if (ref < 0 && page.page.single[at] === 1 && sizeOf(page.bytes, -ref - 1) > HEAD) hashBytes(this.hash, page.bytes, -ref - 1);
    else this.hash.text(first(page.text(column, at)));
  }

  /** What an e-mail address is looked up by; the address itself is not kept. */
  email(email: string): Uint8Array {
    const { high, low } = this.hash.start().text(foldKey(email, this.addresses) ?? email);
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeUInt32BE(high);
    bytes.writeUInt32BE(low, 4);
    return bytes;
  }

  /** Number and hash of each value; values that compare as equal have equal hashes, on both sides. Null where there is none. */
  attributes(names: readonly string[], value: (name: string) => string | undefined): Uint8Array | null {
    const bytes = Buffer.allocUnsafe(names.length * ATTRIBUTE_BYTES);
    let at = 0;
    for (const name of names) {
      const given = value(name);
      if (given === undefined) continue;
      const number = this.attribute(name);
      const { high, low } = this.hash
        .start()
        .number(number)
        .text(comparable(name, given, this.addresses));
      at = bytes.writeUInt16BE(number, at);
      at = bytes.writeUInt32BE(high, at);
      at = bytes.writeUInt16BE(low >>> 16, at);
    }
    return at === 0 ? null : bytes.subarray(0, at);
  }
}

/** Value hashes by attribute number, as they stand in the blob. */
export function readAttributes(blob: Uint8Array | null): ReadonlyMap<number, string> {
  const bytes = Buffer.from(blob ?? []);
  const values = new Map<number, string>();
  for (let at = 0; at + ATTRIBUTE_BYTES <= bytes.length; at += ATTRIBUTE_BYTES) {
    values.set(bytes.readUInt16BE(at), bytes.toString('hex', at + 2, at + ATTRIBUTE_BYTES));
  }
  return values;
}

export function personValue(person: Person, name: string): string | undefined {
  if (name === GROUPS) return person.groups === undefined ? undefined : [...person.groups].sort().join('\0');
  return oneValue(person, name);
}

export function oneValue(row: Person | Account, name: string): string | undefined {
  const value = keyValue(row, name);
  return typeof value === 'object' ? value[0] : value;
}

function hashBytes(hash: KeyedHash, bytes: Buffer, at: number): void {
  const length = latin1At(bytes, at);
  if (length < 0) hash.text(readText(bytes, at));
  else hash.latin1(bytes, at + HEAD, length);
}

function given(at: number): number {
  return Number.isNaN(at) ? -1 : at;
}

function lengthOf(joined: string | undefined): number {
  return joined === undefined ? -1 : joined === '' ? 0 : joined.split(LIST).length;
}

function first(joined: string | undefined): string | undefined {
  return joined === undefined || joined === '' ? undefined : joined.split(LIST, 1)[0];
}

/** As `keyValue` has it: the addresses, and the further ones after them. */
function firstAlias(page: Columns, at: number): string | undefined {
  return first(page.text(TEXTS.emails, at)) ?? first(page.text(TEXTS.aliases, at));
}
