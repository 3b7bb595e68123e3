import { NO_ROW } from '../match/person-index.js';
import type { AppPast, Past } from '../model/past.js';
import type { Person, PersonState } from '../model/person.js';
import type { Report } from '../model/report.js';
import type { AccountPage, Witness } from '../audit/witness.js';
import { basisOf } from './basis.js';
import { commit } from './commit.js';
import { HistoryError, withDatabase } from './database.js';
import { Heads, readHeads } from './heads.js';
import { KeyedHash } from './keyed-hash.js';
import { PastReader } from './past-reader.js';
import { PersonNumbers } from './person-numbers.js';
import { Reading } from './reading.js';
import { GROUPS, RowWriter, type AccountRows } from './rows.js';
import { ACCOUNT_VERSIONS, PERSON_VERSIONS, type PersonOfList } from './schema.js';
import { isOvertaken, lastRead, readState, type FileState, type SourceOfFile } from './state.js';
import { accountRow, personRow } from './versions.js';
import type { HistoryOptions } from './options.js';

/** The number of no person. */
const NOBODY = 0;

/**
 * What earlier audits saw, and the audit that runs now as it is seen. Reads the file for moments only, and writes it once, in `record`: an audit
 * that fails or is killed leaves the history as it was.
 */
export class History implements Past, Witness {
  readonly #state: FileState;
  readonly #rows: RowWriter;
  readonly #readings = new Map<string, Reading>();
  readonly #persons = new PersonNumbers();
  /** Versions of people that begin now, by the person's number. */
  readonly #fresh = new Map<number, PersonOfList>();
  #past: PastReader | undefined;
  /** Another process wrote the file while this audit ran: nothing that is read of it from then on goes with what was read before. */
  #overtaken = false;

  /** Undefined where there is no file, and none is to be made. */
  static async open(options: HistoryOptions): Promise<History | undefined> {
    const { config } = options;
    const sources = [
      ...config.directory.map((source) => ({ role: 'directory' as const, name: source.name, basis: basisOf(source) })),
      ...config.apps.map((app) => ({ role: 'app' as const, name: app.name, basis: basisOf(app) })),
    ];
    const state = await withDatabase(options.access, ({ db }) => readState(db, sources));
    if (state === undefined) return undefined;
    const last = state.audits.at(-1);
    if (last !== undefined && last.asOf > options.asOf) {
      const of = new Date(last.asOf).toISOString();
      if (options.onLater === undefined)
        throw new HistoryError(
          `${options.access.path}: the last audit on record is of ${of}, after this one; use --no-history, or give it a later --as-of`,
        );
      options.onLater(of);
      return undefined;
    }
    return new History(options, state);
  }

