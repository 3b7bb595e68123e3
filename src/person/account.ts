import { liveCredentials, type Account } from '../model/account.js';
import type { LiveCredential, PersonAccount } from '../model/person-report.js';
import { showMoment } from '../diff/finding.js';

/** One account as the look-up shows it, with what lets its owner in at `asOf` (ms). */
export function showAccount(account: Account, belongs: PersonAccount['belongs'], asOf: number): PersonAccount {
  const credentials = (liveCredentials(account, asOf) ?? []).map((credential): LiveCredential => ({
    id: credential.id,
    ...dates({ lastUsedAt: showMoment(credential.lastUsedAt), expiresAt: showMoment(credential.expiresAt) }),
  }));
  return {
    id: account.id,
    ...(account.userName === undefined ? {} : { userName: account.userName }),
    ...(account.emails?.[0] === undefined ? {} : { email: account.emails[0] }),
    status: account.status,
    kind: account.kind,
    belongs,
    roles: [...(account.roles ?? [])].sort(),
    admin: account.admin === true,
    ...dates({
      createdAt: showMoment(account.createdAt),
      lastLoginAt: showMoment(account.lastLoginAt),
      deactivatedAt: showMoment(account.deactivatedAt),
    }),
    credentials,
    letsIn: waysIn(account, credentials.length),
  };
}

/** An unknown status is no way in that is proven, and none that is closed: it is told as an open question. */
function waysIn({ status }: Account, credentials: number): string[] {
  return [
    ...(status === 'active' ? ['the account is active'] : []),
    ...(status === 'pending' ? ['an invitation is open'] : []),
    ...(credentials > 0 ? [`${credentials} ${credentials === 1 ? 'credential is' : 'credentials are'} live`] : []),
  ];
}

function dates<K extends string>(given: Readonly<Record<K, string | undefined>>): Partial<Record<K, string>> {
  return Object.fromEntries(Object.entries(given).filter(([, date]) => date !== undefined)) as Partial<Record<K, string>>;
}
