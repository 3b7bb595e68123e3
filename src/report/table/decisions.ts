import type { Report } from '../../model/report.js';
import { acceptedWords, baselineSummary, fixedWords } from '../decisions.js';
import { rest } from './everything.js';
import { paragraph } from './frame.js';
import { count, shown, type Look } from './look.js';

/** What people have decided: acceptances that ran out or that nothing needs any more, and the baseline with what is fixed. */
export function decisions(report: Report, look: Look): string[] {
  const { accepted, baseline } = report;
  const fixed = baseline?.fixed ?? [];
  const lines = [
    ...(accepted === undefined ? [] : acceptedWords(report.summary.accepted, accepted)),
    ...(baseline === undefined ? [] : [baselineSummary(baseline)]),
    ...fixed.slice(0, look.limit).map((entry) => `fixed: ${fixedWords(entry)}`),
    ...(fixed.length > look.limit
      ? [`${look.style.ellipsis} and ${count(fixed.length - look.limit)} more fixed: ${rest(fixed.length, 'json=report.json')}`]
      : []),
  ];
  return lines.flatMap((line) => paragraph(shown(line), look));
}
