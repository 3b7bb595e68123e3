import { iso } from '../diff/finding.js';
import type { LogFacts, LogWindow } from '../model/log.js';

const DAY = 86_400_000;
/** A shorter silence is a holiday. */
const QUIET = 14 * DAY;
/** A silence that chance brings less often is none of it. */
const CHANCE = 0.001;

/** What is known of the instants of a log's entries, ms; NaN of none. */
export interface Dated {
  readonly first: number;
  readonly last: number;
  /** On how many days there are any: what came in one go is one. */
  readonly days: number;
}

/** What a log covers, ms. `isStopped`: nothing says that it was still written. */
export interface Reach {
  readonly from: number;
  readonly until: number;
  readonly isStopped: boolean;
  readonly remarks: readonly string[];
}

/**
 * How far does a log reach? A file covers what it holds. A system that was asked covers what it was asked for, but from its first entry on where nobody knows how
 * long it keeps them, or where its entries are so many that there would be older ones, had it been written then.
 */
export function reachOf(
  { first, last, days }: Dated,
  asked: LogWindow | undefined,
  facts: Pick<LogFacts, 'retention' | 'lateness'>,
): Reach {
  if (asked === undefined || Number.isNaN(first)) return { from: first, until: last, isStopped: false, remarks: [] };
  const until = asked.until - facts.lateness;
  const isLate = isBroken(first - asked.since, last - first, days);
  const isStopped = isBroken(until - last, last - first, days);
  const from = facts.retention === undefined || isLate ? Math.max(first, asked.since) : asked.since;
  return {
    from,
    until: isStopped ? last : until,
    isStopped,
    remarks: [
      ...(from - asked.since > QUIET
        ? [`its first entry is of ${iso(first)}, and it was asked from ${iso(asked.since)} on: it is not taken to reach back further`]
        : []),
      ...(isStopped ? [`its last entry is of ${iso(last)}: it is not taken to have been written since`] : []),
    ],
  };
}

/** Would entries that come at any time leave so long a gap beside the time in which these came? */
function isBroken(gap: number, span: number, days: number): boolean {
  return gap > QUIET && (span / (span + gap)) ** (days - 1) < CHANCE;
}
