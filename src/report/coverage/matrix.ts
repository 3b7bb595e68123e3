import type { Reporter } from '../reporter.js';
import { section } from '../table/section.js';
import { closing, opening } from '../table/frame.js';
import { logLines } from '../table/logs.js';
import { lookFor } from '../table/look.js';
import { matrix } from '../table/matrix.js';
import { why } from '../table/why.js';

/** The matrix and what stands behind it, the unproven stages too; findings stay with `lifegap audit`. */
export const coverageTable: Reporter = (report, medium) => {
  const look = lookFor(medium);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['', opening(report, look)],
    ['COVERAGE', matrix(report, look)],
    ['WHY THESE VERDICTS', why(report.apps, look, true)],
    ['LOGS', logLines(report.apps, look)],
    ['', closing(report, look)],
  ];
  return sections.filter(([, lines]) => lines.length > 0).map(([title, lines], i) => section(title, lines, look, i === 0));
};
