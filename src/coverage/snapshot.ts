import { isExpected } from '../diff/person-fate.js';
import { SEEN } from '../diff/rows.js';
import { mustGo } from '../diff/table.js';
import type { Part } from '../model/report.js';
import type { Evidence } from './evidence.js';
import { importDay } from './joined.js';
import { Joiners } from './joiners.js';
import { Leavers } from './leavers.js';
import { spansOf } from './look-back.js';
import { Movers } from './movers.js';
import type { SnapshotCase } from './snapshot-case.js';
import { doubtUnread } from './unread.js';

/** What one audit alone can show about each stage. */
export interface Snapshot {
  readonly create: Evidence;
  readonly update: Evidence;
  readonly delete: Evidence;
  /** Leavers whose leave the directory does not date. */
  readonly undatedLeavers: number;
  /** Stale accounts whose change the directory does not date. */
  readonly undatedStale: number;
  /** Stale accounts of people whom the directory changed in the window, yet in nothing that is compared: stale since before. */
  readonly staleBefore: number;
  /** Leavers whose account is off, and neither a date nor a last touch says since when: it may have been off before they left. */
  readonly undatedOff: number;
  /** Of them, those whose account is off by a log that does not reach back to the leave. */
  readonly offBeyondLog: number;
  /** Of leavers whose account is a trial and of whom the source tells: who lost their live keys, and their groups and roles. */
  readonly credentials: Part;
  readonly memberships: Part;
  /** What is before the window, as far back as `policy.coverage.look_back`. */
  readonly before: Pick<Snapshot, 'create' | 'delete' | 'credentials' | 'memberships'>;
  /** Leavers without an account in the list: there never was one, or it is hidden, or removed. */
  readonly absentLeavers: number;
}

/**
 * Trials from one audit. Only what the dates prove counts: a success of the update stage must have touched the account in
 * time, a success of the delete stage must be visible as an account that is off.
 */
export function snapshot(given: SnapshotCase): Snapshot {
  const { diff, judged, isWhole } = given;
  const { standing, policy, rows } = diff;
  const { index } = standing;
  const imported = importDay(diff);
  const spans = spansOf(standing.asOf, policy);
  const joiners = new Joiners(given, spans.now, imported);
  const earlierJoiners = new Joiners(given, spans.before, imported);
  const movers = new Movers(given);
  const leavers = new Leavers(given, spans.now);
  const earlierLeavers = new Leavers(given, spans.before);
  for (let row = 0; row < index.size; row++) {
    if (standing.state(row) === 'active' && !standing.isShadowed(row)) {
      if (isExpected(diff, row) && !diff.spec.undecided(row)) for (const seeing of [joiners, earlierJoiners]) seeing.see(row);
      if (rows.saw(row, SEEN.compared) && rows.extra(row) === undefined && !judged.update.has(row)) movers.see(row);
    } else if (mustGo(standing, row, policy) && !judged.delete.has(row) && standing.current(row) === row) {
      if (!rows.saw(row, SEEN.noHuman)) for (const seeing of [leavers, earlierLeavers]) seeing.see(row);
    }
  }
  const { present, expected } = joiners;
  const stages = { create: joiners.evidence, update: movers.settle(), delete: leavers.settle(present, expected) };
  const undatedStale = stages.update.doubtful - movers.before;
  if (index.hasUnread) for (let row = 0; row < index.size; row++) doubtUnread(diff, row, stages);
  return {
    ...stages,
    before: {
      create: earlierJoiners.evidence,
      delete: earlierLeavers.settle(present, expected),
      credentials: earlierLeavers.credentials,
      memberships: earlierLeavers.memberships,
    },
    undatedLeavers: leavers.undated,
    undatedStale,
    staleBefore: movers.before,
    undatedOff: leavers.undatedOff,
    offBeyondLog: leavers.beyondLog,
    absentLeavers: isWhole ? leavers.absent : 0,
    credentials: leavers.credentials,
    memberships: leavers.memberships,
  };
}
