import { doubtsOf } from '../model/completeness.js';
import { failTest, stageTest } from '../model/fail-on.js';
import { CLASSES, SEVERITIES, type Finding, type FindingClass, type Severity } from '../model/finding.js';
import { STAGES, type Stage } from '../model/policy.js';
import type { AppReport, CoverageVerdict, DirectoryReport, Report } from '../model/report.js';
import { compareText } from './sort.js';

/** The findings of one app and class, with what the gate makes of them: what CI formats show in place of thousands of rows. */
export interface Group {
  readonly app: string;
  readonly class: FindingClass;
  /** As the report orders them. */
  readonly findings: readonly Finding[];
  readonly failing: readonly Finding[];
  readonly accepted: number;
  readonly expired: number;
  /** Of the findings that nobody accepts; undefined: there is none. */
  readonly worst: Severity | undefined;
}

/** By app, then by class. */
export function groups(report: Report): Group[] {
  const isFailing = failTest(report.run);
  const apps = new Map<string, Map<FindingClass, Finding[]>>();
  for (const finding of report.findings) {
    const classes = apps.get(finding.app) ?? new Map<FindingClass, Finding[]>();
    apps.set(finding.app, classes);
    const group = classes.get(finding.class);
    if (group === undefined) classes.set(finding.class, [finding]);
    else group.push(finding);
  }
  return [...apps]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([app, classes]) =>
      CLASSES.flatMap((cls) => {
        const findings = classes.get(cls);
        if (findings === undefined) return [];
        const open = new Set(findings.filter(({ accepted }) => accepted === null).map(({ severity }) => severity));
        return {
          app,
          class: cls,
          findings,
          failing: findings.filter(isFailing),
          accepted: findings.filter(({ accepted }) => accepted !== null).length,
          expired: findings.filter(({ expired }) => expired !== undefined).length,
          worst: SEVERITIES.find((severity) => open.has(severity)),
        };
      }),
    );
}

/** What stands above everything else: leavers whom a directory still lets in, everywhere it is trusted. */
export function inDirectories({ directory, findings }: Report): string[] {
  return directory.flatMap(({ name }) => {
    const open = findings.filter(({ app, reason, accepted }) => app === name && reason === 'owner-terminated' && accepted === null).length;
    if (open === 0) return [];
    const who = open === 1 ? '1 person who has left is' : `${open} people who have left are`;
    return [`${who} still active in ${name}, and can log in wherever it is trusted`];
  });
}

/** `3 critical, 1 low`: what there is of each reason or severity, in the order of `words`. */
export function tally(findings: readonly Finding[], of: 'severity' | 'reason'): string {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(finding[of], (counts.get(finding[of]) ?? 0) + 1);
  const order = (word: string): string => (of === 'severity' ? String(SEVERITIES.indexOf(word as Severity)) : word);
  return [...counts]
    .sort(([a], [b]) => compareText(order(a), order(b)))
    .map(([word, n]) => `${n} ${word}`)
    .join(', ');
}

export interface StageFate {
  readonly app: AppReport;
  readonly stage: Stage;
  readonly verdict: CoverageVerdict;
  /** A word of --fail-on names it. */
  readonly named: boolean;
}

/** Every stage of every app of this list, in order. */
export function stages(report: Report, apps: readonly AppReport[] = report.apps): StageFate[] {
  const isNamed = stageTest(report.run);
  return apps.flatMap((app) =>
    STAGES.map((stage) => ({ app, stage, verdict: app.coverage[stage].verdict, named: isNamed(stage, app.coverage[stage].verdict) })),
  );
}

/** Verdicts that say, with proof, that a stage is not as it should be. */
export function isLacking(verdict: CoverageVerdict): boolean {
  return verdict !== 'covered' && verdict !== 'unproven';
}

/** Why a list proves nothing, in one line; undefined: it is whole. */
export function doubt(list: Pick<AppReport, 'error' | 'completeness'>): string | undefined {
  if (list.error !== null) return list.error;
  if (list.completeness.verdict !== 'unproven') return undefined;
  return doubtsOf(list.completeness).join('; ') || 'the list is not proven whole';
}

/** Why what hangs on keys and tokens of this app proves nothing, in one line; undefined: all of them were read, or it lists none. */
export function keysUnread({ error, completeness }: DirectoryReport | AppReport): string | undefined {
  return error === null && completeness.credentials !== undefined ? completeness.credentials.join('; ') : undefined;
}

/** Line of the app's key in the config; 1 for a directory. */
export function lineOf(report: Report, app: string | undefined): number {
  const { lines } = report.run.config;
  return app !== undefined && Object.hasOwn(lines, app) ? (lines[app] ?? 1) : 1;
}
