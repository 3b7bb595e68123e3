import type { TrendPoint } from '../model/report.js';
import type { AuditSeen } from './queries.js';

/** Audits that a trend goes back. */
const POINTS = 90;

/** The audits before `asOf` (ms), oldest first. Of a list that was not read whole, or whose keys were not, the figures are no trend: they are left out. */
export function trendBefore(audits: readonly AuditSeen[], asOf: number): TrendPoint[] {
  return audits
    .filter((audit) => Date.parse(audit.asOf) < asOf)
    .slice(-POINTS)
    .map((audit) => ({
      asOf: audit.asOf,
      apps: audit.lists.flatMap(({ role, name, whole, orphaned, stale, missing, coverage, credentialsUnread }) =>
        role === 'app' &&
        whole &&
        credentialsUnread !== true &&
        orphaned !== undefined &&
        stale !== undefined &&
        missing !== undefined &&
        coverage !== undefined
          ? [{ name, orphaned, stale, missing, coverage }]
          : [],
      ),
    }));
}
