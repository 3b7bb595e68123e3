import type { AppDiff } from '../diff/app-diff.js';
import { SEEN } from '../diff/rows.js';
import { isLeaver } from '../diff/table.js';
import type { LeaverAccounts } from '../model/report.js';

/**
 * Leavers' accounts: those that provisioning made (they carry the directory's own id of their owner) and those made in the app, by
 * whether they are off. Undefined where no account carries such an id: then nothing tells the two apart. `linked[row]`: it does.
 */
export function leaverAccounts(diff: AppDiff, linked: Uint8Array): LeaverAccounts | undefined {
  if (!linked.includes(1)) return undefined;
  const table = { provisioned: { deactivated: 0, stillActive: 0 }, local: { deactivated: 0, stillActive: 0 } };
  const { standing, rows, policy } = diff;
  for (let row = 0; row < standing.index.size; row++) {
    if (!isLeaver(standing.state(row), policy) || standing.current(row) !== row) continue;
    const seen = rows.seen[row] as number;
    const line = linked[row] === 1 ? table.provisioned : table.local;
    if ((seen & SEEN.orphaned) !== 0) line.stillActive++;
    else if ((seen & SEEN.off) !== 0) line.deactivated++;
  }
  return table;
}

/** What the table says of offboarding: does it reach the accounts that provisioning did not make? Undefined without enough of both. */
export function dependence({ provisioned, local }: LeaverAccounts): string | undefined {
  const [made, own] = [provisioned.deactivated + provisioned.stillActive, local.deactivated + local.stillActive];
  if (made < 3 || own < 3) return undefined;
  // Half as well, or worse: a difference that a few leavers do not make.
  if (local.deactivated / own > provisioned.deactivated / made / 2) return undefined;
  return `of leavers' accounts that provisioning made ${provisioned.deactivated} of ${made} are off, of those that it did not make ${local.deactivated} of ${own}`;
}
