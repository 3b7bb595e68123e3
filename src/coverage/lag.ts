import type { Lag } from '../model/report.js';

const round = (hours: number): number => Math.round(hours * 10) / 10;

/**
 * The lag's median and 95th percentile by Kaplan and Meier's product limit: trials that are still open are right-censored
 * ("at least so long"), never left out, so slow removals do not look fast. A quantile that the data does not reach is null.
 *
 * @param ended hours from event to effect, of trials that ended and whose dates are known
 * @param open hours since the event, of trials that have not ended
 */
export function lagOf(ended: readonly number[], open: readonly number[]): Lag | null {
  if (ended.length === 0 && open.length === 0) return null;
  const steps = [...ended.map((at) => ({ at, end: true })), ...open.map((at) => ({ at, end: false }))];
  // At equal times the ones that ended come first: an open trial was still at risk then.
  steps.sort((a, b) => a.at - b.at || Number(b.end) - Number(a.end));
  let atRisk = steps.length;
  let unfinished = 1;
  let median: number | null = null;
  let p95: number | null = null;
  for (const { at, end } of steps) {
    if (end) {
      unfinished *= 1 - 1 / atRisk;
      if (median === null && unfinished <= 0.5 + 1e-12) median = round(at);
      if (p95 === null && unfinished <= 0.05 + 1e-12) p95 = round(at);
    }
    atRisk--;
  }
  const longest = open.reduce((a, b) => Math.max(a, b), -Infinity);
  return { medianHours: median, p95Hours: p95, open: open.length, longestOpenHours: open.length === 0 ? null : round(longest) };
}
