import type { Report } from '../model/report.js';
import { runAudit } from '../audit/run.js';
import type { OptionsRecord } from './record.js';
import { openReplay } from './replay.js';

/** The rows of a pack, judged again; its tool is the one that judges. Throws a UsageError for what is no pack. */
export async function judgeAgain(
  dir: string,
  signal: AbortSignal,
): Promise<{ readonly report: Report; readonly writtenBy: Pick<OptionsRecord, 'tool' | 'build'> }> {
  const { record, config, options } = await openReplay(dir, signal);
  return { report: await runAudit(config, options), writtenBy: record.options };
}
