import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../config/load.js';
import { parseBaseline, writeBaseline, type Baseline } from '../gate/baseline.js';
import { EXIT, UsageError } from '../model/errors.js';
import { outgrownWords } from '../report/decisions.js';
import { visible } from '../report/escape.js';
import { runAudit } from '../audit/run.js';
import { goneTest } from '../audit/weigh.js';
import { parseAsOf } from './as-of.js';
import type { BaselineFlags } from './commands/baseline.js';
import type { Io } from './io.js';
import { checkOutputs, writeFile } from './output.js';
import { progressLine } from './progress.js';

const DEFAULT_FILE = 'lifegap-baseline.json';

/** Reads `--baseline FILE`. A baseline that is not there is a mistake: without it everything would look new, or nothing. */
export async function readBaseline(file: string, io: Io): Promise<Baseline> {
  const text = await textOf(file, io);
  if (text === undefined)
    throw new UsageError(`the baseline ${visible(file)} does not exist; write one with \`lifegap baseline write ${visible(file)}\``);
  return parseBaseline(text, visible(file));
}

/**
 * The work of `lifegap baseline write`. Findings are what it is for, so they end with 0; what could not be read or proven ends with 4 or 3:
 * the file then holds what was proven, and what it held before of the rest.
 */
export async function writeFromFlags(given: string | undefined, flags: BaselineFlags, io: Io): Promise<number> {
  const file = given ?? DEFAULT_FILE;
  const asOf = parseAsOf(flags.asOf, io.now());
  const config = await loadConfig({
    ...(flags.config === undefined ? {} : { path: flags.config }),
    cwd: io.cwd(),
    env: io.env,
    ...(flags.app === undefined ? {} : { only: { apps: flags.app } }),
  });
  await checkOutputs([{ format: 'baseline', file }], io);
  const text = await textOf(file, io);
  const before = text === undefined ? undefined : parseBaseline(text, visible(file));
  const say = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  if (flags.quiet !== true) for (const warning of config.warnings) say(`warning: ${warning}`);
  const progress = progressLine(io, flags.quiet === true || flags.verbose === true, io.now);
  const report = await runAudit(config, {
    asOf,
    now: io.now,
    env: io.env,
    signal: io.signal,
    // Only what could not be read or proven is of interest here.
    failOn: [],
    ...(before === undefined ? {} : { baseline: before }),
    onProgress: progress.update,
    ...(flags.verbose === true ? { trace: say } : {}),
  }).finally(progress.clear);
  if (flags.quiet !== true && report.accepted !== undefined) for (const words of outgrownWords(report.accepted)) say(`warning: ${words}`);
  const day = new Date(asOf).toISOString().slice(0, 10);
  const written = writeBaseline(report.findings, before, goneTest(config, report), day);
  await writeFile(path.resolve(io.cwd(), file), [written]);
  const entries = parseBaseline(written, visible(file)).entries.length;
  const changes = report.baseline === undefined ? '' : `: ${report.baseline.new} new, ${report.baseline.fixed.length} fixed`;
  if (flags.quiet !== true) say(`lifegap: ${entries} ${entries === 1 ? 'entry' : 'entries'} in ${file}${changes}`);
  if (report.run.exitCode !== EXIT.clean)
    say(`lifegap: exit ${report.run.exitCode}: ${report.run.exitReason}; the entries of what was not proven stay as they were`);
  return report.run.exitCode;
}

async function textOf(file: string, io: Io): Promise<string | undefined> {
  try {
    return await readFile(path.resolve(io.cwd(), file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    if (code === 'ENOENT') return undefined;
    throw new UsageError(`the baseline ${visible(file)} cannot be read (${code}); check its path and who may read it`, { cause: error });
  }
}
