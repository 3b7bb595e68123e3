import type { Config } from '../model/config.js';
import type { Standing } from '../match/standing.js';
import { NO_ROW } from '../match/person-index.js';
import { endInstant } from '../match/state-at.js';
import type { Account } from '../model/account.js';
import { doubtsOf, factsOf } from '../model/completeness.js';
import type { Finding } from '../model/finding.js';
import type { PersonAccount, PersonApp, PersonMoment, PersonRecord, PersonReport } from '../model/person-report.js';
import type { AppReport, Report } from '../model/report.js';
import type { AuditOptions } from '../audit/options.js';
import { runAudit } from '../audit/run.js';
import { showAccount } from './account.js';
import { showMoment, sourceOf } from '../diff/finding.js';
import { mustGo } from '../diff/table.js';
import { LogLookUp } from './log-look-up.js';
import { timelineOf } from './timeline.js';
import { findWanted, sameKey, sameName, type Wanted } from './who.js';

interface Sighting {
  readonly account: Account;
  readonly belongs: PersonAccount['belongs'];
}

/**
 * Everything of one person, in every app: an audit that keeps this person's rows. The directory is read whole (only then it is clear whose an account
 * is); an app that can filter is asked for this person first, and its whole list is read unless that already shows a way in: what a filter does not
 * find proves nothing.
 */
export async function lookUp(
  config: Config,
  who: string,
  ways: { /** May apps be asked by filter? */ readonly filters: boolean },
  options: AuditOptions,
): Promise<PersonReport> {
  let standing: Standing | undefined;
  let wanted: Wanted | undefined;
  const seen = new Map<string, Map<string, Sighting>>();
  const logs = new LogLookUp(
    config,
    who,
    () => wanted,
    (app) => new Set(seen.get(app)?.keys()),
  );
  const report = await runAudit(config, {
    ...options,
    about: (known) => {
      standing = known;
      wanted = findWanted(known, who);
      return ways.filters ? wanted.about : undefined;
    },
    witness: {
      people: (source, rows) => {
        logs.people(rows);
        return options.witness?.people?.(source, rows);
      },
      entries: (log, rows) => logs.entries(log, rows),
      accounts: (app, { rows }, owners) => {
        rows.forEach((account, i) => {
          if (wanted === undefined) return;
          const own = wanted.rows.has(owners[i] ?? NO_ROW);
          const belongs = own ? 'correlated' : sameName(account, wanted) ? 'same name' : sameKey(account, wanted) ? 'same key' : undefined;
          if (belongs === undefined) return;
          const here = seen.get(app) ?? new Map<string, Sighting>();
          seen.set(app, here.set(account.id, { account, belongs }));
        });
      },
    },
  });
  if (standing === undefined || wanted === undefined) throw new Error('the audit never read the directory');
  return assemble({ who, config, report, standing, wanted, seen, logged: logs.moments });
}

interface Found {
  readonly who: string;
  readonly config: Config;
  readonly report: Report;
  readonly standing: Standing;
  readonly wanted: Wanted;
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, Sighting>>;
  readonly logged: readonly PersonMoment[];
}

function assemble({ who, config, report, standing, wanted, seen, logged }: Found): PersonReport {
  const rows = [...wanted.rows].sort((a, b) => a - b);
  const ids = new Set(rows.map((row) => key(sourceOf(standing, row), standing.index.id(row))));
  const sightings = (app: AppReport): Sighting[] => sightingsOf(app, report.findings, seen.get(app.name) ?? new Map());
  const apps = report.apps.map((app) => personApp(app, report.findings, ids, sightings(app), standing.asOf));
  const people = rows.map((row) => personRecord(standing, row));
  const lists = [...report.directory, ...report.apps];
  return {
    schemaVersion: 1,
    tool: report.run.tool,
    asOf: report.asOf,
    who,
    people,
    accessEndsBy: accessEnd(standing, rows, config),
    directory: report.directory.map(({ name, error, completeness }) => ({ name, error, list: completeness.verdict })),
    apps,
    timeline: timelineOf(people, apps, logged),
    summary: {
      lettingIn: apps.flatMap((app) => app.accounts).filter((account) => account.letsIn.length > 0).length,
      open: [
        ...report.directory
          .filter((d) => d.error === null && d.completeness.verdict === 'unproven')
          .map((d) => `the list of ${d.name} is not proven whole`),
        ...apps.flatMap(openQuestions),
        ...report.apps.flatMap((app) => unreadCredentials(app, sightings(app))),
      ],
      failed: lists.filter((list) => list.error !== null).map((list) => list.name),
    },
  };
}

function openQuestions(app: PersonApp): string[] {
  const unknown = app.accounts.filter((account) => account.status === 'unknown');
  return [
    ...(app.error === null && app.list === 'unproven' && !app.askedByFilter ? [`the list of ${app.name} is not proven whole`] : []),
    ...unknown.map((account) => `the status of ${account.userName ?? account.id} in ${app.name} is not known`),
    ...(app.list !== 'unproven' && app.findings.some(ofList) ? [`whose accounts ${app.name} holds`] : []),
  ];
}

