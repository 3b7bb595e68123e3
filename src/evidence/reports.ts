import type { Report } from '../model/report.js';
import { FORMATS } from '../report/formats.js';
import type { AssetReader, Medium } from '../report/reporter.js';

/** The reports of a pack, by file name. */
export const REPORTS: Readonly<Record<string, keyof typeof FORMATS>> = {
  'reports/report.json': 'json',
  'reports/findings.csv': 'csv',
  'reports/coverage.csv': 'csv-coverage',
  'reports/report.html': 'html',
};

/** No terminal takes part: equal reports give equal bytes. */
const MEDIUM: Medium = { width: 120, colorLevel: 0, limit: 2000, verbose: true };

export async function renderReport(report: Report, file: string, asset: AssetReader): Promise<Iterable<string>> {
  const format = FORMATS[REPORTS[file] ?? ''];
  if (format === undefined) throw new Error(`${file} is no report of a pack`);
  return (await format.load(asset))(report, MEDIUM);
}
