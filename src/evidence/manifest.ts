import type { AppConfig, Config, SourceConfig } from '../model/config.js';
import { counted } from '../model/counted.js';
import { factsOf, type Completeness } from '../model/completeness.js';
import type { AppReport, DirectoryReport, Report } from '../model/report.js';
import type { RequestSeen } from '../model/request-seen.js';
import type { LogRecord } from './record.js';
import type { Recorder } from './recorder.js';
import { shownExclusions, type Exclusion } from './exclusions.js';
import { KEPT } from './redact/kept.js';
import type { Redaction } from './redact/redaction.js';
import { WITHHELD } from './redact/withheld.js';

const POINT = 'A single audit is a point in time. It is no evidence of operation over a period: that needs a series of them.';
const READ_ONLY =
  'Every request of this audit only read: lifegap has no code that changes, creates or deletes anything in a system it reads.';

const PSEUDONYMS =
  'Personal data is replaced by keyed pseudonyms (HMAC-SHA-256), the same for the same value wherever it stands. Who has the key can undo it: the pack holds pseudonymous data, not anonymous data.';

/** What was seen while the audit ran. */
export interface Seen {
  readonly recorder: Recorder;
  readonly exclusions: (app: string) => readonly Exclusion[];
  /** See `buildHash`. */
  readonly build: string;
}

/** Where the pack is redacted: `config` and `report` are so already. */
interface Redacted {
  readonly redaction: Redaction;
  readonly differences: readonly string[];
}

/** `manifest.json`: what an auditor asks of a record, for people. `files` are their names and what they hold. */
export function manifestOf(
  config: Config,
  report: Report,
  { recorder, exclusions, build }: Seen,
  files: Readonly<Record<string, string>>,
  redacted?: Redacted,
): unknown {
  const { run } = report;
  const requests = (name: string): unknown[] =>
    (recorder.requests.get(name) ?? []).map((request) => shownRequest(redacted?.redaction.request(request) ?? request));
  const sources = new Set([...config.directory, ...config.apps].map(({ name }) => name));
  const source = (of: SourceConfig, list: DirectoryReport | AppReport): unknown => {
    const record = recorder.lists.find(({ name, role }) => name === of.name && (role === 'person') === 'people' in list);
    return {
      name: of.name,
      connector: of.connector,
      parameters: redacted === undefined ? parametersOf(of, config) : WITHHELD,
      principal: recorder.principals.get(of.name) ?? null,
      rows: record?.file ?? null,
      rowsByKind: record?.counts ?? {},
      completeness: withoutFacts(list.completeness),
      error: list.error,
      exclusions: 'people' in list ? exclusionsOfList(list) : exclusionsOf(of as AppConfig, list, config, exclusions(of.name)),
      ...('people' in list ? {} : { reconciliation: identities(list) }),
      requests: requests(of.name),
    };
  };
  const ordered = <T extends { readonly name: string }>(all: readonly T[], name: string): T => all.find((one) => one.name === name) as T;
  return {
    kind: 'lifegap-evidence',
    tool: run.tool,
    build,
    statement: READ_ONLY,
    scope: POINT,
    ...(redacted === undefined ? {} : { redaction: ofRedaction(redacted) }),
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    asOf: report.asOf,
    exitCode: run.exitCode,
    exitReason: run.exitReason,
    config: { path: run.config.path, sha256: config.sha256 },
    failOn: run.failOn,
    directory: config.directory.map((of) => source(of, ordered(report.directory, of.name))),
    apps: config.apps.map((of) => source(of, ordered(report.apps, of.name))),
    ...(recorder.logs.length === 0 ? {} : { logs: recorder.logs.map((log) => shownLog(log, sources, requests)) }),
    notAudited: config.allApps.filter((name) => !config.apps.some((app) => app.name === name)),
    matching: config.apps.map(({ name, match, compare }) => ({ app: name, rules: match.map((rule) => rule.name), compared: compare })),
    normalisation: normalisation(config),
    files,
  };
}

