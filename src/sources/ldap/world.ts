import { realWorld, type World } from '../../http/world.js';

/** What the source takes from its surroundings; tests bring a clock that never makes them wait. */
export interface LdapWorld extends Pick<World, 'now' | 'elapsed' | 'wait'> {
  /** Longest time of one operation, on top of what the server itself may take, ms. */
  readonly operationMs: number;
  /** Longest time for a goodbye, ms. */
  readonly closeMs: number;
}

/** Active Directory gives a page up to 120 s of its own (MaxQueryDuration) when no time limit is asked. */
export const ldapWorld: LdapWorld = {
  now: realWorld.now,
  elapsed: realWorld.elapsed,
  wait: realWorld.wait,
  operationMs: 150_000,
  closeMs: 2000,
};
