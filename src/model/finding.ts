import type { AccountKind, AccountStatus } from './account.js';
import type { PersonState } from './person.js';
import { wordsOf } from './words.js';

/** Closed lists: a new word is a change of the report's schemaVersion. */
export const REASONS = {
  orphaned: ['owner-terminated', 'owner-disabled', 'no-owner', 'not-entitled', 'residual-access', 'unowned-service', 'orphaned-credential'],
  stale: ['not-propagated', 'awaiting-login', 'unknown'],
  missing: ['never-created', 'inactive-account', 'invitation-pending'],
  conflict: ['ambiguous', 'duplicate', 'recycled-identifier'],
  inconclusive: ['unknown-status', 'unproven-list', 'field-absent'],
} as const;

export type FindingClass = keyof typeof REASONS;
export const CLASSES = wordsOf(REASONS);
export type StaleCause = (typeof REASONS.stale)[number];
export type FindingReason = (typeof REASONS)[FindingClass][number];

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface FindingAccount {
  readonly id: string;
  readonly userName?: string;
  readonly email?: string;
  readonly status: AccountStatus;
  readonly kind: AccountKind;
  /** ISO 8601, UTC, here and below. */
  readonly createdAt?: string;
  readonly lastLoginAt?: string;
}

export interface FindingPerson {
  readonly id: string;
  /** Name of the directory source. */
  readonly source: string;
  readonly userName?: string;
  readonly email?: string;
  /** The state at `asOf`, with start and end dates taken into account. */
  readonly state: PersonState;
  readonly endAt?: string;
}

export interface StaleAttribute {
  readonly name: string;
  readonly directory: string;
  readonly app: string;
  readonly cause: StaleCause;
}

/** A decision to live with a finding for a while, from the file of accepted findings. */
export interface Acceptance {
  readonly reason: string;
  readonly owner: string;
  /** A day, such as 2027-01-31: the last one on which it holds. */
  readonly until: string;
}

/** Against the baseline: not in it, in it, in it with a lesser severity, in it for longer than `policy.sla` allows. */
export const BASELINE_STATES = ['new', 'known', 'worsened', 'overdue'] as const;
export type BaselineState = (typeof BASELINE_STATES)[number];

export interface Finding {
  /** Stable: made of class, app and immutable ids alone, so it survives renames, page order and reruns. */
  readonly id: string;
  readonly class: FindingClass;
  readonly reason: FindingReason;
  readonly severity: Severity;
  readonly app: string;
  readonly account: FindingAccount | null;
  readonly person: FindingPerson | null;
  readonly match: { readonly rule: string } | null;
  readonly attributes: readonly StaleAttribute[];
  /** One plain sentence with the facts. Holds text from other systems: escape it for the medium. */
  readonly summary: string;
  /** Near misses ("would match u42 if `+tag` were ignored"). They never link by themselves. */
  readonly hints: readonly string[];
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly accepted: Acceptance | null;
  /**
   * Conflicts alone: of those whose account this may be somebody has left or may not be here, so that nothing proves it to be no orphan.
   */
  readonly mayBeOrphaned?: true;
  /** Inconclusive ones alone: it says that keys and tokens of the app could not all be read; the accounts themselves were. */
  readonly ofCredentials?: true;
  /** A log says that the account was switched off or removed at this instant (ISO 8601), and the list has it on. */
  readonly loggedOff?: string;
  /** It was accepted, that has run out, and the finding counts again. */
  readonly expired?: Acceptance;
  /** Absent without a baseline, and on inconclusive findings. */
  readonly baseline?: BaselineState;
}
