import type { AppDiff } from '../diff/app-diff.js';
import { CLOCK_SKEW } from '../diff/dates.js';
import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import type { Finding, FindingReason } from '../model/finding.js';
import { SWITCHES_OFF, type Logged } from './logged.js';

const OF_LEAVERS: readonly FindingReason[] = ['owner-terminated', 'owner-disabled'];

/**
 * The findings, with what the logs say against the list: an account that a log switched off or removed, and that is on. An entry from about the time of the
 * list may be younger than its row.
 */
export function withLoggedOff({ findings, rows, standing }: AppDiff, logged: Logged): readonly Finding[] {
  const off = new Map<string, { readonly at: string; readonly word: string }>();
  for (let row = 0; row < standing.index.size; row++) {
    const id = rows.saw(row, SEEN.orphaned) ? rows.id(row) : undefined;
    if (id === undefined) continue;
    const last = logged.lastSwitch(row);
    if (last === undefined || !SWITCHES_OFF.includes(last.action) || last.at > standing.asOf - CLOCK_SKEW) continue;
    const at = iso(last.at);
    const what = last.action === 'delete' ? 'removed' : 'switched off';
    if (at !== undefined)
      off.set(id, { at, word: `the log ${logged.logOf(last).name} says that it was ${what} at ${at}, and the list has it on` });
  }
  return off.size === 0 ? findings : findings.map((one) => withOff(one, off));
}

function withOff(finding: Finding, off: ReadonlyMap<string, { readonly at: string; readonly word: string }>): Finding {
  const told =
    finding.class === 'orphaned' && OF_LEAVERS.includes(finding.reason) && finding.account !== null
      ? off.get(finding.account.id)
      : undefined;
  return told === undefined ? finding : { ...finding, summary: `${finding.summary}; ${told.word}`, loggedOff: told.at };
}
