import type { AppDiff } from '../diff/app-diff.js';
import { SEEN } from '../diff/rows.js';
import { mustGo } from '../diff/table.js';
import type { LeaverAccounts } from '../model/report.js';

/**
 * Leavers' accounts: those that provisioning made (they carry the directory's own id of their owner) and those made in the app, by
 * whether they are off. Undefined where no account carries such an id: then nothing tells the two apart.
 */
export function leaverAccounts(diff: AppDiff): LeaverAccounts | undefined {
  const { standing, rows, policy } = diff;
  if (!rows.isLinkedAtAll) return undefined;
  const table = { provisioned: { deactivated: 0, stillActive: 0 }, local: { deactivated: 0, stillActive: 0 } };
  for (let row = 0; row < standing.index.size; row++) {
    if (!mustGo(standing, row, policy) || standing.current(row) !== row) continue;
    if (rows.saw(row, SEEN.noHuman)) continue;
    const line = rows.isLinked(row) ? table.provisioned : table.local;
    if (rows.saw(row, SEEN.orphaned)) line.stillActive++;
    else if (rows.saw(row, SEEN.off)) line.deactivated++;
  }
  return table;
}

const CHANCE = 0.05;

/** Fisher's exact test, one-sided: how often so few of `own` are off where `off` of `all` are, and it makes no difference which. */
function soFewByChance(found: number, own: number, off: number, all: number): number {
  // The hypergeometric distribution, from its least value on; each term follows from the one before.
  const least = Math.max(0, own + off - all);
  let term = 1;
  let sum = 0;
  let few = 0;
  for (let n = least; n <= Math.min(own, off); n++) {
    sum += term;
    if (n <= found) few = sum;
    term *= ((own - n) * (off - n)) / ((n + 1) * (all - own - off + n + 1));
    // Only the shares count: large terms are scaled down together.
    if (term > 1e200) [term, sum, few] = [term / 1e200, sum / 1e200, few / 1e200];
  }
  return few / sum;
}

/** What the table says of offboarding: does it reach the accounts that provisioning did not make? Undefined without enough of both. */
export function dependence({ provisioned, local }: LeaverAccounts): string | undefined {
  const [made, own] = [provisioned.deactivated + provisioned.stillActive, local.deactivated + local.stillActive];
  if (made < 3 || own < 3) return undefined;
  // Where nothing is removed, removal hangs on nothing.
  if (provisioned.deactivated === 0) return undefined;
  // Half as well, or worse, and by more than a few leavers make by chance.
  if (local.deactivated / own > provisioned.deactivated / made / 2) return undefined;
  if (soFewByChance(local.deactivated, own, provisioned.deactivated + local.deactivated, made + own) > CHANCE) return undefined;
  return `of leavers' accounts that provisioning made ${provisioned.deactivated} of ${made} are off, of those that it did not make ${local.deactivated} of ${own}`;
}
