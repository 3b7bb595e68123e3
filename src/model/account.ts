import type { Attributes, Either, Moment } from './person.js';

/** What the app says of an account. A value that no mapping lists is `unknown`: neither deprovisioned nor fine. */
export const ACCOUNT_STATUSES = ['active', 'pending', 'suspended', 'deactivated', 'deleted', 'unknown'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const ACCOUNT_KINDS = ['human', 'service', 'bot', 'guest', 'unknown'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** An API key or token that the app lists for an account. Never the secret itself. */
export interface Credential {
  readonly id: string;
  readonly createdAt?: Moment;
  readonly lastUsedAt?: Moment;
  readonly expiresAt?: Moment;
}

/** One account of an app in normal form. A field that the system cannot give is absent. */
export interface Account {
  /** The app's own immutable identifier. */
  readonly id: string;
  readonly userName?: string;
  /** Primary address first. */
  readonly emails?: readonly string[];
  readonly aliases?: readonly string[];
  readonly externalId?: string;
  readonly employeeId?: string;
  readonly status: AccountStatus;
  readonly kind: AccountKind;
  readonly attributes: Attributes;
  /** Role, group or licence names that the account holds; an empty list says "holds none". */
  readonly roles?: readonly string[];
  /** True when one of the roles administers the app. */
  readonly admin?: boolean;
  readonly createdAt?: Moment;
  readonly updatedAt?: Moment;
  readonly lastLoginAt?: Moment;
  readonly deactivatedAt?: Moment;
  readonly credentials?: readonly Credential[];
  /** There may be more: a list of them could not be read whole. */
  readonly moreCredentials?: true;
  /** Why the account is the system's own, so that it belongs to nobody: "GitLab's placeholder for deleted users". */
  readonly builtIn?: string;
  /** Of the dates, those that are there and could not be read: not known, which is not "none". */
  readonly unread?: readonly string[];
  /** What those may be. */
  readonly either?: Either;
}
