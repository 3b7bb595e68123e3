import { iso } from '../diff/finding.js';
import { remarking } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import type { LogReport } from '../model/log.js';
import type { LogKept } from './log-kept.js';

/** A log as the report shows it. `strays`: entries of accounts that nothing has named; `twice`: that came before; `skew`: by how much its clock is ahead of the list's, ms. */
export function logReport(
  log: LogKept,
  { strays, twice, failures, skew }: { strays: number; twice: number; failures: LogReport['failures']; skew: number },
): LogReport {
  const { name, of, from, until, report } = log;
  return {
    name,
    of,
    from: iso(from) ?? null,
    until: iso(until) ?? null,
    entries: report.entries - twice,
    unmatched: report.unmatched + report.unplaced + strays,
    completeness: [...skipped(report.skipped), ...repeated(twice), ...log.remarks, ...skewed(skew)].reduce(remarking, report.completeness),
    error: report.error,
    failures,
    by: report.by,
  };
}

function skipped(n: number): string[] {
  return n === 0 ? [] : [`${counted(n, 'entry', 'entries')} of other apps ${n === 1 ? 'is' : 'are'} skipped`];
}

function repeated(n: number): string[] {
  return n === 0 ? [] : [`${counted(n, 'entry', 'entries')} came again, and ${n === 1 ? 'counts' : 'count'} once`];
}

function skewed(ms: number): string[] {
  if (ms === 0) return [];
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const by = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  return [
    `its clock is ${by} ${ms > 0 ? 'ahead of' : 'behind'} the dates of the list (is it in local time?): its entries are moved by that`,
  ];
}
