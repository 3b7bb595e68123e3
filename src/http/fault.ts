import { SourceError, type SourceFault } from '../model/errors.js';
import { visible } from './server-text.js';

export interface FaultDetails {
  /** How often this kind may be tried again; left out: not at all. `Infinity` is bounded by the client's attempts. */
  readonly repeat?: number;
  /** The wait that the system itself asked for, ms. */
  readonly toldMs?: number;
  readonly status?: number;
}

/**
 * Why one attempt failed, inside this folder only: the callers get a `SourceError`. `kind` separates what is counted apart
 * when it is tried again; `what` and `next` are the halves of the sentence that the user reads.
 */
export class Fault extends Error {
  constructor(
    readonly fault: SourceFault,
    readonly kind: string,
    readonly what: string,
    readonly next: string,
    readonly details: FaultDetails = {},
  ) {
    super(what);
  }
}

export interface Attempted {
  readonly system: string;
  readonly purpose: string;
  /** Method, origin and path; left out when nothing was sent. */
  readonly request?: string;
  readonly attempts: number;
  /** The system's own id of the last answer. */
  readonly requestId?: string;
  readonly redact: (text: string) => string;
}

/** The one place where a failure becomes text: redacted as a whole, on one line. The axios error is never a cause: it holds the headers. */
export function toSourceError(fault: Fault, tried: Attempted): SourceError {
  const said = [tried.request, fault.what].filter(Boolean).join(' ');
  const often = tried.attempts > 1 ? ` (attempt ${tried.attempts}, the last)` : '';
  const id = tried.requestId === undefined ? '' : ` (request id ${tried.requestId})`;
  const text = `${tried.system}: ${tried.purpose}: ${said}${often}${id}; ${fault.next}`;
  return new SourceError(tried.system, fault.fault, visible(tried.redact(text)));
}

/** "340 ms", "12 s", "5 min", "23 h". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}
