import type { Completeness } from './completeness.js';
import type { Stage } from './policy.js';
import type { Provisioned } from './report.js';

/** `ended`: the provider lists it, and it gives no access any more. */
export const ASSIGNMENT_STATES = ['assigned', 'ended', 'unknown'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

/** Has the provider brought the assignment into the app? `off`: it does not try to. */
export const SYNC_STATES = ['synced', 'pending', 'error', 'off', 'unknown'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

/** One person whom the identity provider has assigned to an app. */
export interface Assignment {
  /** Id of the person in the provider's own list of people. */
  readonly person: string;
  readonly state: AssignmentState;
  /** Id of the account in the app, as the provider knows it. */
  readonly account?: string;
  readonly sync?: SyncState;
}

export interface AssignmentList {
  readonly assignments: readonly Assignment[];
  readonly completeness: Completeness;
  /** The app lets in whoever is in the directory: the list says who is provisioned, not who may log in. */
  readonly isOpen?: boolean;
  /** Set when the list could not be read to its end: one line, no secret. */
  readonly error: string | null;
}

/** What the provider's settings say of each stage; none where the provider has no such settings. */
export type Provisioning = { readonly [S in Stage]: Provisioned };

/** For those who want to see how a provider answers, not to judge by it. */
export interface AssignmentTrial {
  /** One page, and of the assigned groups the first few. */
  readonly firstPageOnly: true;
  /** Each assignment with the record that it was made of. */
  readonly onRaw?: (record: unknown, assignment: Assignment) => void;
}

/** An identity provider, asked about one app that it knows. */
export interface IdentityProvider {
  readonly assignments?: (app: string, signal: AbortSignal, trial?: AssignmentTrial) => Promise<AssignmentList>;
  readonly provisioning?: (app: string, signal: AbortSignal) => Promise<Provisioning>;
  readonly close: () => Promise<void>;
}
