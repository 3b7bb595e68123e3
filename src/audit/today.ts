import type { Traces } from '../coverage/traces.js';
import type { AppDiff } from '../diff/app-diff.js';
import { isExpected } from '../diff/person-fate.js';
import { SEEN } from '../diff/rows.js';
import type { AppConfig } from '../model/config.js';
import type { Today } from '../transitions/scene.js';

/** What only today's directory and today's list can say of people with a past. `delay`: by how much the app may be late to tell of a login, ms. */
export function todayOf(diff: AppDiff, app: AppConfig, { loginsKnown }: Traces, delay: number): Today {
  const { standing, policy, rows } = diff;
  return {
    policy,
    expects: (row) => isExpected(diff, row) && !diff.spec.undecided(row),
    isSucceeded: (row) => standing.current(row) !== row || standing.isShadowed(row) || standing.contradiction(row) !== undefined,
    isUnclear: (row) => rows.saw(row, SEEN.unclear | SEEN.unknown),
    holds: (row) => rows.saw(row, SEEN.active | SEEN.invited | SEEN.invitedLongAgo),
    differs: (row, attribute) => diff.differences.get(row)?.some(({ name }) => name === attribute) === true,
    logins: loginsKnown ? { last: (row) => (rows.has(row) ? rows.lastLoginAt(row) : NaN), delay } : undefined,
    datedChanges: diff.dates.datedChanges,
    isJit: app.lifecycle.create?.by === 'jit',
    isFiltered: (app.expected ?? app.allowed ?? app.assigned) !== undefined,
  };
}