function ofRedaction({ redaction: { mark, told }, differences }: Redacted): unknown {
  return {
    method: PSEUDONYMS,
    key: mark.key === undefined ? 'made for this pack alone, and thrown away' : `kept by its owner; its mark is ${mark.key}`,
    keptInClear: KEPT,
    ...told,
    verdictsThatDiffer: differences,
  };
}

/** What was given to the connector, as the config resolves it. A `Secret` prints as ***, and every known secret is taken out of the rest. */
function parametersOf({ options, fields, state, dates }: SourceConfig, { redact }: Config): unknown {
  const text = JSON.stringify({ ...options, fields, ...(state === undefined ? {} : { state }), ...(dates === undefined ? {} : { dates }) });
  // Value by value: a secret that reads as a number or as true is taken out as well, and what is left is JSON.
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return value;
    const shown = redact(String(value));
    return shown === String(value) ? value : shown;
  });
}

function shownRequest({ at, ...rest }: RequestSeen): unknown {
  return { at: new Date(at).toISOString(), ...rest };
}

/** What a log told of which time, and how it ended. Where a source of that name was read, too, the requests stand there. */
function shownLog(log: LogRecord, sources: ReadonlySet<string>, requests: (name: string) => unknown[]): unknown {
  const { name, connector, of, app, file, window, counts, completeness, failure } = log;
  return {
    name,
    connector,
    of,
    ...(app === undefined ? {} : { app }),
    asked: { since: new Date(window.since).toISOString(), until: new Date(window.until).toISOString() },
    entries: file,
    entriesByKind: counts,
    completeness: completeness === undefined ? null : withoutFacts(completeness),
    error: failure?.message ?? null,
    ...(sources.has(name) ? {} : { requests: requests(name) }),
  };
}

/** Its sentences say the same. */
function withoutFacts({ facts: _facts, ...completeness }: Completeness): Completeness {
  return completeness;
}

function exclusionsOfList({ completeness }: Pick<DirectoryReport, 'completeness'>): unknown[] {
  const { received, unique } = completeness;
  return [
    ...(received > unique
      ? [{ what: 'repeated rows', count: received - unique, rule: 'an id that came before is not counted twice' }]
      : []),
    ...factsOf(completeness).flatMap(({ kind, text }) => (kind === 'left-out' ? [{ what: 'records left out', rule: text }] : [])),
  ];
}

function exclusionsOf(app: AppConfig, list: AppReport, { policy }: Config, exclusions: readonly Exclusion[]): unknown[] {
  // A registered account that covers nothing says so.
  const idle = app.accounts.flatMap((_, entry) =>
    exclusions.some((one) => one.entry === entry) ? [] : [{ what: 'accounts', why: 'registered', count: 0, entry } as const],
  );
  return [...exclusionsOfList(list), ...shownExclusions([...exclusions, ...idle], app, policy)];
}

/** `accounts = inSync + stale + …` and `people expected = present + missing + …`, with their numbers. */
function identities({ accounts, reconciliation, error }: AppReport): unknown {
  const identity = (name: string, total: number, parts: Readonly<Record<string, number>>): unknown => {
    const sum = Object.values(parts).reduce((a, b) => a + b, 0);
    return { identity: `${name} = ${Object.keys(parts).join(' + ')}`, total, parts, sum, holds: total === sum };
  };
  const { expected, ...people } = reconciliation.people;
  return {
    accounts: identity('accounts', accounts, reconciliation.accounts),
    people: identity('people expected', expected, people),
    ...(error === null ? {} : { remark: `the list failed after ${counted(accounts, 'account', 'accounts')}` }),
  };
}

function normalisation({ policy }: Config): unknown {
  const { addresses } = policy;
  return {
    identifiers: 'compared case-folded and without white space at their ends; ids of systems as they are',
    attributes: 'compared as written, but for Unicode composition (NFC) and runs of white space; absent is not compared, empty is a value',
    addresses: {
      plus: [...(addresses?.plus ?? [])].sort(),
      dots: [...(addresses?.dots ?? [])].sort(),
      same: Object.fromEntries([...(addresses?.same ?? [])].sort()),
    },
  };
}
