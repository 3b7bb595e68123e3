import type { Completeness } from '../model/completeness.js';
import type { Acceptance, Finding } from '../model/finding.js';
import type { LogReport } from '../model/log.js';
import type { AcceptedReport, AppReport, AssignedReport, BaselineReport, DirectoryReport, Report } from '../model/report.js';
import { appCoverage, failureCount, given } from './coverage/keys.js';
import { jsonText } from './escape.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { byName, compareFindings, inOrder, sortedKeys } from './sort.js';
import { itemAt } from '../model/at.js';

/**
 * The whole report (docs/reports.md, schemaVersion 1). Keys stand in a fixed order and everything is sorted, so equal input gives
 * equal bytes but for `run`. One finding is one line: the file can be searched, compared and streamed.
 */
export const json: Reporter = (report) => pieces(lines(report));

function* lines(report: Report): Generator<string> {
  yield '{\n';
  yield member('schemaVersion', report.schemaVersion);
  yield member('run', runInfo(report.run));
  yield member('asOf', report.asOf);
  yield member('directory', report.directory.map(directory));
  yield member('apps', inOrder(report.apps, byName).map(app));
  yield* findings(inOrder(report.findings, compareFindings));
  const { orphaned, stale, missing, conflict, inconclusive, accepted, failing } = report.summary;
  yield member('summary', { orphaned, stale, missing, conflict, inconclusive, accepted, failing }, '');
  if (report.controls !== undefined) {
    const { frameworks, note } = report.controls;
    yield `,\n${member('controls', { frameworks: sortedKeys(frameworks), note }, '')}`;
  }
  if (report.accepted !== undefined) yield `,\n${member('accepted', acceptedReport(report.accepted), '')}`;
  if (report.baseline !== undefined) yield `,\n${member('baseline', baselineReport(report.baseline), '')}`;
  yield '\n';
  yield '}\n';
}

function member(name: string, value: unknown, end = ',\n'): string {
  return `  ${jsonText(name)}: ${jsonText(value, 2).replaceAll('\n', '\n  ')}${end}`;
}

function* findings(list: readonly Finding[]): Generator<string> {
  if (list.length === 0) {
    yield '  "findings": [],\n';
    return;
  }
  yield '  "findings": [\n';
  for (let i = 0; i < list.length; i++) yield `    ${jsonText(finding(itemAt(list, i)))}${i < list.length - 1 ? ',' : ''}\n`;
  yield '  ],\n';
}

function runInfo(run: Report['run']): Report['run'] {
  const { tool, startedAt, finishedAt, configSha256, config, failOn, newOnly, exitCode, exitReason } = run;
  return {
    tool,
    startedAt,
    finishedAt,
    configSha256,
    config: { path: config.path, lines: sortedKeys(config.lines) },
    failOn,
    ...(newOnly === undefined ? {} : { newOnly }),
    exitCode,
    exitReason,
  };
}

function acceptedReport({ file, expired, outgrown, unused }: AcceptedReport): AcceptedReport {
  return {
    file,
    expired,
    ...(outgrown === undefined
      ? {}
      : {
          outgrown: outgrown.map(({ line, what, until, was, now, mayBeOrphaned }) => ({
            line,
            what,
            until,
            ...(was === undefined ? {} : { was }),
            now,
            ...(mayBeOrphaned === undefined ? {} : { mayBeOrphaned }),
          })),
        }),
    unused: unused.map(({ line, what, until }) => ({ line, what, until })),
  };
}

function baselineReport(b: BaselineReport): BaselineReport {
  const fixed = b.fixed.map(({ id, app: name, class: cls, reason, severity, firstSeen }) => {
    return { id, app: name, class: cls, reason, severity, firstSeen };
  });
  return { file: b.file, new: b.new, known: b.known, worsened: b.worsened, overdue: b.overdue, fixed, notProven: b.notProven };
}

