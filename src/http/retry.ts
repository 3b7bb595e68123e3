import { duration, Fault } from './fault.js';
import type { Pause } from './pause.js';
import { backoff } from './retry-timing.js';
import { at } from './status-fault.js';
import type { World } from './world.js';

export interface RetryRules {
  readonly maxAttempts: number;
  readonly pause: Pause;
  readonly world: World;
  readonly signal: AbortSignal;
  /** Told before every wait, ms. */
  readonly onWait: (ms: number, asked: boolean) => void;
}

/** Tries until it works or its faults say stop. `attempt` gets its number, from 1. */
export async function withRetries<Result>(attempt: (number: number) => Promise<Result>, rules: RetryRules): Promise<Result> {
  const failures = new Map<string, number>();
  for (let number = 1; ; number++) {
    try {
      await rules.pause.over(rules.signal);
      return await attempt(number);
    } catch (error) {
      if (rules.signal.aborted) throw stoppedWaiting(error);
      if (!(error instanceof Fault)) throw error;
      const earlier = failures.get(error.kind) ?? 0;
      failures.set(error.kind, earlier + 1);
      if (number >= rules.maxAttempts || earlier >= (error.details.repeat ?? 0)) throw error;
      await delay(error, number, rules);
    }
  }
}

async function delay(fault: Fault, number: number, rules: RetryRules): Promise<void> {
  const { pause, world, signal } = rules;
  const told = fault.details.toldMs;
  if (told !== undefined) {
    if (!pause.impose(told)) throw tooLong(fault, told, pause.leftMs, world.now());
    // The pause itself is waited for before the next attempt, here and in every other request of this client.
    rules.onWait(told, true);
    return;
  }
  const ms = backoff(number, () => world.random());
  rules.onWait(ms, false);
  if (fault.fault === 'rate-limited') pause.hold(ms);
  else await world.wait(ms, signal);
}

function tooLong(fault: Fault, told: number, left: number, now: number): Fault {
  const what = fault.fault === 'rate-limited' ? 'rate limited' : 'asked to wait';
  const next = `${what} until ${at(now + told)}; that is ${duration(told)} away and ${duration(left)} of waiting are left, so run it again after that`;
  return new Fault(fault.fault, fault.kind, fault.what, next, fault.details);
}

function stoppedWaiting(error: unknown): unknown {
  return error instanceof Fault && error.fault === 'aborted' ? error : aborted();
}

export function aborted(): Fault {
  return new Fault('aborted', 'aborted', 'was stopped before it was answered', 'run it again for a whole list');
}
