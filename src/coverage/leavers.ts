import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import { offAt, SWITCHES, SWITCHES_OFF } from '../logbook/logged.js';
import { entriesOf, entryOf, lagBy, latestOf, whenOf, type Effect } from './by-log.js';
import { Evidence } from './evidence.js';
import { holdsOf } from './holds.js';
import type { Span } from './look-back.js';
import type { SnapshotCase } from './snapshot-case.js';
import { tell, type Told } from './trials.js';
import { wilson } from './wilson.js';

const DAY = 86_400_000;
/** An account that was switched off this long before the leave was not switched off for it. */
const BEFORE = 30 * DAY;

/** People who left in that time: is the account off, and was it switched off for that? */
export class Leavers {
  readonly evidence: Evidence;
  all = 0;
  /** Not in the app's list. */
  absent = 0;
  undated = 0;
  undatedOff = 0;
  /** Of them, those whom a log dates that does not reach back to the leave. */
  beyondLog = 0;
  /** Of those whose account is a trial, where the source tells. */
  readonly credentials = { trials: 0, successes: 0 };
  readonly memberships = { trials: 0, successes: 0 };

  constructor(
    private readonly given: SnapshotCase,
    private readonly span: Span,
  ) {
    this.evidence = new Evidence('snapshot', given.keepsTrials);
  }

  see(row: number): void {
    const { standing, policy, rows, dates } = this.given.diff;
    const left = dates.since(row);
    const { from, until } = this.span;
    // Who left at a time that nothing dates may have left today.
    if (!(Number.isNaN(left) ? until === Infinity : left >= from && left < until)) return;
    if (rows.saw(row, SEEN.grace) || left > standing.asOf - policy.grace.delete) this.evidence.setAside('grace');
    else this.#left(row, left);
  }

  /** `present` of the people `expected` here have an account: so far the app reaches. */
  settle(present: number, expected: number): Evidence {
    const { evidence, absent } = this;
    const hidden = this.#showsLeavers ? 0 : this.#likelyHolders(present, expected);
    evidence.undetermined += this.undatedOff + hidden;
    evidence.setAside(this.#showsLeavers ? 'no-account' : 'absent', absent - hidden);
    return evidence;
  }

  /** Where accounts that are off are listed, a leaver who is not in the list had none: no trial. */
  get #showsLeavers(): boolean {
    return this.given.listsLeavers && this.given.isWhole;
  }

  /** `left`: NaN where nothing dates it. */
  #left(row: number, left: number): void {
    const { evidence } = this;
    const { rows, standing } = this.given.diff;
    this.all++;
    if (Number.isNaN(left)) this.undated++;
    if (rows.saw(row, SEEN.orphaned)) {
      evidence.failed(standing.asOf - left);
      this.#countParts(row);
      this.#tell(row, left, { outcome: 'open', evidence: `the account is ${rows.get(row).status}` });
    } else if (rows.saw(row, SEEN.unknown | SEEN.unclear)) {
      evidence.cannotTell('unclear');
      evidence.doubtful++;
      const why = 'an account may be theirs: its status, or whose it is, cannot be told';
      this.#tell(row, left, { outcome: 'undetermined', evidence: why });
    } else if (rows.saw(row, SEEN.off)) {
      this.#off(row, left);
    } else if (!this.#removed(row, left)) {
      this.absent++;
      const why = `not in the app's list: gone, hidden, or never there${this.#loggedLater(row)}`;
      if (!this.#showsLeavers) this.#tell(row, left, { outcome: 'undetermined', evidence: why });
    }
  }

