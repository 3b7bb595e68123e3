import type { PersonVerdict, Why } from '../model/population.js';
import type { AppDiff } from './app-diff.js';
import { SEEN } from './rows.js';

export interface PersonFate {
  readonly verdict: PersonVerdict;
  readonly why: Why;
  /** Until when a grace runs, ms; NaN without one. */
  readonly until: number;
}

type Known = Pick<AppDiff, 'spec' | 'standing' | 'policy' | 'dates' | 'rows'>;

/** Must this person have an account? One human with several active records needs one account. */
export function isExpected({ standing, spec, rows }: Omit<Known, 'policy' | 'dates'>, row: number): boolean {
  if (standing.state(row) !== 'active' || standing.isShadowed(row) || !spec.expected(row)) return false;
  if (rows.saw(row)) return true;
  const twins = standing.twins(row);
  return standing.best([row, ...twins]) === row && !twins.some((twin) => rows.saw(twin));
}

/**
 * Has this person what they should have here? Once all accounts are known. `blind`: an account that no key finds may be theirs all the same.
 */
export function personFate(diff: Known & Pick<AppDiff, 'blind'>, row: number): PersonFate {
  const { spec, policy, standing, rows, dates, blind } = diff;
  const fate = (verdict: PersonVerdict, why: Why = '', until = NaN): PersonFate => ({ verdict, why, until });
  if (!isExpected(diff, row)) return fate('notExpected', whyNot(diff, row));
  if (rows.saw(row, SEEN.active | SEEN.invited)) return fate('present');
  if (rows.saw(row, SEEN.unknown)) return fate('notDeterminable', 'unknown-status');
  if (rows.saw(row, SEEN.unclear)) return fate('notDeterminable', 'unclear-owner');
  if (blind !== undefined) return fate('notDeterminable', blind);
  if (spec.undecided(row)) return fate('notDeterminable', 'field-absent');
  const start = standing.index.instant('startAt', row);
  // One of the two days that it may be is too young to be missed.
  const mayBeYoung = standing.index.either('startAt', row)?.some(({ at }) => dates.within(at, policy.grace.create));
  if (mayBeYoung === true) return fate('notDeterminable', 'field-absent');
  const since = Number.isNaN(start) ? standing.index.instant('createdAt', row) : start;
  // The grace may run: there is a day, and nobody can say which.
  if (Number.isNaN(since) && standing.index.isUnread('createdAt', row)) return fate('notDeterminable', 'field-absent');
  if (dates.within(since, policy.grace.create)) return fate('pending', 'grace-create', since + policy.grace.create);
  if (spec.lifecycle.create?.by === 'jit' && !rows.saw(row, SEEN.off | SEEN.invitedLongAgo)) return fate('awaitingLogin', 'awaiting-login');
  return fate('missing');
}

/** Why nobody misses an account of theirs here. `expected` may stand for a filter, for assignments, or for people alone: the config says which. */
function whyNot({ standing, spec }: Known, row: number): Why {
  if (standing.current(row) !== row || standing.isShadowed(row)) return 'other-record';
  if (standing.state(row) !== 'active') return 'state';
  if (!spec.allowed(row)) return 'allowed';
  return spec.expected(row) ? 'other-record' : 'expected';
}
