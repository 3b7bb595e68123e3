import type { AppDiff } from '../diff/app-diff.js';
import { CLOCK_SKEW } from '../diff/dates.js';
import { iso } from '../diff/finding.js';
import { SEEN } from '../diff/rows.js';
import type { Finding, FindingReason } from '../model/finding.js';
import { SWITCHES_OFF, type Logged } from './logged.js';

const OF_LEAVERS: readonly FindingReason[] = ['owner-terminated', 'owner-disabled'];

/** Between the end of a day, UTC, and its first instant anywhere. */
const DAY_BEGAN = 38 * 3_600_000;

interface Against {
  readonly word: string;
  readonly off?: string;
}

/**
 * The findings of leavers' accounts that are on, with what the logs say of them last: that they were switched off or removed, against the list, or that they
 * were switched on after the leave. An entry from about the time of the list may be younger than its row; and of somebody who has an account that is off, or
 * two that are on, an entry may be of that one.
 */
export function withLoggedOff({ findings, rows, standing, dates }: AppDiff, logged: Logged): readonly Finding[] {
  const against = new Map<string, Against>();
  for (let row = 0; row < standing.index.size; row++) {
    const id = rows.saw(row, SEEN.orphaned) ? rows.id(row) : undefined;
    if (id === undefined || rows.saw(row, SEEN.off) || rows.extra(row) !== undefined) continue;
    const last = logged.lastSwitch(row);
    const at = iso(last?.at);
    if (last === undefined || at === undefined || last.at > standing.asOf - CLOCK_SKEW) continue;
    const when = last.isDay ? `on ${iso(last.at - 1)?.slice(0, 10)}` : `at ${at}`;
    // Of a day alone: it may have been at any time of it, wherever that is.
    const earliest = last.isDay ? last.at - DAY_BEGAN : last.at;
    const says = `the log ${logged.logOf(last).name} says that it was`;
    const by = last.by === 'unknown' ? '' : ` (${last.by})`;
    if (SWITCHES_OFF.includes(last.action)) {
      const what = last.action === 'delete' ? 'removed' : 'switched off';
      against.set(id, { word: `${says} ${what} ${when}${by}, and the list has it on`, off: at });
    } else if (earliest > dates.since(row)) {
      against.set(id, { word: `${says} ${last.action === 'create' ? 'made' : 'switched on'} ${when}${by}, after the leave` });
    }
  }
  return against.size === 0 ? findings : findings.map((one) => withWord(one, against));
}

function withWord(finding: Finding, against: ReadonlyMap<string, Against>): Finding {
  const told = OF_LEAVERS.includes(finding.reason) && finding.account !== null ? against.get(finding.account.id) : undefined;
  if (told === undefined) return finding;
  return { ...finding, summary: `${finding.summary}; ${told.word}`, ...(told.off === undefined ? {} : { loggedOff: told.off }) };
}
