import { CommanderError } from 'commander';
import { EXIT } from '../model/errors.js';
import type { Failure } from './failure.js';
import type { Io } from './io.js';
import { createProgram } from './program.js';
import { endOnBrokenOutput, endOnCrash, watchSignals } from './signals.js';

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

/** Loaded when something failed. */
async function explainFailure(error: unknown): Promise<Failure> {
  return (await import('./failure.js')).explainFailure(error);
}
