import { undated } from '../diff/unread.js';
import { untold } from '../diff/untold.js';
import { gate } from '../gate/gate.js';
import type { Config } from '../model/config.js';
import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { auditApps } from './apps.js';
import { assemble } from './assemble.js';
import { begin, type AuditRun } from './begin.js';
import { readDirectory, type Directory } from './directory.js';
import { putTogether } from './found.js';
import type { AuditOptions } from './options.js';
import { weigh } from './weigh.js';

/**
 * The audit, step by step: read the directory and see how everybody stands; audit each app against it (read, settle, observe, report); weigh what was found
 * against what people have decided; say the exit code; put the report together.
 */
export async function runAudit(config: Config, options: AuditOptions): Promise<Report> {
  const run = begin(config, options);
  const directory = await readDirectory(run);
  const about = options.about?.(directory.standing);
  options.census?.directory(directory.standing, config.policy);
  const results = await auditApps(run, directory, about);
  const found = putTogether(directory.reports, results, directoryFindings(run, directory));
  const weighed = weigh(config, options, found);
  const verdict = gate({ ...run.rules, ...found, findings: weighed.findings });
  return assemble(run, found, weighed, verdict);
}

/** What the directories show by themselves, where the audit speaks of everybody: of one person, or of some apps alone, they are no part of it. */
function directoryFindings({ config, options }: AuditRun, { standing, dates }: Directory): Finding[] {
  if (options.about !== undefined) return [];
  const isOfAll = config.apps.length === config.allApps.length;
  return [...(isOfAll ? untold(standing, config.policy, dates) : []), ...undated(standing)];
}
