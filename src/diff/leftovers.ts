import { liveCredentials, type Account } from '../model/account.js';
import { ownText } from '../store/own-text.js';

/** What a leaver's accounts still hold, as far as the source tells. */
export interface Leftover {
  /** Undefined: the source says nothing of them. */
  readonly roles: readonly string[] | undefined;
  readonly admin: boolean;
  /** Undefined: the source says nothing of them. `unread`: none is live of those that could be read. */
  readonly credentials: boolean | 'unread' | undefined;
}

/** Of several accounts of one leaver: whatever any of them holds. */
export function leftover(account: Account, asOf: number, before?: Leftover): Leftover {
  const { roles, admin } = account;
  return {
    roles: roles === undefined ? before?.roles : [...(before?.roles ?? []), ...roles.map(ownText)],
    admin: admin === true || before?.admin === true,
    credentials: ([true, 'unread', false] as const).find((word) => word === before?.credentials || word === live(account, asOf)),
  };
}

function live(account: Account, asOf: number): Leftover['credentials'] {
  const found = liveCredentials(account, asOf);
  if (found !== undefined && found.length > 0) return true;
  return account.moreCredentials === true ? 'unread' : found === undefined ? undefined : false;
}
