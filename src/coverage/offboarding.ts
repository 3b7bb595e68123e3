import type { Lifecycle } from '../model/policy.js';
import type { AppReport, LeaverAccounts } from '../model/report.js';
import { dependence } from './two-by-two.js';

/**
 * Offboarding must not depend on the mechanism that created the account: what that mechanism never made, or no longer
 * manages, it will not remove.
 */
export function offboarding(lifecycle: Lifecycle, asOf: number, accounts?: LeaverAccounts): AppReport['offboarding'] {
  const { create, delete: removal } = lifecycle;
  const reasons: string[] = [];
  if (removal === undefined) reasons.push('nobody is declared to carry the delete stage');
  else if (removal.by === 'none') {
    reasons.push(
      removal.control === undefined
        ? 'nothing removes accounts, and no compensating control is declared'
        : `nothing removes accounts; the compensating control is: ${removal.control}`,
    );
  } else if (removal.by === 'jit') reasons.push('JIT cannot delete: a leaver never logs in again');
  else if (create !== undefined && create.system !== undefined && create.system === removal.system) {
    reasons.push(`create and delete are both owned by ${create.system}`);
  } else if (create !== undefined && create.by === removal.by && (create.system === undefined || removal.system === undefined)) {
    reasons.push(`create and delete both rest on ${create.by}, and no system tells them apart`);
  } else if (create === undefined)
    reasons.push('nobody is declared to carry the create stage, so nothing shows that delete is apart from it');
  // Whatever is declared: where only what provisioning made is removed, the data says that removal hangs on it.
  const hangs = accounts === undefined ? undefined : dependence(accounts);
  if (hangs !== undefined) reasons.push(hangs);
  const independent = reasons.length === 0;
  if (removal?.control !== undefined && removal.owner === undefined) reasons.push('the compensating control has no owner');
  if (removal?.reviewBy !== undefined && removal.reviewBy < asOf) {
    reasons.push(`the review of the delete stage was due on ${new Date(removal.reviewBy).toISOString().slice(0, 10)}`);
  }
  return { independent, reasons, ...(accounts === undefined ? {} : { accounts }) };
}
