import type { About, Source } from '../contract/source.js';
import { makersOf } from '../coverage/makers.js';
import { mechanismOf } from '../coverage/mechanism.js';
import { offboarding } from '../coverage/offboarding.js';
import { responsibilities } from '../coverage/responsibilities.js';
import { coverageOf } from '../coverage/stages.js';
import { gather } from '../coverage/traces.js';
import { leaverAccounts } from '../coverage/two-by-two.js';
import type { AppCase } from '../diff/app-case.js';
import { AppJudge } from '../diff/judge.js';
import { notCompared } from '../diff/not-compared.js';
import type { Ruling } from '../diff/ruling.js';
import { DatedRows } from '../logbook/dated-rows.js';
import { withLoggedOff } from '../logbook/logged-off.js';
import type { Account } from '../model/account.js';
import type { AppConfig } from '../model/config.js';
import type { Finding } from '../model/finding.js';
import type { Past } from '../model/past.js';
import type { AppReport } from '../model/report.js';
import { wordRemarks } from '../model/word-remarks.js';
import { observe } from '../transitions/observe.js';
import { specify } from './app-spec.js';
import type { Assigned } from './assigned.js';
import type { Census } from './census.js';
import { confirmStale } from './confirm-stale.js';
import { judgePage } from './judge-page.js';
import { readLogs, type OpenLogs } from './logs.js';
import { readAll, type ListRead } from './read-all.js';
import type { Believed } from './shrink.js';
import { todayOf } from './today.js';
import type { Witness } from './witness.js';

/** What is the same for every app of an audit: the directory, and what is asked for. */
export interface AuditContext extends Omit<AppCase, 'spec'> {
  /** Keep every trial by name? */
  readonly trials: boolean;
  readonly past?: Past | undefined;
  readonly openLog: OpenLogs;
  /** When the directory's own log says that somebody was switched off there, ms; NaN. */
  readonly directoryOff: (row: number) => number;
  readonly believed: Believed;
}

/** Who watches the app while it is read. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly witness?: Witness | undefined;
  readonly census?: Census | undefined;
  readonly about?: About | undefined;
  readonly onRows: (rows: number, state?: 'reading' | 'done' | 'failed') => void;
}

export interface AppResult {
  readonly report: AppReport;
  readonly findings: readonly Finding[];
  readonly inconclusive: boolean;
}

/** One app: its accounts are judged page by page as they are read, then settled; then it is seen what history shows, and whether the app follows. */
export async function auditApp(
  app: AppConfig,
  source: Source<Account>,
  context: AuditContext,
  watch: Watch,
  assigned?: Assigned,
): Promise<AppResult> {
  const { spec, filterGaps } = specify(app, context, assigned, source.facts.baseRoles);
  const { standing, policy, dates, directoryProven } = context;
  const judge = new AppJudge({ spec, standing, policy, dates, directoryProven });
  const list = await readApp(app, source, judge, context, watch);
  const { completeness } = list;
  const whole = { directory: directoryProven, list: completeness.verdict !== 'unproven' };
  const past = await context.past?.appRead(app.name, whole.list, completeness.credentials !== undefined);
  const readAgain = await confirmStale(judge, source, list, watch.signal);
  // Where both filters are given, the assignments decide nothing but keys.
  const doubt = app.expected === undefined || app.allowed === undefined ? assigned?.doubt : undefined;
  const failed = list.error !== null && judge.accounts === 0;
  const diff = judge.settle({ list: completeness, filterGaps, assigned: doubt, failed });
  watch.census?.settled(app, diff);
  const logged = app.logs === undefined ? undefined : await readLogs(app.logs, diff, context.openLog, watch.signal);
  const dated = logged === undefined ? diff : { ...diff, rows: new DatedRows(diff.rows, logged) };
  const traces = gather(dated);
  const observed = past === undefined ? [] : observe(past, todayOf(diff, app, traces, source.facts.loginDelay ?? 0));
  const makers = logged === undefined ? undefined : makersOf(logged, standing.index.size);
  const mechanism = mechanismOf(traces, app.lifecycle.create?.by ?? null, whole.list, makers);
  const notes = [...readAgain, ...(assigned?.notes ?? []), ...diff.notes, ...wordRemarks(completeness), ...notCompared(diff, whole)];
  return {
    report: {
      name: app.name,
      connector: app.connector,
      accounts: diff.accounts,
      completeness,
      error: list.error,
      reconciliation: diff.reconciliation,
      coverage: coverageOf({
        ...{ diff: dated, whole, list: completeness, past, observed, traces, mechanism, logged, listed: diff.rows },
        directoryOff: context.directoryOff,
        leavers: source.facts.leavers,
        gaps: doubt === undefined ? filterGaps : [...filterGaps, doubt],
        provisioning: assigned?.provisioning,
        keepsTrials: context.trials,
      }),
      mechanism,
      offboarding: offboarding(app.lifecycle, standing.asOf, whole.list ? leaverAccounts(diff) : undefined),
      responsibilities: responsibilities(app.lifecycle, mechanism.inferred, standing.asOf),
      ...(assigned?.report === undefined ? {} : { assigned: assigned.report }),
      ...(logged === undefined ? {} : { logs: logged.reports }),
      notes,
    },
    findings: logged === undefined ? diff.findings : withLoggedOff(diff, logged),
    inconclusive: diff.inconclusive,
  };
}

/** Reads the list and judges it as it comes: no page is kept. */
async function readApp(
  { name }: AppConfig,
  source: Source<Account>,
  judge: AppJudge,
  { past, believed }: AuditContext,
  { signal, about, witness, census, onRows }: Watch,
): Promise<ListRead> {
  const read = await readAll(source, { signal, ...(about === undefined ? {} : { about }) }, (page) => {
    const rulings: Ruling[] = [];
    const owners = judgePage(judge, page, census === undefined ? undefined : (one) => rulings.push(one));
    onRows(owners.length);
    census?.read(name, page.rows, rulings);
    return witness?.accounts?.(name, page, owners);
  });
  onRows(0, read.error === null ? 'done' : 'failed');
  return { ...read, completeness: believed(name, read.completeness, past?.rowsBefore('app', name)) };
}
