import type { Config } from '../model/config.js';
import { NO_ROW } from '../match/person-index.js';
import type { Account } from '../model/account.js';
import type { Columns } from '../store/columns.js';
import type { AppPast, Past } from '../model/past.js';
import type { Person, PersonState } from '../model/person.js';
import type { Report } from '../model/report.js';
import type { AccountPage, Witness } from '../audit/witness.js';
import { basisOf } from './basis.js';
import { commit } from './commit.js';
import { HistoryError, withDatabase, type Access } from './database.js';
import { ENDED, Heads, headsIn } from './heads.js';
import { KeyedHash } from './keyed-hash.js';
import { PastReader, type Fresh, type FreshAccount } from './past-reader.js';
import { isUnchanged, Reading } from './reading.js';
import { GROUPS, placesOf, RowWriter } from './rows.js';
import { isOvertaken, lastRead, readState, type FileState, type SourceOfFile } from './state.js';

export interface HistoryOptions {
  readonly config: Config;
  readonly asOf: number;
  readonly access: Access;
  /** Told the instant of the last audit on record where that is later than this one; then there is no history, and no error. */
  readonly onLater?: (asOf: string) => void;
}

/** The number of no person. */
const NOBODY = 0;

/**
 * What earlier audits saw, and the audit that runs now as it is seen. Reads the file for moments only, and writes it once, in `record`: an audit
 * that fails or is killed leaves the history as it was.
 */
