import type { TrialEntry } from './log.js';

/**
 * One person whose joining, moving or leaving an app had to follow, and what followed: what a verdict on coverage is counted
 * from, so that a person can check it by hand. Dates are ISO 8601, UTC. Holds text from other systems: escape it for the medium.
 */
export interface Trial {
  readonly person: { readonly id: string; readonly source: string; readonly userName?: string };
  readonly account: { readonly id: string; readonly userName?: string } | null;
  /** What happened in the directory, in words: "joined", "department changed", "left". */
  readonly event: string;
  /** Null when nothing dates it. */
  readonly at: string | null;
  /** Set when history saw it happen: it lies after the first of these audits, and not after the second. */
  readonly between?: readonly [after: string, until: string];
  /** `open`: grace has passed and nothing followed (right-censored); `undetermined`: what followed cannot be seen. */
  readonly outcome: 'followed' | 'open' | 'undetermined';
  readonly followedAt: string | null;
  /** From event to effect, or, of an open trial, from the event to the audit; null when a date is missing. */
  readonly lagHours: number | null;
  /** One sentence with the facts that decide the outcome. */
  readonly evidence: string;
  /** Entries of logs that it rests on, in order of time. */
  readonly log?: readonly TrialEntry[];
}
