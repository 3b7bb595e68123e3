import { STAGES, type Stage } from '../model/policy.js';
import type { Finding } from '../model/finding.js';
import type { Controls } from '../model/controls.js';
import type { AppReport, Report } from '../model/report.js';
import { csvField } from './escape.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { hopFigures } from './logs.js';
import { byName, compareFindings, inOrder } from './sort.js';

type Value = string | number | null | undefined;
/** Column name -> value; the order here is the order in the file. New columns go to the end. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Value>>;

const FINDING: Columns<Finding> = {
  id: (f) => f.id,
  class: (f) => f.class,
  reason: (f) => f.reason,
  severity: (f) => f.severity,
  app: (f) => f.app,
  account_id: (f) => f.account?.id,
  account_userName: (f) => f.account?.userName,
  account_email: (f) => f.account?.email,
  account_status: (f) => f.account?.status,
  account_kind: (f) => f.account?.kind,
  account_createdAt: (f) => f.account?.createdAt,
  account_lastLoginAt: (f) => f.account?.lastLoginAt,
  person_id: (f) => f.person?.id,
  person_source: (f) => f.person?.source,
  person_userName: (f) => f.person?.userName,
  person_email: (f) => f.person?.email,
  person_state: (f) => f.person?.state,
  person_endAt: (f) => f.person?.endAt,
  rule: (f) => f.match?.rule,
  attributes: (f) => f.attributes.map((a) => `${a.name}: ${a.directory} -> ${a.app} (${a.cause})`).join('; '),
  summary: (f) => f.summary,
  hints: (f) => f.hints.join('; '),
  accepted_reason: (f) => f.accepted?.reason,
  accepted_owner: (f) => f.accepted?.owner,
  accepted_until: (f) => f.accepted?.until,
  expired_until: (f) => f.expired?.until,
  baseline: (f) => f.baseline,
  loggedOff: (f) => f.loggedOff,
};

interface StageRow {
  readonly app: AppReport;
  readonly stage: Stage;
}

const COVERAGE: Columns<StageRow> = {
  app: (r) => r.app.name,
  stage: (r) => r.stage,
  verdict: (r) => r.app.coverage[r.stage].verdict,
  grade: (r) => r.app.coverage[r.stage].grade,
  trials: (r) => r.app.coverage[r.stage].trials,
  successes: (r) => r.app.coverage[r.stage].successes,
  low: (r) => r.app.coverage[r.stage].interval?.[0],
  high: (r) => r.app.coverage[r.stage].interval?.[1],
  medianHours: (r) => r.app.coverage[r.stage].lag?.medianHours,
  p95Hours: (r) => r.app.coverage[r.stage].lag?.p95Hours,
  open: (r) => r.app.coverage[r.stage].lag?.open,
  declared: (r) => r.app.coverage[r.stage].declared,
  reasons: (r) => r.app.coverage[r.stage].reasons.join('; '),
  provisioned: (r) => r.app.coverage[r.stage].provisioned?.set,
  provisioned_by: (r) => r.app.coverage[r.stage].provisioned?.directory,
  provisioned_evidence: (r) => r.app.coverage[r.stage].provisioned?.evidence,
  system: (r) => r.app.responsibilities?.[r.stage].system,
  owner: (r) => r.app.responsibilities?.[r.stage].owner,
  control: (r) => r.app.responsibilities?.[r.stage].control,
  reviewBy: (r) => r.app.responsibilities?.[r.stage].reviewBy,
  problems: (r) => r.app.responsibilities?.[r.stage].problems.join('; '),
  hops: (r) => r.app.coverage[r.stage].hops?.map(hopFigures).join('; '),
};

/** One column for each framework whose controls are named, after all others. */
function controlColumns<Row>({ controls }: Report, of: (row: Row) => Controls | undefined): Columns<Row> {
  const names = Object.keys(controls?.frameworks ?? {}).sort();
  return Object.fromEntries(names.map((name) => [`controls_${name}`, (row: Row) => of(row)?.[name]?.join(', ')]));
}

/** The findings as CSV (RFC 4180: CRLF, every field quoted), with the header even when there is none. */
export const csv: Reporter = (report) => {
  const columns = { ...FINDING, ...controlColumns<Finding>(report, (f) => f.controls) };
  return pieces(csvRows(columns, inOrder(report.findings, compareFindings)));
};

/** One row for each app and stage. What is not known is an empty field. */
export const csvCoverage: Reporter = (report) =>
  pieces(
    csvRows(
      { ...COVERAGE, ...controlColumns<StageRow>(report, (r) => r.app.coverage[r.stage].controls) },
      inOrder(report.apps, byName).flatMap((app) => STAGES.map((stage) => ({ app, stage }))),
    ),
  );

/** CSV with a header (RFC 4180: CRLF, every field quoted). */
export function* csvRows<Row>(columns: Columns<Row>, items: Iterable<Row>): Generator<string> {
  const values = Object.values(columns);
  yield line(Object.keys(columns).map(field));
  for (const item of items) yield line(values.map((value) => field(value(item))));
}

function line(fields: readonly string[]): string {
  return `${fields.join(',')}\r\n`;
}

/** A number is ours, and may be negative; only text can be a formula. */
function field(value: Value): string {
  return typeof value === 'string' ? csvField(value) : `"${value ?? ''}"`;
}