  private constructor(
    private readonly options: HistoryOptions,
    state: FileState,
  ) {
    this.#state = state;
    this.#rows = new RowWriter(
      new KeyedHash(state.salt[0], state.salt[1]),
      (name) => this.#attribute(name),
      options.config.policy.addresses,
    );
    const names = [...new Set(options.config.apps.flatMap((app) => app.compare))].sort();
    for (const { name } of options.config.directory) {
      const { id: source } = this.#source('directory', name);
      const heads = state.heads.get(source) ?? new Heads();
      const reading = new Reading(source, heads, [...names, GROUPS], options.access.path, lastRead(state, source));
      this.#readings.set(`directory ${name}`, reading);
    }
    state.heads.clear();
  }

  get lastAudit(): number | undefined {
    return this.#state.audits.at(-1)?.asOf;
  }

  rowsBefore(role: 'directory' | 'app', name: string): number | undefined {
    const { id } = this.#source(role, name);
    return this.#state.lists.get(id)?.findLast((list) => list.whole)?.rows;
  }

  assignedBefore(name: string, at: { readonly directory: string; readonly app: string }): number | undefined {
    const lists = this.#state.lists.get(this.#source('app', name).id) ?? [];
    return lists.findLast(({ assigned }) => assigned?.directory === at.directory && assigned.app === at.app)?.assigned?.rows;
  }

  people(source: string, rows: readonly Person[]): void {
    const reading = this.#reading('directory', source);
    for (const person of rows) this.#persons.add(this.#person(reading, person));
  }

  async accounts(app: string, page: AccountPage, owners: readonly number[]): Promise<void> {
    const reading = this.#readings.get(`app ${app}`) ?? (await this.#openApp(app));
    if (reading === undefined) return;
    const rows = this.#rows.page(page, reading.names);
    owners.forEach((owner, i) => this.#account(reading, rows, i, owner === NO_ROW ? undefined : this.#persons.at(owner)));
  }

  async directoryRead(whole: ReadonlyMap<string, boolean>): Promise<void> {
    this.#persons.end(this.#state.next.person);
    const directory = this.options.config.directory.map(({ name }) => ({ name, reading: this.#reading('directory', name) }));
    for (const { name, reading } of directory) reading.end(whole.get(name) === true);
    this.#past = await PastReader.open(this.options, this.#state, directory, this.#persons.all, this.#fresh);
    this.#overtaken = this.#past === undefined;
  }

  leftBy(row: number, leavers: readonly PersonState[]): number {
    return this.#past?.leftBy(row, leavers) ?? NaN;
  }

  async appRead(app: string, whole: boolean, credentialsUnread = false): Promise<AppPast> {
    const reading = this.#readings.get(`app ${app}`) ?? (await this.#openApp(app));
    if (reading === undefined || this.#past === undefined) return NOTHING;
    reading.end(whole);
    reading.credentialsUnread = credentialsUnread;
    return this.#past.app(reading);
  }

  /** Writes the audit down, in one transaction. Throws a HistoryError when another audit was recorded since this one began. */
  async record(report: Report): Promise<void> {
    const { access, config } = this.options;
    await withDatabase(access, (held) => commit(held, this.#state, [...this.#readings.values()], report, config));
  }

  close(): void {
    for (const reading of this.#readings.values()) reading.close();
  }

  #person(reading: Reading, person: Person): number {
    const { heads, names, source } = reading;
    const { high, low } = this.#rows.id(person.id);
    const at = heads.find(high, low);
    const { high: rowHigh, low: rowLow } = this.#rows.personHash(person, names);
    if (reading.isUnchanged(at, rowHigh, rowLow)) {
      reading.unchanged(person.changedAt?.at);
      return heads.person(at);
    }
    reading.ends(at);
    const { audits, next } = this.#state;
    const number = at < 0 ? next.person++ : heads.person(at);
    const row = personRow(person, this.#rows, names, { id: next.personVersion++, person: number, since: next.audit });
    // Of a first audit everybody is new, and nobody has a past.
    if (audits.length > 0) this.#fresh.set(number, { ...row, source, key: person.id });
    reading.begins([high, low, rowHigh, rowLow, row.id, number], at < 0 ? person.id : null, PERSON_VERSIONS.spooled(row));
    return number;
  }

  /** `matched`: the number of the person whose account it is. */
  #account(reading: Reading, rows: AccountRows, i: number, matched: number | undefined): void {
    const { heads, names, source } = reading;
    const { high, low } = rows.id(i);
    const at = heads.find(high, low);
    const owner = matched ?? this.#ownerBefore(heads, at);
    const { high: rowHigh, low: rowLow } = rows.hash(i, owner);
    if (reading.isUnchanged(at, rowHigh, rowLow)) return;
    const { next } = this.#state;
    const begun = { id: next.accountVersion++, source, came: reading.ends(at), since: next.audit, owner };
    const row = accountRow(rows.account(i), this.#rows, names, begun);
    if (owner !== NOBODY && this.#past?.isConcerned(owner) === true) reading.past.push(row);
    reading.begins([high, low, rowHigh, rowLow, row.id, owner], null, ACCOUNT_VERSIONS.spooled(row));
  }

  /** Of an account that matches nobody: whom the directory no longer has, or has not shown this time, keeps it. */
  #ownerBefore(heads: Heads, at: number): number {
    const person = at < 0 ? NOBODY : heads.person(at);
    return this.#persons.isAbsent(person) ? person : NOBODY;
  }

  /** Undefined where another process wrote the file since this audit began. */
  async #openApp(app: string): Promise<Reading | undefined> {
    const { id: source, known } = this.#source('app', app);
    if (this.#overtaken) return undefined;
    const past = this.#past;
    if (past === undefined) throw new Error('an app was read before the directory');
    // Once for each app: opening takes a lock, and a look for a torn transaction.
    const kept = known
      ? await withDatabase(this.options.access, ({ db }) =>
          isOvertaken(db, this.#state) ? undefined : { heads: readHeads(db, source), past: past.readAccounts(db, source) },
        )
      : { heads: new Heads(), past: [] };
    if (kept === undefined) {
      this.#overtaken = true;
      return undefined;
    }
    const names = this.options.config.apps.find(({ name }) => name === app)?.compare ?? [];
    const before = lastRead(this.#state, source);
    const reading = new Reading(source, kept.heads, [...names].sort(), this.options.access.path, before, kept.past);
    this.#readings.set(`app ${app}`, reading);
    return reading;
  }

  #reading(role: 'directory' | 'app', name: string): Reading {
    const reading = this.#readings.get(`${role} ${name}`);
    if (reading === undefined) throw new Error(`the history does not know the ${role} ${name}`);
    return reading;
  }

  #source(role: 'directory' | 'app', name: string): SourceOfFile {
    const source = this.#state.sources.find((s) => s.role === role && s.name === name);
    if (source === undefined) throw new Error(`the history does not know the ${role} ${name}`);
    return source;
  }

  #attribute(name: string): number {
    const { attributes } = this.#state;
    let number = attributes.get(name);
    if (number === undefined) attributes.set(name, (number = attributes.size + 1));
    return number;
  }
}

/** The past of an app of which nothing may be said. */
const NOTHING: AppPast = { audits: [], lists: [], people: [], unchangedSince: () => NaN };
