import { EXIT } from '../model/errors.js';
import type { Failure } from './failure.js';

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

/**
 * `lifegap … | head`: the pipe closes early, and that is no error to talk about. Any other failure to write is: half a
 * report must not look like one.
 */
export function endOnBrokenOutput(host: NodeJS.Process): void {
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return host.exit(BROKEN_PIPE);
      if (stream === host.stdout)
        host.stderr.write(`lifegap: the output could not be written (${error.code ?? 'unknown'}): is there room?\n`);
      host.exit(EXIT.usage);
    });
  }
}

/** An error that nobody awaited would end Node with 1, which here means "a proven finding". */
export function endOnCrash(host: NodeJS.Process, explain: (error: unknown) => Promise<Failure>): void {
  host.on('uncaughtException', (error: unknown) => {
    void explain(error).then(({ text }) => {
      host.stderr.write(text);
      host.exit(EXIT.bug);
    });
  });
}
