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
