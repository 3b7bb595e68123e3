import type { SourceFault } from '../../model/errors.js';

/** What is wrong with a file, without its name: the source says which file it was. */
export class FileFault extends Error {
  override readonly name = 'FileFault';

  /** `what` reads on after "reading people.csv: "; `next` says what to do. */
  constructor(
    readonly what: string,
    readonly next: string,
    readonly fault: SourceFault = 'malformed',
    options?: ErrorOptions,
  ) {
    super(`${what}; ${next}`, options);
  }
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
}
