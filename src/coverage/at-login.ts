import { counted } from '../model/counted.js';
import type { DeclaredMechanism } from '../model/policy.js';
import type { InferredMechanism } from '../model/report.js';
import { CLOCKS, type Observed } from '../transitions/observed.js';
import type { Evidence } from './evidence.js';

/** Fewer than this tell nothing: somebody mended an account by hand. */
const SOME = 2;
/** A push that was seen: so many followed without a login, nearly all who could, and no small part of all who followed. */
const ENOUGH = 3;
const ALL = 0.9;
const SHARE = 1 / 10;
/** Hours: sooner than people log in. Identity providers push within the hour (Entra every 40 minutes). */
const SOON = 2;
const HOUR = 3_600_000;
/** As many people whose record was touched for nothing show whether accounts are written then anyway. */
const IDLE = 5;

/** Why a pass cannot be claimed, however many followed through, and what can be claimed then. */
export interface Withheld {
  readonly verdict: 'partial' | 'unproven';
  readonly reason: string;
  /** It is written down so, and not inferred: then it holds of few trials, too. */
  readonly isDirect?: boolean;
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
  const told = byWriters(update);
  if (told !== 'not told') return told;
  const movers = observed.filter(({ stage }) => stage === 'update');
  const followed = movers.filter(({ outcome }) => outcome === 'followed');
  // Whoever had the old value still when the grace was over had not logged in by then, or nothing carries it: that speaks against a push in any case.
  const waited = followed.filter((one) => one.waited === true);
  const went = followed.filter((one) => one.waited !== true && (one.loggedIn === 'not since' || one.loggedIn === 'hardly'));
  const passed = went.length;
  const without = [...went, ...waited, ...movers.filter(({ outcome, loggedIn }) => outcome === 'open' && loggedIn === 'not since')];
  const certain = went.filter(({ loggedIn }) => loggedIn === 'not since').length;
  // Some who seem to have followed without a login had one: a later touch of the record moved its change date past it.
  const enough = certain >= ENOUGH || (passed >= ENOUGH && passed >= followed.length * SHARE);
  if (enough && passed >= without.length * ALL) return undefined;
  // Or may have: of some the app does not say.
  const loggedIn = followed.length - passed;
  const soon = isSoon(update);
  const others =
    without.length === 0 ? 'nobody is known who had not' : `of those who had not, as far as the app says, ${passed} of ${without.length}`;
  const seen = `of the movers who had logged in since the change, or may have, ${loggedIn} followed through; ${others}`;
  const waits = 'an update that waits for a login is not covered';
  if (by === 'jit') return { verdict: 'partial', reason: `declared as carried by jit, which writes at the login (${seen}): ${waits}` };
  if (inferred === 'jit')
    return { verdict: 'partial', reason: `accounts look as if made by jit, which writes at the login (${seen}): ${waits}` };
  if (without.length >= SOME && passed < without.length && loggedIn > 0) return { verdict: 'partial', reason: `${seen}: ${waits}` };
  // Without logins, or where nobody went without one, a push and a refresh at login look alike, but for when the account was written.
  if (update.logged * 2 > update.successes && !soon)
    return {
      verdict: 'unproven',
      reason: `the log does not say what wrote the changes, and of too few that they were written within ${SOON} h: that the update waits for a login cannot be ruled out`,
    };
  if (!loginsKnown && !soon)
    return {
      verdict: 'unproven',
      reason: `the app says of nobody when they logged in, and of too few accounts that they were written within ${SOON} h of the change: that the update waits for a login cannot be ruled out`,
    };
  const touches = followed.filter((one) => one.loggedIn === 'touch').length;
  const elsewhere = followed.filter((one) => one.loggedIn === 'since').length;
  if (loggedIn === 0 || (soon && passed === without.length && touches <= elsewhere)) return undefined;
  return {
    verdict: 'unproven',
    reason: `${counted(loggedIn, 'mover', 'movers')} who followed had logged in since the change, or may have, and ${passed === 0 ? 'none' : passed} had not: that the update waits for a login cannot be ruled out`,
  };
}

/** Where a log says of most who followed what wrote the change, nothing need be inferred. */
function byWriters({ writers, successes }: Evidence): Withheld | undefined | 'not told' {
  const known = [...writers].filter(([by]) => by !== 'unknown').reduce((sum, [, n]) => sum + n, 0);
  if (known < SOME || known * 2 <= successes) return 'not told';
  const atLogin = writers.get('jit') ?? 0;
  if (atLogin < known * SHARE) return known < ENOUGH ? 'not told' : undefined;
  const reason = `by the log, ${atLogin} of ${counted(known, 'update was', 'updates were')} written at a login: an update that waits for a login is not covered`;
  return { verdict: 'partial', reason, isDirect: atLogin >= known * ALL };
}

/**
 * Most successes are dated by both systems, and half of those were written sooner than people log in; after the change, and not only after a touch of the
 * record that moved its date. Where what both touch coincides anyway (a directory that a login touches, too), it says nothing.
 */
function isSoon({ written, idle, successes }: Evidence): boolean {
  const within = (lag: number): boolean => lag >= -CLOCKS && lag <= SOON * HOUR;
  const byChance = idle.filter((lag) => Number.isNaN(lag) || within(lag)).length;
  if (idle.length >= IDLE && byChance * 2 >= idle.length) return false;
  return written.length * 2 > successes && written.filter(within).length * 2 >= written.length;
}
