import { Buffer } from 'node:buffer';
import { comparable } from '../diff/compare.js';
import { foldKey, keyValue } from '../match/keys.js';
import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../model/account.js';
import { ADMIN, LIST, MOMENTS, plainColumn, TEXTS, type Columns } from '../store/columns.js';
import { PERSON_KINDS, PERSON_STATES, type Moment, type Person } from '../model/person.js';
import type { AddressRules } from '../model/policy.js';
import type { PersonVersion } from '../model/timeline.js';
import { HEAD, latin1At, readText, sizeOf } from '../store/text-bytes.js';
import type { KeyedHash } from './keyed-hash.js';

/** Bytes of one attribute in the blob: its number (two), and 48 bits of the value's keyed hash. */
export const ATTRIBUTE_BYTES = 8;
/** Not an attribute of anybody's: the groups of a person, as one value. */
export const GROUPS = 'groups';

/** Columns of a version in the order of the schema, after `gone`. */
export type PersonColumns = readonly [
  state: number,
  kind: number,
  name: string | null,
  email: string | null,
  starts: number | null,
  ends: number | null,
  days: number,
  created: number | null,
  changed: number | null,
  attributes: string,
];
export type AccountColumns = readonly [
  owner: number,
  status: number,
  kind: number,
  name: string | null,
  email: string | null,
  created: number | null,
  updated: number | null,
  login: number | null,
  ended: number | null,
  roles: number | null,
  credentials: number | null,
  attributes: string,
];

/** What is known of a person's days, as bits: that it is a day, or that there is one which could not be read. */
const DATES = { startDay: 1, endDay: 2, startUnread: 4, endUnread: 8 } as const;
const DAYS = ['startAt', 'endAt'] as const;

/** A person's days as they were kept. */
export function daysOf(starts: number | null, ends: number | null, days: number): Pick<PersonVersion, 'startAt' | 'endAt' | 'unread'> {
  const day = (at: number | null, bit: number): Moment | undefined =>
    at === null ? undefined : { at, ...((days & bit) === 0 ? {} : { day: true }) };
  const [startAt, endAt] = [day(starts, DATES.startDay), day(ends, DATES.endDay)];
  const unread = DAYS.filter((name) => (days & (name === 'startAt' ? DATES.startUnread : DATES.endUnread)) !== 0);
  return {
    ...(startAt === undefined ? {} : { startAt }),
    ...(endAt === undefined ? {} : { endAt }),
    ...(unread.length === 0 ? {} : { unread }),
  };
}

function isUnread({ unread }: Person, name: string): boolean {
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
    for (const name of names) hash.text(accountValue(account, name));
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

  person(person: Person, names: readonly string[]): PersonColumns {
    const { state, kind, userName = null, startAt, endAt, createdAt, changedAt } = person;
    const unread = (isUnread(person, 'startAt') ? DATES.startUnread : 0) + (isUnread(person, 'endAt') ? DATES.endUnread : 0);
    const days = (startAt?.day === true ? DATES.startDay : 0) + (endAt?.day === true ? DATES.endDay : 0) + unread;
    return [
      PERSON_STATES.indexOf(state),
      PERSON_KINDS.indexOf(kind),
      userName,
      this.#email(person.emails?.[0]),
      startAt?.at ?? null,
      endAt?.at ?? null,
      days,
      createdAt?.at ?? null,
      changedAt?.at ?? null,
      this.#attributes(names, (name) => personValue(person, name)),
    ];
  }

  account(account: Account, owner: number, names: readonly string[]): AccountColumns {
    const { status, kind, userName = null, createdAt, updatedAt, lastLoginAt, deactivatedAt, roles, credentials } = account;
    return [
      owner,
      ACCOUNT_STATUSES.indexOf(status),
      ACCOUNT_KINDS.indexOf(kind),
      userName,
      this.#email(account.emails?.[0]),
      createdAt?.at ?? null,
      updatedAt?.at ?? null,
      lastLoginAt?.at ?? null,
      deactivatedAt?.at ?? null,
      roles?.length ?? null,
      credentials?.length ?? null,
      this.#attributes(names, (name) => accountValue(account, name)),
    ];
  }

  /** What an e-mail address is looked up by; the address itself is not kept. */
  emailHash(email: string): string {
    const { hash } = this;
    hash.start().text(foldKey(email, this.addresses) ?? email);
    return hex(hash);
  }

  #email(email: string | undefined): string | null {
    return email === undefined || email === '' ? null : this.emailHash(email);
  }

  /** In hex, for the spool; values that compare as equal have equal hashes, on both sides. */
  #attributes(names: readonly string[], value: (name: string) => string | undefined): string {
    let text = '';
    for (const name of names) {
      const given = value(name);
      if (given === undefined) continue;
      const number = this.attribute(name);
      this.hash
        .start()
        .number(number)
        .text(comparable(name, given, this.addresses));
      text += number.toString(16).padStart(4, '0') + hex(this.hash).slice(0, 12);
    }
    return text;
  }
}

function hex(hash: KeyedHash): string {
  return hash.high.toString(16).padStart(8, '0') + hash.low.toString(16).padStart(8, '0');
}

/** Value hashes by attribute number, as they stand in the blob. */
export function readAttributes(blob: Uint8Array | string | null): ReadonlyMap<number, string> {
  const bytes = typeof blob === 'string' ? Buffer.from(blob, 'hex') : Buffer.from(blob ?? []);
  const values = new Map<number, string>();
  for (let at = 0; at + ATTRIBUTE_BYTES <= bytes.length; at += ATTRIBUTE_BYTES) {
    values.set(bytes.readUInt16BE(at), bytes.toString('hex', at + 2, at + ATTRIBUTE_BYTES));
  }
  return values;
}

function personValue(person: Person, name: string): string | undefined {
  if (name === GROUPS) return person.groups === undefined ? undefined : [...person.groups].sort().join('\0');
  return oneValue(person, name);
}

function accountValue(account: Account, name: string): string | undefined {
  return oneValue(account, name);
}

function oneValue(row: Person | Account, name: string): string | undefined {
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
