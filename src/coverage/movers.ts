import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import type { KeptEntry } from '../logbook/kept.js';
import { CLOCKS, LOGIN } from '../transitions/observed.js';
import type { Unseen } from './aside.js';
import { BY_ITSELF, entriesOf, lagBy, whenOf } from './by-log.js';
import { beyondChance, bulkDay, dayOf, type Agreeing } from './chance.js';
import { Evidence } from './evidence.js';
import type { SnapshotCase } from './snapshot-case.js';
import { tell } from './trials.js';

const DAY = 86_400_000;
/** An audit reads for a while after the instant that it speaks of, and clocks differ: a change so soon after may be in it. */
const READING = DAY;

interface AgreeingRow extends Agreeing {
  readonly row: number;
}

/**
 * People whom the directory changed. In sync alone proves nothing (perhaps no compared attribute changed): the account must
 * have been there before the change and been touched within the grace after it. A touch that comes later may be a login, so
 * it is no evidence; and of the others, as many as chance may have had are none either (coverage/chance.ts).
 */
export class Movers {
  readonly #evidence: Evidence;
  readonly #agreeing: AgreeingRow[] = [];
  /** Touches of accounts whose people nobody changed in the window. */
  readonly #others: number[] = [];
  /** How long after a change a touch still counts as its effect. */
  readonly #span: number;
  /** The day of the stamp that more than half of the directory has, or NaN. */
  readonly #stamped: number;
  /** Stale accounts that were so before the change. */
  before = 0;

  constructor(private readonly given: SnapshotCase) {
    const { standing, dates, policy } = given.diff;
    this.#stamped = bulkDay(standing.index.size, (row) => dates.changed(row));
    this.#evidence = new Evidence('snapshot', given.keepsTrials);
    this.#evidence.day = this.#stamped;
    this.#span = Math.max(policy.grace.update, DAY);
  }

