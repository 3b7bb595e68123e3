import { inParallel } from '../contract/in-parallel.js';
import { sizeOf } from '../contract/source.js';
import { ChangeDates } from '../diff/dates.js';
import { PersonIndex } from '../match/person-index.js';
import { Standing } from '../match/standing.js';
import type { SourceConfig } from '../model/config.js';
import type { DirectoryReport } from '../model/report.js';
import type { AuditRun } from './begin.js';
import { directoryReport } from './directory-report.js';
import { readDirectoryLogs } from './directory-logs.js';
import { open, rowCounter } from './open.js';
import { readAll, type ListRead } from './read-all.js';

/** The directory, read: who there is, and how everybody stands. */
export interface Directory {
  readonly standing: Standing;
  /** When people left and changed, as far as its dates can be believed. */
  readonly dates: ChangeDates;
  readonly reports: readonly DirectoryReport[];
  /** When its own log says that somebody was switched off, ms; NaN. */
  readonly directoryOff: (row: number) => number;
  /** Is every list of it whole? */
  readonly isProven: boolean;
}

/** Reads the lists of the directory side by side into one index. */
export async function readDirectory(run: AuditRun): Promise<Directory> {
  const { config, options, stop } = run;
  const { policy } = config;
  const { asOf, past } = options;
  const index = new PersonIndex(
    config.apps.flatMap((app) => app.match.map((rule) => rule.person)),
    policy.addresses,
  );
  const read = async (source: SourceConfig): Promise<ListRead & { readonly source: SourceConfig }> => {
    return { source, ...(await readPeople(source, index, run)) };
  };
  const lists = await inParallel(config.directory, config.directory.length, read, stop);
  await past?.directoryRead(new Map(lists.map(({ source, completeness }) => [source.name, completeness.verdict !== 'unproven'])));
  const standing = new Standing(index, asOf, policy.leavers);
  const logs = await readDirectoryLogs(run, standing);
  const leftBy = past === undefined ? undefined : (row: number): number => past.leftBy(row, policy.leavers);
  return {
    standing,
    dates: new ChangeDates(standing, policy, changesAreDated(index, asOf - policy.grace.update), leftBy, logs.offAt),
    reports: lists.map(({ source, ...list }, at) => directoryReport(source, list, standing, at, logs.notes[at])),
    directoryOff: logs.offAt,
    isProven: lists.every(({ completeness }) => completeness.verdict !== 'unproven'),
  };
}

async function readPeople(config: SourceConfig, index: PersonIndex, run: AuditRun): Promise<ListRead> {
  const { options, believed } = run;
  const { name } = config;
  const at = index.addSource(name);
  const source = await open('person', config, run.config, options);
  const count = rowCounter(name, 'person', options);
  const list = await readAll(source, { signal: options.signal }, (page) => {
    if (page.columns !== undefined) index.addColumns(page.columns, at);
    else for (const person of page.rows) index.add(person, at);
    count(sizeOf(page));
    return options.witness?.people?.(name, page.rows);
  }).finally(() => source.close?.());
  count(0, list.error === null ? 'done' : 'failed');
  index.unreadDates[at] = list.completeness.unread;
  return { ...list, completeness: believed(name, list.completeness, options.past?.rowsBefore('directory', name)) };
}

/** An export that stamps everybody alike says nothing about who changed: then its change dates are not used. */
function changesAreDated(index: PersonIndex, since: number): boolean {
  let dated = 0;
  let recent = 0;
  for (let row = 0; row < index.size; row++) {
    const at = index.instant('changedAt', row);
    if (Number.isNaN(at)) continue;
    dated++;
    if (at > since) recent++;
  }
  return dated > 0 && (dated < 10 || recent < dated / 2);
}
