// A whole audit of people and accounts that stand in the test itself: the pure core, without files or sockets.
import { auditApp, type AppResult } from '../src/audit/app.js';
import type { Census } from '../src/audit/census.js';
import { ChangeDates } from '../src/diff/dates.js';
import type { AppConfig, LogConfig } from '../src/model/config.js';
import { PersonIndex } from '../src/match/person-index.js';
import { Standing } from '../src/match/standing.js';
import type { Account } from '../src/model/account.js';
import { Columns, type Words } from '../src/store/columns.js';
import type { Completeness } from '../src/model/completeness.js';
import type { LogEntry, LogFacts } from '../src/model/log.js';
import type { Moment, Person } from '../src/model/person.js';
import type { MatchRule, Policy } from '../src/model/policy.js';
import { SourceError } from '../src/model/errors.js';
import { ColumnBuilder } from '../src/store/column-builder.js';
import { ColumnPage, type LogSource, type Source } from '../src/contract/source.js';
import type { Role, RowOf } from '../src/model/role.js';

export const NOW = Date.parse('2026-11-24T12:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** `at('2026-11-01')` is a day, `at('2026-11-01T08:00:00Z')` an instant. */
export function at(text: string): Moment {
  return text.length === 10 ? { at: Date.parse(`${text}T00:00:00Z`), day: true } : { at: Date.parse(text) };
}

export const ago = (ms: number): Moment => ({ at: NOW - ms });

export function person(id: string, more: Partial<Person> = {}): Person {
  return { id, state: 'active', kind: 'human', attributes: {}, emails: [`${id}@corp.example`], userName: id, ...more };
}

export function account(id: string, more: Partial<Account> = {}): Account {
  return { id, status: 'active', kind: 'human', attributes: {}, ...more };
}

/** The account that a person has when everything went well. */
export function accountOf(owner: Person, more: Partial<Account> = {}): Account {
  return account(`a-${owner.id}`, {
    externalId: owner.id,
    userName: owner.userName,
    emails: owner.emails,
    attributes: owner.attributes,
    ...more,
  });
}

export const POLICY: Policy = {
  grace: { create: DAY, update: DAY, delete: DAY },
  leavers: ['terminated', 'deleted', 'suspended'],
  window: 90 * DAY,
  guard: { shrink: 0.2, unmatched: 0.5 },
  guests: 'report',
  preHire: 'allow',
  preHireLead: 30 * DAY,
  invitation: 14 * DAY,
  coverage: { minTrials: 5, covered: 0.7, gap: 0.6, lookBack: 365 * DAY },
  failOn: ['orphaned'],
};

const rule = (account: string, person = account): MatchRule => ({
  name: account === person ? account : `${account}=${person}`,
  account,
  person,
});
export const RULES: readonly MatchRule[] = [rule('externalId', 'id'), rule('employeeId'), rule('email'), rule('userName'), rule('alias')];

export const WHOLE: Completeness = { verdict: 'proven', reasons: [], received: 0, unique: 0, pages: 1 };

export interface Company {
  readonly people: readonly Person[] | readonly (readonly Person[])[];
  readonly accounts: readonly Account[];
  readonly app?: Partial<AppConfig>;
  readonly policy?: Partial<Policy>;
  readonly directoryProven?: boolean;
  readonly datedChanges?: boolean;
  readonly list?: Partial<Completeness>;
  readonly fails?: boolean;
  readonly leavers?: Source<Account>['facts']['leavers'];
  readonly confirm?: (ids: readonly string[]) => Account[];
  /** Keep every trial by name. */
  readonly trials?: boolean;
  /** People and accounts come as columns, so many rows a page (as large files do). */
  readonly columns?: number;
  readonly census?: Census;
  /** Logs of the app, by the name that `app.logs` gives them. */
  readonly logs?: Readonly<Record<string, readonly LogEntry[]>>;
  readonly logFacts?: Partial<LogFacts>;
  readonly logList?: Partial<Completeness>;
  readonly directoryOff?: (row: number) => number;
}

export async function audit(company: Company): Promise<AppResult> {
  const policy = { ...POLICY, ...company.policy };
  const app: AppConfig = {
    name: 'app', connector: 'memory', options: {}, fields: {}, dir: '/', match: RULES, compare: ['givenName', 'familyName', 'email', 'department', 'title', 'manager'],
    lifecycle: {}, accounts: [], probe: { allowed: false }, line: 1, ...company.app,
  }; // prettier-ignore
  const index = new PersonIndex(app.match.map((r) => r.person), policy.addresses); // prettier-ignore
  const sources = Array.isArray(company.people[0])
    ? (company.people as readonly (readonly Person[])[])
    : [company.people as readonly Person[]];
  sources.forEach((people, i) => {
    const source = index.addSource(`dir-${i}`);
    if (company.columns === undefined) for (const p of people) index.add(p, source);
    else for (const page of columnPages('person', people, company.columns)) index.addColumns(page.columns, source);
  });
  const standing = new Standing(index, NOW, policy.leavers);
  company.census?.directory(standing, policy);
  const source: Source<Account> = {
    name: 'app',
    connector: 'memory',
    facts: { leavers: company.leavers ?? 'unknown', total: 'unknown', notes: [] },
    async *pull() {
      await Promise.resolve();
      if (company.columns === undefined) yield { rows: company.accounts };
      else yield* columnPages('account', company.accounts, company.columns);
      if (company.fails === true) throw new SourceError('app', 'network', 'app: the line went dead');
      return { ...WHOLE, received: company.accounts.length, unique: company.accounts.length, ...company.list };
    },
    ...(company.confirm === undefined
      ? {}
      : { confirm: (ids: readonly string[]) => Promise.resolve((company.confirm as (ids: readonly string[]) => Account[])(ids)) }),
  };
  const context = {
    standing,
    policy,
    directoryProven: company.directoryProven ?? true,
    dates: new ChangeDates(standing, policy, company.datedChanges ?? true),
    trials: company.trials === true,
    believed: (_: string, list: Completeness) => list,
    openLog: (config: LogConfig) => Promise.resolve(logOf(config, company)),
    directoryOff: company.directoryOff ?? (() => NaN),
  };
  const watch = { signal: new AbortController().signal, onRows: () => undefined };
  return auditApp(app, source, context, company.census === undefined ? watch : { ...watch, census: company.census });
}

/** A log that stands in the test. */
function logOf({ name, connector }: LogConfig, { logs = {}, logFacts = {}, logList = {} }: Company): LogSource {
  const rows = logs[name] ?? [];
  return {
    name,
    connector,
    log: { lateness: 0, tellsUpdates: false, notes: [], ...logFacts },
    async *pull() {
      await Promise.resolve();
      yield { rows };
      return { ...WHOLE, verdict: 'consistent', received: rows.length, unique: rows.length, ...logList };
    },
  };
}

/** The rows as pages by column, as a reading thread sends them. */
function* columnPages<R extends Role>(role: R, rows: readonly RowOf<R>[], size: number): Generator<ColumnPage<R>> {
  const builder = new ColumnBuilder(role);
  const words: Words = [];
  for (let from = 0; from < rows.length; from += size) {
    for (const row of rows.slice(from, from + size)) builder.add(row);
    yield new ColumnPage(role, new Columns(structuredClone(builder.take()), words));
  }
}

/** `class:reason` of every finding, sorted. */
export function reasons(result: AppResult): string[] {
  return result.findings.map((f) => `${f.class}:${f.reason}`).sort();
}
