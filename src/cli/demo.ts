import { once } from 'node:events';
import path from 'node:path';
import type { Census } from '../audit/census.js';
import { loadConfig } from '../config/load.js';
import { claimFolder, keptFiles, writeFiles } from '../demo/files.js';
import { iso } from '../demo/lifecycle.js';
import { setUp, type Stage } from '../demo/stage.js';
import { EXIT, UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import { visible } from '../report/escape.js';
import { runAudit } from '../audit/run.js';
import { commandLine, commandName, shellWord } from './command-line.js';
import { parseAsOf } from './as-of.js';
import { parseLimit } from './audit.js';
import type { DemoFlags } from './commands/demo.js';
import type { Io } from './io.js';
import { parseOutputs, showTrials, writeOutputs, type Output } from './output.js';
import { populationFor } from './population.js';
import { progressLine } from './progress.js';

/** The dates of the company lie up to ten years before its today; outside of these they would be no ordinary dates. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** The work of `lifegap demo`: the company's systems go up, the real audit reads them over HTTP, and they go down again. */
export async function demoFromFlags(flags: DemoFlags, io: Io): Promise<number> {
  const outputs = parseOutputs(flags.format ?? []);
  const limit = parseLimit(flags.limit);
  const seed = parseSeed(flags.seed);
  const asOf = parseAsOf(flags.asOf, io.now());
  if (asOf < EARLIEST || asOf >= LATEST) throw new UsageError('--as-of: the demo company lives between the years 2000 and 2099');
  const say = (line: string): void => {
    if (flags.quiet !== true) io.stderr.write(`${visible(line)}\n`);
  };
  const kept = flags.keep === undefined ? undefined : path.resolve(io.cwd(), flags.keep);
  if (kept !== undefined) await claimFolder(kept, flags.keep ?? '');
  const stage = await setUp(seed, asOf);
  const population = await populationFor(outputs, io);
  try {
    if (kept !== undefined) await writeFiles(kept, keptFiles(stage.company, stage.apps));
    say(`Meridian is a made-up company. Its systems answer at ${stage.origin},`);
    say('and the audit reads them as it would read yours.');
    say('');
    const report = await audit(stage, flags, outputs, io, population);
    const look = {
      limit,
      verbose: flags.verbose === true,
      csvBom: flags.csvBom === true,
      command: commandLine(io.argv, io.cwd()),
      ...(flags.color === undefined ? {} : { color: flags.color }),
    };
    await writeOutputs(population === undefined ? report : { ...report, population }, outputs, look, io);
    for (const line of afterwards(report, stage, flags, commandName(io.argv, io.cwd()))) say(line);
    if (flags.serve === true) await servedUntilStopped(stage, io);
  } finally {
    population?.close();
    await stage.close();
  }
  return EXIT.clean;
}

async function audit(
  { company, configPath, env }: Stage,
  flags: DemoFlags,
  outputs: readonly Output[],
  io: Io,
  census?: Census,
): Promise<Report> {
  // Nothing of the user's environment takes part: no proxy, no variable that happens to have the token's name.
  const config = await loadConfig({ path: configPath, cwd: io.cwd(), env });
  const progress = progressLine(io, flags.quiet === true || flags.verbose === true, io.now);
  return await runAudit(config, {
    asOf: company.asOf,
    now: io.now,
    env,
    signal: io.signal,
    trials: showTrials(outputs),
    ...(census === undefined ? {} : { census }),
    onProgress: progress.update,
    ...(flags.verbose === true ? { trace: (line) => void io.stderr.write(`${visible(line)}\n`) } : {}),
  }).finally(progress.clear);
}

function afterwards({ run }: Report, { company }: Stage, { keep, seed }: DemoFlags, lifegap: string): string[] {
  const again = `${lifegap} demo --keep meridian${seed === '1' ? '' : ` --seed ${seed}`}`;
  const play =
    keep === undefined
      ? [`Play with the company as files:   ${again}`]
      : [`Kept in ${keep}. Change the files, and audit again:`, `  ${auditLine(lifegap, path.join(keep, 'lifegap.yaml'), company.asOf)}`];
  return [
    '',
    `This was a demo, so it exits with 0. An audit of this company exits with ${run.exitCode}: ${run.exitReason}.`,
    ...play,
    `Begin with your own systems:      ${lifegap} init`,
  ];
}

async function servedUntilStopped({ company, configPath, env }: Stage, io: Io): Promise<void> {
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${value}`);
  // The servers are of no use without these lines, so --quiet does not hold them back.
  const lines = [
    '',
    'The servers stay up until Ctrl-C. In another terminal:',
    ...exports,
    auditLine(commandName(io.argv, io.cwd()), configPath, company.asOf),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  if (!io.signal.aborted) await once(io.signal, 'abort');
}

function auditLine(lifegap: string, config: string, asOf: number): string {
  return `${lifegap} audit --config ${shellWord(config)} --as-of ${iso(asOf)}`;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d{1,10}$/.test(text) || seed > 0xffff_ffff) throw new UsageError(`--seed ${text}: expected a whole number from 0 to 4294967295`);
  return seed;
}
