import { ControlTable, DEFAULT_FRAMEWORKS, FRAMEWORKS, RELEVANCE, type Framework } from '../model/controls.js';
import type { Finding } from '../model/finding.js';
import { STAGES } from '../model/policy.js';
import type { AppReport, Report, StageCoverage } from '../model/report.js';

/** Verdicts that say of a stage that it is not covered. `unproven` says nothing. */
const NOT_COVERED: ReadonlySet<StageCoverage['verdict']> = new Set(['partial', 'gap', 'contradicted', 'undeclared']);

type Found = Pick<Report, 'apps' | 'findings'>;

/** Names the controls that each finding, and each stage that is not covered, bears on. No framework: nothing is named. */
export function withControls(
  { apps, findings }: Found,
  frameworks: readonly Framework[] = DEFAULT_FRAMEWORKS,
): Found & Pick<Report, 'controls'> {
  if (frameworks.length === 0) return { apps, findings };
  const table = new ControlTable(frameworks);
  const named = (app: AppReport): AppReport => {
    const coverage = { ...app.coverage };
    for (const stage of STAGES) {
      if (NOT_COVERED.has(coverage[stage].verdict)) coverage[stage] = { ...coverage[stage], controls: table.stage(stage) };
    }
    return { ...app, coverage };
  };
  return {
    apps: apps.map(named),
    findings: findings.map((finding): Finding => ({ ...finding, controls: table.finding(finding.class, finding.reason) })),
    controls: { frameworks: Object.fromEntries(frameworks.map((name) => [name, FRAMEWORKS[name]])), note: RELEVANCE },
  };
}
