import { CLASSES, type Finding } from '../model/finding.js';
import type { Controls } from '../model/controls.js';
import { STAGES } from '../model/policy.js';
import type { Report } from '../model/report.js';
import { acceptedWords, baselineSummary } from './decisions.js';
import { markdownCode as code } from './escape.js';
import { doubt, groups, keysUnread, inDirectories, tally } from './fate.js';
import { markdownLogs } from './coverage/markdown.js';
import { hopWords } from './logs.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { unreadLists } from './unread.js';
import { byName, compareText, inOrder, worstFirst } from './sort.js';

/** A step summary of more than 1 MiB is dropped whole, and other steps write to the same page. Bytes of UTF-8. */
const BUDGET = 900_000;

/**
 * A summary for `$GITHUB_STEP_SUMMARY`, merge requests and wikis: the exit code, the matrix, what could not be judged, then the findings
 * of each app and class. Totals come first, and what has no room is counted.
 */
export const markdown: Reporter = (report, { limit }) => pieces(withinBudget(blocks(report, limit)));

/** Whole lines alone, so no table is torn. */
function* withinBudget(lines: Iterable<string>): Generator<string> {
  let left = BUDGET;
  for (const line of lines) {
    left -= Buffer.byteLength(line);
    if (left < 0) {
      yield '\nThe rest has no room here: see the JSON report.\n';
      return;
    }
    yield line;
  }
}

function* blocks(report: Report, limit: number): Generator<string> {
  const { run, summary } = report;
  yield `## lifegap: exit code ${run.exitCode}\n\n${code(run.exitReason)}\n\n`;
  yield `${CLASSES.map((cls) => `${summary[cls]} ${cls}`).join(' · ')} · ${summary.accepted} accepted · ${summary.failing} failing\n\n`;
  for (const text of inDirectories(report)) yield `**${code(text)}**\n\n`;
  yield* matrix(report);
  yield* open(report);
  yield* logs(report);
  const { accepted, baseline } = report;
  const decided = [
    ...(accepted === undefined ? [] : acceptedWords(summary.accepted, accepted)),
    ...(baseline === undefined ? [] : [baselineSummary(baseline)]),
  ];
  if (decided.length > 0) yield `\n### Accepted findings and baseline\n\n${decided.map((text) => `- ${code(text)}\n`).join('')}`;
  for (const group of groups(report)) {
    if (group.class === 'inconclusive') continue;
    yield `\n### ${code(group.app)}: ${group.findings.length} ${group.class}, ${group.failing.length} failing\n\n`;
    yield '| severity | reason | what was seen | |\n|---|---|---|---|\n';
    for (const finding of inOrder(group.findings, worstFirst).slice(0, limit)) yield row(finding);
    if (group.findings.length > limit)
      yield `\n… and ${group.findings.length - limit} more: \`--format csv=findings.csv\` lists them all.\n`;
  }
  yield* controls(report);
}

function* matrix(report: Report): Generator<string> {
  yield `| app | accounts | list | ${STAGES.join(' | ')} | mechanism |\n|---|---:|---|---|---|---|---|\n`;
  for (const app of inOrder(report.apps, byName)) {
    const list = app.error === null ? app.completeness.verdict : 'failed';
    const cells = STAGES.map((stage) => {
      const { verdict, successes, trials } = app.coverage[stage];
      return `${verdict === 'gap' || verdict === 'contradicted' ? `**${verdict}**` : verdict}${trials === 0 ? '' : ` ${successes}/${trials}`}`;
    });
    const accounts = app.error === null ? String(app.accounts) : '?';
    yield `| ${code(app.name)} | ${accounts} | ${list} | ${cells.join(' | ')} | ${app.mechanism.inferred} |\n`;
  }
}

/** How each log was read, and the way of a change where logs tell of it. */
function* logs({ apps }: Report): Generator<string> {
  const all = inOrder(apps, byName);
  yield* markdownLogs(all);
  const ways = all.flatMap(({ name, coverage }) =>
    STAGES.flatMap((stage) => {
      const words = hopWords(coverage[stage], '→');
      return words === undefined ? [] : [`- ${code(name)}, ${stage}: ${code(words)}\n`];
    }),
  );
  if (ways.length > 0) yield `\n### From the directory into the app\n\n${ways.join('')}`;
}

/** Once for each kind of finding and stage: the rows above stay short. */
function* controls({ controls: chosen, findings, apps }: Report): Generator<string> {
  if (chosen === undefined) return;
  const kinds = new Map<string, Controls>();
  for (const stage of STAGES) {
    const found = apps.find((app) => app.coverage[stage].controls !== undefined)?.coverage[stage].controls;
    if (found !== undefined) kinds.set(`${stage} not covered`, found);
  }
  for (const finding of findings) kinds.set(`${finding.class}: ${finding.reason}`, finding.controls);
  const names = Object.keys(chosen.frameworks).sort();
  const rows = [...kinds].filter(([, ids]) => Object.keys(ids).length > 0).sort(([a], [b]) => compareText(a, b));
  if (rows.length === 0) return;
  yield `\n### Controls\n\n| seen | ${names.join(' | ')} |\n|---|${'---|'.repeat(names.length)}\n`;
  for (const [kind, ids] of rows) yield `| ${kind} | ${names.map((name) => ids[name]?.join(', ') ?? '').join(' | ')} |\n`;
  yield `\n${chosen.note}\n`;
}

/** Never left out: what is not here reads as "fine". */
function* open(report: Report): Generator<string> {
  const lists = [...report.directory, ...inOrder(report.apps, byName)].flatMap((list) => {
    const why = doubt(list);
    return why === undefined
      ? []
      : [`- ${code(list.name)}: ${list.error === null ? 'list not proven whole' : 'could not be read'}: ${code(why)}\n`];
  });
  const keys = inOrder(report.apps, byName).flatMap((app) => {
    const why = keysUnread(app);
    return why === undefined ? [] : [`- ${code(app.name)}: not all credentials could be read: ${code(why)}\n`];
  });
  const rest = groups(report).filter((group) => group.class === 'inconclusive');
  const dates = unreadLists(report).map(
    ({ name, sentences }) => `- ${code(name)}: dates could not be read: ${sentences.map((one) => code(one)).join('; ')}\n`,
  );
  const lines = [...lists, ...keys, ...dates, ...rest.map(({ app, findings }) => `- ${code(app)}: ${tally(findings, 'reason')}\n`)];
  if (lines.length === 0) return;
  yield '\n### Could not be judged\n\n';
  yield* lines;
}

function row({ severity, reason, summary, accepted, expired, baseline }: Finding): string {
  const state = [
    ...(accepted === null ? [] : [`accepted until ${accepted.until}`]),
    ...(expired === undefined ? [] : [`accepted until ${expired.until}, which is over`]),
    ...(baseline === undefined ? [] : [baseline]),
  ].join('; ');
  return `| ${severity} | ${reason} | ${code(summary)} | ${state === '' ? '' : code(state)} |\n`;
}
