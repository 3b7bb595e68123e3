import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../model/account.js';
import { PERSON_KINDS, PERSON_STATES, type Moment, type Person } from '../model/person.js';
import type { AccountVersion, PersonVersion, Version } from '../model/timeline.js';
import { isUnread, oneValue, personValue, readAttributes, type RowWriter } from './rows.js';
import type { AccountVersionRow, PersonVersionRow } from './schema.js';

/** What is known of a person's days, as bits: that it is a day, or that there is one which could not be read. */
const DAYS = { startDay: 1, endDay: 2, startUnread: 4, endUnread: 8 } as const;

/** The row of a version that begins with the audit `since`. `names`: the compared attributes. */
export function personRow(
  person: Person,
  write: RowWriter,
  names: readonly string[],
  at: Pick<PersonVersionRow, 'id' | 'person' | 'since'>,
): PersonVersionRow {
  const { startAt, endAt, emails } = person;
  return {
    id: at.id,
    person: at.person,
    since: at.since,
    until: null,
    gone: false,
    state: PERSON_STATES.indexOf(person.state),
    kind: PERSON_KINDS.indexOf(person.kind),
    name: person.userName ?? null,
    email: emailOf(emails, write),
    starts: startAt?.at ?? null,
    ends: endAt?.at ?? null,
    days:
      (startAt?.day === true ? DAYS.startDay : 0) |
      (endAt?.day === true ? DAYS.endDay : 0) |
      (isUnread(person, 'startAt') ? DAYS.startUnread : 0) |
      (isUnread(person, 'endAt') ? DAYS.endUnread : 0),
    created: person.createdAt?.at ?? null,
    changed: person.changedAt?.at ?? null,
    attributes: write.attributes(names, (name) => personValue(person, name)),
  };
}

export function accountRow(
  account: Account,
  write: RowWriter,
  names: readonly string[],
  at: Pick<AccountVersionRow, 'id' | 'source' | 'came' | 'since' | 'owner'>,
): AccountVersionRow {
  return {
    id: at.id,
    source: at.source,
    key: account.id,
    came: at.came,
    since: at.since,
    until: null,
    gone: false,
    owner: at.owner,
    status: ACCOUNT_STATUSES.indexOf(account.status),
    kind: ACCOUNT_KINDS.indexOf(account.kind),
    name: account.userName ?? null,
    email: emailOf(account.emails, write),
    created: account.createdAt?.at ?? null,
    updated: account.updatedAt?.at ?? null,
    login: account.lastLoginAt?.at ?? null,
    ended: account.deactivatedAt?.at ?? null,
    roles: account.roles?.length ?? null,
    credentials: account.credentials?.length ?? null,
    attributes: write.attributes(names, (name) => oneValue(account, name)),
  };
}

/** The places of the audits between which a version is valid. */
export type Span = Pick<Version, 'since' | 'until' | 'gone'>;
/** Names of attributes by their number in the file. */
export type Names = ReadonlyMap<number, string>;

export function personVersion(row: PersonVersionRow, span: Span, names: Names): PersonVersion {
  const { created, changed } = row;
  return {
    ...span,
    state: PERSON_STATES[row.state] ?? 'unknown',
    kind: PERSON_KINDS[row.kind] ?? 'unknown',
    ...daysOf(row),
    ...(created === null ? {} : { createdAt: created }),
    ...(changed === null ? {} : { changedAt: changed }),
    values: valuesOf(row, names),
  };
}

export function accountVersion(row: AccountVersionRow, span: Span, names: Names): AccountVersion {
  const { name, created, updated, login, ended, roles, credentials } = row;
  return {
    ...span,
    came: row.came,
    id: row.key,
    status: ACCOUNT_STATUSES[row.status] ?? 'unknown',
    ...(name === null ? {} : { userName: name }),
    ...(created === null ? {} : { createdAt: created }),
    ...(updated === null ? {} : { updatedAt: updated }),
    ...(login === null ? {} : { lastLoginAt: login }),
    ...(ended === null ? {} : { deactivatedAt: ended }),
    ...(roles === null ? {} : { roles }),
    ...(credentials === null ? {} : { credentials }),
    values: valuesOf(row, names),
  };
}

/** A person's days as they were kept. */
export function daysOf({ starts, ends, days }: PersonVersionRow): Pick<PersonVersion, 'startAt' | 'endAt' | 'unread'> {
  const moment = (at: number, bit: number): Moment => ((days & bit) === 0 ? { at } : { at, day: true });
  const unread = [...((days & DAYS.startUnread) === 0 ? [] : ['startAt']), ...((days & DAYS.endUnread) === 0 ? [] : ['endAt'])];
  return {
    ...(starts === null ? {} : { startAt: moment(starts, DAYS.startDay) }),
    ...(ends === null ? {} : { endAt: moment(ends, DAYS.endDay) }),
    ...(unread.length === 0 ? {} : { unread }),
  };
}

function emailOf(emails: readonly string[] | undefined, write: RowWriter): Uint8Array | null {
  const email = emails?.[0];
  return email === undefined || email === '' ? null : write.email(email);
}

function valuesOf({ attributes }: PersonVersionRow | AccountVersionRow, names: Names): ReadonlyMap<string, string> {
  return new Map([...readAttributes(attributes)].map(([id, hash]) => [names.get(id) ?? String(id), hash]));
}
