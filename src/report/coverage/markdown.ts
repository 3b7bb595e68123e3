import { STAGES } from '../../model/policy.js';
import type { AppReport } from '../../model/report.js';
import { markdownCode } from '../escape.js';
import { hopWords, logWords } from '../logs.js';
import { pieces } from '../pieces.js';
import type { Reporter } from '../reporter.js';
import { byName, inOrder } from '../sort.js';
import { lookFor } from '../table/look.js';
import { mechanismWords } from '../table/matrix.js';
import { facts } from '../table/why.js';

/** One row of a Markdown table; text from others is a code span already. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** The head of a Markdown table and the line under it. */
export function markdownHead(names: readonly string[]): string {
  return `| ${names.join(' | ')} |\n|${'---|'.repeat(names.length)}\n`;
}

/** The matrix, and under it the reasons. */
export const coverageMarkdown: Reporter = (report, medium) => {
  const look = lookFor({ ...medium, colorLevel: 0, unicode: true });
  const apps = inOrder(report.apps, byName);
  return pieces([
    `Lifecycle coverage as of ${markdownCode(report.asOf)}.\n\n`,
    markdownHead(['app', ...STAGES, 'mechanism']),
    ...apps.map((app) =>
      markdownRow([
        markdownCode(app.name),
        ...STAGES.map((stage) => {
          const { verdict, trials, successes } = app.coverage[stage];
          return `${look.coverage(verdict).text}${trials === 0 ? '' : ` ${successes}/${trials}`}`;
        }),
        markdownCode(mechanismWords(app.mechanism)),
      ]),
    ),
    '\n',
    markdownHead(['app', 'stage', 'verdict', 'why']),
    ...apps.flatMap((app) =>
      STAGES.map((stage) =>
        markdownRow([
          markdownCode(app.name),
          stage,
          look.coverage(app.coverage[stage].verdict).text,
          markdownCode([...facts(app.coverage[stage]), hopWords(app.coverage[stage], look.arrow) ?? []].flat().join('; ')),
        ]),
      ),
    ),
    ...markdownLogs(apps),
  ]);
};

/** A line for each log, in a list of its own; nothing where no app has one. */
export function markdownLogs(apps: readonly AppReport[]): string[] {
  const lines = apps.flatMap(({ name, logs = [] }) => logs.map((log) => `- ${markdownCode(name)}: ${markdownCode(logWords(log, true))}\n`));
  return lines.length === 0 ? [] : ['\n### Logs\n\n', ...lines];
}
