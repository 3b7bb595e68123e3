import type { AccountKind, AccountStatus } from './account.js';
import type { CompletenessVerdict } from './completeness.js';
import type { FindingClass, FindingReason, Severity } from './finding.js';
import type { PersonKind, PersonState } from './person.js';

/** One record of the directory. Dates here and below are ISO 8601, UTC; a day stays a day. */
export interface PersonRecord {
  readonly id: string;
  readonly source: string;
  readonly userName?: string;
  readonly emails: readonly string[];
  readonly employeeId?: string;
  /** At `asOf`, with start and end dates taken into account. */
  readonly state: PersonState;
  readonly kind: PersonKind;
  readonly startAt?: string;
  readonly endAt?: string;
  readonly changedAt?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
}

export interface LiveCredential {
  readonly id: string;
  readonly lastUsedAt?: string;
  readonly expiresAt?: string;
}

export interface PersonAccount {
  readonly id: string;
  readonly userName?: string;
  readonly email?: string;
  readonly status: AccountStatus;
  readonly kind: AccountKind;
  /**
   * `correlated`: the rules of the config say so; `same name`: it is called as this person is, and the rules gave it to nobody, or to another;
   * `same key`: it carries this person's number or id, and the rules could not say whose it is.
   */
  readonly belongs: 'correlated' | 'same name' | 'same key';
  readonly roles: readonly string[];
  readonly admin: boolean;
  readonly createdAt?: string;
  readonly lastLoginAt?: string;
  readonly deactivatedAt?: string;
  /** Those that have not run out. */
  readonly credentials: readonly LiveCredential[];
  /** What still lets this person in, or may: empty when nothing does. */
  readonly letsIn: readonly string[];
}

export interface PersonApp {
  readonly name: string;
  readonly connector: string;
  readonly error: string | null;
  readonly list: CompletenessVerdict;
  /** The app was asked for this person, and what came lets them in: further accounts under other names would not show. */
  readonly askedByFilter: boolean;
  /** Why the list is not proven whole. */
  readonly reasons: readonly string[];
  readonly accounts: readonly PersonAccount[];
  /** Logs that were not read whole, so that the timeline may lack what they say. */
  readonly logs?: readonly { readonly name: string; readonly error: string | null; readonly reasons: readonly string[] }[];
  /** What is wrong here by now. */
  readonly findings: readonly {
    readonly class: FindingClass;
    readonly reason: FindingReason;
    readonly severity: Severity;
    readonly summary: string;
  }[];
}

/** Something that happened, or is to happen, and where that is said: a directory, an app's list, a log. Holds text from other systems: escape it for the medium. */
export interface PersonMoment {
  /** ISO 8601, UTC; a day stays a day. */
  readonly at: string;
  readonly what: string;
  readonly source: string;
}

/** The answer of `lifegap person WHO`. */
export interface PersonReport {
  readonly schemaVersion: 1;
  readonly tool: string;
  readonly asOf: string;
  readonly who: string;
  readonly people: readonly PersonRecord[];
  /** When access should have ended, of those who left: the end and the grace; null when nobody left, or nothing dates it. */
  readonly accessEndsBy: string | null;
  readonly directory: readonly { readonly name: string; readonly error: string | null; readonly list: CompletenessVerdict }[];
  readonly apps: readonly PersonApp[];
  /** In order of time. */
  readonly timeline: readonly PersonMoment[];
  readonly summary: {
    /** Accounts that let this person in: active, invited, or with a live credential. */
    readonly lettingIn: number;
    /** Lists that were not read whole or leave open whose accounts they hold, accounts whose status or live credentials nobody can tell. */
    readonly open: readonly string[];
    /** Sources that could not be read. */
    readonly failed: readonly string[];
  };
}
