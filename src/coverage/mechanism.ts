import { counted } from '../model/counted.js';
import type { DeclaredMechanism } from '../model/policy.js';
import { madeBy, NO_MAKERS, type Makers } from './makers.js';
import type { InferredMechanism, Mechanism } from '../model/report.js';
import type { Group, Traces } from './traces.js';

/** Fewer accounts than this show no pattern. */
const MINIMUM = 10;
/** A share that counts as "nearly all", and one that counts as "hardly any". */
const MOST = 0.8;
const FEW = 0.02;

interface Sign {
  readonly text: string;
  /** Of JIT: 2 strong, 1 medium, 0 none; -1 disproves it. */
  readonly jit: -1 | 0 | 1 | 2;
}

/**
 * How an app's accounts seem to be made, by falsification: each trace may disprove a mechanism, and what is left over is only
 * named when enough speaks for it. JIT wants one strong trace or two of medium weight. What was made in bulk is judged apart:
 * an import says nothing about what makes accounts today. Part of a list shows no pattern: what is missing may be what disproves it.
 */
export function mechanismOf(traces: Traces, declared: DeclaredMechanism | null, isWhole = true, makers: Makers = NO_MAKERS): Mechanism {
  if (!isWhole) {
    const unread = "the app's list is not proven whole, so nothing is inferred from what was read of it";
    return { inferred: 'unknown', confidence: 0, declared, traces: [unread] };
  }
  const { bulk, rest, switched } = traces;
  const direct = madeBy(traces, makers);
  if (direct !== undefined) return { ...direct, declared };
  const accounts = bulk.accounts + rest.accounts;
  if (accounts < MINIMUM) {
    const few = `${counted(accounts, 'active account is', 'active accounts are')} too few to show a pattern`;
    return { inferred: 'unknown', confidence: 0, declared, traces: [few] };
  }
  const linked = bulk.linked + rest.linked;
  const signs = jitSigns(traces);
  const told = [...linkTrace(traces), ...bulkTrace(traces), ...signs.map(({ text }) => text)];
  const named = (inferred: InferredMechanism, confidence: number, overturnedBy: string): Mechanism => ({
    inferred,
    confidence: Math.round(confidence * 100) / 100,
    declared,
    traces: told,
    overturnedBy,
  });
  const disproved = signs.some(({ jit }) => jit < 0);
  const weight = signs.reduce((sum, { jit }) => sum + Math.max(0, jit), 0);
  const jit = !disproved && weight >= 2;
  const imported = bulk.accounts >= Math.max(MINIMUM, accounts * 0.2) && bulk.linked < bulk.accounts * MOST;
  // Everybody may have logged in for the first time on the day of a launch: then it was no import, or one that all have used since. Neither is named.
  const launched = imported && maybeLaunch(traces);
  if (!Number.isNaN(switched.at)) {
    return named('mixed', 0.8, `older accounts that carry the directory's id, or younger ones that do not, in any number`);
  }
  if (linked > accounts * MOST) {
    if (jit && signs.some(({ jit: strong }) => strong === 2)) {
      return named('scim+jit', 0.5, 'an account that was made before its owner first logged in would leave SCIM alone');
    }
    return named('scim', disproved ? 0.9 : 0.7, 'accounts made at the first login of their owners: an SSO may write the same id');
  }
  if (imported && !launched && rest.accounts >= MINIMUM) {
    // One sign of JIT, and none against it, among accounts that no import made: not enough to say JIT, and enough to say "not the import".
    if (jit || rest.linked > rest.accounts * MOST) return named('mixed', 0.7, 'a second import that explains the accounts made since');
    if (!disproved && weight > 0) return named('mixed', 0.5, 'an account made since the import that nobody ever logged in to');
  }
  if (jit && !launched)
    return named('jit', weight > 2 ? 0.9 : 0.75, 'an account that nobody ever logged in to, or that was made before the first login');
  if (imported && rest.accounts < Math.max(MINIMUM, accounts * 0.1)) {
    return named('manual', 0.6, "accounts that follow joiners, made one by one, or the directory's id on an account");
  }
  return { inferred: 'unknown', confidence: 0, declared, traces: told };
}

/** Everybody in it has logged in, and it came as a wave. */
function maybeLaunch({ bulk, atOnce, loginsKnown }: Traces): boolean {
  return loginsKnown && bulk.neverLoggedIn === 0 && !atOnce;
}

function linkTrace({ bulk, rest, switched }: Traces): string[] {
  const linked = bulk.linked + rest.linked;
  if (linked === 0) return [];
  const text = `${linked} of ${counted(bulk.accounts + rest.accounts, 'account carries', 'accounts carry')} the directory's id as externalId`;
  if (Number.isNaN(switched.at)) return [text];
  return [`${text}: those made since ${day(switched.at)} (${switched.after}), and not those from before (${switched.before})`];
}

function bulkTrace(traces: Traces): string[] {
  const { bulk, rest, bulkAt } = traces;
  if (bulk.accounts === 0) return [];
  const launch = maybeLaunch(traces) ? ', or first logins after a launch' : '';
  const what = bulk.linked >= bulk.accounts * MOST ? 'a first synchronisation, or an import' : `an import${launch}`;
  return [
    `${bulk.accounts} of ${bulk.accounts + rest.accounts} accounts were made in bulk, for people who were here before (most of them on ${day(bulkAt)}): ${what}`,
  ];
}

/** What speaks for JIT and against it, among the accounts that no bulk explains. */
function jitSigns({ rest, loginsKnown, stale, inSync }: Traces): Sign[] {
  if (!loginsKnown) return [{ text: 'the app does not say when anybody logged in', jit: 0 }];
  return [...neverSign(rest), ...firstLoginSign(rest), ...refreshSign(stale, inSync)];
}

function neverSign({ accounts, neverLoggedIn }: Group): Sign[] {
  if (accounts < MINIMUM) return [];
  const disproved = neverLoggedIn > Math.max(1, accounts * FEW);
  const text = `${neverLoggedIn} of ${counted(accounts, 'account', 'accounts')} never logged in${disproved ? ': pure JIT is disproved' : ''}`;
  return [{ text, jit: disproved ? -1 : neverLoggedIn === 0 && accounts >= 3 * MINIMUM ? 1 : 0 }];
}

function firstLoginSign({ usedOnce, atFirstLogin }: Group): Sign[] {
  if (usedOnce === 0) return [];
  const text = `${atFirstLogin} of ${counted(usedOnce, 'account', 'accounts')} last used on the first day were made within 5 min of that login`;
  const share = atFirstLogin / usedOnce;
  return [{ text, jit: usedOnce >= MINIMUM && share > 0.9 ? 2 : usedOnce >= 4 && share > MOST ? 1 : 0 }];
}

/** Stale exactly where nobody has logged in since the change: the account is refreshed at login. */
function refreshSign(stale: Traces['stale'], inSync: Traces['inSync']): Sign[] {
  if (stale.total === 0) return [];
  const waiting = stale.total - stale.loggedInSince;
  const text = `${waiting} of ${counted(stale.total, 'stale account was', 'stale accounts were')} not logged in to since the change`;
  // Where hardly anybody logs in, that says nothing.
  const usual = inSync.total > 0 && inSync.loggedInSince > inSync.total / 2;
  const exact = stale.total >= 4 && waiting >= stale.total * 0.95 && usual;
  return [{ text: exact ? `${text}, and those that agree mostly were: a refresh at login` : text, jit: exact ? 1 : 0 }];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