/** The directories stay in the config's order: it is their precedence. */
function directory(d: DirectoryReport): DirectoryReport {
  const { name, connector, people, error, notes } = d;
  return {
    name,
    connector,
    ...exportOf(d),
    people,
    byState: sortedKeys(d.byState),
    completeness: completeness(d.completeness),
    error,
    notes,
  };
}

function exportOf({ export: of }: Pick<AppReport, 'export'>): Pick<AppReport, 'export'> {
  return of === undefined ? {} : { export: of };
}

/** An absent total stays absent: the system declared none. */
function completeness(c: Completeness): Completeness {
  const { verdict, reasons, declaredTotal, received, unique, pages, credentials } = c;
  const unread = c.unread?.map(({ field, place, cause, values, sample }) => ({ field, place, cause, values, sample }));
  return {
    verdict,
    reasons,
    ...(declaredTotal === undefined ? {} : { declaredTotal }),
    received,
    unique,
    pages,
    ...(credentials === undefined ? {} : { credentials }),
    ...(unread === undefined ? {} : { unread }),
  };
}

function app(a: AppReport): AppReport {
  const { inSync, stale, orphaned, conflict, pending, protected: registered, inactive, inconclusive } = a.reconciliation.accounts;
  const { expected, present, missing, pending: young, awaitingLogin, notDeterminable } = a.reconciliation.people;
  return {
    name: a.name,
    connector: a.connector,
    ...exportOf(a),
    accounts: a.accounts,
    completeness: completeness(a.completeness),
    error: a.error,
    reconciliation: {
      accounts: { inSync, stale, orphaned, conflict, pending, protected: registered, inactive, inconclusive },
      people: { expected, present, missing, pending: young, awaitingLogin, notDeterminable },
    },
    ...appCoverage(a),
    ...(a.assigned === undefined ? {} : { assigned: assigned(a.assigned) }),
    ...(a.logs === undefined ? {} : { logs: a.logs.map(log) }),
    notes: a.notes,
  };
}

function assigned({ directory: name, app: id, people, unknown, notInDirectory, linked, error, ...rest }: AssignedReport): AssignedReport {
  return { directory: name, app: id, people, unknown, notInDirectory, linked, completeness: completeness(rest.completeness), error };
}

function log({ name, of, from, until, entries, unmatched, error, failures, by, ...rest }: LogReport): LogReport {
  return {
    name,
    of,
    from,
    until,
    entries,
    unmatched,
    completeness: completeness(rest.completeness),
    error,
    failures: failures.map(failureCount),
    by: sortedKeys(by),
  };
}

function finding(f: Finding): Finding {
  const { id, class: cls, reason, severity, app: name, account, person, match, summary, hints } = f;
  return {
    id,
    class: cls,
    reason,
    severity,
    app: name,
    account: account && {
      id: account.id,
      ...given('userName', account.userName),
      ...given('email', account.email),
      status: account.status,
      kind: account.kind,
      ...given('createdAt', account.createdAt),
      ...given('lastLoginAt', account.lastLoginAt),
    },
    person: person && {
      id: person.id,
      source: person.source,
      ...given('userName', person.userName),
      ...given('email', person.email),
      state: person.state,
      ...given('endAt', person.endAt),
    },
    match: match && { rule: match.rule },
    attributes: f.attributes.map((a) => ({ name: a.name, directory: a.directory, app: a.app, cause: a.cause })),
    summary,
    hints,
    controls: sortedKeys(f.controls),
    accepted: f.accepted && acceptance(f.accepted),
    ...(f.mayBeOrphaned === undefined ? {} : { mayBeOrphaned: true }),
    ...given('loggedOff', f.loggedOff),
    ...(f.expired === undefined ? {} : { expired: acceptance(f.expired) }),
    ...(f.baseline === undefined ? {} : { baseline: f.baseline }),
  };
}

function acceptance({ reason, owner, until }: Acceptance): Acceptance {
  return { reason, owner, until };
}
