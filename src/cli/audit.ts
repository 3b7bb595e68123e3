import { loadConfig } from '../config/load.js';
import { parseControls } from '../config/controls.js';
import { parseFailOn } from '../config/fail-on.js';
import { UsageError } from '../model/errors.js';
import { visible } from '../report/escape.js';
import { MAX_APPS, runAudit } from '../run.js';
import { parseAsOf } from './as-of.js';
import { readBaseline } from './baseline.js';
import type { AuditFlags } from './commands/audit.js';
import type { Io } from './io.js';
import { checkOutputs, parseOutputs, showTrend, showTrials, writeOutputs, type Formats } from './output.js';
import { openHistory } from './record.js';
import { progressLine } from './progress.js';

/** The work of `lifegap audit`: every flag is checked before the first request goes out. `formats`: those of a command that shows less. */
export async function runFromFlags(flags: AuditFlags, io: Io, formats?: Formats): Promise<number> {
  const outputs = parseOutputs(flags.format ?? [], formats);
  const limit = parseLimit(flags.limit);
  const appConcurrency = flags.concurrency === undefined ? undefined : parseWhole('--concurrency', flags.concurrency, MAX_APPS);
  const asOf = parseAsOf(flags.asOf, Date.now());
  const failOn = flags.failOn === undefined ? undefined : parseFailOn(flags.failOn);
  const controls = flags.controls === undefined ? undefined : parseControls(flags.controls);
  const config = await loadConfig({
    ...(flags.config === undefined ? {} : { path: flags.config }),
    cwd: io.cwd(),
    env: io.env,
    ...(flags.app === undefined ? {} : { only: { apps: flags.app } }),
  });
  if (flags.newOnly === true && flags.baseline === undefined)
    throw new UsageError('--new-only: needs --baseline FILE, which says what is known');
  const baseline = flags.baseline === undefined ? undefined : await readBaseline(flags.baseline, io);
  await checkOutputs(outputs, io);
  const say = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  if (flags.quiet !== true) for (const warning of config.warnings) say(`warning: ${warning}`);
  const history = await openHistory(flags, config, asOf, say);
  const progress = progressLine(io, flags.quiet === true || flags.verbose === true, Date.now);
  const audited = await runAudit(config, {
    asOf,
    now: Date.now,
    env: io.env,
    signal: io.signal,
    ...(failOn === undefined ? {} : { failOn }),
    ...(controls === undefined ? {} : { controls }),
    ...(appConcurrency === undefined ? {} : { appConcurrency }),
    trials: flags.trials === true || showTrials(outputs, formats),
    ...(baseline === undefined ? {} : { baseline }),
    ...(flags.newOnly === true ? { newOnly: true } : {}),
    onProgress: progress.update,
    ...(flags.verbose === true ? { trace: say } : {}),
    ...(history === undefined ? {} : { witness: history.history, past: history.history }),
    ...(flags.acceptShrink === undefined ? {} : { acceptShrink: flags.acceptShrink }),
  })
    .finally(progress.clear)
    .catch((error: unknown) => {
      history?.close();
      throw error;
    });
  const trend = showTrend(outputs, formats) ? await history?.trend() : undefined;
  const report = trend === undefined || trend.length === 0 ? audited : { ...audited, trend };
  await history?.record(audited);
  const look = {
    limit,
    verbose: flags.verbose === true,
    ...(flags.color === undefined ? {} : { color: flags.color }),
    ...(formats && { formats }),
  };
  await writeOutputs(report, outputs, look, io);
  const shown = outputs.some((output) => output.format === 'table' && output.file === undefined);
  if (!shown && flags.quiet !== true) say(`lifegap: exit ${report.run.exitCode}: ${report.run.exitReason}`);
  return report.run.exitCode;
}

export function parseLimit(text: string): number {
  return parseWhole('--limit', text, 2000);
}

function parseWhole(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new UsageError(`${flag} ${text}: expected a whole number from 1 to ${most}`);
  return value;
}
