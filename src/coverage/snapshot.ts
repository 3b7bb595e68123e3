import type { AppDiff } from '../diff/app-diff.js';
import { isExpected } from '../diff/person-fate.js';
import { SEEN } from '../diff/rows.js';
import { mustGo } from '../diff/table.js';
import { bulkDay, dayOf } from './chance.js';
import { Evidence } from './evidence.js';
import { importDay, joiner, joined } from './joiner.js';
import { leaver, likelyHolders, type Leavers } from './leaver.js';
import type { Part } from '../model/report.js';
import { Movers } from './mover.js';
import type { Judged } from './observed.js';
import { doubtUnread } from './unread.js';

/** An audit reads for a while after the instant that it speaks of, and clocks differ: a change so soon after may be in it. */
const READING = 86_400_000;

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
  /** Of leavers whose account is a trial and of whom the source tells: who lost their live keys, and their groups and roles. */
  readonly credentials: Part;
  readonly memberships: Part;
  /** Leavers without an account in the list: there never was one, or it is hidden, or removed. */
  readonly absentLeavers: number;
}

/**
 * Trials from one audit. Only what the dates prove counts: a success of the update stage must have touched the account in
 * time, a success of the delete stage must be visible as an account that is off. `listsLeavers`: the app is known to keep
 * switched-off accounts in its list, so a leaver who is not there had no account. An app that removes accounts is none of these: only what
 * shows that there was an account (an earlier audit) makes an absence a removal. `isWhole`: the list is, and its keys can be believed. `keepsTrials`: each trial by name as well. `judged`: people of whom
 * history has seen what happened to them; their dates are not asked.
 */
export function snapshot(diff: AppDiff, listsLeavers: boolean, isWhole: boolean, keepsTrials = false, judged?: Judged): Snapshot {
  const { standing, policy } = diff;
  const { asOf, index } = standing;
  const create = new Evidence('snapshot', keepsTrials);
  const gone = new Evidence('snapshot', keepsTrials);
  const from = asOf - policy.window;
  const imported = importDay(diff);
  const stamped = bulkDay(index.size, (row) => diff.dates.changed(row));
  create.day = imported;
  const movers = new Movers(diff, keepsTrials, stamped);
  const none = () => ({ trials: 0, successes: 0 });
  const leavers: Leavers = { absent: 0, all: 0, undated: 0, undatedOff: 0, credentials: none(), memberships: none() };
  let expected = 0;
  let present = 0;
  for (let row = 0; row < index.size; row++) {
    const state = standing.state(row);
    if (state === 'active' && !standing.isShadowed(row)) {
      const wanted = isExpected(diff, row) && !diff.spec.undecided(row);
      const has = diff.rows.saw(row, SEEN.active | SEEN.invited | SEEN.invitedLongAgo | SEEN.off);
      if (wanted) {
        expected++;
        if (has) present++;
        const start = joined(diff, row);
        if (Number.isNaN(start)) create.undated++;
        if (judged?.create.has(row) !== true && start >= from) {
          if (start > asOf - policy.grace.create) create.setAside('grace');
          else if (joiner(diff, row, has, start, imported, create, isWhole)) create.waiting++;
        }
      }
      if (diff.rows.saw(row, SEEN.compared) && diff.rows.extra(row) === undefined && judged?.update.has(row) !== true) {
        const changed = diff.dates.changed(row);
        const unmoved = changed > (judged?.unchangedSince?.(row, diff.spec.compare) ?? NaN) + READING;
        if (unmoved) movers.idle(row, changed);
        if (Number.isNaN(changed)) movers.undated(row);
        else if (changed < from || changed > asOf - policy.grace.update || dayOf(changed) === stamped) movers.aside(row, changed);
        else if (unmoved) movers.unmoved(row, changed);
        else movers.add(row, changed);
      }
    } else if (
      mustGo(standing, row, policy) &&
      judged?.delete.has(row) !== true &&
      standing.current(row) === row &&
      !diff.rows.saw(row, SEEN.noHuman)
    ) {
      const left = diff.dates.since(row);
      if (diff.rows.saw(row, SEEN.grace) || left > asOf - policy.grace.delete) gone.setAside('grace');
      else if (Number.isNaN(left) || left >= from) leaver(diff, row, left, listsLeavers && isWhole, gone, leavers);
    }
  }
  const update = movers.settle();
  gone.undetermined += leavers.undatedOff;
  const hidden = listsLeavers && isWhole ? 0 : likelyHolders(leavers, gone.trials, present, expected);
  gone.undetermined += hidden;
  gone.setAside(listsLeavers && isWhole ? 'no-account' : 'absent', leavers.absent - hidden);
  const undatedStale = update.doubtful - movers.before;
  if (index.hasUnread) for (let row = 0; row < index.size; row++) doubtUnread(diff, row, { create, update, delete: gone });
  return {
    create,
    update,
    delete: gone,
    undatedLeavers: leavers.undated,
    undatedStale,
    staleBefore: movers.before,
    undatedOff: leavers.undatedOff,
    absentLeavers: isWhole ? leavers.absent : 0,
    credentials: leavers.credentials,
    memberships: leavers.memberships,
  };
}