export class History implements Past, Witness {
  readonly #state: FileState;
  readonly #hash: KeyedHash;
  readonly #rows: RowWriter;
  readonly #readings = new Map<string, Reading>();
  /** Number of the person, by row of the person index. */
  #persons = new Int32Array(1024);
  #people = 0;
  /** 1: this person was in the directory now, by number. */
  #seen = new Uint8Array(0);
  readonly #fresh: Fresh = { people: new Map(), rows: new Map() };
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
    this.#hash = new KeyedHash(state.salt[0], state.salt[1]);
    this.#rows = new RowWriter(this.#hash, (name) => this.#attribute(name), options.config.policy.addresses);
    const names = [...new Set(options.config.apps.flatMap((app) => app.compare))].sort();
    for (const { name } of options.config.directory) {
      const { id: source } = this.#source('directory', name);
      const heads = new Heads(state.heads.get(source));
      this.#readings.set(
        `directory ${name}`,
        new Reading(source, heads, [...names, GROUPS], options.access.path, lastRead(this.#state, source)),
      );
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
    for (const person of rows) this.#setPerson(this.#people++, this.#person(reading, person));
  }

  async accounts(app: string, page: AccountPage, owners: readonly number[]): Promise<void> {
    const reading = this.#readings.get(`app ${app}`) ?? (await this.#openApp(app));
    if (reading === undefined) return;
    const { columns } = page;
    const places = columns === undefined ? [] : placesOf(columns, reading.names);
    for (let i = 0; i < owners.length; i++) {
      const owner = owners[i] as number;
      const matched = owner === NO_ROW ? undefined : this.#persons[owner];
      if (columns === undefined) this.#account(reading, page.rows[i] as Account, matched);
      else this.#accountAt(reading, columns, i, matched, places);
    }
  }

  async directoryRead(whole: ReadonlyMap<string, boolean>): Promise<void> {
    this.#seen = new Uint8Array(this.#state.next.person);
    for (let row = 0; row < this.#people; row++) this.#seen[this.#persons[row] as number] = 1;
    for (const { name } of this.options.config.directory) this.#reading('directory', name).end(whole.get(name) === true);
    const directory = this.options.config.directory.map(({ name }) => ({ name, reading: this.#reading('directory', name) }));
    this.#past = await PastReader.open(this.options, this.#state, directory, this.#persons.subarray(0, this.#people), this.#fresh.people);
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
    const rows = this.#fresh.rows.get(reading.source) ?? new Map<number, never[]>();
    this.#fresh.rows.delete(reading.source);
    return this.#past.app(reading, rows);
  }

  /** Writes the audit down, in one transaction. Throws a HistoryError when another audit was recorded since this one began. */
  async record(report: Report): Promise<void> {
    const { access, config } = this.options;
    await withDatabase(access, (held) => commit(held, this.#state, [...this.#readings.values()], report, config));
  }

  close(): void {
    for (const reading of this.#readings.values()) reading.spool.close();
  }

  #person(reading: Reading, person: Person): number {
    const { heads } = reading;
    const rows = this.#rows;
    const id = rows.id(person.id);
    const { high, low } = id;
    const at = heads.find(high, low);
    const row = rows.personHash(person, reading.names);
    const { high: rowHigh, low: rowLow } = row;
    reading.seen++;
    const before = at < 0 ? ENDED : heads.version(at);
    if (at >= 0) heads.see(at);
    if (before === ENDED) reading.came++;
    else if (heads.isSame(at, rowHigh, rowLow)) {
      reading.unchanged(person.changedAt?.at);
      return heads.person(at);
    }
    const number = at < 0 ? this.#state.next.person++ : heads.person(at);
    const version = this.#state.next.personVersion++;
    if (before !== ENDED) reading.ended.set(before, false);
    const columns = rows.person(person, reading.names);
    // Of a first audit everybody is new, and nobody has a past.
    if (this.#state.audits.length > 0) this.#fresh.people.set(number, { source: reading.source, id: person.id, columns });
    const key = at < 0 ? person.id : null;
    reading.spool.push(JSON.stringify([high, low, rowHigh, rowLow, version, number, before, key, ...columns]));
    return number;
  }

  #account(reading: Reading, account: Account, matched: number | undefined): void {
    const rows = this.#rows;
    const { high, low } = rows.id(account.id);
    const at = reading.heads.find(high, low);
    const owner = matched ?? this.#ownerBefore(reading, at);
    const { high: rowHigh, low: rowLow } = rows.accountHash(account, owner, reading.names);
    if (!isUnchanged(reading, at, rowHigh, rowLow)) this.#change(reading, account, owner, { at, high, low, rowHigh, rowLow });
  }

  /** The same of a page by column: a row is made of what changed only. */
  #accountAt(reading: Reading, page: Columns, i: number, matched: number | undefined, places: readonly number[]): void {
    const rows = this.#rows;
    const { high, low } = rows.idAt(page, i);
    const at = reading.heads.find(high, low);
    const owner = matched ?? this.#ownerBefore(reading, at);
    const { high: rowHigh, low: rowLow } = rows.accountHashAt(page, i, owner, places);
    if (!isUnchanged(reading, at, rowHigh, rowLow)) this.#change(reading, page.account(i), owner, { at, high, low, rowHigh, rowLow });
  }

  #change(reading: Reading, account: Account, owner: number, { at, high, low, rowHigh, rowLow }: Found): void {
    const { heads } = reading;
    const rows = this.#rows;
    const before = at < 0 ? ENDED : heads.version(at);
    if (before === ENDED) reading.came++;
    const version = this.#state.next.accountVersion++;
    if (before !== ENDED) reading.ended.set(before, false);
    const columns = rows.account(account, owner, reading.names);
    if (owner !== NOBODY && this.#past?.isConcerned(owner) === true) {
      let fresh = this.#fresh.rows.get(reading.source);
      if (fresh === undefined) this.#fresh.rows.set(reading.source, (fresh = new Map<number, FreshAccount[]>()));
      const list = fresh.get(owner);
      if (list === undefined) fresh.set(owner, [{ id: account.id, came: before === ENDED, columns }]);
      else list.push({ id: account.id, came: before === ENDED, columns });
    }
    reading.spool.push(JSON.stringify([high, low, rowHigh, rowLow, version, owner, before, account.id, ...columns]));
  }

  /** Of an account that matches nobody: whom the directory no longer has, or has not shown this time, keeps it. */
  #ownerBefore({ heads }: Reading, at: number): number {
    const person = at < 0 ? NOBODY : heads.person(at);
    return person < this.#seen.length && this.#seen[person] === 0 ? person : NOBODY;
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
          isOvertaken(db, this.#state)
            ? undefined
            : {
                blob: headsIn(db.get('SELECT heads FROM sources WHERE id = ?', source)?.['heads']),
                accounts: past.readAccounts(db, source),
              },
        )
      : undefined;
    if (known && kept === undefined) {
      this.#overtaken = true;
      return undefined;
    }
    const names = this.options.config.apps.find(({ name }) => name === app)?.compare ?? [];
    const reading = new Reading(
      source,
      new Heads(kept?.blob),
      [...names].sort(),
      this.options.access.path,
      lastRead(this.#state, source),
      kept?.accounts,
    );
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

  #setPerson(row: number, person: number): void {
    if (row >= this.#persons.length) {
      const wider = new Int32Array(this.#persons.length * 2);
      wider.set(this.#persons);
      this.#persons = wider;
    }
    this.#persons[row] = person;
  }
}

/** The past of an app of which nothing may be said. */
const NOTHING: AppPast = { audits: [], lists: [], people: [], unchangedSince: () => NaN };

/** Where a row stands among the heads (-1: nowhere), and its hashes. */
interface Found {
  readonly at: number;
  readonly high: number;
  readonly low: number;
  readonly rowHigh: number;
  readonly rowLow: number;
}
