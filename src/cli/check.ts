import { checkSources } from '../audit/check.js';
import { loadConfig } from '../config/load.js';
import { EXIT } from '../model/errors.js';
import { renderChecks } from '../report/check.js';
import { visible } from '../report/escape.js';
import type { CheckFlags } from './commands/check.js';
import type { Io } from './io.js';
import { colorLevel, widthOf } from './style.js';

/** The work of `lifegap check`: 0 when every source answered, and every provider about its apps; 4 when one did not. */
export async function checkFromFlags(flags: CheckFlags, io: Io): Promise<number> {
  const config = await loadConfig({
    ...(flags.config === undefined ? {} : { path: flags.config }),
    cwd: io.cwd(),
    env: io.env,
    ...(flags.app === undefined ? {} : { only: { apps: flags.app } }),
  });
  const say = (line: string): void => void io.stderr.write(`${visible(line)}\n`);
  for (const warning of config.warnings) say(`warning: ${warning}`);
  const checks = await checkSources(config, { env: io.env, signal: io.signal, ...(flags.verbose === true ? { trace: say } : {}) });
  const medium = {
    width: widthOf(io),
    colorLevel: colorLevel(io.stdout, io.env, flags.color),
    limit: 100,
    verbose: flags.verbose === true,
  };
  io.stdout.write(renderChecks(config.path, checks, medium));
  return checks.some(({ error, assigned }) => error !== null || (assigned?.error ?? null) !== null) ? EXIT.source : EXIT.clean;
}
