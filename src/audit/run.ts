import { undated } from '../diff/unread.js';
import { untold } from '../diff/untold.js';
import type { Config } from '../model/config.js';
import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { auditApps } from './apps.js';
import { assemble } from './assemble.js';
import { readDirectory, type Directory } from './directory.js';
import type { AuditOptions } from './options.js';
import { shrinkGuard } from './shrink.js';

/** The audit, step by step: read the directory, audit each app against it, look at the directory itself, and put the report together. */
export async function runAudit(config: Config, given: AuditOptions): Promise<Report> {
  // What breaks the audit off at one list (a full disk, a bug) stops the others, and is told when all of them have ended.
  const broken = new AbortController();
  const stop = (): void => broken.abort();
  const options = { ...given, signal: AbortSignal.any([given.signal, broken.signal]) };
  const startedAt = options.now();
  const believed = shrinkGuard(config, options);
  const directory = await readDirectory(config, options, believed, stop);
  const about = options.about?.(directory.standing);
  options.census?.directory(directory.standing, config.policy);
  const results = await auditApps(config, options, directory, believed, about, stop);
  const ofDirectories = directoryFindings(config, options, directory);
  return assemble(config, options, { startedAt, directory: directory.reports, results, ofDirectories });
}

/** What the directories show by themselves, where the audit speaks of everybody: of one person, or of some apps alone, they are no part of it. */
function directoryFindings({ apps, allApps, policy }: Config, { about }: AuditOptions, { standing, dates }: Directory): Finding[] {
  if (about !== undefined) return [];
  const inDirectories = apps.length === allApps.length ? untold(standing, policy, dates) : [];
  return [...inDirectories, ...undated(standing)];
}
