import { STAGES, type Stage } from '../../model/policy.js';
import type { AppReport, Report } from '../../model/report.js';
import type { Trial } from '../../model/trial.js';
import { csvRows, type Columns } from '../csv.js';
import { markdownCode } from '../escape.js';
import { entryWords } from '../logs.js';
import { pieces } from '../pieces.js';
import type { Reporter } from '../reporter.js';
import { markdownHead, markdownRow } from './markdown.js';

export interface TrialRow {
  readonly app: AppReport;
  readonly stage: Stage;
  readonly trial: Trial;
}

const COLUMNS: Columns<TrialRow> = {
  app: (r) => r.app.name,
  stage: (r) => r.stage,
  outcome: (r) => r.trial.outcome,
  event: (r) => r.trial.event,
  at: (r) => r.trial.at,
  after: (r) => r.trial.between?.[0],
  until: (r) => r.trial.between?.[1],
  followedAt: (r) => r.trial.followedAt,
  lagHours: (r) => r.trial.lagHours,
  person_id: (r) => r.trial.person.id,
  person_source: (r) => r.trial.person.source,
  person_userName: (r) => r.trial.person.userName,
  account_id: (r) => r.trial.account?.id,
  account_userName: (r) => r.trial.account?.userName,
  evidence: (r) => r.trial.evidence,
  log: (r) => r.trial.log?.map(entryWords).join('; '),
};

/** The trials of a report that holds one app, stage by stage. */
export function trialsOf(report: Report, stages: readonly Stage[]): TrialRow[] {
  return report.apps.flatMap((app) =>
    STAGES.filter((stage) => stages.includes(stage)).flatMap((stage) =>
      (app.coverage[stage].evidence ?? []).map((trial) => ({ app, stage, trial })),
    ),
  );
}

export function explainCsv(stages: readonly Stage[]): Reporter {
  return (report) => pieces(csvRows(COLUMNS, trialsOf(report, stages)));
}

export function explainMarkdown(stages: readonly Stage[]): Reporter {
  return (report) =>
    pieces([
      markdownHead(Object.keys(COLUMNS)),
      ...trialsOf(report, stages).map((row) => markdownRow(Object.values(COLUMNS).map((value) => markdownCode(String(value(row) ?? ''))))),
    ]);
}
