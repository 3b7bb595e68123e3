import { SEVERITIES, type Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { jsonText, visible } from './escape.js';
import { doubt, groups, keysUnread, isLacking, lineOf, stages, tally, type Group, type StageFate } from './fate.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { unreadLists } from './unread.js';
import { LEVEL, reportingDescriptor, ruleIndex, RULES } from './sarif/rules.js';
import { byName, compareFindings, compareText, inOrder } from './sort.js';

/** Code scanning shows 5,000 results of a run and refuses more than 25,000 (GitHub Docs, SARIF support for code scanning). */
const MOST = 5000;

/**
 * SARIF 2.1.0 (OASIS) for code scanning: the lacking stages, then the findings, worst first, each at its app's line of the config. What is
 * inconclusive is no result but a notification, and `executionSuccessful` is false then. Beyond 5,000 the rest of each app and class is one
 * result with the true count.
 */
export const sarif: Reporter = (report) => pieces(lines(report));

function* lines(report: Report): Generator<string> {
  yield '{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n  "version": "2.1.0",\n  "runs": [{\n';
  yield `    "tool": ${jsonText(tool(report))},\n`;
  yield `    "automationDetails": ${jsonText({ id: `lifegap/${uriOf(report.run.config.path)}/` })},\n`;
  yield `    "invocations": [${jsonText(invocation(report))}],\n`;
  yield '    "columnKind": "utf16CodeUnits",\n    "results": [';
  let first = true;
  for (const result of results(report)) {
    yield `${first ? '' : ','}\n      ${jsonText(result)}`;
    first = false;
  }
  yield '\n    ]\n  }]\n}\n';
}

function tool(report: Report): object {
  return {
    driver: {
      name: 'lifegap',
      semanticVersion: report.run.tool.replace(/^lifegap /, ''),
      rules: RULES.map(reportingDescriptor),
    },
  };
}

function invocation(report: Report): object {
  const { run } = report;
  const notifications = notes(report);
  return {
    executionSuccessful: notifications.length === 0,
    exitCode: run.exitCode,
    exitCodeDescription: words(run.exitReason),
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
    toolExecutionNotifications: notifications,
  };
}

/** Lists that failed or are not proven whole, and how much could not be judged: without these an absent result reads as "fine". */
function notes(report: Report): object[] {
  const lists = [...report.directory, ...inOrder(report.apps, byName)].flatMap((list) => {
    const why = doubt(list);
    if (why === undefined) return [];
    const id = list.error === null ? 'list-unproven' : 'list-failed';
    const app = 'coverage' in list ? list.name : undefined;
    return note(report, app, id, list.error === null ? 'warning' : 'error', `${list.name}: ${why}`);
  });
  const keys = inOrder(report.apps, byName).flatMap((app) => {
    const why = keysUnread(app);
    return why === undefined ? [] : [note(report, app.name, 'credentials-unread', 'warning', `${app.name}: ${why}`)];
  });
  const open = groups(report).filter((group) => group.class === 'inconclusive');
  return [
    ...lists,
    ...keys,
    ...unreadLists(report).map(({ name, app, sentences }) =>
      note(report, app, 'inconclusive', 'warning', `${name}: dates could not be read: ${sentences.join('; ')}`),
    ),
    ...open.map(({ app, findings }) =>
      note(report, app, 'inconclusive', 'warning', `${app}: could not be judged: ${tally(findings, 'reason')}`),
    ),
  ];
}

function note(report: Report, app: string | undefined, id: string, level: 'warning' | 'error', text: string): object {
  return { descriptor: { id }, level, message: { text: message(text) }, locations: [place(report, app)] };
}

function* results(report: Report): Generator<object> {
  const lacking = stages(report, inOrder(report.apps, byName)).filter(({ verdict }) => isLacking(verdict));
  const known = report.findings.filter((finding) => finding.class !== 'inconclusive');
  const decided = known.some(({ accepted }) => accepted !== null);
  const whole = lacking.length + known.length <= MOST;
  const sums = whole ? [] : groups(report).filter((group) => group.class !== 'inconclusive');
  const top = lacking.slice(0, MOST);
  const room = Math.max(0, MOST - top.length - Math.min(sums.length, MOST - top.length));
  for (const fate of top) yield stageResult(report, fate, decided);
  for (const group of sums.slice(0, MOST - top.length)) yield sumResult(report, group, decided);
  for (const finding of inOrder(known, openFirst).slice(0, room)) yield findingResult(report, finding, decided);
}

/** Accepted ones last: they must not push an open one out. */
function openFirst(a: Finding, b: Finding): number {
  return (
    Number(a.accepted !== null) - Number(b.accepted !== null) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareFindings(a, b) ||
    compareText(a.id, b.id)
  );
}

const BASELINE = { new: 'new', known: 'unchanged', worsened: 'updated', overdue: 'updated' } as const;

function findingResult(report: Report, finding: Finding, decided: boolean): object {
  const { id, class: cls, reason, severity, app, account, accepted, expired, baseline } = finding;
  const over = expired === undefined ? '' : `; accepted until ${expired.until} by ${expired.owner}, which is over: ${expired.reason}`;
  return {
    ...head(report, `${cls}/${reason}`, LEVEL[severity], `${app}: ${finding.summary}${over}`, app, id),
    ...(account === null ? {} : { properties: { severity, account: words(account.id) } }),
    ...(account === null ? { properties: { severity } } : {}),
    ...(baseline === undefined ? {} : { baselineState: BASELINE[baseline] }),
    ...suppressed(decided, accepted === null ? undefined : `${accepted.reason} (${accepted.owner}, until ${accepted.until})`),
  };
}

function stageResult(report: Report, { app, stage, verdict }: StageFate, decided: boolean): object {
  const level = verdict === 'gap' || verdict === 'contradicted' ? 'error' : 'warning';
  const text = `${app.name}: the ${stage} stage is ${verdict}: ${app.coverage[stage].reasons.join('; ')}`;
  return { ...head(report, `coverage/${stage}`, level, text, app.name, `coverage:${stage}:${words(app.name)}`), ...suppressed(decided) };
}

/** Stands for what has no room; its count is that of all, also of those that are listed. */
function sumResult(report: Report, { app, class: cls, findings, accepted, worst }: Group, decided: boolean): object {
  const reason = inOrder(findings, openFirst)[0]?.reason ?? '';
  const text = `${app}: ${findings.length} ${cls} in all (${tally(findings, 'severity')}; ${accepted} accepted); this file lists the worst of them`;
  return {
    ...head(report, `${cls}/${reason}`, LEVEL[worst ?? 'info'], text, app, `sum:${cls}:${words(app)}`),
    occurrenceCount: findings.length,
    ...suppressed(decided),
  };
}

function head(report: Report, rule: string, level: string, text: string, app: string, print: string): object {
  return {
    ruleId: rule,
    ruleIndex: ruleIndex(rule),
    level,
    message: { text: message(text) },
    locations: [place(report, app)],
    // All results of an app stand at one line: without a fingerprint of our own GitHub would take them for one.
    partialFingerprints: { primaryLocationLineHash: print, 'lifegap/v1': print },
  };
}

/** Section 3.27.23: where one result tells of suppressions, all do; none is an empty list. */
function suppressed(decided: boolean, justification?: string): object {
  if (justification !== undefined) return { suppressions: [{ kind: 'external', status: 'accepted', justification: words(justification) }] };
  return decided ? { suppressions: [] } : {};
}

function place(report: Report, app: string | undefined): object {
  const line = lineOf(report, app);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(report.run.config.path), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 },
    },
    ...(app === undefined ? {} : { logicalLocations: [{ name: words(app), kind: 'resource' }] }),
  };
}

function uriOf(path: string): string {
  return visible(path).split('/').map(encodeURIComponent).join('/');
}

/** Plain text of a message: nothing acts, and `[text](target)` is no embedded link (section 3.11.6). */
function words(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/**
 * A message string: a brace is written twice in it, with `arguments` beside it or without, or else `{0}` is a placeholder (section 3.11.5). GitHub does not
 * say what code scanning makes of it; where a viewer does not undo it, it shows the brace twice, and nothing goes missing.
 */
function message(text: string): string {
  return words(text).replace(/[{}]/g, '$&$&');
}
