import type { AccountKind, AccountStatus } from './account.js';
import type { FindingPerson } from './finding.js';
import type { PersonKind } from './person.js';
import type { Reconciliation } from './reconciliation.js';

/** The words of the reconciliation: what every account, and every person of an app, is counted under. */
export type AccountVerdict = keyof Reconciliation['accounts'];
export type PersonVerdict = Exclude<keyof Reconciliation['people'], 'expected'> | 'notExpected';

/** What keeps an account or a person from being a finding: a rule of the config, or the directory's own records. */
export const KEPT_BY = [
  'registered',
  'built-in',
  'guest',
  'base-role',
  'keeps',
  'pre-hire',
  'invitation',
  'grace-create',
  'grace-update',
  'grace-delete',
  'awaiting-login',
  'expected',
  'allowed',
  'assigned',
  'kind',
  'other-record',
] as const;
export type KeptBy = (typeof KEPT_BY)[number];

/** Why a verdict is what it is, where no finding and no rule says so. */
export type OpenCause =
  'unknown-status' | 'unknown-owner' | 'unclear-owner' | 'unproven-list' | 'unproven-directory' | 'wrong-keys' | 'field-absent';
/** Why: a rule, what is open, that the account is off, or that the person is not active. */
export type Why = KeptBy | OpenCause | 'off' | 'state' | '';

export interface Kept {
  readonly by: KeptBy;
  /** In the words of the config: `policy.guests: allow`. */
  readonly rule: string;
  readonly reason?: string;
  readonly owner?: string;
  /** A day or an instant, ISO 8601: until when it holds. */
  readonly until?: string;
}

/** One account as the app lists it. What the source does not tell is absent. Dates: ISO 8601, UTC. */
export interface ListedAccount {
  readonly id: string;
  readonly userName?: string;
  readonly email?: string;
  readonly status: AccountStatus;
  readonly kind: AccountKind;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly lastLoginAt?: string;
  readonly deactivatedAt?: string;
  /** How many roles it holds, and how many credentials that have not run out. */
  readonly roles?: number;
  readonly admin?: boolean;
  readonly liveCredentials?: number;
}

export interface AccountRow {
  readonly account: ListedAccount;
  readonly verdict: AccountVerdict;
  readonly why: Why;
  /** The match rule that found the owner. */
  readonly rule?: string;
  readonly person?: FindingPerson;
  readonly kept?: Kept;
}

export interface ListedPerson extends FindingPerson {
  readonly employeeId?: string;
  readonly kind: PersonKind;
  readonly startAt?: string;
}

export interface PersonRow {
  readonly person: ListedPerson;
  readonly verdict: PersonVerdict;
  readonly why: Why;
  /** The account that speaks for the person here, and the match rule that found it. */
  readonly account?: Pick<ListedAccount, 'id' | 'userName' | 'email' | 'status' | 'kind' | 'lastLoginAt'>;
  readonly rule?: string;
  readonly kept?: Kept;
}

/** Every account and every person that an audit judged, app by app; rows are read from where they wait, so none need be held. */
export interface Population {
  /** In the order of the app's list. */
  readonly accounts: (app: string) => Iterable<AccountRow>;
  /** Every record of the directory, by source and id. */
  readonly people: (app: string) => Iterable<PersonRow>;
}
