import { type Outcome, resultCode, sourceError, systemCode } from './faults.js';
import type { LdapOptions } from './options.js';
import type { LdapWorld } from './world.js';

/** busy and unavailable (RFC 4511 appendix A.2) pass by themselves. */
const PASSING = new Set([51, 52]);
const WAITS_MS = [500, 2000, 8000];

/** Runs the operations of one connection, one at a time: with a deadline, with the signal, and again while the server is busy. */
export class Attempts {
  #reject: (error: Error) => void = () => undefined;

  constructor(
    private readonly options: LdapOptions,
    private readonly world: LdapWorld,
    private readonly signal: AbortSignal,
    private readonly destroy: (error?: Error) => void,
  ) {}

  /** Ends the operation under way, and the connection with it. */
  spoil(outcome: Outcome): void {
    this.#reject(new Unfit(outcome));
  }

  /** @throws {SourceError} that says `purpose`, and what `outcome` makes of the failure */
  async run<T>(purpose: string, outcome: (error: unknown, options: LdapOptions) => Outcome, work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#inTime(work);
      } catch (error) {
        if (this.signal.aborted) throw sourceError(this.options, purpose, { fault: 'aborted', what: 'stopped', next: 'run it again' });
        const wait = PASSING.has(resultCode(error) ?? -1) ? WAITS_MS[attempt] : undefined;
        if (wait === undefined)
          throw sourceError(this.options, purpose, error instanceof Unfit ? error.outcome : outcome(error, this.options));
        await this.world.wait(wait, this.signal).catch(() => undefined);
      }
    }
  }

  async #inTime<T>(work: () => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    const ms = this.world.operationMs + this.options.timeLimit * 1000;
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => this.#reject(new Error('aborted'));
    const stopped = new Promise<never>((_, reject) => {
      this.#reject = reject;
      timer = setTimeout(() => reject(new Unfit(stalled(ms))), ms);
      this.signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([work(), stopped]);
    } catch (error) {
      // A half-done operation leaves a connection that nobody can use. A refusal leaves a good one.
      if (resultCode(error) === undefined) this.destroy(systemCode(error) === undefined ? new Error('given up') : undefined);
      throw error;
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', stop);
      this.#reject = () => undefined;
    }
  }
}

/** The connection is of no more use, and the outcome says why. */
class Unfit extends Error {
  constructor(readonly outcome: Outcome) {
    super(outcome.what);
  }
}

function stalled(ms: number): Outcome {
  const what = `no answer came within ${Math.round(ms / 1000)} s`;
  return { fault: 'timeout', what, next: 'check url and the firewall; if the server is slow, lower page_size' };
}
