import type { AccountStatus } from './account.js';
import type { Moment, PersonKind, PersonState } from './person.js';

/** One audit: the instant that it spoke of, ms. */
export interface Audit {
  readonly asOf: number;
}

/** A row is valid from the audit at place `since` until the one at `until`, which saw another version or saw it gone. */
export interface Version {
  readonly since: number;
  readonly until: number | undefined;
  /** True when it ended because a whole list no longer had it. */
  readonly gone: boolean;
  /** Hashes of the attribute values, by attribute name. Equal hashes: values that compare as equal, on either side. */
  readonly values: ReadonlyMap<string, string>;
}

export interface PersonVersion extends Version {
  /** As the directory said it; the dates may say more. */
  readonly state: PersonState;
  readonly kind?: PersonKind;
  readonly startAt?: Moment;
  readonly endAt?: Moment;
  /** Of the two, those that were there and could not be read. */
  readonly unread?: readonly string[];
  readonly createdAt?: number;
  readonly changedAt?: number;
}

export interface AccountVersion extends Version {
  readonly id: string;
  /** It was not in the list before: new, or recreated. */
  readonly came: boolean;
  readonly status: AccountStatus;
  readonly userName?: string;
  readonly createdAt?: number;
  /** As of the audit that first saw this version. */
  readonly updatedAt?: number;
  /** As of the audit that first saw this version: absent where the account was never logged in to, or the app does not say. */
  readonly lastLoginAt?: number;
  readonly deactivatedAt?: number;
  /** How many; absent where the app does not tell. Credentials count whether they are live or not. */
  readonly roles?: number;
  readonly credentials?: number;
}

export interface PersonLine {
  /** Row of the person index now; undefined when the directory no longer has them. */
  readonly row: number | undefined;
  readonly source: string;
  readonly id: string;
  readonly userName?: string;
  readonly versions: readonly PersonVersion[];
  /** Audits that read this person's directory, by place. */
  readonly lists: readonly ListSeen[];
}

export interface ListSeen {
  /** Place of the audit. */
  readonly at: number;
  readonly whole: boolean;
  /** Lists with different words here were read in different ways: what differs between them is no event. */
  readonly basis: string;
  /** So large a part came or went at once that the list was exchanged, and nobody joined or left. */
  readonly exchanged: boolean;
  /**
   * Of people in whose record nothing that is kept here changed: the share whose change date moved all the same, since the last audit that read this list.
   * Undefined where that is not known.
   */
  readonly idlyTouched?: number;
  /** Of an app: keys and tokens could not all be read, so an account that it no longer has may have left some. */
  readonly credentialsUnread?: true;
}
