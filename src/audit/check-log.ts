import type { LogCheck, LogSample } from '../model/check.js';
import type { Config, LogConfig } from '../model/config.js';
import { SourceError } from '../model/errors.js';
import { LOG_FIELDS, LOG_TEXTS, type LogEntry } from '../model/log.js';
import { remarksOfOnePage } from '../model/one-page.js';
import type { LogSource } from '../contract/source.js';
import { SYSTEMS } from '../sources/registry.js';
import { sourceContext } from './open.js';
import type { AuditOptions } from './options.js';

export type CheckOptions = Pick<AuditOptions, 'env' | 'signal' | 'trace' | 'now'> & {
  /** Show records beside what is made of them. */
  readonly samples?: boolean;
};

/** Told beside the fields. */
const WORDS = new Set(['action', 'outcome', 'by']);
/** Texts that say whose an entry is. */
const WHOSE = LOG_TEXTS.filter((name) => name !== 'app' && name !== 'actor' && name !== 'detail');

/** One page of each of these logs, one after the other. */
export async function checkLogs(logs: readonly LogConfig[], config: Config, options: CheckOptions): Promise<LogCheck[]> {
  const checks: LogCheck[] = [];
  for (const log of logs) checks.push(await checkLog(log, config, options));
  return checks;
}

async function checkLog(log: LogConfig, config: Config, options: CheckOptions): Promise<LogCheck> {
  const entries: LogEntry[] = [];
  const samples = new Map<LogEntry['action'], LogSample>();
  const base = { name: log.name, of: log.of, which: log.which, connector: log.connector };
  try {
    const opened = await SYSTEMS.log(log, sourceContext(config, options));
    try {
      const notes = await firstPage(opened, config, options, entries, samples);
      const { retention, lateness, tellsUpdates } = opened.log;
      const facts = { ...(retention === undefined ? {} : { retention }), lateness, tellsUpdates };
      return {
        ...base,
        error: null,
        ...described(entries, log.app),
        ...facts,
        notes: [...opened.log.notes, ...notes],
        samples: [...samples.values()],
      };
    } finally {
      await opened.close?.();
    }
  } catch (error) {
    if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    return { ...base, error: error.message, ...described([], undefined), lateness: 0, tellsUpdates: false, notes: [], samples: [] };
  }
}

/** What there is to say of it, beside its entries; of each action the first record is kept. */
async function firstPage(
  log: LogSource,
  { policy }: Config,
  { signal, now, samples: wanted }: CheckOptions,
  entries: LogEntry[],
  samples: Map<LogEntry['action'], LogSample>,
): Promise<readonly string[]> {
  const until = now();
  const onRaw = (record: unknown, entry: unknown): void => {
    if (isEntry(entry) && !samples.has(entry.action)) samples.set(entry.action, { record, entry });
  };
  const pages = log.pull({
    signal,
    firstPagesOnly: true,
    window: { since: until - policy.window, until },
    ...(wanted === true ? { onRaw } : {}),
  });
  for (;;) {
    const step = await pages.next();
    if (step.done === true) return remarksOfOnePage(step.value);
    entries.push(...step.value.rows);
  }
}

function isEntry(value: unknown): value is LogEntry {
  return typeof value === 'object' && value !== null && 'action' in value && 'outcomeTold' in value;
}

function described(
  all: readonly LogEntry[],
  app: string | undefined,
): Pick<LogCheck, 'entries' | 'others' | 'fields' | 'actions' | 'outcomes' | 'untold' | 'by' | 'nobodys' | 'undated' | 'from' | 'until'> {
  const entries = all.filter((entry) => app === undefined || entry.app === undefined || entry.app === app);
  const at = entries.flatMap((entry) => entry.at?.at ?? []).sort((a, b) => a - b);
  const [from, until] = [at[0], at.at(-1)];
  const deeds = entries.filter(({ action }) => action !== 'other' && action !== 'login');
  const fields = LOG_FIELDS.filter((name) => !WORDS.has(name)).map((name) => ({
    name,
    count: entries.filter((entry) => has(entry, name)).length,
  }));
  return {
    entries: all.length,
    others: all.length - entries.length,
    fields: fields.filter(({ count }) => count > 0),
    actions: counts(entries.map(({ action }) => action)),
    outcomes: counts(entries.flatMap(({ outcome, outcomeTold }) => (outcomeTold ? [outcome] : []))),
    untold: entries.filter(({ outcomeTold }) => !outcomeTold).length,
    by: counts(entries.map(({ by }) => by)),
    nobodys: deeds.filter((entry) => WHOSE.every((name) => entry[name] === undefined)).length,
    undated: entries.length - at.length,
    ...(from === undefined || until === undefined ? {} : { from, until }),
  };
}

function has(entry: LogEntry, name: string): boolean {
  return Object.entries(entry).some(([key, value]) => key === name && value !== undefined);
}

function counts<Word extends string>(words: readonly Word[]): Readonly<Partial<Record<Word, number>>> {
  const found: Partial<Record<Word, number>> = {};
  for (const word of words) found[word] = (found[word] ?? 0) + 1;
  return found;
}
