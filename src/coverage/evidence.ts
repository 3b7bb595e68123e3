import type { LogActor } from '../model/log.js';
import type { Grade } from '../model/report.js';
import type { Trial } from '../model/trial.js';
import { count, type Aside, type Counts, type Uncounted, type Unseen } from './aside.js';

const HOUR = 3_600_000;

/**
 * The trials of one stage of one app: joiners, movers or leavers whose grace has passed, and what followed in the app. The
 * seam for history: transitions that were seen between audits come as evidence of grade `observed`, in this same shape.
 */
export class Evidence implements Uncounted {
  successes = 0;
  failures = 0;
  /** People who may have been trials: what followed cannot be seen. They widen what is claimed, and never count for it. */
  undetermined = 0;
  /**
   * People of whom something speaks for a failure that cannot be dated or decided (a leaver's account of unknown status). They
   * are no trials, yet too many of them stand against a pass.
   */
  doubtful = 0;
  readonly aside: Counts<Aside> = new Map();
  readonly unseen: Counts<Unseen> = new Map();
  day = NaN;
  undated = 0;
  disbelieved = 0;
  /** Trials, of those counted, that history saw happen between two audits. */
  observed = 0;
  /** Trials, of those counted, whose effect a log dates. */
  logged = 0;
  /** Of those who followed by the word of a log: what wrote it. */
  readonly writers = new Map<LogActor, number>();
  /** Trials, of those counted, from before the window, which had too few. */
  earlier = 0;
  /** People for whom nothing is due yet: joiners who have yet to log in for the first time (JIT). */
  waiting = 0;
  /** Hours, of successes whose dates are known. */
  readonly ended: number[] = [];
  /** Hours, of successes: the middle of what their dates leave possible, however far apart those are. */
  readonly middles: number[] = [];
  /** Hours since the event, of failures whose date is known. */
  readonly open: number[] = [];
  /** Of movers: ms from the change to the write, of successes where both systems date it; below zero where the directory moved its date since. */
  readonly written: number[] = [];
  /** The same of people whose record was touched and in nothing that is compared, NaN where nothing dates the write: what is written by chance. */
  readonly idle: number[] = [];

  /** Every trial by itself, where somebody asked for them: with a million people they are not kept for nothing. */
  readonly list: Trial[] | undefined;

  constructor(
    readonly grade: Grade,
    keepsTrials = false,
  ) {
    this.list = keepsTrials ? [] : undefined;
  }

  get trials(): number {
    return this.successes + this.failures;
  }

  /**
   * `lag` in milliseconds; NaN when one of the dates is not known. A clock that runs ahead gives zero, not less. `middle`: of the shortest and the
   * longest time that it may have taken, where dates bound it.
   */
  succeeded(lag: number, middle = lag): void {
    this.successes++;
    if (!Number.isNaN(lag)) this.ended.push(Math.max(0, lag) / HOUR);
    if (!Number.isNaN(middle)) this.middles.push(Math.max(0, middle) / HOUR);
  }

  /** The trial that was counted last is dated by a log, or told by it; `by` wrote it. */
  toldByLog(by: LogActor): void {
    this.logged++;
    this.writers.set(by, (this.writers.get(by) ?? 0) + 1);
  }

  cannotTell(cause: Unseen, n = 1): void {
    this.undetermined += n;
    count(this.unseen, cause, n);
  }

  setAside(cause: Aside, n = 1): void {
    count(this.aside, cause, n);
  }

  /** Adds what happened before the window, and could have been a trial in it. */
  addEarlier(before: Evidence): void {
    this.earlier += before.trials;
    this.successes += before.successes;
    this.failures += before.failures;
    this.undetermined += before.undetermined;
    this.doubtful += before.doubtful;
    this.logged += before.logged;
    for (const [cause, n] of before.unseen) count(this.unseen, cause, n);
    for (const [by, n] of before.writers) this.writers.set(by, (this.writers.get(by) ?? 0) + n);
    for (const hours of ['ended', 'middles', 'open'] as const) for (const one of before[hours]) this[hours].push(one);
    for (const trial of before.list ?? []) this.list?.push(trial);
  }

  /** `openFor` in milliseconds since the event; NaN when its date is not known. */
  failed(openFor: number): void {
    this.failures++;
    if (!Number.isNaN(openFor)) this.open.push(Math.max(0, openFor) / HOUR);
  }
}
