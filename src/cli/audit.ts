import path from 'node:path';
import type { Config } from '../model/config.js';
import type { Census } from '../audit/census.js';
import { loadConfig } from '../config/load.js';
import { parseControls } from '../config/controls.js';
import { parseFailOn } from '../config/fail-on.js';
import type { Pack } from '../evidence/pack.js';
import { UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import { outgrownWords } from '../report/decisions.js';
import { visible } from '../report/escape.js';
import { MAX_APPS } from '../audit/apps.js';
import type { AuditOptions } from '../audit/options.js';
import { runAudit } from '../audit/run.js';
import { asset } from './asset.js';
import { parseAsOf } from './as-of.js';
import { commandLine } from './command-line.js';
import { readBaseline } from './baseline.js';
import type { AuditFlags } from './commands/audit.js';
import type { Io } from './io.js';
import { checkOutputs, parseOutputs, showTrend, showTrials, writeOutputs, type Formats } from './output.js';
import { populationFor } from './population.js';
import { openHistory, type OpenHistory } from './record.js';
import { progressLine } from './progress.js';

/** The work of `lifegap audit`: every flag is checked before the first request goes out. `formats`: those of a command that shows less. */
export async function runFromFlags(flags: AuditFlags, io: Io, formats?: Formats): Promise<number> {
  const outputs = parseOutputs(flags.format ?? [], formats);
  const limit = parseLimit(flags.limit);
  await checkOutputs(outputs, io, flags.evidence);
  const say = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  const population = await populationFor(outputs, io, formats);
  const wants = {
    trials: flags.trials === true || showTrials(outputs, formats),
    trend: showTrend(outputs, formats),
    ...(population === undefined ? {} : { census: population }),
  };
  const look = {
    limit,
    verbose: flags.verbose === true,
    csvBom: flags.csvBom === true,
    command: commandLine(io.argv, io.cwd()),
    ...(flags.color === undefined ? {} : { color: flags.color }),
    ...(formats && { formats }),
  };
  let report: Report;
  let history: OpenHistory | undefined;
  try {
    ({ report, history } =
      flags.replay === undefined
        ? await audit(flags, wants, io, say)
        : { report: await (await import('./replay.js')).replayFromFlags(flags.replay, flags, io, population), history: undefined });
    await writeOutputs(population === undefined ? report : { ...report, population }, outputs, look, io);
    // Last: an audit whose report could not be written has not been, for those who wait for it.
    await history?.record(report);
  } finally {
    population?.close();
    history?.close();
  }
  const shown = outputs.some((output) => output.format === 'table' && output.file === undefined);
  if (!shown && flags.quiet !== true) {
    // The table says them itself.
    for (const words of report.accepted === undefined ? [] : outgrownWords(report.accepted)) say(`warning: ${words}`);
    say(`lifegap: exit ${report.run.exitCode}: ${report.run.exitReason}`);
  }
  return report.run.exitCode;
}

interface Wants {
  readonly trials: boolean;
  readonly trend: boolean;
  readonly census?: Census;
}

interface Audited {
  readonly report: Report;
  /** In which it is yet to be recorded. */
  readonly history: OpenHistory | undefined;
}

async function audit(flags: AuditFlags, wants: Wants, io: Io, say: (line: string) => void): Promise<Audited> {
  const appConcurrency = flags.concurrency === undefined ? undefined : parseWhole('--concurrency', flags.concurrency, MAX_APPS);
  const asOf = parseAsOf(flags.asOf, io.now());
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
  if (flags.quiet !== true) for (const warning of config.warnings) say(`warning: ${warning}`);
  const pack = await beginPack(flags, config, io);
  const progress = progressLine(io, flags.quiet === true || flags.verbose === true, io.now);
  let history: OpenHistory | undefined;
  try {
    history = await openHistory(flags, config, asOf, say);
    const options: AuditOptions = {
      asOf,
      now: io.now,
      env: io.env,
      signal: io.signal,
      ...(failOn === undefined ? {} : { failOn }),
      ...(controls === undefined ? {} : { controls }),
      ...(appConcurrency === undefined ? {} : { appConcurrency }),
      trials: wants.trials,
      ...(wants.census === undefined ? {} : { census: wants.census }),
      ...(baseline === undefined ? {} : { baseline }),
      ...(flags.newOnly === true ? { newOnly: true } : {}),
      onProgress: progress.update,
      ...(flags.verbose === true ? { trace: say } : {}),
      ...(history === undefined ? {} : { witness: history.history, past: history.history }),
      ...(flags.acceptShrink === undefined ? {} : { acceptShrink: flags.acceptShrink }),
    };
    const report = await runAudit(config, pack?.watch(options) ?? options).finally(progress.clear);
    const sealed = await pack?.seal(report, options, asset);
    if (sealed !== undefined)
      say(`lifegap: the hash of the evidence is ${sealed.hash}: keep it elsewhere, so that the whole pack can be told from another`);
    for (const difference of sealed?.differences ?? []) say(`warning: the redacted evidence is judged otherwise: ${difference}`);
    // The trend is that of the audits so far. A pack goes without: its reports come of its own rows alone.
    const trend = wants.trend ? await history?.trend() : undefined;
    return { report: trend === undefined || trend.length === 0 ? report : { ...report, trend }, history };
  } catch (error) {
    await pack?.discard();
    history?.close();
    throw error;
  }
}

async function beginPack(flags: AuditFlags, config: Config, io: Io): Promise<Pack | undefined> {
  const { evidence, redact, redactKeyFile, coarsen } = flags;
  if (redact === true && evidence === undefined) throw new UsageError('--redact: needs --evidence DIR, the pack to redact');
  if (redactKeyFile !== undefined && redact !== true) throw new UsageError('--redact-key-file: needs --redact');
  if (coarsen !== undefined && redact !== true) throw new UsageError('--coarsen: needs --redact');
  if (evidence === undefined) return undefined;
  const { Pack: Packs } = await import('../evidence/pack.js');
  const [{ readKey, throwawayKey }, { parseUnit }] = await Promise.all([
    import('../evidence/redact/key.js'),
    import('../evidence/redact/coarse.js'),
  ]);
  const unit = coarsen === undefined ? undefined : parseUnit(coarsen);
  const ownKey = redactKeyFile === undefined ? throwawayKey() : await readKey(path.resolve(io.cwd(), redactKeyFile), redactKeyFile);
  return Packs.begin(path.resolve(io.cwd(), evidence), config, redact === true ? ownKey : undefined, unit);
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
