import type { Finding } from '../../model/finding.js';
import type { Docket } from '../docket.js';
import { finding } from '../finding.js';
import { nearMisses } from './near-miss.js';

/** Fewer unmatched accounts than this say nothing about the keys. */
const GUARD_MINIMUM = 20;
/** ... unless nobody at all is matched: then so few will do. */
const GUARD_ALL = 5;

interface SettledUnmatched {
  /** Why none of them is called an orphan, in one sentence; undefined: all are. */
  readonly guard: string | undefined;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Accounts that match nobody are orphaned, unless so many do that the keys are the likelier mistake. */
export function settleUnmatched(docket: Docket, isWhole: boolean): SettledUnmatched {
  const { unmatched, tally, spec, policy, standing, activeHumans } = docket;
  const humans = unmatched.filter((u) => u.human).length;
  const limit = policy.guard.unmatched;
  const least = humans === activeHumans && standing.index.size > 0 ? GUARD_ALL : GUARD_MINIMUM;
  if (humans >= least && humans > activeHumans * limit) {
    tally.inconclusive += unmatched.length;
    const words = spec.match.map((rule) => rule.name).join(', ');
    const guard = `${humans} of ${activeHumans} active accounts match nobody by ${words}: wrong keys are likelier than that many orphans. Correct \`match\`, or raise policy.guard.unmatched (${Math.round(limit * 100)} %)`;
    return { guard, findings: [], notes: [] };
  }
  tally.orphaned += unmatched.length;
  const hints = nearMisses(standing, unmatched);
  const findings = unmatched.map(({ draft }, i) => finding({ ...draft, hints: hints[i] ?? [] }));
  const isNobodys = isWhole && humans > 0 && unmatched.length === docket.accounts;
  return {
    guard: undefined,
    findings,
    notes: isNobodys ? ['no account matches anybody: check `match` against the fields that the app gives'] : [],
  };
}
