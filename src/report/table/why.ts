import { unnamed } from '../../model/unnamed.js';
import { STAGES, type Stage } from '../../model/policy.js';
import type { AppReport, StageCoverage } from '../../model/report.js';
import { plan, row, type Cell, type Column } from '../columns.js';
import { byName, inOrder } from '../sort.js';
import { hopWords } from '../logs.js';
import { mechanismWords } from './matrix.js';
import { counted, duration, namedOnce, shown, type Look } from './look.js';

const COLUMNS: readonly Column[] = [{ head: '', max: 28 }, { head: '' }, { head: '' }, { head: '', fold: 1, wrapFrom: 44 }];

/**
 * What stands behind every verdict that is neither covered nor unproven, and behind an offboarding that hangs on provisioning. `all`: behind
 * the others too.
 */
export function why(apps: readonly AppReport[], look: Look, all = false): string[] {
  const rows = inOrder(apps, byName).flatMap((app) =>
    namedOnce([
      ...STAGES.filter((stage) => all || isTold(app.coverage[stage], look)).flatMap((stage) => [
        stageRow(app, stage, look),
        ...hopsRow(app, stage, look),
      ]),
      ...mechanismRow(app),
      ...offboardingRow(app),
      ...ownersRow(app, all || look.verbose),
    ]),
  );
  const widths = plan(COLUMNS, rows, look.style);
  return rows.flatMap((cells) => row(COLUMNS, cells, widths, look.style));
}

function isTold({ verdict, declared, provisioned }: StageCoverage, look: Look): boolean {
  if (verdict !== 'covered') return verdict !== 'unproven';
  return look.verbose || (provisioned?.set === 'off' && (declared === 'scim' || declared === 'api'));
}

function stageRow(app: AppReport, stage: Stage, look: Look): Cell[] {
  const coverage = app.coverage[stage];
  const { text, paint } = look.coverage(coverage.verdict);
  return [{ text: shown(app.name) }, { text: stage }, { text, paint }, { text: facts(coverage).join('; ') }];
}

/** The way of a change, where logs tell of it: a row of its own, so that it is not cut off behind the reasons. */
function hopsRow(app: AppReport, stage: Stage, look: Look): Cell[][] {
  const words = hopWords(app.coverage[stage], look.arrow);
  return words === undefined ? [] : [[{ text: shown(app.name) }, { text: '' }, { text: '  hops' }, { text: shown(words) }]];
}

/** The reasons of a verdict and its figures, safe to print. */
export function facts(stage: StageCoverage): string[] {
  const { reasons, interval, stillActive, lag, grade, provisioned } = stage;
  const percent = (rate: number): number => Math.round(rate * 100);
  return [
    ...reasons.map((reason) => shown(reason)),
    ...(interval === null ? [] : [`95% interval ${percent(interval[0])} to ${percent(interval[1])}%`]),
    ...(stillActive === undefined || stillActive === 0 ? [] : [`${counted(stillActive, 'leaver is', 'leavers are')} still active`]),
    ...lagWords(lag),
    `evidence: ${grade}`,
    ...(provisioned === undefined || isProvisioningTold(stage)
      ? []
      : [`${shown(provisioned.directory)}: ${provisioned.set} (${shown(provisioned.evidence)})`]),
  ];
}

/** Where what is declared, what is set up and what happens differ, a reason of the stage names what is set up (coverage/declared.ts). */
export function isProvisioningTold({
  verdict,
  declared,
  provisioned,
}: Pick<StageCoverage, 'verdict' | 'declared' | 'provisioned'>): boolean {
  const carried = declared !== null && declared !== 'none';
  if (provisioned?.set === 'on') return !carried || verdict === 'contradicted';
  return declared === 'scim' || declared === 'api';
}

function lagWords(lag: StageCoverage['lag']): string[] {
  if (lag === null) return [];
  const { medianHours, p95Hours, longestOpenHours } = lag;
  return [
    ...(medianHours === null ? [] : [`median ${duration(medianHours)}`]),
    ...(p95Hours === null ? [] : [`95% within ${duration(p95Hours)}`]),
    ...(longestOpenHours === null ? [] : [`longest still open ${duration(longestOpenHours)}`]),
  ];
}

/** Only where what is declared and what is seen differ. */
function mechanismRow(app: AppReport): Cell[][] {
  const { inferred, declared, traces } = app.mechanism;
  if (inferred === 'unknown' || declared === null || inferred.split('+').includes(declared)) return [];
  const text = traces.map((trace) => shown(trace)).join('; ');
  return [[{ text: shown(app.name) }, { text: 'mechanism' }, { text: '! differs' }, { text: `${mechanismWords(app.mechanism)}: ${text}` }]];
}

function offboardingRow(app: AppReport): Cell[][] {
  if (app.offboarding.independent) return [];
  const text = app.offboarding.reasons.map((reason) => shown(reason)).join('; ');
  return [[{ text: shown(app.name) }, { text: 'offboarding' }, { text: '! not independent' }, { text }]];
}

/** What is missing of the responsibilities: always what a date or the method says, and on demand that nobody is named. */
function ownersRow(app: AppReport, everything: boolean): Cell[][] {
  const { responsibilities } = app;
  if (responsibilities === undefined) return [];
  const byProblem = new Map<string, Stage[]>();
  for (const stage of STAGES) {
    const carrier = responsibilities[stage];
    const nobody = unnamed(carrier);
    for (const problem of carrier.problems) {
      if (everything || problem !== nobody) byProblem.set(problem, [...(byProblem.get(problem) ?? []), stage]);
    }
  }
  const text = [...byProblem].map(([problem, stages]) => `${stages.join(', ')}: ${shown(problem)}`).join('; ');
  return text === '' ? [] : [[{ text: shown(app.name) }, { text: 'owners' }, { text: '! open' }, { text }]];
}
