import { iso } from '../diff/finding.js';
import { remarking } from '../model/completeness.js';
import type { LogReport } from '../model/log.js';
import type { LogKept } from './log-kept.js';

/** A log as the report shows it. `strays`: entries of accounts that nothing has named; `skew`: by how much its clock is ahead of the list's, ms. */
export function logReport(
  log: LogKept,
  { strays, failures, skew }: { readonly strays: number; readonly failures: LogReport['failures']; readonly skew: number },
): LogReport {
  const { name, of, from, until, report } = log;
  return {
    name,
    of,
    from: iso(from) ?? null,
    until: iso(until) ?? null,
    entries: report.entries,
    unmatched: report.unmatched + report.unplaced + strays,
    completeness: skew === 0 ? report.completeness : remarking(report.completeness, skewed(skew)),
    error: report.error,
    failures,
    by: report.by,
  };
}

function skewed(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const by = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  return `its clock is ${by} ${ms > 0 ? 'ahead of' : 'behind'} the dates of the list (is it in local time?): its entries are moved by that`;
}
