import { iso } from '../diff/finding.js';
import type { LogReport } from '../model/log.js';
import type { LogKept } from './log-kept.js';

/** A log as the report shows it. `strays`: entries of accounts that nothing has named. */
export function logReport(log: LogKept, strays: number, failures: LogReport['failures']): LogReport {
  const { name, of, from, until, report } = log;
  return {
    name,
    of,
    from: iso(from) ?? null,
    until: iso(until) ?? null,
    entries: report.entries,
    unmatched: report.unmatched + report.undated + strays,
    completeness: report.completeness,
    error: report.error,
    failures,
    by: report.by,
  };
}
