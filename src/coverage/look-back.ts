import type { Policy } from '../model/policy.js';
import type { Evidence } from './evidence.js';

/** Time in which something happened to people, ms: `from` counts, `until` does not. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The window, and the time before it that counts where the window has too few people. */
export function spansOf(
  asOf: number,
  { window, coverage }: Pick<Policy, 'window' | 'coverage'>,
): { readonly now: Span; readonly before: Span } {
  const from = asOf - window;
  return { now: { from, until: Infinity }, before: { from: asOf - Math.max(window, coverage.lookBack ?? 0), until: from } };
}

/**
 * In a small company few join or leave within the window. Those before it count as well where the window has somebody, and the same happened to all, of then and
 * of now: a system that was set up or broken in between shows as a difference, and then the window speaks alone. Gives back whether they were added.
 */
export function lookBack(evidence: Evidence, before: Evidence): boolean {
  const all = [evidence, before];
  // Of whom something speaks for a failure was not followed, as far as anybody knows.
  const isOne = all.every(({ failures, doubtful }) => failures + doubtful === 0) || all.every(({ successes }) => successes === 0);
  // A leaver whom nothing dates may have left long before the window, too.
  if (!isOne || all.some(({ successes, open }) => successes + open.length === 0)) return false;
  evidence.addEarlier(before);
  return true;
}
