import type { Database, QueryResult } from 'node-sqlite3-wasm';
import { ACCOUNT_STATUSES } from '../model/account.js';
import type { AppPast } from '../model/past.js';
import { PERSON_KINDS, PERSON_STATES, type PersonState } from '../model/person.js';
import type { AccountVersion, Audit, PersonLine, PersonVersion, Version } from '../model/timeline.js';
import { checked } from './damage.js';
import { number, text, withDatabase } from './database.js';
import type { HistoryOptions } from './history.js';
import type { Reading } from './reading.js';
import { daysOf, readAttributes, type AccountColumns, type PersonColumns } from './rows.js';
import { listsOf, type ReaderContext } from './list-seen.js';
import { isOvertaken, type FileState } from './state.js';

export interface FreshAccount {
  readonly id: string;
  readonly came: boolean;
  readonly columns: AccountColumns;
}

/** What changed in the audit that runs now, of people with a past: people by number, accounts by source and owner. */
export interface Fresh {
  readonly people: Map<number, { readonly source: number; readonly id: string; readonly columns: PersonColumns }>;
  readonly rows: Map<number, Map<number, FreshAccount[]>>;
}

/** The lines of the people to whom something happened in the window; of everybody else nothing is read. */
export class PastReader {
  readonly #lines: ReadonlyMap<number, PersonLine>;
  readonly #audits: readonly Audit[];
  readonly #places: ReadonlyMap<number, number>;
  /** The instant of the first audit that is looked at, ms. */
  readonly #from: number;

  /** Undefined where the file is no longer what `state` was read of. */
  static async open(
    options: HistoryOptions,
    state: FileState,
    directory: readonly { readonly name: string; readonly reading: Reading }[],
    /** Number of the person, by row. */
    persons: Int32Array,
    fresh: Fresh['people'],
  ): Promise<PastReader | undefined> {
    const from = options.asOf - options.config.policy.window;
    // The last audit before the window is what its first is compared with.
    const first = (state.audits.findLast(({ asOf }) => asOf <= from) ?? state.audits[0])?.id ?? 0;
    const concerned = new Set([...fresh.keys(), ...directory.flatMap(({ reading }) => reading.left)]);
    const places = new Map(state.audits.map(({ id }, place) => [id, place]));
    const now = state.audits.length;
    const reader = { options, state, places, now, first };
    let rows: readonly QueryResult[] | undefined = [];
    if (now > 0) {
      rows = await withDatabase(options.access, ({ db }) =>
        isOvertaken(db, state)
          ? undefined
          : readPeople(db, concerned, { first, from, asOf: options.asOf, leavers: options.config.policy.leavers }),
      );
    }
    if (rows === undefined) return undefined;
    const lines = new Map<number, PersonLine & { versions: PersonVersion[] }>();
    const rowOf = new Map<number, number>();
    for (let row = 0; row < persons.length; row++) {
      const person = persons[row] as number;
      if (concerned.has(person)) rowOf.set(person, row);
    }
    const readings = new Map(directory.map(({ name, reading }) => [reading.source, { name, reading, lists: listsOf(reader, reading) }]));
    const line = (person: number, source: number, id: string): (PersonLine & { versions: PersonVersion[] }) | undefined => {
      const known = lines.get(person);
      const of = readings.get(source);
      if (known !== undefined || of === undefined) return known;
      const made = { row: rowOf.get(person), source: of.name, id, versions: [], lists: of.lists };
      lines.set(person, made);
      return made;
    };
    const names = new Map([...state.attributes].map(([name, id]) => [id, name]));
    for (const row of rows) {
      const source = number(row['source']);
      const ends = readings.get(source)?.reading.ended;
      line(number(row['person']), source, text(row['key']))?.versions.push(personVersion(row, reader, ends, names));
    }
    for (const [person, { source, id, columns }] of fresh) line(person, source, id)?.versions.push(freshPerson(columns, now, names));
    return new PastReader(reader, lines, names, persons);
  }

