/** What a shell reports of a process that ended by a signal: 128 and the signal's number. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** 128 + SIGPIPE: the reader went away, so nobody may take the result for complete. */
export const BROKEN_PIPE = 141;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** 130 or 143 once a signal came. */
  code(): number | undefined;
  stop(): void;
}

/** The first SIGINT or SIGTERM aborts what runs, so that it can close its connections; the second one ends the process at once. */
export function watchSignals(host: NodeJS.Process): Interrupts {
  const controller = new AbortController();
  let code: number | undefined;
  const listener = (name: NodeJS.Signals): void => {
    if (code !== undefined) host.exit(code);
    code = CODES[name as keyof typeof CODES];
    controller.abort(new Error(`interrupted by ${name}`));
  };
  for (const name of Object.keys(CODES)) host.on(name, listener);
  return {
    signal: controller.signal,
    code: () => code,
    stop: () => {
      for (const name of Object.keys(CODES)) host.off(name, listener);
    },
  };
}

/** `lifegap … | head`: the pipe closes early. That is no error to talk about. */
export function endQuietlyOnBrokenPipe(host: NodeJS.Process): void {
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      host.exit(BROKEN_PIPE);
    });
  }
}
