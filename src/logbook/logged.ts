import { intAt, itemAt } from '../model/at.js';
import type { LogAction, LogReport } from '../model/log.js';
import { ByRow } from './by-row.js';
import type { KeptEntries, KeptEntry } from './kept.js';
import type { LogKept } from './log-kept.js';
import { logReport } from './log-report.js';
import { Skew, type ListedDates } from './skew.js';

export const SWITCHES_OFF: readonly LogAction[] = ['disable', 'delete'];
const SWITCHES_ON: readonly LogAction[] = ['create', 'enable'];
export const SWITCHES: readonly LogAction[] = [...SWITCHES_OFF, ...SWITCHES_ON];

/** What the logs of one app say of everybody: entries by row, in order of time, each once; those of a log whose clock differs from the list's, by the list's. */
export class Logged {
  readonly #byRow: ByRow;
  readonly reports: readonly LogReport[];
  /** By log: updates of accounts that nothing has named, and by how much its clock is ahead, ms. */
  readonly #strayUpdates: readonly number[];
  readonly #skews: readonly number[];

  constructor(
    private readonly kept: KeptEntries,
    readonly logs: readonly LogKept[],
    owners: readonly number[],
    people: number,
    listed: ListedDates,
  ) {
    this.#byRow = new ByRow(
      kept,
      owners,
      people,
      logs.map(({ knowsIds }) => knowsIds),
    );
    const seen = logs.map(() => ({ twice: 0, strays: 0, strayUpdates: 0, failures: new Map<number, number>(), skew: new Skew() }));
    for (let i = 0; i < kept.size; i++) {
      const row = this.#byRow.rowOf(kept, i);
      const entry = kept.get(i);
      const of = itemAt(seen, entry.log);
      if (row < 0) of.strays++;
      else if (this.logOf(entry).isOwn) of.skew.see(entry, row, listed);
      if (row < 0 && entry.action === 'update') of.strayUpdates++;
      if (row < 0) fails(of.failures, entry);
    }
    for (let row = 0; row < people; row++) {
      const places = this.#byRow.of(row);
      const hasFailed = places.some((place) => kept.get(place).outcome === 'failure');
      if (!hasFailed && isOnce(kept, places)) continue;
      const once = this.#once(places, (place) => itemAt(seen, kept.get(place).log).twice++);
      if (hasFailed) for (const entry of once.map((place) => kept.get(place))) fails(itemAt(seen, entry.log).failures, entry);
    }
    this.#strayUpdates = seen.map(({ strayUpdates }) => strayUpdates);
    this.#skews = seen.map(({ skew }) => skew.ms);
    this.reports = logs.map((log, at) => {
      const { strays, twice, failures } = itemAt(seen, at);
      return logReport(log, { strays, twice, failures: wordsOn(log, failures), skew: itemAt(this.#skews, at) });
    });
  }

  /** Of one person, in order of time; an entry that came twice is there once. */
  entries(row: number): readonly KeptEntry[] {
    const places = this.#byRow.of(row);
    if (places.length === 0) return NONE;
    return this.#once(places)
      .map((place) => {
        const entry = this.kept.get(place);
        return { ...entry, at: entry.at - itemAt(this.#skews, entry.log) };
      })
      .sort((a, b) => a.at - b.at);
  }

  /** Without those that came before: only what came at the same instant is looked through, for somebody may have very many. */
  #once(places: Int32Array, isAgain?: (place: number) => void): readonly number[] {
    const { kept } = this;
    const once: number[] = [];
    for (const place of [...places].sort((a, b) => kept.at(a) - kept.at(b) || a - b)) {
      let i = once.length - 1;
      for (; i >= 0 && kept.at(itemAt(once, i)) === kept.at(place); i--) if (kept.isSame(itemAt(once, i), place)) break;
      if (i < 0 || kept.at(itemAt(once, i)) !== kept.at(place)) once.push(place);
      else isAgain?.(place);
    }
    return once;
  }

  /** Entries of the app's own logs, whole ones alone, that were carried out: what may better a verdict. */
  done(row: number): readonly KeptEntry[] {
    return this.entries(row).filter((entry) => entry.outcome === 'success' && this.logOf(entry).isOwn && this.logOf(entry).isWhole);
  }

  logOf({ log }: KeptEntry): LogKept {
    return itemAt(this.logs, log);
  }

  /** Does a whole log of the app's own reach back to then? */
  covers(at: number): boolean {
    return this.logs.some((log) => reaches(log, at));
  }

  /** The same of one that tells who is switched on and off: one of logins alone does not vouch for another that begins later. */
  coversSwitches(at: number): boolean {
    return this.logs.some((log) => reaches(log, at) && log.report.switches > 0);
  }

  /**
   * Does a whole log of the app's own, back to then, tell of every update? Only then its silence says that none was made; and only where it is known of nearly all
   * updates whose they are.
   */
  tellsUpdatesSince(at: number): boolean {
    return this.logs.some((log, place) => {
      const strays = log.report.strayUpdates + itemAt(this.#strayUpdates, place);
      return log.isOwn && log.isWhole && log.tellsUpdates && !log.isStopped && log.from <= at && strays <= log.report.updates * STRAYS;
    });
  }

  /** Has a log of the app's own an update of anybody, whatever came of it? */
  get hasUpdates(): boolean {
    return this.logs.some(({ isOwn, report }) => isOwn && report.updates > 0);
  }

  /** The last entry that switched the account on or off, by any log; undefined without one. */
  lastSwitch(row: number): KeptEntry | undefined {
    return this.entries(row).findLast((entry) => {
      const isSwitch = SWITCHES_OFF.includes(entry.action) || SWITCHES_ON.includes(entry.action);
      return isSwitch && entry.outcome === 'success';
    });
  }
}

/** A larger share of updates whose accounts nobody knows, and those of somebody may be among them. */
const STRAYS = 0.05;
const NONE: readonly KeptEntry[] = [];

/** In order of time, and no two at the same: none of them can be there twice. */
function isOnce(kept: KeptEntries, places: Int32Array): boolean {
  for (let i = 1; i < places.length; i++) if (!(kept.at(intAt(places, i)) > kept.at(intAt(places, i - 1)))) return false;
  return true;
}

function fails(failures: Map<number, number>, { outcome, detail }: KeptEntry): void {
  if (outcome === 'failure') failures.set(detail, (failures.get(detail) ?? 0) + 1);
}

function reaches({ isOwn, isWhole, from, until }: LogKept, at: number): boolean {
  return isOwn && isWhole && from <= at && until >= at;
}

/** When the account was switched off for good, ms; NaN where the log does not say, or says that it was switched on since. */
export function offAt(done: readonly KeptEntry[]): number {
  const last = done.findLast(({ action }) => SWITCHES_OFF.includes(action) || SWITCHES_ON.includes(action));
  if (last === undefined || !SWITCHES_OFF.includes(last.action)) return NaN;
  // What was switched off and later removed was off from then on.
  let at = last.at;
  for (const { action, at: time } of [...done].reverse()) {
    if (SWITCHES_ON.includes(action)) break;
    if (SWITCHES_OFF.includes(action)) at = time;
  }
  return at;
}

/** When the account that is there was made, ms; NaN where the log does not say. */
export function bornAt(done: readonly KeptEntry[]): number {
  const removed = done.findLast(({ action }) => action === 'delete');
  const made = done.findLast(({ action }) => action === 'create');
  return made === undefined || (removed !== undefined && removed.at > made.at) ? NaN : made.at;
}

function wordsOn({ details }: LogKept, counts: ReadonlyMap<number, number>): LogReport['failures'] {
  return [...counts]
    .map(([detail, count]) => ({ detail: details[detail] ?? '', count }))
    .sort((a, b) => b.count - a.count || (a.detail < b.detail ? -1 : 1));
}