  /** Not in the list: does a log say when the account was switched off or removed? A log that begins after the leave may not know of an earlier time. */
  #removed(row: number, left: number): boolean {
    const { logged } = this.given;
    if (this.#showsLeavers || logged?.coversSwitches(left) !== true) return false;
    const off = offAt(logged.done(row));
    if (Number.isNaN(off)) return false;
    if (off < left - BEFORE) {
      this.evidence.setAside('off-before');
      return true;
    }
    const entry = entryOf(logged, row, 'delete', off);
    const lag = this.#lag(entry, off - left);
    this.evidence.succeeded(lag);
    this.evidence.toldByLog(entry?.by ?? 'unknown');
    const when = entry === undefined ? `at ${iso(off)}` : whenOf(entry);
    this.#tell(row, left, {
      outcome: 'followed',
      then: lag + left,
      evidence: `not in the app's list, and a log says that it was off ${when}`,
    });
    return true;
  }

  /** NaN where the day of the effect leaves open whether that was within the grace. */
  #lag(effect: Effect | undefined, lag: number): number {
    return lagBy(effect, lag, this.given.diff.policy.grace.delete);
  }

  /** What a log says that proves nothing, for it does not reach back to the leave: the account may have been off before. */
  #loggedLater(row: number): string {
    const entry = this.given.logged?.done(row).findLast(({ action }) => SWITCHES.includes(action));
    if (entry === undefined || !SWITCHES_OFF.includes(entry.action)) return '';
    return `; a log says that it was off ${whenOf(entry)}, and does not reach back to the leave`;
  }

  #off(row: number, left: number): void {
    const { evidence } = this;
    const { rows } = this.given.diff;
    const { logged, listed } = this.given;
    const isKnown = logged === undefined || !Number.isNaN(listed.offSince(row)) || logged.coversSwitches(left);
    const off = isKnown ? rows.offSince(row) : NaN;
    const touched = rows.updatedAt(row);
    // Switched off, or last touched, long before the leave: the leave did nothing, so there was nothing to remove.
    // A day that could not be read may lie before the leave, whatever was touched since.
    const last = rows.isUnread(row, 'deactivatedAt') ? NaN : Number.isNaN(off) ? touched : off;
    if (last >= left - BEFORE) {
      const entry = entryOf(logged, row, 'delete', off);
      // What the list says counts, though a log says the same.
      const effect = Number.isNaN(listed.offSince(row)) ? entry : listed.isOffOnDay(row) ? { at: off + DAY, isDay: true } : undefined;
      const lag = this.#lag(effect, (effect?.at ?? off) - left);
      // The last touch came when it was switched off, or later: then that took no longer.
      evidence.succeeded(lag, Number.isNaN(off) ? Math.max(0, latestOf(touched) - left) / 2 : lag);
      if (entry !== undefined) evidence.toldByLog(entry.by);
      this.#countParts(row);
      const since = Number.isNaN(off)
        ? `last touched at ${iso(touched)}`
        : `switched off ${whenOf(effect ?? entry ?? { at: off, isDay: false })}`;
      this.#tell(row, left, { outcome: 'followed', then: lag + left, evidence: `the account is ${rows.get(row).status}, ${since}` });
    } else if (Number.isNaN(last) || Number.isNaN(left)) {
      this.undatedOff++;
      const later = isKnown ? '' : this.#loggedLater(row);
      if (later !== '') this.beyondLog++;
      const why = later === '' ? ', and nothing says whether since before the leave' : `${later}: it may have been off before`;
      this.#tell(row, left, { outcome: 'undetermined', evidence: `the account is off${why}` });
    } else evidence.setAside('off-before');
  }

  /** Of a leaver whose account is a trial: did credentials and memberships go too? */
  #countParts(row: number): void {
    const left = holdsOf(this.given.diff, row);
    for (const part of ['credentials', 'memberships'] as const) {
      const holds = left?.[part];
      if (holds === undefined) continue;
      this[part].trials++;
      if (!holds) this[part].successes++;
    }
  }

  /**
   * How many of the leavers whom the app does not list may have had an account: at most as many as the app's reach among
   * those who are here allows. Taken high, because everybody counted here weakens the claim of a gap.
   */
  #likelyHolders(present: number, expected: number): number {
    const reach = wilson(present, expected)?.[1] ?? 1;
    return Math.max(0, Math.min(this.absent, Math.ceil(reach * this.all) - this.evidence.trials - this.undatedOff));
  }

  #tell(row: number, at: number, told: Omit<Told, 'event' | 'at'>): void {
    const { list } = this.evidence;
    if (list === undefined) return;
    const log = entriesOf(this.given.logged, row, 'delete', at);
    tell(this.given.diff, list, row, { event: 'left', at, log, ...told });
  }
}
