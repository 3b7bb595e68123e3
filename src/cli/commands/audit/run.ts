import type { AuditOptions } from '../../../audit/options.js';
import { runAudit } from '../../../audit/run.js';
import type { Report } from '../../../model/report.js';
import { outgrownWords } from '../../../report/decisions.js';
import { asset } from '../../asset.js';
import type { Io } from '../../io.js';
import type { Formats } from '../../output.js';
import { openReport, type OpenReport, type ReportGiven } from '../../report.js';
import { openSession, type Session, type SessionGiven } from '../../session.js';
import type { PackWishes } from './evidence.js';
import { openHistory, type HistoryWishes, type OpenHistory } from './record.js';

interface AuditGiven extends ReportGiven, SessionGiven, PackWishes, HistoryWishes {
  readonly evidence?: string;
  readonly replay?: string;
}

interface AuditCall {
  readonly given: AuditGiven;
  readonly told: Partial<AuditOptions>;
  readonly io: Io;
}

/** What a command has of its own. */
export interface Own {
  /** The formats of one that shows less. */
  readonly formats?: Formats;
  /** The config of one that made it itself: its text, and the name that it would have as a file. */
  readonly config?: { readonly path: string; readonly text: string };
  /** What it knows more of the report. */
  readonly amend?: (report: Report) => Report;
}

/** The work of `lifegap audit`, and of commands that are audits as well. */
export async function auditAndReport({ given, told, io }: AuditCall, own: Own = {}): Promise<number> {
  const session = openSession(given, io);
  const output = await openReport(given, io, own.formats, given.evidence);
  let audited: Audited | undefined;
  try {
    audited =
      given.replay === undefined
        ? await audit({ given, told, io }, output, session, own)
        : { report: await (await import('./evidence.js')).replay(given.replay, told, output.wants.census, io) };
    await output.write(audited.report);
    // Last: an audit whose report could not be written has not been, for those who wait for it.
    await audited.history?.record(audited.report);
  } finally {
    output.close();
    audited?.history?.close();
  }
  const { report } = audited;
  if (!output.table) {
    // The table says them itself.
    for (const words of report.accepted === undefined ? [] : outgrownWords(report.accepted)) session.remark(`warning: ${words}`);
    session.remark(`lifegap: exit ${report.run.exitCode}: ${report.run.exitReason}`);
  }
  return report.run.exitCode;
}

interface Audited {
  readonly report: Report;
  /** In which it is yet to be recorded. */
  readonly history?: OpenHistory | undefined;
}

async function audit(
  { given, told, io }: AuditCall,
  { wants, trend }: OpenReport,
  { say, ...session }: Session,
  { config: made, amend = (report) => report }: Own,
): Promise<Audited> {
  const { asOf = io.now() } = told;
  const config = await session.config(made);
  const pack =
    given.evidence === undefined ? undefined : await (await import('./evidence.js')).beginPack(given.evidence, given, config, io);
  let history: OpenHistory | undefined;
  try {
    history = await openHistory(given, config, asOf, say);
    const seen = history === undefined ? {} : { witness: history.history, past: history.history };
    const [report, options] = await session.reading(async (surroundings) => {
      const own: AuditOptions = {
        ...surroundings,
        ...wants,
        ...told,
        asOf,
        trials: told.trials === true || wants.trials === true,
        ...seen,
      };
      return [amend(await runAudit(config, pack?.watch(own) ?? own)), own] as const;
    });
    const sealed = await pack?.seal(report, options, asset);
    if (sealed !== undefined)
      say(`lifegap: the hash of the evidence is ${sealed.hash}: keep it elsewhere, so that the whole pack can be told from another`);
    for (const difference of sealed?.differences ?? []) say(`warning: the redacted evidence is judged otherwise: ${difference}`);
    // The trend is that of the audits so far. A pack goes without: its reports come of its own rows alone.
    const before = trend ? await history?.trend() : undefined;
    return { report: before === undefined || before.length === 0 ? report : { ...report, trend: before }, history };
  } catch (error) {
    await pack?.discard();
    history?.close();
    throw error;
  }
}
