import type { Database } from 'node-sqlite3-wasm';
import type { AppPast } from '../model/past.js';
import { PERSON_STATES, type PersonState } from '../model/person.js';
import type { AccountVersion, Audit, PersonLine, PersonVersion } from '../model/timeline.js';
import { withDatabase } from './database.js';
import type { HistoryOptions } from './options.js';
import type { Reading } from './reading.js';
import {
  ACCOUNT_VERSIONS,
  PERSON_OF_LIST,
  PERSON_VERSIONS,
  type AccountVersionRow,
  type PersonOfList,
  type PersonVersionRow,
} from './schema.js';
import { listsOf, type ReaderContext } from './list-seen.js';
import { isOvertaken, type FileState } from './state.js';
import { readAll } from './table.js';
import { accountVersion, personVersion, type Names, type Span } from './versions.js';

/** The lines of the people to whom something happened in the window; of everybody else nothing is read. */
export class PastReader {
  readonly #lines: ReadonlyMap<number, PersonLine>;
  readonly #audits: readonly Audit[];
  /** The instant of the first audit that is looked at, ms. */
  readonly #from: number;

  /** Undefined where the file is no longer what `state` was read of. */
  static async open(
    options: HistoryOptions,
    state: FileState,
    directory: readonly { readonly name: string; readonly reading: Reading }[],
    /** Number of the person, by row. */
    persons: Int32Array,
    fresh: ReadonlyMap<number, PersonOfList>,
  ): Promise<PastReader | undefined> {
    const from = options.asOf - options.config.policy.window;
    // The last audit before the window is what its first is compared with.
    const first = (state.audits.findLast(({ asOf }) => asOf <= from) ?? state.audits[0])?.id ?? 0;
    const concerned = new Set([...fresh.keys(), ...directory.flatMap(({ reading }) => reading.left)]);
    const places = new Map([...state.audits.map(({ id }) => id), state.next.audit].map((id, place) => [id, place]));
    const reader = { options, state, places, first };
    let rows: readonly PersonOfList[] | undefined = [];
    if (state.audits.length > 0) {
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
    for (const row of [...rows, ...fresh.values()]) {
      const span = spanOf(row, places, readings.get(row.source)?.reading.ended);
      line(row.person, row.source, row.key)?.versions.push(personVersion(row, span, names));
    }
    return new PastReader(reader, lines, names, persons);
  }

  private constructor(
    private readonly context: ReaderContext,
    lines: ReadonlyMap<number, PersonLine>,
    private readonly names: Names,
    private readonly persons: Int32Array,
  ) {
    this.#lines = lines;
    this.#from = context.state.audits.find(({ id }) => id === context.first)?.asOf ?? NaN;
    this.#audits = [...context.state.audits, { asOf: context.options.asOf }];
  }

  /** Did something happen to this person in the window? */
  isConcerned(person: number): boolean {
    return this.#lines.has(person);
  }

  /** What is on record of the accounts of people to whom something happened: nothing where one list alone, or nobody, is spoken of. */
  readAccounts(db: Database, source: number): AccountVersionRow[] {
    const { state, first } = this.context;
    if (this.#lines.size === 0 || (state.lists.get(source) ?? []).length === 0) return [];
    return readAccounts(db, source, [...this.#lines.keys()], first);
  }

  app(reading: Reading): AppPast {
    const { context, names } = this;
    const accounts = new Map<number, AccountVersion[]>();
    // Once told, they are not kept: there may be many, of every app.
    for (const row of reading.past.splice(0)) {
      const version = accountVersion(row, spanOf(row, context.places, reading.ended), names);
      const list = accounts.get(row.owner);
      if (list === undefined) accounts.set(row.owner, [version]);
      else list.push(version);
    }
    const people = [...this.#lines].map(([owner, person]) => ({ person, accounts: accounts.get(owner) ?? [] }));
    const place = ({ person }: { person: PersonLine }): number => person.row ?? Infinity;
    people.sort((a, b) => (place(a) === place(b) ? (a.person.id < b.person.id ? -1 : 1) : place(a) - place(b)));
    return {
      audits: this.#audits,
      lists: listsOf(context, reading),
      people,
      unchangedSince: (row, given) => this.#unchangedSince(row, given),
    };
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

function readPeople(db: Database, concerned: Set<number>, { first, from, asOf, leavers }: Window): PersonOfList[] {
  // Of leavers without a last day the record's own date says when they left.
  const left = leavers.map((state) => PERSON_STATES.indexOf(state)).join(',');
  const eventful = readAll(
    db,
    { person: PERSON_VERSIONS.columns.person },
    `SELECT person FROM person_versions WHERE since > ?1 OR until > ?1 OR starts BETWEEN ?2 AND ?3 OR ends BETWEEN ?2 AND ?3
      OR (state IN (${left}) AND ends IS NULL AND changed BETWEEN ?2 AND ?3)`,
    [first, from - DAYS, asOf + DAYS],
  );
  for (const { person } of eventful) concerned.add(person);
  return readAll(
    db,
    PERSON_OF_LIST,
    `SELECT p.source, p.key, v.* FROM person_versions v JOIN people p ON p.id = v.person
      WHERE v.person IN (${[...concerned].join(',')}) AND (v.until IS NULL OR v.until > ?) ORDER BY v.person, v.since`,
    first,
  );
}
/** A date without a time ends up to a day and a half later. */
const DAYS = 2 * 86_400_000;

function readAccounts(db: Database, source: number, owners: readonly number[], first: number): AccountVersionRow[] {
  return readAll(
    db,
    ACCOUNT_VERSIONS.columns,
    `SELECT * FROM account_versions WHERE source = ? AND owner IN (${owners.join(',')}) AND (until IS NULL OR until > ?)
      ORDER BY owner, key, since`,
    [source, first],
  );
}

/** `ended`: the versions that end with the audit that runs now, the last of `places`. */
function spanOf(
  row: PersonVersionRow | AccountVersionRow,
  places: ReadonlyMap<number, number>,
  ended: ReadonlyMap<number, boolean> | undefined,
): Span {
  // Since an audit that was pruned: since the first that is kept, at the latest.
  const since = places.get(row.since) ?? 0;
  if (row.until !== null) return { since, until: places.get(row.until) ?? 0, gone: row.gone };
  const gone = ended?.get(row.id);
  return { since, until: gone === undefined ? undefined : places.size - 1, gone: gone === true };
}
