import type { Account } from '../model/account.js';
import { ownText } from '../model/own-text.js';
import type { AppDiff } from './app-diff.js';
import { worth } from './residual.js';

/** What a leaver's accounts still hold, as far as the source tells. */
export interface Leftover {
  /** Undefined: the source says nothing of them. */
  readonly roles: readonly string[] | undefined;
  readonly admin: boolean;
  readonly credentials: boolean | undefined;
}

export interface Holds {
  /** Undefined: the source says nothing of it. */
  readonly memberships: boolean | undefined;
  readonly credentials: boolean | undefined;
}

/** Of several accounts of one leaver: whatever any of them holds. */
export function leftover(account: Account, asOf: number, before?: Leftover): Leftover {
  const { roles, credentials, admin } = account;
  const or = (a: boolean | undefined, b: boolean | undefined): boolean | undefined => (a === undefined ? b : a || b === true);
  return {
    roles: roles === undefined ? before?.roles : [...(before?.roles ?? []), ...roles.map(ownText)],
    admin: admin === true || before?.admin === true,
    credentials: or(
      before?.credentials,
      credentials?.some(({ expiresAt }) => expiresAt === undefined || expiresAt.at > asOf),
    ),
  };
}

/** After the last account, when it is known which roles every account has. */
export function holdsOf({ rows, residuals: { base } }: AppDiff, row: number): Holds | undefined {
  const left = rows.leftovers.get(row);
  if (left === undefined) return undefined;
  const { roles, admin, credentials } = left;
  return { memberships: roles === undefined ? undefined : worth(roles, admin, base).length > 0, credentials };
}
