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

/** One account of an app in normal form. A field that the system cannot give is absent, or undefined: rows of one list have one shape. */
export interface Account {
  /** The app's own immutable identifier. */
  readonly id: string;
  readonly userName?: string | undefined;
  /** Primary address first. */
  readonly emails?: readonly string[] | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly externalId?: string | undefined;
  readonly employeeId?: string | undefined;
  readonly status: AccountStatus;
  readonly kind: AccountKind;
  readonly attributes: Attributes;
  /** Role, group or licence names that the account holds; an empty list says "holds none". */
  readonly roles?: readonly string[] | undefined;
  /** True when one of the roles administers the app. */
  readonly admin?: boolean | undefined;
  readonly createdAt?: Moment | undefined;
  readonly updatedAt?: Moment | undefined;
  readonly lastLoginAt?: Moment | undefined;
  readonly deactivatedAt?: Moment | undefined;
  readonly credentials?: readonly Credential[] | undefined;
  /** There may be more: a list of them could not be read whole. */
  readonly moreCredentials?: true | undefined;
  /** Why the account is the system's own, so that it belongs to nobody: "GitLab's placeholder for deleted users". */
  readonly builtIn?: string | undefined;
  /** Of the dates, those that are there and could not be read: not known, which is not "none". */
  readonly unread?: readonly string[] | undefined;
  /** What those may be. */
  readonly either?: Either | undefined;
}

/** Does it let its owner in: active, or an open invitation? An unknown status is neither on nor off. */
export function isOn({ status }: { readonly status: string }): boolean {
  return status === 'active' || status === 'pending';
}

export function isNonHuman(kind: AccountKind): boolean {
  return kind === 'service' || kind === 'bot';
}

/** The credentials that have no end, or one that is yet to come; undefined where the source says nothing of any. `asOf`: ms. */
export function liveCredentials({ credentials }: Pick<Account, 'credentials'>, asOf: number): readonly Credential[] | undefined {
  return credentials?.filter(({ expiresAt }) => expiresAt === undefined || expiresAt.at > asOf);
}

export function hasLiveCredential(account: Pick<Account, 'credentials'>, asOf: number): boolean {
  return (liveCredentials(account, asOf)?.length ?? 0) > 0;
}
