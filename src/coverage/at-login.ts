import { counted } from '../model/counted.js';
import type { DeclaredMechanism } from '../model/policy.js';
import type { InferredMechanism } from '../model/report.js';
import type { Observed } from '../transitions/observed.js';
import type { Evidence } from './evidence.js';

/** Fewer than this tell nothing: somebody mended an account by hand. */
const SOME = 2;
/** A push that was seen: so many followed without a login, nearly all who could, and no small part of all who followed. */
const ENOUGH = 3;
const ALL = 0.9;
const SHARE = 1 / 6;
/** Hours: sooner than people log in. Identity providers push within the hour (Entra every 40 minutes). */
const SOON = 2;

/** Why a pass cannot be claimed, however many followed through, and what can be claimed then. */
export interface Withheld {
  readonly verdict: 'partial' | 'unproven';
  readonly reason: string;
}

/**
 * An update that waits for a login is not covered: whoever does not log in keeps what they had. People who log in hide that, because their accounts agree in
 * the next audit; so the question is what became of those who did not. Undefined where enough of them followed all the same, or nothing points to a login.
 * `loginsKnown`: the app says of somebody when they logged in; where it does not, only a change that is dated sooner than people log in rules a login out.
 */
export function refreshAtLogin(
  observed: readonly Observed[],
  update: Evidence,
  by: DeclaredMechanism | undefined,
  inferred: InferredMechanism,
  loginsKnown: boolean,
): Withheld | undefined {
  if (update.successes === 0) return undefined;
  const movers = observed.filter(({ stage, loggedIn }) => stage === 'update' && loggedIn !== undefined);
  const followed = movers.filter(({ outcome }) => outcome === 'followed');
  const without = movers.filter(({ loggedIn }) => loggedIn === 'not since');
  const passed = without.filter(({ outcome }) => outcome === 'followed').length;
  // Some who seem to have followed without a login had one: a later touch of the record moved its change date past it.
  if (passed >= ENOUGH && passed >= without.length * ALL && passed >= followed.length * SHARE) return undefined;
  const loggedIn = followed.length - passed;
  // Most successes are dated, and half of those came sooner than people log in.
  const soon = update.ended.length * 2 > update.successes && median(update.ended) <= SOON;
  const others = without.length === 0 ? 'nobody is known who had not' : `of those who had not, ${passed} of ${without.length}`;
  const seen = `of the movers who had logged in since the change ${loggedIn} followed through; ${others}`;
  const waits = 'an update that waits for a login is not covered';
  if (by === 'jit') return { verdict: 'partial', reason: `declared as carried by jit, which writes at the login (${seen}): ${waits}` };
  if (inferred === 'jit')
    return { verdict: 'partial', reason: `accounts look as if made by jit, which writes at the login (${seen}): ${waits}` };
  if (without.length >= SOME && passed < without.length && loggedIn > 0) return { verdict: 'partial', reason: `${seen}: ${waits}` };
  // Without logins, or where nobody went without one, a push and a refresh at login look alike, but for when the account was written.
  if (!loginsKnown && !soon)
    return {
      verdict: 'unproven',
      reason: `the app says of nobody when they logged in, and of too few accounts that they were written within ${SOON} h of the change: that the update waits for a login cannot be ruled out`,
    };
  const touches = followed.filter((one) => one.loggedIn === 'touch').length;
  if (loggedIn === 0 || (soon && passed === without.length && touches * 2 <= loggedIn)) return undefined;
  return {
    verdict: 'unproven',
    reason: `${counted(loggedIn, 'mover', 'movers')} who followed had logged in since the change, and ${passed === 0 ? 'none' : passed} had not: that the update waits for a login cannot be ruled out`,
  };
}

function median(hours: readonly number[]): number {
  return hours.toSorted((a, b) => a - b)[hours.length >> 1] ?? Infinity;
}
