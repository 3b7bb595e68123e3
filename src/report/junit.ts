import { counted } from '../model/counted.js';
import { undecidedTest } from '../model/fail-on.js';
import { CLASSES, type Finding, type FindingClass } from '../model/finding.js';
import type { AppReport, DirectoryReport, Report } from '../model/report.js';
import { visible } from './escape.js';
import { doubt, groups, keysUnread, stages, tally, type Group } from './fate.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { byName, inOrder, worstFirst } from './sort.js';
import { unreadLists, type UnreadList } from './unread.js';

/** Accounts that a failure lists; the count stands before them. */
const LISTED = 20;
/** Each class is a check; what is inconclusive belongs to the others, as an error. */
const CHECKED = CLASSES.filter((cls) => cls !== 'inconclusive');

interface Case {
  readonly name: string;
  /** Undefined: the check passed. */
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly type: string;
    readonly message: string;
    readonly text?: string;
  };
}

/**
 * JUnit XML: a suite for each directory and app, a case for each check. A failure ends the run (exit code 1), an error is what could not
 * be read or proven (4 and 3), and skipped says what is there and does not fail: only what is proven clean passes.
 */
export const junit: Reporter = (report) => pieces(lines(report));

function* lines(report: Report): Generator<string> {
  const byApp = new Map<string, Group[]>();
  for (const group of groups(report)) byApp.set(group.app, [...(byApp.get(group.app) ?? []), group]);
  const directoryDoubt = report.directory.map(doubt).find((why) => why !== undefined);
  const unread = unreadLists(report);
  const suites = [
    ...report.directory.map((list) => ({
      list,
      kind: 'directory',
      cases: [listCase(list), ...dateCases(unread, list.name, 'directory'), ...directoryCases(byApp.get(list.name) ?? [])],
    })),
    ...inOrder(report.apps, byName).map((app) => ({
      list: app,
      kind: 'app',
      cases: [...dateCases(unread, app.name, 'app'), ...appCases(report, app, byApp.get(app.name) ?? [], directoryDoubt)],
    })),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="lifegap" ${counts(all)}>\n`;
  for (const { list, kind, cases } of suites) {
    yield `  <testsuite name="${attribute(list.name)}" package="${kind}" timestamp="${attribute(report.asOf.slice(0, 19))}" ${counts(cases)}>\n`;
    for (const one of cases) yield `    ${caseXml(list.name, one)}\n`;
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function counts(cases: readonly Case[]): string {
  const of = (kind: string): number => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`;
}

function listCase(list: DirectoryReport | AppReport): Case {
  const why = doubt(list);
  if (why === undefined) return { name: 'list' };
  return { name: 'list', outcome: { kind: 'error', type: list.error === null ? 'unproven' : 'failed', message: why } };
}

/** Only where a date is there that could not be read. */
function dateCases(unread: readonly UnreadList[], name: string, kind: 'directory' | 'app'): Case[] {
  return unread
    .filter((list) => list.name === name && (list.app === undefined) === (kind === 'directory'))
    .map(({ sentences, isOpen }) => ({
      name: 'dates',
      outcome: { kind: isOpen ? 'error' : 'skipped', type: 'inconclusive', message: `dates could not be read: ${sentences.join('; ')}` },
    }));
}

/** Of the directory's own accounts: only where something was found. */
function directoryCases(own: readonly Group[]): Case[] {
  return CHECKED.flatMap((cls) => {
    const group = own.find((one) => one.class === cls);
    return group === undefined ? [] : [classCase(cls, group, undefined)];
  });
}

function appCases(report: Report, app: AppReport, own: readonly Group[], directoryDoubt: string | undefined): Case[] {
  const keys = keysUnread(app);
  const unclear = own
    .flatMap(({ class: cls, findings }) => (cls === 'inconclusive' ? findings : []))
    .filter((f) => f.ofCredentials !== true);
  const why =
    doubt(app) ??
    (directoryDoubt === undefined ? undefined : `the directory is not proven whole: ${directoryDoubt}`) ??
    (unclear.length === 0 ? undefined : `could not be judged: ${tally(unclear, 'reason')}`);
  return [
    listCase(app),
    ...stages(report, [app]).map(({ stage, verdict, named }): Case => {
      const name = `coverage.${stage}`;
      const message = `${verdict}: ${app.coverage[stage].reasons.join('; ')}`;
      if (verdict === 'covered') return named ? { name, outcome: { kind: 'failure', type: verdict, message } } : { name };
      if (verdict === 'unproven')
        return {
          name,
          outcome: {
            kind: named || why !== undefined || (keys !== undefined && stage === 'delete') ? 'error' : 'skipped',
            type: verdict,
            message,
          },
        };
      return { name, outcome: { kind: named ? 'failure' : 'skipped', type: verdict, message } };
    }),
    ...CHECKED.map((cls) =>
      classCase(
        cls,
        own.find((group) => group.class === cls),
        cls === 'orphaned' ? (why ?? keys ?? whose(report, own)) : why,
      ),
    ),
  ];
}

/** Accounts that may be a leaver's: nothing proves that they are no orphans. */
function whose(report: Report, own: readonly Group[]): string | undefined {
  const open = own.flatMap(({ findings }) => findings).filter(undecidedTest(report.run));
  return open.length === 0 ? undefined : `of ${counted(open.length, 'account', 'accounts')} nobody can say whose: ${tally(open, 'reason')}`;
}

function classCase(cls: FindingClass, group: Group | undefined, why: string | undefined): Case {
  const there = group === undefined ? '' : whatIsThere(group);
  if (group !== undefined && group.failing.length > 0) {
    const shown = inOrder(group.failing, worstFirst).slice(0, LISTED).map(line);
    const left = group.failing.length - shown.length;
    const text = [
      ...shown,
      ...(left === 0 ? [] : [`… and ${left} more`]),
      ...(why === undefined ? [] : [`not everything was judged: ${why}`]),
    ]
      .map((one) => visible(one))
      .join('\n');
    return { name: cls, outcome: { kind: 'failure', type: cls, message: there, text } };
  }
  if (why !== undefined)
    return { name: cls, outcome: { kind: 'error', type: 'inconclusive', message: [there, why].filter(Boolean).join('; ') } };
  return group === undefined ? { name: cls } : { name: cls, outcome: { kind: 'skipped', type: cls, message: there } };
}

function whatIsThere({ class: cls, findings, failing, accepted, expired }: Group): string {
  const known = findings.filter(({ baseline }) => baseline === 'known').length;
  return [
    `${findings.length} ${cls} (${tally(findings, 'severity')})`,
    `${failing.length} failing`,
    ...(accepted === 0 ? [] : [`${accepted} accepted`]),
    ...(expired === 0 ? [] : [`${expired} no longer accepted`]),
    ...(known === 0 ? [] : [`${known} known`]),
  ].join(', ');
}

function line({ id, severity, reason, summary }: Finding): string {
  return `${id} ${severity} ${reason}: ${summary}`;
}

function caseXml(suite: string, { name, outcome }: Case): string {
  const start = `<testcase classname="${attribute(`lifegap.${suite}`)}" name="${name}"`;
  if (outcome === undefined) return `${start}/>`;
  const { kind, type, message, text } = outcome;
  const typed = kind === 'skipped' ? '' : ` type="${type}"`;
  const body = text === undefined ? '/>' : `>${xml(text)}</${kind}>`;
  return `${start}><${kind}${typed} message="${attribute(message)}"${body}</testcase>`;
}

function attribute(text: string): string {
  return xml(visible(text));
}

/** After `visible`, which has made readable what is no character of XML 1.0 (section 2.2). */
function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
