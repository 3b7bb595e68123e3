import type { Finding, Severity } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { jsonText, visible } from './escape.js';
import { doubt, isLacking, lineOf, stages } from './fate.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { byName, compareFindings, inOrder } from './sort.js';
import { unreadLists } from './unread.js';

/** GitLab's words, worst first (GitLab Docs, Code Quality report format). */
const SEVERITY: Readonly<Record<Severity, 'blocker' | 'critical' | 'major' | 'minor' | 'info'>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** GitLab Code Quality: an array, one entry a line. Lists that prove nothing come first, then lacking stages, then the findings. */
export const gitlab: Reporter = (report) => pieces(lines(report));

function* lines(report: Report): Generator<string> {
  yield '[';
  let first = true;
  for (const item of entries(report)) {
    yield `${first ? '' : ','}\n  ${jsonText(item)}`;
    first = false;
  }
  yield first ? ']\n' : '\n]\n';
}

function* entries(report: Report): Generator<object> {
  const apps = inOrder(report.apps, byName);
  for (const list of [...report.directory, ...apps]) {
    const why = doubt(list);
    if (why === undefined) continue;
    const kind = 'coverage' in list ? 'app' : 'directory';
    yield entry(report, list.name, 'list', `list:${kind}:${list.name}`, 'blocker', `not proven: ${why}`);
  }
  for (const { name, app, sentences, isOpen } of unreadLists(report)) {
    const key = `dates:${app === undefined ? 'directory' : 'app'}:${name}`;
    yield entry(report, name, 'dates', key, isOpen ? 'critical' : 'minor', `dates could not be read: ${sentences.join('; ')}`);
  }
  for (const { app, stage, verdict } of stages(report, apps)) {
    if (!isLacking(verdict)) continue;
    const text = `the ${stage} stage is ${verdict}: ${app.coverage[stage].reasons.join('; ')}`;
    yield entry(report, app.name, `coverage/${stage}`, `coverage:${stage}:${app.name}`, verdict === 'partial' ? 'major' : 'critical', text);
  }
  for (const finding of inOrder(report.findings, compareFindings)) {
    const severity = SEVERITY[finding.accepted === null ? finding.severity : 'info'];
    yield entry(report, finding.app, `${finding.class}/${finding.reason}`, finding.id, severity, wording(finding));
  }
}

/** Accepted findings stay, as `info`, with who accepted them. */
function wording({ summary, accepted, expired }: Finding): string {
  if (accepted !== null) return `accepted until ${accepted.until} by ${accepted.owner} (${accepted.reason}): ${summary}`;
  return expired === undefined ? summary : `${summary}; accepted until ${expired.until} by ${expired.owner}, which is over`;
}

function entry(report: Report, app: string, check: string, fingerprint: string, severity: string, text: string): object {
  return {
    description: visible(`${app}: ${text}`),
    check_name: check,
    fingerprint: visible(fingerprint),
    severity,
    location: { path: visible(report.run.config.path), lines: { begin: lineOf(report, app) } },
  };
}
