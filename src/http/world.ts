import { setTimeout as sleep } from 'node:timers/promises';

/** What the client takes from its surroundings; tests bring a clock that never makes them wait. */
export interface World {
  /** Epoch ms. */
  now(): number;
  /** Milliseconds of a clock that never steps back: what is waited for is measured by it, since the time of day may be set in between. */
  elapsed(): number;
  /** Rejects as soon as the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** Rings once, so many ms after it was set or last put off. */
  alarm?(ms: number, ring: () => void): Alarm;
}

/** What ends an answer that does not come. */
export interface Alarm {
  putOff(): void;
  stop(): void;
}

export const realAlarm: NonNullable<World['alarm']> = (ms, ring) => {
  const timer = setTimeout(ring, ms);
  return { putOff: () => void timer.refresh(), stop: () => clearTimeout(timer) };
};

/** A longer delay overflows Node's timer and would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const realWorld: World = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  wait: async (ms, signal) => {
    await sleep(Math.min(ms, LONGEST_TIMER), undefined, { signal });
  },
  random: () => Math.random(),
};