  /** Somebody who is here, with one account that was compared. */
  see(row: number): void {
    const { diff, judged } = this.given;
    const { window, grace } = diff.policy;
    const { asOf } = diff.standing;
    const changed = diff.dates.changed(row);
    const isUnmoved = changed > (judged.unchangedSince?.(row, diff.spec.compare) ?? NaN) + READING;
    if (isUnmoved) this.#idle(row, changed);
    if (Number.isNaN(changed)) this.#undated(row);
    else if (changed < asOf - window || changed > asOf - grace.update || dayOf(changed) === this.#stamped) this.#aside(row, changed);
    else if (isUnmoved) this.#unmoved(row, changed);
    else this.#moved(row, changed);
  }

  #moved(row: number, changed: number): void {
    const { rows, standing } = this.given.diff;
    const born = rows.createdAt(row);
    if (born >= changed) {
      this.#evidence.setAside('younger-account');
      return;
    }
    if (this.#isStale(row)) {
      this.#evidence.failed(standing.asOf - changed);
      this.#tell(row, changed, 'open', this.#differing(row));
      return;
    }
    if (this.#byLog(row, changed)) return;
    const touched = rows.updatedAt(row);
    const follows = touched >= changed && touched <= changed + this.#span && !this.#byLogin(row) && !Number.isNaN(born);
    this.#agreeing.push({ row, changed, touched, follows });
  }

  /**
   * Does a log say when the account took the change? The first update since that set something that is compared; one that does not say what it set is as good
   * as a touch, and counts for nothing here. Where the log tells of every update and has none, nothing that is compared was changed.
   */
  #byLog(row: number, changed: number): boolean {
    const { logged } = this.given;
    if (logged?.covers(changed) !== true) return false;
    const done = logged.done(row).filter(({ action, set }) => action === 'update' && set !== 0);
    const update = done.find(({ at, set }) => at >= changed - CLOCKS && set > 0);
    if (update !== undefined) {
      this.#logged(row, changed, update, lagBy(update, update.at - changed, this.given.diff.policy.grace.update));
      return true;
    }
    if (this.#untimed(row, changed)) return true;
    // One that failed was tried.
    const isSilent = logged.entries(row).every(({ action, set }) => action !== 'update' || set === 0);
    if (!isSilent || !logged.tellsUpdatesSince(changed)) return false;
    this.#evidence.setAside('no-entry');
    return true;
  }

  /**
   * An account that agrees, and that a provisioning wrote in the window by itself: it followed a change, though the directory does not say when that was, or has
   * moved its date since. What people write by hand may have come late, and what a login writes waits for it: neither counts without a date.
   */
  #untimed(row: number, changed: number): boolean {
    const { diff, logged } = this.given;
    const { policy, standing } = diff;
    if (logged === undefined || this.#isStale(row)) return false;
    const update = logged
      .done(row)
      .find(({ action, at, set, by }) => action === 'update' && set > 0 && at >= standing.asOf - policy.window && BY_ITSELF.includes(by));
    if (update === undefined) return false;
    this.#logged(row, changed, update, NaN);
    return true;
  }

  /** `lag`: NaN where it is not known. */
  #logged(row: number, changed: number, update: KeptEntry, lag: number): void {
    this.#evidence.succeeded(lag);
    this.#evidence.toldByLog(update.by);
    if (!Number.isNaN(lag)) this.#evidence.written.push(lag);
    this.#tell(
      row,
      Number.isNaN(lag) ? NaN : changed,
      'followed',
      `in sync, and a log says that it was updated ${whenOf(update)}`,
      update.at,
    );
  }

  /** Of somebody whose date of change says nothing of them: out of the window, too fresh, or everybody's. */
  #aside(row: number, changed: number): void {
    const { asOf } = this.given.diff.standing;
    const { window, grace } = this.given.diff.policy;
    if (changed >= asOf - window) {
      if (changed > asOf - grace.update) this.#evidence.setAside('grace');
      else if (dayOf(changed) === this.#stamped) {
        if (this.#untimed(row, changed)) return;
        // Where a log shows who followed a change that nothing dates, who did not counts as well.
        if (this.given.logged !== undefined && this.#isStale(row)) return this.#doubtStale(row);
        this.#evidence.setAside('stamp');
      }
    }
    this.#other(row);
  }

  /** Of somebody whose change the directory does not date only this is known: that the account is stale. */
  #undated(row: number): void {
    if (Number.isNaN(this.given.diff.standing.index.instant('changedAt', row))) this.#evidence.undated++;
    else this.#evidence.disbelieved++;
    if (this.#isStale(row)) this.#doubtStale(row);
    else this.#untimed(row, NaN);
  }

  /**
   * Stale, and nothing dates the change. Where a log that tells of every update has none of anybody in all of the window, nothing that came before the grace was
   * followed, whenever it was; only what was changed within it may still be.
   */
  #doubtStale(row: number): void {
    const { logged, diff } = this.given;
    if (logged?.tellsUpdatesSince(diff.standing.asOf - diff.policy.window) === true && !logged.hasUpdates) {
      this.#evidence.failed(NaN);
      this.#tell(row, NaN, 'open', `${this.#differing(row)}; the log has no update of anybody in the window`);
      return;
    }
    this.#evidence.doubtful++;
    this.#tell(row, NaN, 'undetermined', `${this.#differing(row)}; when the directory changed it is not known`);
  }

  /** Of somebody whose record was changed, and by the audits on record nothing that is compared: no mover, and a stale account is stale from before. */
  #unmoved(row: number, changed: number): void {
    this.#evidence.setAside('not-compared');
    if (!this.#isStale(row)) return this.#other(row);
    this.#evidence.doubtful++;
    this.before++;
    this.#tell(row, changed, 'undetermined', `${this.#differing(row)}; the audits on record show that it was so before this change`);
  }

  /** Of somebody whose record was touched, be it with everybody else's, though by the audits on record nothing that is compared was changed. */
  #idle(row: number, touched: number): void {
    if (!this.#isStale(row)) this.#evidence.idle.push(this.given.diff.rows.updatedAt(row) - touched);
  }

  /** Of somebody whom nobody changed in the window: what touches accounts anyway. */
  #other(row: number): void {
    const touched = this.given.diff.rows.updatedAt(row);
    if (!this.#isStale(row) && !Number.isNaN(touched)) this.#others.push(touched);
  }

  settle(): Evidence {
    const evidence = this.#evidence;
    // Which of several equal touches chance is given must not depend on the order of the rows, where they are named.
    if (evidence.list !== undefined) this.#agreeing.sort((a, b) => (this.#id(a.row) < this.#id(b.row) ? -1 : 1));
    const kept = new Set(beyondChance(this.#agreeing, this.#others, this.#span));
    for (const mover of this.#agreeing) {
      const { row, changed, touched } = mover;
      if (kept.has(mover)) {
        evidence.succeeded(touched - changed);
        evidence.written.push(touched - changed);
        this.#tell(row, changed, 'followed', `in sync, and touched at ${iso(touched)}`, touched);
      } else {
        const [cause, text] = this.#whyNot(mover);
        evidence.cannotTell(cause);
        this.#tell(row, changed, 'undetermined', `in sync, but ${text}`);
      }
    }
    return evidence;
  }

  #id(row: number): string {
    const { index } = this.given.diff.standing;
    return `${index.source(row)} ${index.id(row)}`;
  }

  #isStale(row: number): boolean {
    return this.given.diff.rows.saw(row, SEEN.stale);
  }

  #byLogin(row: number): boolean {
    const { rows } = this.given.diff;
    return Math.abs(rows.lastLoginAt(row) - rows.updatedAt(row)) < LOGIN;
  }

  #differing(row: number): string {
    return (this.given.diff.differences.get(row) ?? [])
      .map(({ name, directory, app }) => `${name} is ${JSON.stringify(directory)} in the directory and ${JSON.stringify(app)} here`)
      .sort()
      .join(', ');
  }

  #whyNot({ row, changed, touched, follows }: AgreeingRow): readonly [cause: Unseen, text: string] {
    if (follows) return ['chance', `a touch such as the one at ${iso(touched)} comes by chance too`];
    if (Number.isNaN(touched)) return ['undated-touch', 'nothing says when it was last touched'];
    if (touched < changed) return ['untouched', 'not touched since the change: perhaps nothing that is compared changed'];
    if (this.#byLogin(row)) return ['login', `the touch at ${iso(touched)} was a login`];
    if (touched > changed + this.#span) return ['late', `touched only at ${iso(touched)}, which any later event explains`];
    return ['undated-account', 'nothing says that the account is older than the change'];
  }

  #tell(row: number, at: number, outcome: 'followed' | 'open' | 'undetermined', evidence: string, then?: number): void {
    const { list } = this.#evidence;
    if (list === undefined) return;
    const names = outcome === 'followed' ? [] : (this.given.diff.differences.get(row) ?? []).map((d) => d.name).sort();
    const event = `${names.length === 0 ? 'directory record' : names.join(', ')} changed`;
    const log = entriesOf(this.given.logged, row, 'update', at);
    tell(this.given.diff, list, row, { event, at, outcome, ...(then === undefined ? {} : { then }), evidence, log });
  }
}
