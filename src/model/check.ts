import type { AssignmentState, Provisioning, SyncState } from './assignment.js';

/** What a list does with those who left: it says so of them, leaves them out, or has removed them for good. */
export type Leavers = 'listed' | 'hidden' | 'gone' | 'unknown';

/** What the first pages of a source showed: the answer of `lifegap check` for one system. */
export interface SourceCheck {
  readonly name: string;
  readonly role: 'person' | 'account';
  readonly connector: string;
  /** One line when the source could not be read. */
  readonly error: string | null;
  readonly rows: number;
  readonly declaredTotal?: number;
  /** Normal-form fields that came, and on how many rows of the page; sorted by name. */
  readonly fields: readonly { readonly name: string; readonly count: number }[];
  /** States (of people) or statuses (of accounts) on the page. */
  readonly states: Readonly<Record<string, number>>;
  /** Rows of the page that are off or gone. */
  readonly leaversSeen: number;
  readonly leavers: Leavers;
  readonly notes: readonly string[];
  /** Where the config names the app at an identity provider. */
  readonly assigned?: AssignedCheck;
}

/** One page of who is assigned to an app, and what the provider is set up to do there. */
export interface AssignedCheck {
  readonly directory: string;
  /** As the provider calls it. */
  readonly app: string;
  /** One line when the assignments could not be read. */
  readonly error: string | null;
  /** Undefined: the provider has no list of assignments. */
  readonly assignments?: {
    readonly rows: number;
    readonly states: Readonly<Partial<Record<AssignmentState, number>>>;
    readonly sync: Readonly<Partial<Record<SyncState, number>>>;
    /** Assignments that name the account in the app. */
    readonly linked: number;
  };
  /** The app lets in whoever is in the directory. */
  readonly isOpen?: boolean;
  readonly provisioning?: Provisioning;
}
