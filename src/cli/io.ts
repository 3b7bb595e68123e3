import type { Command } from 'commander';

/** The world as the command line sees it; tests pass their own. */
export interface Io {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: () => string;
  /** As in `process.argv`: the command line's own words come third. */
  readonly argv: readonly string[];
  /** Epoch ms. */
  readonly now: () => number;
  /** Aborts at the first SIGINT or SIGTERM; main turns it into 130 or 143, whatever the command makes of it. */
  readonly signal: AbortSignal;
}

/** One command: wires its flags into the program. The work itself is imported when the command runs, so start-up stays light. */
export interface CommandModule {
  register(program: Command, io: Io, done: (code: number) => void): void;
}
