import type { Finding } from '../model/finding.js';
import { compareFindings } from '../model/finding-order.js';
import type { DirectoryReport, Report } from '../model/report.js';
import type { AppResult } from './app.js';

/** What the audit found, in the order in which it is reported. */
export interface Found extends Pick<Report, 'directory' | 'apps' | 'findings'> {
  /** Names of lists that could not be read. */
  readonly failed: readonly string[];
  /** What was not read whole, or could not be judged. */
  readonly unproven: readonly string[];
}

/** `ofDirectories`: findings of a directory itself. A system may be an app as well: then its own list has said it. */
export function putTogether(
  directory: readonly DirectoryReport[],
  results: readonly AppResult[],
  ofDirectories: readonly Finding[],
): Found {
  const apps = results.map((result) => result.report).sort((a, b) => (a.name < b.name ? -1 : 1));
  const ofApps = results.flatMap((result) => result.findings);
  const said = new Set(ofApps.map(({ id }) => id));
  const lists = [...directory, ...apps];
  return {
    directory,
    apps,
    findings: [...ofApps, ...ofDirectories.filter(({ id }) => !said.has(id))].sort(compareFindings),
    failed: lists.filter((list) => list.error !== null).map((list) => list.name),
    unproven: [
      ...lists.filter(isUnproven).map((list) => `the list of ${list.name}`),
      ...apps.filter(({ completeness }) => completeness.credentials !== undefined).map(({ name }) => `the credentials of ${name}`),
      ...ofDirectories.filter((finding) => finding.class === 'inconclusive').map(({ app }) => `the states of ${app}`),
      ...results.filter((r) => r.inconclusive && !isUnproven(r.report)).map((r) => `verdicts of ${r.report.name}`),
    ],
  };
}

function isUnproven({ completeness }: Pick<DirectoryReport, 'completeness'>): boolean {
  return completeness.verdict === 'unproven';
}
