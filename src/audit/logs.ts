import type { LogSource, Page } from '../contract/source.js';
import type { AppDiff } from '../diff/app-diff.js';
import { Logbook, type OpenLogbook } from '../logbook/logbook.js';
import type { Logged } from '../logbook/logged.js';
import { Whose } from '../logbook/whose.js';
import { Matcher } from '../match/match.js';
import type { LogConfig } from '../model/config.js';
import type { LogEntry, LogWindow } from '../model/log.js';
import { readAll } from './read-all.js';

const DAY = 86_400_000;
/** What came before the window may still be of somebody whom the window has: an account that was made for a hire, one that was off long before the leave. */
const BEFORE = 30 * DAY;

/** A file was not asked: it covers the time from its first entry to its last. */
const COVERS_WHAT_IT_HOLDS = 'file';

export type OpenLogs = (config: LogConfig) => Promise<LogSource>;

/** Reads the logs of one app, one after the other, once its list has ended: only then it is known whose its accounts are. */
export async function readLogs(configs: readonly LogConfig[], diff: AppDiff, openLog: OpenLogs, signal: AbortSignal): Promise<Logged> {
  const { standing, policy, spec, rows, findings } = diff;
  const matcher = new Matcher(standing, spec.match, policy.preHireLead, policy.leavers, spec.links);
  const whose = new Whose(standing, rows, matcher, policy.preHireLead, new Set(findings.flatMap(({ account }) => account?.id ?? [])));
  const logbook = new Logbook(whose, spec.compare, standing.index.size, standing.asOf);
  const window = windowOf(standing.asOf, policy.window);
  for (const config of configs) {
    const source = standing.index.sources.indexOf(config.of);
    await readLog(config, openLog, { window, signal }, (log, asked) =>
      logbook.open({
        name: config.name,
        of: config.of,
        isOwn: config.which === 'own',
        app: config.app,
        source: source < 0 ? undefined : source,
        facts: log.log,
        window: asked,
      }),
    );
  }
  return logbook.settle(rows);
}

/** The instants that a log is asked about. */
export function windowOf(asOf: number, window: number): LogWindow {
  return { since: asOf - window - BEFORE, until: asOf };
}

/** One log, whole or not; a system that fails leaves an unproven one. */
export async function readLog(
  config: LogConfig,
  openLog: OpenLogs,
  { window, signal }: { readonly window: LogWindow; readonly signal: AbortSignal },
  begin: (log: LogSource, asked: LogWindow | undefined) => OpenLogbook,
): Promise<void> {
  const log = await openLog(config);
  const { retention = Infinity } = log.log;
  const asked = { since: Math.max(window.since, window.until - retention), until: window.until };
  const book = begin(log, config.connector === COVERS_WHAT_IT_HOLDS ? undefined : asked);
  const take = ({ rows }: Page<LogEntry>): void => {
    for (const entry of rows) book.take(entry);
  };
  try {
    const list = { name: log.name, pull: () => log.pull({ signal, window: asked }) };
    const { completeness, error } = await readAll<LogEntry>(list, { signal }, take);
    book.end(completeness, error);
  } finally {
    await log.close?.();
  }
}
