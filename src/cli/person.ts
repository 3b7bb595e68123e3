import { loadConfig } from '../config/load.js';
import { personExit } from '../gate/person.js';
import { UsageError } from '../model/errors.js';
import type { PersonReport } from '../model/person-report.js';
import { lookUp } from '../person/look-up.js';
import { jsonText, visible } from '../report/escape.js';
import { personTable } from '../report/person.js';
import { parseAsOf } from './as-of.js';
import type { PersonFlags } from './commands/person.js';
import type { Io } from './io.js';
import { progressLine } from './progress.js';
import { colorLevel, drawsUnicode, widthOf } from './style.js';

/** The work of `lifegap person WHO`. */
export async function personFromFlags(who: string, flags: PersonFlags, io: Io): Promise<number> {
  if (who.trim() === '') throw new UsageError('person: expected an e-mail address, a user name, an id or an employee number');
  const say = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  const report =
    flags.replay === undefined
      ? await lookUpLive(who.trim(), flags, io, say)
      : await (await import('./person-replay.js')).lookUpInPack(flags.replay, who.trim(), flags, io);
  const ending = personExit(report, flags.failIfActive === true);
  if (flags.json === true) {
    io.stdout.write(`${jsonText({ ...report, exitCode: ending.exitCode, exitReason: ending.reason }, 2)}\n`);
    if (flags.quiet !== true) say(`lifegap: exit ${ending.exitCode}: ${ending.reason}`);
    return ending.exitCode;
  }
  const medium = {
    width: widthOf(io),
    colorLevel: colorLevel(io.stdout, io.env, flags.color),
    limit: 100,
    verbose: flags.verbose === true,
    unicode: drawsUnicode(io.env),
  };
  for (const piece of personTable(report, ending, medium)) io.stdout.write(piece);
  return ending.exitCode;
}

async function lookUpLive(who: string, flags: PersonFlags, io: Io, say: (line: string) => void): Promise<PersonReport> {
  if (flags.redactKeyFile !== undefined) throw new UsageError('--redact-key-file: needs --replay DIR, a redacted pack');
  const asOf = parseAsOf(flags.asOf, io.now());
  const config = await loadConfig({
    ...(flags.config === undefined ? {} : { path: flags.config }),
    cwd: io.cwd(),
    env: io.env,
    ...(flags.app === undefined ? {} : { only: { apps: flags.app } }),
  });
  if (flags.quiet !== true) for (const warning of config.warnings) say(`warning: ${warning}`);
  const progress = progressLine(io, flags.quiet === true || flags.verbose === true, io.now);
  const options = {
    asOf,
    now: io.now,
    env: io.env,
    signal: io.signal,
    onProgress: progress.update,
    ...(flags.verbose === true ? { trace: say } : {}),
  };
  return lookUp(config, who, { filters: flags.whole !== true }, options).finally(progress.clear);
}