/** What the audit says of a list as a whole: of accounts in it nobody can tell whose they are, this person's perhaps. */
function ofList({ class: cls, reason }: Pick<Finding, 'class' | 'reason'>): boolean {
  return cls === 'inconclusive' && reason === 'unproven-list';
}

/** Accounts whose keys the app lists, and did not show: one that is off, or gone, may be used all the same. */
function unreadCredentials({ name, completeness }: AppReport, sightings: readonly Sighting[]): string[] {
  if (completeness.credentials === undefined) return [];
  if (sightings.length === 0) return [`whether a live credential is left of an account that ${name} no longer has could not be read`];
  return sightings
    .filter(({ account }) => account.credentials === undefined || account.moreCredentials === true)
    .map(({ account }) => `the live credentials of ${account.userName ?? account.id} in ${name} could not be read`);
}

/**
 * An account with a key of this person that was given to somebody else is somebody else's; that it was given to nobody, because the key is of
 * several people or was taken over, leaves it in question.
 */
function sightingsOf(app: AppReport, findings: readonly Finding[], seen: ReadonlyMap<string, Sighting>): Sighting[] {
  const disputed = new Set(
    findings.flatMap((f) => (f.app === app.name && f.class === 'conflict' && f.account !== null ? [f.account.id] : [])),
  );
  return [...seen.values()]
    .filter(({ account, belongs }) => belongs !== 'same key' || disputed.has(account.id))
    .sort((a, b) => (a.account.id < b.account.id ? -1 : 1));
}

function personApp(
  app: AppReport,
  findings: readonly Finding[],
  people: ReadonlySet<string>,
  seen: readonly Sighting[],
  asOf: number,
): PersonApp {
  const shown = new Set(seen.map(({ account }) => account.id));
  const askedByFilter = factsOf(app.completeness).some(({ kind }) => kind === 'one-person');
  const about = (f: Finding): boolean =>
    f.app === app.name &&
    ((f.person !== null && people.has(key(f.person.source, f.person.id))) ||
      (f.account !== null && shown.has(f.account.id)) ||
      // Why a list is not whole is told under `reasons`.
      (f.account === null && ofList(f) && app.completeness.verdict !== 'unproven'));
  return {
    name: app.name,
    connector: app.connector,
    error: app.error,
    list: app.completeness.verdict,
    askedByFilter,
    reasons: factsOf(app.completeness).flatMap(({ kind, isDoubt, text }) => (isDoubt && kind !== 'one-person' ? [text] : [])),
    ...unreadLogs(app),
    accounts: seen.map(({ account, belongs }) => showAccount(account, belongs, asOf)),
    findings: findings.filter(about).map(({ class: cls, reason, severity, summary }) => ({ class: cls, reason, severity, summary })),
  };
}

function unreadLogs({ logs = [] }: AppReport): Pick<PersonApp, 'logs'> {
  const unread = logs.filter(({ error, completeness }) => error !== null || completeness.verdict === 'unproven');
  if (unread.length === 0) return {};
  return { logs: unread.map(({ name, error, completeness }) => ({ name, error, reasons: error === null ? doubtsOf(completeness) : [] })) };
}

function personRecord(standing: Standing, row: number): PersonRecord {
  const { index } = standing;
  const optional = (name: 'userName' | 'employeeId'): Record<string, string> => {
    const text = index.text(name, row);
    return text === undefined ? {} : { [name]: text };
  };
  const date = (name: 'startAt' | 'endAt' | 'changedAt'): Record<string, string> => {
    const text = showMoment(index.date(name, row));
    return text === undefined ? {} : { [name]: text };
  };
  const email = index.text('email', row);
  const attributes = index.attributeNames.flatMap((name): [string, string][] => {
    const value = index.attribute(name, row);
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return {
    id: index.id(row),
    source: sourceOf(standing, row),
    ...optional('userName'),
    emails: [...(email === undefined ? [] : [email]), ...(index.list('aliases', row) ?? [])],
    ...optional('employeeId'),
    state: standing.state(row),
    kind: index.kind(row),
    ...date('startAt'),
    ...date('endAt'),
    ...date('changedAt'),
    attributes: Object.fromEntries(attributes.sort(([a], [b]) => (a < b ? -1 : 1))),
    groups: [...(index.list('groups', row) ?? [])].sort(),
  };
}

/** Only when every record of this person left: an active one keeps the access. */
function accessEnd(standing: Standing, rows: readonly number[], { policy }: Config): string | null {
  const left = rows.filter((row) => mustGo(standing, row, policy));
  if (left.length === 0 || left.length < rows.length) return null;
  const ends = left.map((row) => {
    const end = standing.lastDay(row);
    return end === undefined ? NaN : endInstant(end);
  });
  const last = Math.max(...ends);
  return Number.isNaN(last) ? null : new Date(last + policy.grace.delete).toISOString();
}

function key(source: string, id: string): string {
  return JSON.stringify([source, id]);
}
