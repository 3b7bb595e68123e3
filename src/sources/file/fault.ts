import { SourceError, type SourceFault } from '../../model/errors.js';

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

/** A list of the hashes of log files, as CloudTrail writes one beside them: it has no entries, and is none the worse for it. */
export class DigestFault extends FileFault {
  constructor() {
    super('it is a digest of CloudTrail, which holds no entries', 'name the log files, or the folder that they lie in');
  }
}

/** The same, as a fault of the source. */
export function faultOf(name: string, shown: string, fault: FileFault): SourceError {
  return new SourceError(name, fault.fault, `${name}: reading ${shown}: ${fault.what}; ${fault.next}`, { cause: fault });
}

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
}
