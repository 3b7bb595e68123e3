import { REASONS } from '../../src/model/finding.js';
import type { Report } from '../../src/model/report.js';
import { decidedReport } from './sample.js';

/** Closed lists: what lifegap itself writes. All other text comes from configs and systems. */
const OWN = new Set([
  'class',
  'set',
  'severity',
  'verdict',
  'grade',
  'inferred',
  'declared',
  'status',
  'kind',
  'state',
  'cause',
  'configSha256',
  'failOn',
  'baseline',
  'why',
  'by',
]);
const WORDS = new Set<string>(Object.values(REASONS).flat());

/** The sample with `next()` in every place where a stranger's text can stand; names stay distinct by a number at their end. */
export function infected(next: () => string, sample: Report = decidedReport()): Report {
  let n = 0;
  const names = new Map<string, string>();
  const name = (was: string): string => {
    const known = names.get(was) ?? `${next()}${names.size}`;
    names.set(was, known);
    return known;
  };
  const visit = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (OWN.has(key) || (key === 'reason' && WORDS.has(value))) return value;
      if (key === 'name' || key === 'app') return name(value);
      return `${next()}${key === 'id' ? n++ : ''}`;
    }
    if (Array.isArray(value)) return value.map((item) => visit(item, key));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([k, v]) => [key === 'controls' ? `${next()}${k}` : k, visit(v, k)] as const);
    return Object.fromEntries(entries);
  };
  return visit(sample, '') as Report;
}
