import { ACCOUNT_KINDS, ACCOUNT_STATUSES, type Account } from '../../model/account.js';
import { PERSON_KINDS, PERSON_STATES, type Moment, type Person } from '../../model/person.js';
import type { Role, RowOf } from '../source.js';

const SEPARATOR = '\0';
/** Stands for an absent text; a text that begins with it gets another one in front. */
const ABSENT = '\u0001';
const NO_LIST = 0xffffffff;

const TEXTS = ['id', 'userName', 'externalId', 'employeeId'] as const;
const LISTS = { person: ['emails', 'aliases', 'groups'], account: ['emails', 'aliases', 'roles'] } as const;
const MOMENTS = {
  person: ['startAt', 'endAt', 'createdAt', 'changedAt'],
  account: ['createdAt', 'updatedAt', 'lastLoginAt', 'deactivatedAt'],
} as const;

/** One text a row, joined; or the texts themselves, where one holds the separator. Undefined: no row has it. */
type Texts = string | readonly (string | undefined)[] | undefined;

/**
 * A page on its way between threads: a column is one long text, and one text crosses in the time in which a thousand small
 * ones are only counted.
 */
export interface EncodedPage {
  readonly rows: number;
  readonly texts: readonly Texts[];
  readonly lists: readonly ({ readonly counts: Uint32Array; readonly texts: Texts } | undefined)[];
  readonly moments: readonly ({ readonly at: Float64Array; readonly day: Uint8Array } | undefined)[];
  readonly words: Uint8Array;
  readonly kinds: Uint8Array;
  readonly attributes: readonly (readonly [name: string, texts: Texts])[];
  /** What only few sources give, as it is. */
  readonly rest: readonly (Pick<Account, 'admin' | 'credentials'> | undefined)[] | undefined;
}

type Loose = Readonly<Record<string, unknown>>;

export function encodePage<R extends Role>(role: R, page: readonly RowOf<R>[]): EncodedPage {
  const rows = page as readonly (Person | Account)[];
  const loose = page as unknown as readonly Loose[];
  const names = new Set<string>();
  for (const row of rows) for (const name in row.attributes) names.add(name);
  const words: readonly string[] = role === 'person' ? PERSON_STATES : ACCOUNT_STATUSES;
  const kinds: readonly string[] = role === 'person' ? PERSON_KINDS : ACCOUNT_KINDS;
  const word = role === 'person' ? 'state' : 'status';
  const accounts = rows as readonly Account[];
  const rest = accounts.some((row) => row.admin !== undefined || row.credentials !== undefined);
  return {
    rows: rows.length,
    texts: TEXTS.map((name) => join(rows.map((row) => row[name]))),
    lists: LISTS[role].map((name) => encodeLists(loose.map((row) => row[name] as readonly string[] | undefined))),
    moments: MOMENTS[role].map((name) => encodeMoments(loose.map((row) => row[name] as Moment | undefined))),
    words: Uint8Array.from(loose, (row) => words.indexOf(row[word] as string)),
    kinds: Uint8Array.from(loose, (row) => kinds.indexOf(row['kind'] as string)),
    attributes: [...names].map((name) => [name, join(rows.map((row) => row.attributes[name]))]),
    rest: rest ? accounts.map(({ admin, credentials }) => ({ admin, credentials })) : undefined,
  };
}

export function decodePage<R extends Role>(role: R, page: EncodedPage): RowOf<R>[] {
  const columns = decodeColumns(page);
  const rows: (Person | Account)[] = [];
  for (let i = 0; i < page.rows; i++) rows.push(role === 'person' ? personAt(page, columns, i) : accountAt(page, columns, i));
  return rows as RowOf<R>[];
}

type Column = readonly (string | undefined)[] | undefined;
type ListColumn = readonly (readonly string[] | undefined)[] | undefined;

interface Columns {
  readonly texts: readonly Column[];
  readonly lists: readonly ListColumn[];
  readonly names: readonly string[];
  readonly values: readonly Column[];
  /** Every attribute absent: rows start as copies of it, so that all have one shape. */
  readonly blank: Readonly<Record<string, string | undefined>>;
}

function decodeColumns(page: EncodedPage): Columns {
  const names = page.attributes.map(([name]) => name);
  return {
    texts: page.texts.map((column) => split(column, page.rows)),
    lists: page.lists.map((column) => decodeLists(column)),
    names,
    values: page.attributes.map(([, column]) => split(column, page.rows)),
    blank: Object.fromEntries(names.map((name) => [name, undefined])),
  };
}

