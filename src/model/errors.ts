/** Exit codes of the command line (README.md, "Exit codes"). */
export const EXIT = {
  clean: 0,
  finding: 1,
  usage: 2,
  inconclusive: 3,
  source: 4,
  bug: 70,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error whose message is the whole story for the user: printed as is, without a stack trace. */
export class LifegapError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The command line or the configuration is wrong. Nothing was read. */
export class UsageError extends LifegapError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, EXIT.usage, options);
  }
}

/** Why a source failed. `permission` and `auth` are worth telling apart: one is a scope, the other a credential. */
export type SourceFault =
  | 'network'
  | 'timeout'
  | 'tls'
  | 'auth'
  | 'permission'
  | 'rate-limited'
  | 'server'
  | 'not-found'
  | 'refused'
  | 'malformed'
  | 'too-large'
  | 'redirect'
  | 'file'
  | 'aborted';

/**
 * A system could not be read. The message says what was attempted, on which system, what came back and what to do next;
 * it never holds a secret, a query string or a body.
 */
export class SourceError extends LifegapError {
  constructor(
    readonly system: string,
    readonly fault: SourceFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, EXIT.source, options);
  }
}

/** The code that Node gives to a failure of the system: ENOENT, ECONNREFUSED. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
