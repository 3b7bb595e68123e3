import type { AssignmentState, Provisioning, SyncState } from './assignment.js';
import type { LogConfig } from './config.js';
import type { LogAction, LogActor, LogEntry, LogFacts, LogOutcome } from './log.js';

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
  /** One page of each of its logs, in the order of the config. */
  readonly logs?: readonly LogCheck[];
}

/** A record of a log beside what is made of it. */
export interface LogSample {
  readonly record: unknown;
  readonly entry: LogEntry;
}

/** What the first page of a log showed. */
export interface LogCheck extends LogFacts, Pick<LogConfig, 'name' | 'of' | 'which' | 'connector'> {
  /** One line when it could not be read. */
  readonly error: string | null;
  readonly entries: number;
  /** Of them, those of other apps: nothing below counts them. */
  readonly others: number;
  /** Normal-form fields that came, and on how many entries. */
  readonly fields: SourceCheck['fields'];
  readonly actions: Readonly<Partial<Record<LogAction, number>>>;
  /** Of those that tell of one. */
  readonly outcomes: Readonly<Partial<Record<LogOutcome, number>>>;
  readonly untold: number;
  readonly by: Readonly<Partial<Record<LogActor, number>>>;
  /** Entries of something that was done to an account, and that do not say to whose. */
  readonly nobodys: number;
  readonly undated: number;
  /** ms; absent: none is dated. */
  readonly from?: number;
  readonly until?: number;
  /** Of each action the first, where they were asked for. */
  readonly samples: readonly LogSample[];
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