  private constructor(
    private readonly context: ReaderContext,
    lines: ReadonlyMap<number, PersonLine>,
    private readonly names: ReadonlyMap<number, string>,
    private readonly persons: Int32Array,
  ) {
    this.#lines = lines;
    this.#from = context.state.audits.find(({ id }) => id === context.first)?.asOf ?? NaN;
    this.#audits = [...context.state.audits, { asOf: context.options.asOf }];
    this.#places = context.places;
  }

  /** Did something happen to this person in the window? */
  isConcerned(person: number): boolean {
    return this.#lines.has(person);
  }

  /** What is on record of the accounts of people to whom something happened: nothing where one list alone, or nobody, is spoken of. */
  readAccounts(db: Database, source: number): readonly QueryResult[] {
    const { state, first } = this.context;
    if (this.#lines.size === 0 || (state.lists.get(source) ?? []).length === 0) return [];
    return readAccounts(db, source, [...this.#lines.keys()], first);
  }

  app(reading: Reading, fresh: ReadonlyMap<number, readonly FreshAccount[]>): AppPast {
    const { context, names } = this;
    const accounts = new Map<number, AccountVersion[]>();
    const add = (owner: number, version: AccountVersion): void => {
      const list = accounts.get(owner);
      if (list === undefined) accounts.set(owner, [version]);
      else list.push(version);
    };
    const lists = listsOf(context, reading);
    for (const row of reading.past) add(number(row['owner']), accountVersion(row, context, reading.ended, names));
    for (const [owner, list] of fresh)
      for (const { id, came, columns } of list)
        add(owner, { since: this.#places.size, until: undefined, gone: false, came, ...account(id, columns, names) });
    const people = [...this.#lines].map(([owner, person]) => ({ person, accounts: accounts.get(owner) ?? [] }));
    const place = ({ person }: { person: PersonLine }): number => person.row ?? Infinity;
    people.sort((a, b) => (place(a) === place(b) ? (a.person.id < b.person.id ? -1 : 1) : place(a) - place(b)));
    return { audits: this.#audits, lists, people, unchangedSince: (row, given) => this.#unchangedSince(row, given) };
  }

  #unchangedSince(row: number, names: readonly string[]): number {
    return this.#heldSince(row, (before, now) => !names.some((name) => before.values.get(name) !== now.values.get(name)));
  }

  leftBy(row: number, leavers: readonly PersonState[]): number {
    return this.#heldSince(row, ({ state }) => leavers.includes(state));
  }

  /** The instant of the first audit since which all versions of this person follow each other and `holds`, ms. */
  #heldSince(row: number, holds: (before: PersonVersion, now: PersonVersion) => boolean): number {
    const line = this.#lines.get(this.persons[row] as number);
    // Of whom nothing is read, nothing changed since the first audit that is looked at.
    if (line === undefined) return this.#from;
    let version = line.versions.at(-1);
    if (version === undefined || version.until !== undefined) return NaN;
    for (let i = line.versions.length - 2; i >= 0; i--) {
      const before: PersonVersion = line.versions[i] as PersonVersion;
      if (before.until !== version.since || before.gone || !holds(before, version)) break;
      version = before;
    }
    return this.#audits[version.since]?.asOf ?? NaN;
  }
}

type Window = { readonly [K in 'first' | 'from' | 'asOf']: number } & { readonly leavers: readonly PersonState[] };

function readPeople(db: Database, concerned: Set<number>, { first, from, asOf, leavers }: Window): QueryResult[] {
  // Of leavers without a last day the record's own date says when they left.
  const left = leavers.map((state) => PERSON_STATES.indexOf(state)).join(',');
  const eventful = db.all(
    `SELECT person FROM person_versions WHERE since > ?1 OR until > ?1 OR starts BETWEEN ?2 AND ?3 OR ends BETWEEN ?2 AND ?3
      OR (state IN (${left}) AND ends IS NULL AND changed BETWEEN ?2 AND ?3)`,
    [first, from - DAYS, asOf + DAYS],
  );
  for (const row of eventful) concerned.add(number(row['person']));
  const rows = db.all(
    `SELECT p.source, p.key, v.* FROM person_versions v JOIN people p ON p.id = v.person
      WHERE v.person IN (${[...concerned].join(',')}) AND (v.until IS NULL OR v.until > ?) ORDER BY v.person, v.since`,
    first,
  );
  return checked('person_versions', rows);
}
/** A date without a time ends up to a day and a half later. */
const DAYS = 2 * 86_400_000;

function readAccounts(db: Database, source: number, owners: readonly number[], first: number): QueryResult[] {
  const rows = db.all(
    `SELECT * FROM account_versions WHERE source = ? AND owner IN (${owners.join(',')}) AND (until IS NULL OR until > ?)
      ORDER BY owner, key, since`,
    [source, first],
  );
  return checked('account_versions', rows);
}

function span(row: QueryResult, { places, now }: ReaderContext, ended: ReadonlyMap<number, boolean> | undefined): Omit<Version, 'values'> {
  // Since an audit that was pruned: since the first that is kept, at the latest.
  const since = places.get(number(row['since'])) ?? 0;
  if (row['until'] !== null) return { since, until: places.get(number(row['until'])) ?? 0, gone: row['gone'] === 1 };
  const gone = ended?.get(number(row['id']));
  return { since, until: gone === undefined ? undefined : now, gone: gone === true };
}

function personVersion(
  row: QueryResult,
  context: ReaderContext,
  ended: ReadonlyMap<number, boolean> | undefined,
  names: ReadonlyMap<number, string>,
): PersonVersion {
  const columns = [
    row['state'],
    row['kind'],
    row['name'],
    null,
    row['starts'],
    row['ends'],
    row['days'],
    row['created'],
    row['changed'],
    row['attributes'],
  ];
  return { ...span(row, context, ended), ...person(columns as unknown as PersonColumns, names) };
}

function freshPerson(columns: PersonColumns, now: number, names: ReadonlyMap<number, string>): PersonVersion {
  return { since: now, until: undefined, gone: false, ...person(columns, names) };
}

function person(
  [state, kind, , , starts, ends, days, created, changed, attributes]: PersonColumns,
  names: ReadonlyMap<number, string>,
): Omit<PersonVersion, 'since' | 'until' | 'gone'> {
  return {
    state: PERSON_STATES[state] ?? 'unknown',
    kind: PERSON_KINDS[kind] ?? 'unknown',
    ...daysOf(starts, ends, days),
    ...(created === null ? {} : { createdAt: created }),
    ...(changed === null ? {} : { changedAt: changed }),
    values: values(attributes, names),
  };
}

function accountVersion(
  row: QueryResult,
  context: ReaderContext,
  ended: ReadonlyMap<number, boolean>,
  names: ReadonlyMap<number, string>,
): AccountVersion {
  const columns = [
    0,
    row['status'],
    row['kind'],
    row['name'],
    null,
    row['created'],
    row['updated'],
    row['login'],
    row['ended'],
    row['roles'],
    row['credentials'],
    row['attributes'],
  ];
  return {
    ...span(row, context, ended),
    came: row['came'] === 1,
    ...account(text(row['key']), columns as unknown as AccountColumns, names),
  };
}

function account(
  id: string,
  [, status, , name, , created, updated, login, ended, roles, credentials, attributes]: AccountColumns,
  names: ReadonlyMap<number, string>,
): Omit<AccountVersion, 'since' | 'until' | 'gone' | 'came'> {
  return {
    id,
    status: ACCOUNT_STATUSES[status] ?? 'unknown',
    ...(name === null ? {} : { userName: name }),
    ...(created === null ? {} : { createdAt: created }),
    ...(updated === null ? {} : { updatedAt: updated }),
    ...(login === null ? {} : { lastLoginAt: login }),
    ...(ended === null ? {} : { deactivatedAt: ended }),
    ...(roles === null ? {} : { roles }),
    ...(credentials === null ? {} : { credentials }),
    values: values(attributes, names),
  };
}

function values(blob: string | Uint8Array | null, names: ReadonlyMap<number, string>): ReadonlyMap<string, string> {
  return new Map([...readAttributes(blob)].map(([id, hash]) => [names.get(id) ?? String(id), hash]));
}
