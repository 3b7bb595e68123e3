import { Command, CommanderError } from 'commander';
import { EXIT } from '../model/errors.js';
import * as audit from './commands/audit.js';
import * as baseline from './commands/baseline.js';
import * as check from './commands/check.js';
import * as connectors from './commands/connectors.js';
import * as coverage from './commands/coverage.js';
import * as demo from './commands/demo.js';
import * as history from './commands/history.js';
import * as init from './commands/init.js';
import * as person from './commands/person.js';
import * as schema from './commands/schema.js';
import * as verify from './commands/verify.js';
import { explainFailure } from './failure.js';
import { addHelp } from './help.js';
import { VERSION } from '../contract/version.js';
import type { CommandModule, Io } from './io.js';
import { endOnBrokenOutput, endOnCrash, watchSignals } from './signals.js';

/** In the order of the help. Each wires its flags only; the work is imported when the command runs. */
const COMMANDS: readonly CommandModule[] = [audit, baseline, coverage, check, connectors, demo, history, init, person, schema, verify];

const AFTER_HELP = `
Exit codes:
  0   clean: everything was read, and no finding reached --fail-on
  1   a proven finding reached --fail-on
  2   the command line or the config is wrong; nothing was read
  3   inconclusive: a list could not be proven whole, a guard fired, or an account
      may be a leaver's
  4   a system could not be read (network, credentials, permission)
  70  a bug of lifegap; 130 and 143: interrupted; 141: the reader of the output has gone

See it work on a company that comes with the tool, without credentials:
  npx lifegap demo
`;

/** Runs one command line; resolves to the exit code and never rejects. */
export async function main(host: NodeJS.Process): Promise<number> {
  endOnBrokenOutput(host);
  endOnCrash(host, explainFailure);
  const interrupts = watchSignals(host);
  const io: Io = {
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    cwd: () => host.cwd(),
    argv: host.argv,
    now: Date.now,
    signal: interrupts.signal,
  };
  try {
    return await runCommandLine(io, interrupts.code);
  } finally {
    interrupts.stop();
  }
}

/** One command line in a world of its own, which tests bring; resolves to the exit code and never rejects. `interrupted`: 130 or 143 once a signal came. */
export async function runCommandLine(io: Io, interrupted: () => number | undefined = () => undefined): Promise<number> {
  try {
    const code = await run(io);
    return interrupted() ?? code;
  } catch (error) {
    const signalled = interrupted();
    if (signalled !== undefined) {
      io.stderr.write('lifegap: interrupted\n');
      return signalled;
    }
    const failure = await explainFailure(error);
    io.stderr.write(failure.text);
    return failure.exitCode;
  }
}

async function run(io: Io): Promise<number> {
  let code: number = EXIT.clean;
  const program = createProgram(io, (result) => (code = result));
  try {
    await program.parseAsync(io.argv);
    return code;
  } catch (error) {
    // Commander has said what is wrong; help and version are no mistakes. Its own code for every mistake would be 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    throw error;
  }
}

/** The command line without the process around it: what there is to call, and with which flags. */
export function createProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('lifegap')
    .description('Audits lifecycle coverage gaps: what really happens in each app when somebody joins, moves or leaves.')
    .version(VERSION, '-V, --version')
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'lifegap: ').replace(/\n\(/, ' (')),
    });
  for (const command of COMMANDS) command.register(program, io, done);
  addHelp(program);
  return program;
}
