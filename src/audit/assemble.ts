import { VERSION } from '../contract/version.js';
import { gate } from '../gate/gate.js';
import type { Config } from '../model/config.js';
import { CLASSES, type Finding, type FindingClass } from '../model/finding.js';
import { compareFindings } from '../model/finding-order.js';
import type { DirectoryReport, Report, Summary } from '../model/report.js';
import type { AppResult } from './app.js';
import { withControls } from './controls.js';
import type { AuditOptions } from './options.js';
import { weigh } from './weigh.js';

/** What was found, in directories and in apps. */
export interface Found {
  readonly startedAt: number;
  readonly directory: readonly DirectoryReport[];
  readonly results: readonly AppResult[];
  /** Findings that are of a directory itself. */
  readonly ofDirectories: readonly Finding[];
}

/** Weighs what was found against what people have decided, says what the exit code is, and puts the report together. */
export function assemble(config: Config, options: AuditOptions, found: Found): Report {
  const { directory } = found;
  const apps = found.results.map((result) => result.report).sort((a, b) => (a.name < b.name ? -1 : 1));
  const failOn = options.failOn ?? config.policy.failOn;
  const newOnly = options.newOnly === undefined ? {} : { newOnly: options.newOnly };
  const weighed = weigh(config, options, { directory, apps, findings: allFindings(found) });
  const { findings } = weighed;
  const failed = [...directory, ...apps].filter((list) => list.error !== null).map((list) => list.name);
  const verdict = gate({ findings, apps, failOn, ...newOnly, failed, unproven: unprovenOf(found, apps) });
  return {
    schemaVersion: 1,
    run: {
      tool: `lifegap ${VERSION}`,
      startedAt: iso(found.startedAt),
      finishedAt: iso(options.now()),
      configSha256: config.sha256,
      config: { path: config.shownPath, lines: Object.fromEntries(config.apps.map(({ name, line }) => [name, line])) },
      failOn,
      ...newOnly,
      exitCode: verdict.exitCode,
      exitReason: verdict.reason,
    },
    asOf: iso(options.asOf),
    directory,
    summary: { ...countByClass(findings), accepted: findings.filter((f) => f.accepted !== null).length, failing: verdict.failing },
    ...weighed,
    ...withControls({ apps, findings }, options.controls),
  };
}

/** A system may be an app as well: then its own list has said it. */
function allFindings({ results, ofDirectories }: Found): Finding[] {
  const ofApps = results.flatMap((result) => result.findings);
  const said = new Set(ofApps.map(({ id }) => id));
  return [...ofApps, ...ofDirectories.filter(({ id }) => !said.has(id))].sort(compareFindings);
}

/** What was not read whole, or could not be judged. */
function unprovenOf({ directory, results, ofDirectories }: Found, apps: Report['apps']): string[] {
  const isUnproven = ({ completeness }: Pick<DirectoryReport, 'completeness'>): boolean => completeness.verdict === 'unproven';
  return [
    ...[...directory, ...apps].filter(isUnproven).map((list) => `the list of ${list.name}`),
    ...apps.filter(({ completeness }) => completeness.credentials !== undefined).map(({ name }) => `the credentials of ${name}`),
    ...ofDirectories.filter((finding) => finding.class === 'inconclusive').map(({ app }) => `the states of ${app}`),
    ...results.filter((r) => r.inconclusive && !isUnproven(r.report)).map((r) => `verdicts of ${r.report.name}`),
  ];
}

function countByClass(findings: readonly Finding[]): Omit<Summary, 'accepted' | 'failing'> {
  const counts = Object.fromEntries(CLASSES.map((c) => [c, 0])) as Record<FindingClass, number>;
  for (const finding of findings) counts[finding.class]++;
  return counts;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
