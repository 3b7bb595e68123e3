import { SEVERITIES, type Finding, type FindingReason, type Severity } from '../model/finding.js';

/** What somebody knew of a finding when they wrote it down, in the baseline or among the accepted ones. */
export interface Known {
  readonly reason: FindingReason;
  readonly mayBeOrphaned?: true;
}

/** What an orphaned account lets in, by reason: nobody, somebody who is here, somebody who is not. */
const LETS_IN: Partial<Record<FindingReason, number>> = {
  'residual-access': 0,
  'orphaned-credential': 0,
  'not-entitled': 1,
  'unowned-service': 1,
  'no-owner': 2,
  'owner-disabled': 2,
  'owner-terminated': 2,
};

/** Is it another thing than what was written down? The owner has left since, the account was switched on again, or one who may own it has left. */
export function isNews({ reason, mayBeOrphaned }: Pick<Finding, 'reason' | 'mayBeOrphaned'>, known: Known): boolean {
  return (LETS_IN[reason] ?? 0) > (LETS_IN[known.reason] ?? 0) || (mayBeOrphaned === true && known.mayBeOrphaned !== true);
}

/** The same thing, of a lesser severity: where what weighed could not be read, it may weigh still. */
export function isMilder(
  now: Pick<Finding, 'class' | 'reason' | 'severity'>,
  known: { readonly class: string; readonly reason: string; readonly severity: string },
): boolean {
  const rank = (severity: string): number => SEVERITIES.indexOf(severity as Severity);
  return now.class === known.class && now.reason === known.reason && rank(now.severity) > rank(known.severity);
}
