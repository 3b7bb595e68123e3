import { Logbook } from '../logbook/logbook.js';
import { offAt } from '../logbook/logged.js';
import { Whose } from '../logbook/whose.js';
import type { Standing } from '../match/standing.js';
import { ATTRIBUTES } from '../model/field-names.js';
import type { LogEntry, LogReport } from '../model/log.js';
import type { AuditRun } from './begin.js';
import { readLog, windowOf } from './logs.js';
import { logOpener } from './open.js';

/** What the directories' own logs say of their people. */
interface DirectoryLogs {
  /** When somebody was switched off, ms; NaN where no log says so. */
  readonly offAt: (row: number) => number;
  /** By the directory's place: what is said of its log. */
  readonly notes: readonly (readonly string[])[];
}

/** Its people are its accounts: whatever an entry calls them by is a key of the directory. */
const NO_ACCOUNTS = { has: () => false, id: () => undefined, isId: () => false };
const NO_MATCHER = { match: () => ({ kind: 'none' }) as const };

export async function readDirectoryLogs({ config, options }: AuditRun, standing: Standing): Promise<DirectoryLogs> {
  if (config.directory.every(({ log }) => log === undefined)) return { offAt: () => NaN, notes: [] };
  const { policy } = config;
  const openLog = logOpener(config, options);
  const whose = new Whose(standing, NO_ACCOUNTS, NO_MATCHER, policy.preHireLead);
  const logbook = new Logbook(whose, ATTRIBUTES, standing.index.size, standing.asOf);
  const asked = { window: windowOf(standing.asOf, policy.window), signal: options.signal };
  const places: number[] = [];
  for (const [source, directory] of config.directory.entries()) {
    if (directory.log === undefined) continue;
    places.push(source);
    await readLog({ ...directory, of: directory.name, which: 'own' }, openLog, asked, (log, window) => {
      const begin = { name: directory.name, of: directory.name, isOwn: true, app: undefined, source, facts: log.log, window };
      const book = logbook.open(begin);
      return { ...book, take: (entry) => book.take(ofPerson(entry)) };
    });
  }
  const logged = logbook.settle();
  const notes = config.directory.map((_, source) => {
    const report = logged.reports[places.indexOf(source)];
    return report === undefined ? [] : [noteOf(report)];
  });
  return { offAt: (row) => offAt(logged.done(row)), notes };
}

/** In a directory's own log, whose account it is says whose person it is. */
function ofPerson(entry: LogEntry): LogEntry {
  const { accountId, userName, email } = entry;
  return {
    ...entry,
    accountId: undefined,
    userName: undefined,
    email: undefined,
    externalId: undefined,
    personId: entry.personId ?? accountId,
    personUserName: entry.personUserName ?? userName,
    personEmail: entry.personEmail ?? email,
  };
}

function noteOf({ from, until, entries, unmatched, completeness, error }: LogReport): string {
  const span = from === null || until === null ? '' : ` from ${from} until ${until}`;
  const told = `its log has ${entries} entries${span}, ${unmatched} of nobody who is known`;
  if (completeness.verdict !== 'unproven') return told;
  return `${told}; it is not proven whole, so nothing is dated by it: ${error ?? completeness.reasons.join('; ')}`;
}
