import type { Report } from '../model/report.js';
import type { Reporter } from './reporter.js';
import { byName, inOrder } from './sort.js';
import { decisions } from './table/decisions.js';
import { everything } from './table/everything.js';
import { closing, notes, opening } from './table/frame.js';
import { findings } from './table/findings.js';
import { lookFor, type Look } from './table/look.js';
import { matrix } from './table/matrix.js';
import { reconciliation } from './table/reconciliation.js';
import { section } from './table/section.js';
import { unjudged } from './table/unjudged.js';
import { why } from './table/why.js';

/**
 * The report for a person at a terminal: what was read, the coverage matrix, what stands behind it, the findings, what could not be
 * judged and why, and what the exit code means. No line is wider than the medium (40 columns at least).
 */
export const table: Reporter = (report, medium) => {
  const look = lookFor(medium);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['', opening(report, look)],
    ['COVERAGE', matrix(report, look)],
    ['WHY THESE VERDICTS', why(report.apps, look)],
    ['FINDINGS', findingsOrNone(report, look)],
    ['COULD NOT BE JUDGED, AND WHY', unjudged(report, look)],
    ['RECONCILIATION', look.verbose ? reconciliation(inOrder(report.apps, byName), look) : []],
    ['ACCEPTED FINDINGS AND BASELINE', decisions(report, look)],
    ['NOTES ON THE DATA', notes(report, look)],
    ['', [...everything(report, look), ...closing(report, look)]],
  ];
  return sections.filter(([, lines]) => lines.length > 0).map(([title, lines], i) => section(title, lines, look, i === 0));
};

/** "None" is only said of what was read whole. */
function findingsOrNone(report: Report, look: Look): string[] {
  const lines = findings(report.findings, look);
  if (lines.length > 0) return lines;
  const whole =
    [...report.directory, ...report.apps].every((list) => list.error === null && list.completeness.verdict !== 'unproven') &&
    report.findings.length === 0 &&
    report.apps.every((app) => app.reconciliation.people.notDeterminable === 0);
  return [whole ? 'None: every list was read whole.' : 'None in what could be judged. That is not "clean": see below.'];
}
