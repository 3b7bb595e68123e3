import type { Config } from '../../model/config.js';
import type { Account } from '../../model/account.js';
import type { AssignmentList, Provisioning } from '../../model/assignment.js';
import type { Completeness } from '../../model/completeness.js';
import type { LogEntry, LogFacts } from '../../model/log.js';
import type { Person } from '../../model/person.js';
import { STAGES } from '../../model/policy.js';
import type { Report } from '../../model/report.js';
import type { PrincipalSeen, RequestSeen } from '../../model/request-seen.js';
import type { SourceFacts } from '../../contract/source.js';
import type { Role } from '../../model/role.js';
import type { AuditOptions } from '../../audit/options.js';
import type { Failure, PastRecord, ReplayRecord } from '../record.js';
import { redactConfig } from './config.js';
import { Coarse, type Unit } from './coarse.js';
import { FindingIds, redactAccepted, redactBaseline } from './decisions.js';
import { Flags, readAccount, readPerson } from './filters.js';
import { Groups } from './groups.js';
import type { RedactionKey } from './key.js';
import { Pseudonyms } from './pseudonyms.js';
import { redactEntry } from './entries.js';
import { redactAccount, redactPerson } from './rows.js';
import { redactCompleteness, redactFailure, redactRequest, redactSentence } from './words.js';

/** What a pack keeps in place of what was read: everything that a `Recorder` writes down goes through here. */
export class Redaction {
  readonly pseudonyms: Pseudonyms;
  /** What replay.json says of it. */
  readonly mark: NonNullable<ReplayRecord['redacted']>;
  readonly config: Config;
  readonly #people: Flags<Person>;
  readonly #accounts = new Map<string, Flags<Account>>();

  readonly #groups = new Groups();
  readonly #unit: Unit | undefined;
  #coarse: Coarse | undefined;

  /** `unit`: dates are made coarse, once it is known what the audit judges by (`judgesBy`). */
  constructor({ key, kept }: RedactionKey, config: Config, unit?: Unit) {
    this.#unit = unit;
    this.pseudonyms = new Pseudonyms(key);
    this.mark = kept ? { key: this.pseudonyms.keyId } : {};
    let flags = 0;
    const next = (): number => ++flags;
    this.#people = new Flags(readPerson, next, unit !== undefined);
    for (const { name } of config.apps) this.#accounts.set(name, new Flags(readAccount, next, unit !== undefined));
    this.config = redactConfig(config, this.pseudonyms, this.#people, (app) => this.#flagsOf(app));
  }

  /** To be called before the first row comes. */
  judgesBy(asOf: number): void {
    if (this.#unit !== undefined) this.#coarse = new Coarse(this.#unit, asOf);
  }

  /** What the manifest says of the dates, and of how many rows look alike. */
  get told(): { readonly dates: string; readonly smallestGroup: unknown } {
    return {
      dates: this.#unit === undefined ? 'as they were read' : `the first day of their ${this.#unit}`,
      smallestGroup: this.#groups.told(),
    };
  }

  row(role: Role, source: string, row: Person | Account): Person | Account {
    return role === 'person'
      ? this.#dated(redactPerson(row as Person, this.pseudonyms, this.#people))
      : this.#datedAccount(redactAccount(row as Account, this.pseudonyms, this.#flagsOf(source)));
  }

  /** A row of a list, as the pack holds it; not one that is read again. */
  counts(role: Role, source: string, row: Person | Account): void {
    this.#groups.add(role, source, row);
  }

  #dated<Row extends object>(row: Row): Row {
    return this.#coarse?.dates(row) ?? row;
  }

  #datedAccount(account: Account): Account {
    const { credentials } = account;
    return this.#dated(credentials === undefined ? account : { ...account, credentials: credentials.map((one) => this.#dated(one)) });
  }

  entry(entry: LogEntry): LogEntry {
    const redacted = redactEntry(entry, this.pseudonyms);
    return this.#coarse?.entry(redacted) ?? redacted;
  }

  id(text: string): string {
    return this.pseudonyms.value(text);
  }

  failure(name: string, failure: Failure): Failure {
    return redactFailure(name, failure);
  }

  completeness(completeness: Completeness): Completeness {
    return redactCompleteness(completeness, this.pseudonyms);
  }

  /** Its notes are for people who set the connector up. */
  facts({ notes: _notes, ...facts }: SourceFacts): SourceFacts {
    return { ...facts, notes: [] };
  }

  logFacts({ notes: _notes, ...facts }: LogFacts): LogFacts {
    return { ...facts, notes: [] };
  }

  assignments(name: string, { assignments, completeness, error }: AssignmentList): AssignmentList {
    const { pseudonyms } = this;
    return {
      assignments: assignments.map(({ person, account, ...rest }) => ({
        ...rest,
        person: pseudonyms.value(person),
        ...(account === undefined ? {} : { account: pseudonyms.value(account) }),
      })),
      completeness: this.completeness(completeness),
      error: error === null ? null : `${name}: reading the assignments failed; what it said is withheld`,
    };
  }

  provisioning(provisioning: Provisioning): Provisioning {
    const stages = STAGES.map((stage) => {
      const { evidence, ...rest } = provisioning[stage];
      return [stage, { ...rest, evidence: redactSentence(evidence, this.pseudonyms) }];
    });
    return Object.fromEntries(stages) as Provisioning;
  }

  past({ audits, lists, people }: PastRecord): PastRecord {
    const { pseudonyms } = this;
    const called = <T extends { readonly id: string; readonly userName?: string }>(one: T): T => ({
      ...one,
      id: pseudonyms.value(one.id),
      ...(one.userName === undefined ? {} : { userName: pseudonyms.value(one.userName) }),
    });
    const version = <T extends { readonly values: ReadonlyMap<string, string> }>(one: T): T => ({
      ...this.#dated(one),
      values: new Map([...one.values].map(([name, hash]) => [name, pseudonyms.opaque(hash)])),
    });
    return {
      audits,
      lists,
      people: people.map(({ person, accounts }) => ({
        person: { ...called(person), versions: person.versions.map(version) },
        accounts: accounts.map((account) => version(called(account))),
      })),
    };
  }

  principal(principal: PrincipalSeen): PrincipalSeen {
    if ('id' in principal) return { id: this.pseudonyms.value(principal.id) };
    return { remark: 'asking failed, or the system does not say; what it said is withheld' };
  }

  request(request: RequestSeen): RequestSeen {
    return redactRequest(request, this.pseudonyms);
  }

  /** The config and the baseline as they bear on pseudonyms, once it is known what the audit found. */
  decided({ findings }: Report, { baseline }: AuditOptions): { readonly config: Config; readonly baseline?: AuditOptions['baseline'] } {
    const { config, pseudonyms } = this;
    const lists = [...config.allApps, ...config.directory.map(({ name }) => name)];
    const ids = new FindingIds(findings, lists, pseudonyms);
    const { accepted } = config;
    return {
      config:
        accepted === undefined
          ? config
          : { ...config, accepted: { ...accepted, entries: redactAccepted(accepted.entries, ids, pseudonyms) } },
      ...(baseline === undefined ? {} : { baseline: redactBaseline(baseline, ids) }),
    };
  }

  #flagsOf(app: string): Flags<Account> {
    const flags = this.#accounts.get(app);
    if (flags === undefined) throw new Error(`${app} is no app of the config`);
    return flags;
  }
}
