import type { Account } from '../model/account.js';

/** What a leaver's accounts still hold, as far as the source tells. */
export interface Leftover {
  /** Undefined: the source says nothing of it. */
  readonly memberships: boolean | undefined;
  readonly credentials: boolean | undefined;
}

/** Of several accounts of one leaver: whatever any of them holds. */
export function leftover(account: Account, asOf: number, before?: Leftover): Leftover {
  const { roles, credentials } = account;
  const or = (a: boolean | undefined, b: boolean | undefined): boolean | undefined => (a === undefined ? b : a || b === true);
  return {
    memberships: or(before?.memberships, roles === undefined ? undefined : roles.length > 0),
    credentials: or(
      before?.credentials,
      credentials?.some(({ expiresAt }) => expiresAt === undefined || expiresAt.at > asOf),
    ),
  };
}
