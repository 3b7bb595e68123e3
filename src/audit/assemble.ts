import { VERSION } from '../contract/version.js';
import type { Gate } from '../gate/gate.js';
import { CLASSES, type Finding, type FindingClass } from '../model/finding.js';
import type { Report, Summary } from '../model/report.js';
import type { AuditRun } from './begin.js';
import { withControls } from './controls.js';
import type { Found } from './found.js';
import type { Weighed } from './weigh.js';

/** The report: what was found, what people have decided of it, and the exit code. */
export function assemble({ config, options, rules, startedAt }: AuditRun, found: Found, weighed: Weighed, gate: Gate): Report {
  const { directory, apps } = found;
  const { findings } = weighed;
  return {
    schemaVersion: 1,
    run: {
      tool: `lifegap ${VERSION}`,
      startedAt: iso(startedAt),
      finishedAt: iso(options.now()),
      configSha256: config.sha256,
      config: { path: config.shownPath, lines: Object.fromEntries(config.apps.map(({ name, line }) => [name, line])) },
      ...rules,
      exitCode: gate.exitCode,
      exitReason: gate.reason,
    },
    asOf: iso(options.asOf),
    directory,
    summary: { ...countByClass(findings), accepted: findings.filter((f) => f.accepted !== null).length, failing: gate.failing },
    ...weighed,
    ...withControls({ apps, findings }, options.controls),
  };
}

function countByClass(findings: readonly Finding[]): Omit<Summary, 'accepted' | 'failing'> {
  const counts = Object.fromEntries(CLASSES.map((c) => [c, 0])) as Record<FindingClass, number>;
  for (const finding of findings) counts[finding.class]++;
  return counts;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
