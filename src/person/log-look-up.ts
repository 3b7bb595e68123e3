import type { Config, LogConfig } from '../model/config.js';
import { fold } from '../model/fold.js';
import type { LogEntry } from '../model/log.js';
import type { Person } from '../model/person.js';
import type { PersonMoment } from '../model/person-report.js';
import { ofEntry } from './timeline.js';
import type { Wanted } from './who.js';

type Known = Pick<Wanted, 'names' | 'keys'>;

/** Keeps what logs say of one person, of all that they say. */
export class LogLookUp {
  readonly moments: PersonMoment[] = [];
  readonly #asked: string;
  readonly #names = new Set<string>();
  readonly #keys = new Set<string>();

  /** `accounts`: ids of the person's accounts in an app, once its list has been read. */
  constructor(
    private readonly config: Pick<Config, 'apps'>,
    who: string,
    private readonly wanted: () => Known | undefined,
    private readonly accounts: (app: string) => ReadonlySet<string>,
  ) {
    this.#asked = fold(who);
  }

  /** A directory's own log is read before it is clear who is wanted: until then it is whoever is called so. */
  people(rows: readonly Person[]): void {
    for (const { id, userName, emails = [], aliases = [], employeeId, externalId } of rows) {
      const names = [userName, ...emails, ...aliases].flatMap((text) => (text === undefined ? [] : [fold(text)]));
      const keys = [id, employeeId, externalId].flatMap((text) => (text === undefined ? [] : [fold(text)]));
      if (![...names, ...keys].includes(this.#asked)) continue;
      for (const name of names) this.#names.add(name);
      for (const key of keys) this.#keys.add(key);
    }
  }

  entries(log: LogConfig, rows: readonly LogEntry[]): void {
    const app = this.config.apps.find(({ logs = [] }) => logs.includes(log))?.name;
    const known = this.wanted() ?? { names: this.#names, keys: this.#keys };
    const accounts = app === undefined ? known.keys : this.accounts(app);
    for (const entry of rows) {
      if (log.app !== undefined && entry.app !== undefined && entry.app !== log.app) continue;
      if (isOf(entry, known, accounts, app === undefined)) this.moments.push(...ofEntry(entry, log, app));
    }
  }
}

/**
 * Does the entry name this person? By an id of theirs before all else; an entry that has the id of another says so. In a directory's own log, accounts are people.
 */
function isOf(entry: LogEntry, { names, keys }: Known, accounts: ReadonlySet<string>, ofDirectory: boolean): boolean {
  const { accountId, personId } = entry;
  const called = (...texts: readonly (string | undefined)[]): boolean => texts.some((text) => text !== undefined && names.has(fold(text)));
  const has = (key: string | undefined): boolean => key !== undefined && keys.has(fold(key));
  if (accountId !== undefined && accounts.has(ofDirectory ? fold(accountId) : accountId)) return true;
  if (personId !== undefined) return has(personId);
  if (ofDirectory && accountId !== undefined) return false;
  return called(entry.personUserName, entry.personEmail, entry.userName, entry.email) || has(entry.employeeId) || has(entry.externalId);
}
