import type { AppDiff } from '../diff/app-diff.js';
import { SEEN } from '../diff/rows.js';
import { isPerson } from '../model/person.js';
import type { Stage } from '../model/policy.js';
import type { Evidence } from './evidence.js';
import { joined } from './joined.js';
import { tell } from './trials.js';

const EVENT: Readonly<Record<Stage, string>> = { create: 'may have joined', update: 'may have been changed', delete: 'may have left' };
const WHY = 'a date in the directory could not be read';

/**
 * A date of the directory that could not be read hides what somebody was: a joiner, a mover or a leaver, or none of these. They are no trials, and stand
 * against a pass where something speaks for a failure: an account that is on, or none.
 */
export function doubtUnread(diff: AppDiff, row: number, stages: Readonly<Record<Stage, Evidence>>): void {
  const { standing, rows, spec, policy } = diff;
  const { index } = standing;
  if (!isPerson(index.kind(row)) || standing.isShadowed(row) || standing.current(row) !== row) return;
  const has = rows.has(row);
  const doubt = (stage: Stage, isFailure: boolean): void => {
    stages[stage].cannotTell('unread-date');
    if (isFailure) stages[stage].doubtful++;
    const { list } = stages[stage];
    if (list !== undefined) tell(diff, list, row, { event: EVENT[stage], at: NaN, outcome: 'undetermined', evidence: WHY });
  };
  if (standing.undated(row).length > 0) {
    const isOn = rows.saw(row, SEEN.unknown);
    if (has) doubt('delete', isOn);
    if (isOn) doubt('update', true);
    if (spec.expected(row) && (isOn || !has)) doubt('create', !has);
  } else if (
    standing.state(row) === 'active' &&
    index.either('startAt', row)?.some(({ at }) => at >= standing.asOf - policy.window) === true
  ) {
    if (spec.expected(row)) doubt('create', !has);
  } else if (standing.state(row) === 'active' && Number.isNaN(joined(diff, row)) && index.isUnread('createdAt', row)) {
    if (spec.expected(row)) doubt('create', !has);
  }
}
