import type { AppDiff } from '../diff/app-diff.js';
import { worth } from '../diff/residual.js';

/** What a leaver still holds. */
export interface Holds {
  /** Undefined: the source says nothing of it. */
  readonly memberships: boolean | undefined;
  readonly credentials: boolean | undefined;
}

/** Undefined where no account of theirs came. A role that every account has is none. */
export function holdsOf({ rows, baseRoles }: AppDiff, row: number): Holds | undefined {
  const left = rows.leftover(row);
  if (left === undefined) return undefined;
  const { roles, admin, credentials } = left;
  return {
    memberships: roles === undefined ? undefined : worth(roles, admin, baseRoles).length > 0,
    credentials: credentials === 'unread' ? undefined : credentials,
  };
}
