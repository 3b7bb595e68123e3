import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import { dayOf } from './chance.js';
import { entriesOf, entryOf, lagBy, whenOf } from './by-log.js';
import { Evidence } from './evidence.js';
import { joined } from './joined.js';
import type { Span } from './look-back.js';
import type { SnapshotCase } from './snapshot-case.js';
import { tell, type Told } from './trials.js';

const DAY = 86_400_000;
const HAS = SEEN.active | SEEN.invited | SEEN.invitedLongAgo | SEEN.off;

/** People who must have an account here, and of those who joined in that time: did one come? */
export class Joiners {
  readonly evidence: Evidence;
  /** How many must have one, and how many of them do. */
  expected = 0;
  present = 0;

  constructor(
    private readonly given: SnapshotCase,
    private readonly span: Span,
    /** The day of an import, or NaN. */
    private readonly imported: number,
  ) {
    this.evidence = new Evidence('snapshot', given.keepsTrials);
    this.evidence.day = this.imported;
  }

  see(row: number): void {
    const { diff, judged } = this.given;
    const { asOf } = diff.standing;
    const { grace } = diff.policy;
    const has = diff.rows.saw(row, HAS);
    this.expected++;
    if (has) this.present++;
    const at = joined(diff, row);
    if (Number.isNaN(at)) this.evidence.undated++;
    if (judged.create.has(row) || !(at >= this.span.from && at < this.span.until)) return;
    if (at > asOf - grace.create) this.evidence.setAside('grace');
    else if (has) this.#came(row, at);
    else this.#waits(row, at);
  }

  /** There is an account: was it made for this joiner? */
  #came(row: number, at: number): void {
    const { evidence } = this;
    const { rows, policy } = this.given.diff;
    const { logged, listed } = this.given;
    // A log that begins after the first day may not know of an account from before.
    const isKnown = logged === undefined || !Number.isNaN(listed.createdAt(row)) || logged.coversSwitches(at);
    const born = isKnown ? rows.createdAt(row) : NaN;
    // Made for everybody on one day, it was not made for this joiner. Undated, it may be from before; and so may one from long before the first day.
    if (!isKnown && !Number.isNaN(rows.createdAt(row))) {
      evidence.cannotTell('late-log');
      const made = entryOf(logged, row, 'create', rows.createdAt(row));
      const when = made === undefined ? 'later' : whenOf(made);
      const why = `there is an account; a log says that it was made ${when}, and does not reach back to the first day: it may be older`;
      this.#tell(row, at, { outcome: 'undetermined', evidence: why });
    } else if (Number.isNaN(born)) {
      evidence.cannotTell('undated-account');
      this.#tell(row, at, { outcome: 'undetermined', evidence: 'there is an account, and nothing says since when' });
    } else if (dayOf(born) === this.imported) {
      // Whoever was here before the import got an account by it, whatever would have made one for them.
      if (dayOf(at) < this.imported) return evidence.setAside('import');
      evidence.cannotTell('import');
      const made = `the account was made on ${iso(born)?.slice(0, 10)}, as most accounts were: an import`;
      this.#tell(row, at, { outcome: 'undetermined', evidence: made });
    } else if (born >= at - policy.preHireLead) {
      const entry = entryOf(logged, row, 'create', born);
      const isByLog = Number.isNaN(listed.createdAt(row));
      const lag = isByLog ? lagBy(entry, born - at, policy.grace.create) : born - at;
      evidence.succeeded(lag);
      if (entry !== undefined) evidence.toldByLog(entry.by);
      this.#tell(row, at, {
        outcome: 'followed',
        then: at + lag,
        evidence: `the account was made ${whenOf(entry ?? { at: born, isDay: false })}`,
      });
    } else evidence.setAside('older-account');
  }

  /** There is none, as far as can be told. */
  #waits(row: number, at: number): void {
    const { evidence } = this;
    const { diff, isWhole } = this.given;
    const open = (why: string): void => this.#tell(row, at, { outcome: 'undetermined', evidence: why });
    if (diff.rows.saw(row, SEEN.unknown | SEEN.unclear)) {
      evidence.cannotTell('unclear');
      open('an account may be theirs: its status, or whose it is, cannot be told');
    } else if (diff.spec.lifecycle.create?.by === 'jit') {
      evidence.waiting++;
      open('no account yet, and JIT makes one at the first login');
    } else if (!isWhole) {
      evidence.cannotTell('unread');
      open('no account is in what was read, and that is not proven to be all');
    } else if (dayOf(at) < this.imported) {
      evidence.cannotTell('before-import');
      evidence.doubtful++;
      const day = iso(this.imported * DAY)?.slice(0, 10);
      open(`no account is in the list; whether one was due before the import of ${day} is not known`);
    } else {
      evidence.failed(diff.standing.asOf - at);
      this.#tell(row, at, { outcome: 'open', evidence: 'no account is in the list' });
    }
  }

  #tell(row: number, at: number, told: Omit<Told, 'event' | 'at'>): void {
    const { list } = this.evidence;
    if (list === undefined) return;
    const log = entriesOf(this.given.logged, row, 'create', at);
    tell(this.given.diff, list, row, { event: 'joined', at, log, ...told });
  }
}
