import { EXIT, LifegapError } from '../model/errors.js';

export interface Failure {
  /** For stderr, with its line breaks. */
  readonly text: string;
  readonly exitCode: number;
}

/** What to say of an error, and how to exit. A known one is its message; an unknown one is our bug, with its stack. */
export async function explainFailure(error: unknown): Promise<Failure> {
  // Loaded only when something failed: it knows the secrets that this process has resolved.
  const [{ redactKnown }, { visible }] = await Promise.all([import('../config/redact.js'), import('../report/escape.js')]);
  if (error instanceof LifegapError)
    return { text: `${lines(redactKnown(`lifegap: ${error.message}`), visible)}\n`, exitCode: error.exitCode };
  const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: redactKnown(`lifegap: this is our bug: ${story}\n`), exitCode: EXIT.bug };
}

/** All mistakes of a config come in one message, a line each. */
function lines(text: string, show: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => show(line))
    .join('\n');
}
