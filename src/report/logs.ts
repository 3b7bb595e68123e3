import type { Hop, LogReport, TrialEntry } from '../model/log.js';
import type { StageCoverage } from '../model/report.js';
import { doubt } from './fate.js';
import { count, counted, duration, when } from './words.js';

// What every format says of logs. The sentences hold text of logs and names of systems: escape them for the medium.

/** Words for failures are the log's own: those that are behind most of them stand first, and of the rest there is a number. */
const FAILURES = 3;

/** `crm-siem`, or `crm-siem (of corp-okta)`: whose log it is, where its name does not say so. */
export function logName({ name, of }: Pick<LogReport, 'name' | 'of'>): string {
  return of === 'app' || of === name ? name : `${name} (of ${of})`;
}

/** How much of it came, and of what time. */
export function logSize({ entries, unmatched, from, until, error }: LogReport): string {
  if (entries === 0) return error === null ? 'no entry' : 'not read';
  const time = from === null || until === null ? ', none of them dated' : ` from ${minute(from)} until ${minute(until)}`;
  return `${counted(entries, 'entry', 'entries')}${time}${unmatched === 0 ? '' : `, ${count(unmatched)} unmatched`}`;
}

/** To the minute: how long a log is hangs on no second. */
export function minute(iso: string): string {
  return when(iso.replace(/:\d\d(?:\.\d+)?Z$/, 'Z'));
}

/** `proven`, `consistent`, `unproven`, or `failed`: as of a list. */
export function logVerdict({
  error,
  completeness,
}: Pick<LogReport, 'error' | 'completeness'>): LogReport['completeness']['verdict'] | 'failed' {
  return error === null ? completeness.verdict : 'failed';
}

/** `"User not found" (2), "quota exceeded" (1)`; undefined: nothing failed that has words. */
export function failureWords({ failures = [] }: { readonly failures?: LogReport['failures'] }): string | undefined {
  if (failures.length === 0) return undefined;
  const told = failures
    .slice(0, FAILURES)
    .map(({ detail, count: n }) => `${detail === '' ? 'without a word' : `"${detail}"`} (${count(n)})`);
  const left = failures.length - told.length;
  return [...told, ...(left === 0 ? [] : [`and ${count(left)} more`])].join(', ');
}

/** One line on a log; `why`: with what speaks against it, where that stands nowhere else. */
export function logWords(log: LogReport, why: boolean): string {
  const failed = failureWords(log);
  const against = doubt(log);
  const verdict = logVerdict(log);
  return [
    `log ${logName(log)}: ${logSize(log)}, ${verdict}${why && against !== undefined ? `: ${against}` : ''}`,
    ...(failed === undefined ? [] : [`failures: ${failed}`]),
  ].join('; ');
}

/** `median (95% within): left → directory-off 12 min (3.1 h) → app-off 26 h (49 h), 4 failed`; undefined: no log tells of the way. */
export function hopWords({ hops = [] }: Pick<StageCoverage, 'hops'>, arrow: string): string | undefined {
  if (hops.length === 0) return undefined;
  const steps = hops.map(({ from, to, failed, ...hop }, i) => {
    // Each begins where the one before ended; where that is not so, the chain starts anew.
    const start = hops[i - 1]?.to === from ? ' ' : `${i === 0 ? '' : ', '}${from} `;
    return `${start}${arrow} ${to} ${hopTime(hop)}${failed === 0 ? '' : `, ${failedWords({ failed, ...hop })}`}`;
  });
  return `median (95% within): ${steps.join('')}`;
}

/** `3 failed: "User not found" (2)`. */
function failedWords(hop: Pick<Hop, 'failed' | 'failures'>): string {
  const words = failureWords(hop);
  return `${count(hop.failed)} failed${words === undefined ? '' : `: ${words}`}`;
}

function hopTime({ median, p95, trials }: Pick<Hop, 'median' | 'p95' | 'trials'>): string {
  if (trials === 0) return 'nobody';
  return `${median === null ? 'not dated' : duration(median)}${p95 === null ? '' : ` (${duration(p95)})`}`;
}

/** A hop in a cell: `left -> directory-off: median 0.2 h, 95% within 3.1 h, 9 people, 0 failed`. */
export function hopFigures({ from, to, median, p95, trials, ...rest }: Hop): string {
  const hours = (n: number | null): string => (n === null ? 'not known' : `${n} h`);
  return `${from} -> ${to}: median ${hours(median)}, 95% within ${hours(p95)}, ${trials} ${trials === 1 ? 'person' : 'people'}, ${failedWords(rest)}`;
}

/** `2026-10-01 18:04 UTC disable failure by scim, corp-okta`: an entry that a trial rests on. */
export function entryWords({ at, action, outcome, by, log }: TrialEntry): string {
  return `${when(at)} ${action} ${outcome === 'unknown' ? 'without an outcome' : outcome}${by === 'unknown' ? '' : ` by ${by}`}, log ${log}`;
}
