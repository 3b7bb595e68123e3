import type { Leavers } from '../model/check.js';
import { counted } from '../model/counted.js';
import type { Stage } from '../model/policy.js';
import type { Observed } from '../transitions/observed.js';
import { leftBehind } from './parts.js';
import type { Snapshot } from './snapshot.js';

/** What goes along with the verdicts: who was not counted, and why, and what was seen besides. */
export function remarksOf(seen: Snapshot, observed: readonly Observed[], leavers: Leavers): Record<Stage, readonly string[]> {
  return { create: ofCreate(seen), update: ofUpdate(seen), delete: ofDelete(seen, observed, leavers) };
}

function ofCreate({ create }: Snapshot): string[] {
  return some(create.waiting, (n) => `${counted(n, 'joiner has', 'joiners have')} yet to log in for the first time`);
}

function ofUpdate({ undatedStale, staleBefore }: Snapshot): string[] {
  const uncounted = (n: number): string =>
    `${counted(n, 'stale account counts', 'stale accounts count')} for no trial, only against a pass`;
  return [
    ...some(undatedStale, (n) => `${uncounted(n)}: the directory does not date the change`),
    ...some(staleBefore, (n) => `${uncounted(n)}: nothing that is compared has changed in the directory since the first audit that has it`),
  ];
}

function ofDelete(seen: Snapshot, observed: readonly Observed[], leavers: Leavers): string[] {
  const back = observed.filter(({ cameBack }) => cameBack !== undefined);
  const anew = back.filter(({ cameBack }) => cameBack === 'made anew').length;
  const still = back.filter(({ outcome }) => outcome === 'open').length;
  return [
    ...some(
      seen.undatedLeavers,
      (n) => `${counted(n, 'leaver carries', 'leavers carry')} no leave date: only an account that is still on counts for them`,
    ),
    ...some(
      seen.undatedOff - seen.offBeyondLog,
      (n) =>
        `${counted(n, "leaver's account is", "leavers' accounts are")} off, but nothing dates it, or nothing dates the leave: it may have been off before`,
    ),
    ...some(
      seen.offBeyondLog,
      (n) =>
        `${counted(n, "leaver's account is off by a log that does", "leavers' accounts are off by a log that does")} not reach back to the leave: it may have been off before`,
    ),
    ...some(
      leavers === 'gone' ? seen.absentLeavers : 0,
      (n) =>
        `the app removes accounts: ${counted(n, 'leaver who is not in its list had none, or it was removed', 'leavers who are not in its list had none, or theirs were removed')}; one audit alone cannot tell which`,
    ),
    ...some(
      back.length,
      (n) =>
        `${counted(n, "leaver's account was removed and came back while its owner was gone", "leavers' accounts were removed and came back while their owners were gone")} (${anew} made anew, ${n - anew} switched on again), and ${still} of ${n} ${still === 1 ? 'is' : 'are'} on still`,
    ),
    ...leftBehind(seen),
    ...(leavers === 'hidden' ? ['the app does not list accounts that are off: absence means gone or hidden'] : []),
  ];
}

function some(n: number, remark: (n: number) => string): string[] {
  return n > 0 ? [remark(n)] : [];
}
