import type { AppDiff } from '../diff/app-diff.js';
import { iso, sourceOf } from '../diff/finding.js';
import type { TrialEntry } from '../model/log.js';
import type { Trial } from '../model/trial.js';
import type { Evidence } from './evidence.js';

const HOUR = 3_600_000;

/** What one trial came to; times in ms, NaN where nothing dates them. */
export interface Told {
  readonly event: string;
  readonly at: number;
  readonly outcome: Trial['outcome'];
  /** When the app followed. */
  readonly then?: number;
  readonly evidence: string;
  readonly log?: readonly TrialEntry[];
}

/** Writes a trial down by name, so that a person can look it up in both systems. */
export function tell(diff: AppDiff, list: Trial[], row: number, { event, at, outcome, then = NaN, evidence, log = [] }: Told): void {
  const { standing } = diff;
  const { index, asOf } = standing;
  const userName = index.text('userName', row);
  const until = outcome === 'open' ? asOf : then;
  list.push({
    person: { id: index.id(row), source: sourceOf(standing, row), ...(userName === undefined ? {} : { userName }) },
    account: account(diff, row),
    event,
    at: iso(at) ?? null,
    outcome,
    followedAt: iso(then) ?? null,
    lagHours: Number.isNaN(until - at) ? null : Math.round((Math.max(0, until - at) / HOUR) * 10) / 10,
    evidence,
    ...(log.length === 0 ? {} : { log }),
  });
}

function account({ rows }: AppDiff, row: number): Trial['account'] {
  if (!rows.has(row)) return null;
  const { id, userName } = rows.get(row);
  return { id, ...(userName === undefined ? {} : { userName }) };
}

/**
 * The trials in an order that depends on nothing but them. Throws when they do not add up to what the verdict was counted from:
 * a list that a person cannot check the figures by is worth nothing.
 */
export function inOrder(evidence: Evidence): readonly Trial[] | undefined {
  const { list } = evidence;
  if (list === undefined) return undefined;
  const count = (outcome: Trial['outcome']): number => list.filter((trial) => trial.outcome === outcome).length;
  const [followed, open, undetermined] = [count('followed'), count('open'), count('undetermined')];
  // Of leavers who are out of sight only as many are counted as may have had an account: the list names all of them.
  if (followed !== evidence.successes || open !== evidence.failures || undetermined < evidence.undetermined) {
    throw new Error(
      `${followed} trials followed, ${open} are open and ${undetermined} undetermined by name, yet ${evidence.successes}, ${evidence.failures} and ${evidence.undetermined} were counted`,
    );
  }
  const key = ({ person, account: held, at, event, evidence: fact }: Trial): readonly string[] => [
    person.source,
    person.id,
    at ?? '',
    held?.id ?? '',
    event,
    fact,
  ];
  return list
    .map((trial) => ({ trial, key: key(trial) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ trial }) => trial);
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [i, part] of a.entries()) {
    const other = b[i] ?? '';
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}
