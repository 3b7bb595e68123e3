import type { Config } from '../../../model/config.js';
import { LifegapError, UsageError } from '../../../model/errors.js';
import type { Report, TrendPoint } from '../../../model/report.js';
import type { Access } from '../../../history/database.js';
import type { History } from '../../../history/history.js';
import { didYouMean } from '../../../model/nearest.js';
import { begunAnew, WAIT } from '../../history-file.js';

/** What is said of it on the command line. */
export interface HistoryWishes {
  readonly history?: boolean;
  readonly asOf?: string;
  readonly acceptShrink?: readonly string[];
}

export interface OpenHistory {
  readonly history: History;
  /** Says on stderr when the audit could not be recorded; the report stands all the same. */
  readonly record: (report: Report) => Promise<void>;
  /** The audits on record before this one, oldest first. */
  readonly trend: () => Promise<TrendPoint[]>;
  readonly close: () => void;
}

/**
 * The history that this audit reads and is recorded in; undefined where there is none. An audit of another time (`--as-of`) reads what came before that, and is
 * recorded only when `--history` asks for it.
 */
export async function openHistory(
  flags: HistoryWishes,
  config: Config,
  asOf: number,
  say: (line: string) => void,
): Promise<OpenHistory | undefined> {
  const names = [...config.directory, ...config.apps].map(({ name }) => name);
  const stranger = flags.acceptShrink?.find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new UsageError(
      `--accept-shrink: this audit reads no list ${stranger}.${didYouMean(stranger, names) || ` Known: ${names.join(', ')}`}`,
    );
  if (config.history === false && flags.history === true)
    throw new UsageError('--history: the config says `history: false`; give it a path');
  if (config.history === false || flags.history === false) return undefined;
  const records = flags.asOf === undefined || flags.history === true;
  const [{ History }, { OvertakenError }] = await Promise.all([
    import('../../../history/history.js'),
    import('../../../history/database.js'),
  ]);
  const access = { path: config.history.path, wait: WAIT, create: records, onEmpty: () => say(begunAnew(config)) };
  const onLater = (last: string): void =>
    say(
      `lifegap: the last audit on record is of ${last}, after this one, which goes without the history: what happened is judged by the dates of the lists alone`,
    );
  const history = await History.open({ config, asOf, access, ...(records ? {} : { onLater }) });
  if (history === undefined) return undefined;
  return {
    history,
    close: () => history.close(),
    trend: async () => {
      const [{ browse }, { trendBefore }] = await Promise.all([import('../../../history/browse.js'), import('../../../history/trend.js')]);
      return (await browse({ ...access, create: false }, undefined, (browser) => trendBefore(browser.audits(), asOf))) ?? [];
    },
    record: async (report) => {
      try {
        if (records) await history.record(report);
      } catch (error) {
        if (!(error instanceof LifegapError)) throw error;
        // Of an audit that was overtaken nothing was written, and an audit of the same moment is another's.
        const isAnothers = error instanceof OvertakenError || history.lastAudit === asOf;
        say(`lifegap: ${isAnothers ? NOT_RECORDED : await standing({ ...access, create: false }, asOf)}: ${error.message}`);
      }
    },
  };
}

const NOT_RECORDED = 'this audit is not recorded';

/** The last word of a transaction may fail when all of it is written: what the file says counts, where it can be read. */
async function standing(access: Access, asOf: number): Promise<string> {
  const { browse } = await import('../../../history/browse.js');
  try {
    const found = await browse(access, undefined, (browser) => browser.audits().some((audit) => Date.parse(audit.asOf) === asOf));
    return found === true ? 'this audit is recorded, yet writing it down ended with an error' : NOT_RECORDED;
  } catch (error) {
    if (!(error instanceof LifegapError)) throw error;
    return 'writing this audit down ended with an error, and the history cannot be read to see whether it is recorded (`lifegap history list` shows it later)';
  }
}
