import { setTimeout as sleep } from 'node:timers/promises';

/** What the client takes from its surroundings; tests bring a clock that never makes them wait. */
export interface World {
  /** Epoch ms. */
  now(): number;
  /** Rejects as soon as the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 (included) to 1 (excluded). */
  random(): number;
}

/** A longer delay overflows Node's timer and would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const realWorld: World = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    await sleep(Math.min(ms, LONGEST_TIMER), undefined, { signal });
  },
  random: () => Math.random(),
};