function attributesAt({ names, values, blank }: Columns, i: number): Record<string, string | undefined> {
  const own = { ...blank };
  for (let at = 0; at < names.length; at++) own[names[at] as string] = values[at]?.[i];
  return own;
}

function personAt(page: EncodedPage, columns: Columns, i: number): Person {
  const { texts, lists } = columns;
  return {
    id: texts[0]?.[i] as string,
    userName: texts[1]?.[i],
    externalId: texts[2]?.[i],
    employeeId: texts[3]?.[i],
    emails: lists[0]?.[i],
    aliases: lists[1]?.[i],
    groups: lists[2]?.[i],
    attributes: attributesAt(columns, i),
    state: PERSON_STATES[page.words[i] as number] as Person['state'],
    kind: PERSON_KINDS[page.kinds[i] as number] as Person['kind'],
    startAt: decodeMoment(page.moments[0], i),
    endAt: decodeMoment(page.moments[1], i),
    createdAt: decodeMoment(page.moments[2], i),
    changedAt: decodeMoment(page.moments[3], i),
  };
}

function accountAt(page: EncodedPage, columns: Columns, i: number): Account {
  const { texts, lists } = columns;
  const rest = page.rest?.[i];
  return {
    id: texts[0]?.[i] as string,
    userName: texts[1]?.[i],
    externalId: texts[2]?.[i],
    employeeId: texts[3]?.[i],
    emails: lists[0]?.[i],
    aliases: lists[1]?.[i],
    roles: lists[2]?.[i],
    attributes: attributesAt(columns, i),
    status: ACCOUNT_STATUSES[page.words[i] as number] as Account['status'],
    kind: ACCOUNT_KINDS[page.kinds[i] as number] as Account['kind'],
    createdAt: decodeMoment(page.moments[0], i),
    updatedAt: decodeMoment(page.moments[1], i),
    lastLoginAt: decodeMoment(page.moments[2], i),
    deactivatedAt: decodeMoment(page.moments[3], i),
    admin: rest?.admin,
    credentials: rest?.credentials,
  };
}

function join(values: readonly (string | undefined)[]): Texts {
  let some = false;
  for (const value of values) {
    if (value === undefined) continue;
    some = true;
    if (value.includes(SEPARATOR)) return values;
  }
  if (!some) return undefined;
  return values.map((value) => (value === undefined ? ABSENT : value.startsWith(ABSENT) ? ABSENT + value : value)).join(SEPARATOR);
}

function split(column: Texts, rows: number): Column {
  if (typeof column !== 'string') return column;
  if (rows === 0) return [];
  const values: (string | undefined)[] = column.split(SEPARATOR);
  if (column.includes(ABSENT)) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as string;
      if (value.startsWith(ABSENT)) values[i] = value === ABSENT ? undefined : value.slice(1);
    }
  }
  return values;
}

function encodeLists(lists: readonly (readonly string[] | undefined)[]): EncodedPage['lists'][number] {
  if (lists.every((list) => list === undefined)) return undefined;
  return { counts: Uint32Array.from(lists, (list) => list?.length ?? NO_LIST), texts: join(lists.flatMap((list) => list ?? [])) };
}

function decodeLists(column: EncodedPage['lists'][number]): ListColumn {
  if (column === undefined) return undefined;
  const values = (split(column.texts, column.counts.length) ?? []) as readonly string[];
  const lists: (readonly string[] | undefined)[] = [];
  let from = 0;
  for (const count of column.counts) {
    if (count === NO_LIST) lists.push(undefined);
    else if (count === 1) lists.push([values[from++] as string]);
    else lists.push(values.slice(from, (from += count)));
  }
  return lists;
}

function encodeMoments(moments: readonly (Moment | undefined)[]): EncodedPage['moments'][number] {
  if (moments.every((moment) => moment === undefined)) return undefined;
  return {
    at: Float64Array.from(moments, (m) => m?.at ?? NaN),
    day: Uint8Array.from(moments, (m) => (m?.day === undefined ? 2 : Number(m.day))),
  };
}

function decodeMoment(column: EncodedPage['moments'][number], row: number): Moment | undefined {
  if (column === undefined) return undefined;
  const at = column.at[row] as number;
  if (Number.isNaN(at)) return undefined;
  return column.day[row] === 2 ? { at } : { at, day: column.day[row] === 1 };
}
