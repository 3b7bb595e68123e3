import type { Report } from '../../model/report.js';
import { paragraph } from './frame.js';
import { shown, type Look } from './look.js';

/** `--limit` takes no more: longer lists are for a spreadsheet. */
const MOST = 2000;

/** How to see the rows that were cut off: flags alone, for the line under each list. */
export function rest(rows: number, file: string): string {
  return rows > MOST ? `--format ${file}` : `--limit ${rows}, or --format ${file}`;
}

/** Where lists were cut: the command that was run, in the way that shows all of them. */
export function everything(report: Report, look: Look): string[] {
  const sizes = new Map<string, number>();
  for (const { app, class: cls } of report.findings) {
    const list = JSON.stringify([app, cls]);
    sizes.set(list, (sizes.get(list) ?? 0) + 1);
  }
  const findings = Math.max(0, ...sizes.values());
  const fixed = report.baseline?.fixed.length ?? 0;
  const longest = Math.max(findings, fixed);
  if (look.command === undefined || longest <= look.limit) return [];
  // The CSV holds no entry of a baseline that is fixed.
  const flags = longest <= MOST ? `--limit ${longest}` : fixed > MOST ? '--format json=report.json' : '--format csv=findings.csv';
  return paragraph(`To see every row: ${shown(look.command)} ${flags}`, look);
}
