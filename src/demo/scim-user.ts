import type { AppAccount, Dialect } from './apps/account.js';
import { iso } from './lifecycle.js';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Ids of an app's accounts by the key of the human: managers are named by the app's own ids (RFC 7643 section 4.3). */
export function idsByHuman(accounts: readonly AppAccount[]): ReadonlyMap<string, string> {
  return new Map(accounts.flatMap(({ human, id }) => (human === undefined ? [] : [[human, id] as const])));
}

/** One account as its SCIM server sends it. */
export function scimUser(account: AppAccount, ids: ReadonlyMap<string, string>, dialect: Dialect): Record<string, unknown> {
  const { shown, email, lastLoginAt } = account;
  const manager = ids.get(shown.manager ?? '');
  const { extension } = dialect;
  const isPerson = account.human !== undefined;
  return {
    schemas: [CORE, ...(isPerson ? [ENTERPRISE] : []), ...(extension === undefined ? [] : [extension.urn])],
    id: account.id,
    ...(account.externalId === undefined ? {} : { externalId: account.externalId }),
    userName: account.userName,
    ...(isPerson ? { name: { givenName: shown.givenName, familyName: shown.familyName }, title: shown.title } : {}),
    ...(email === undefined ? {} : { emails: [{ value: email, type: 'work', primary: true }] }),
    ...(dialect.userTypes === true ? { userType: account.kind ?? 'member' } : {}),
    active: dialect.activeAsText === true ? (account.on ? 'True' : 'False') : account.on,
    ...(isPerson
      ? {
          [ENTERPRISE]: {
            ...(account.employeeNumber === undefined ? {} : { employeeNumber: account.employeeNumber }),
            department: shown.department,
            ...(manager === undefined ? {} : { manager: { value: manager } }),
          },
        }
      : {}),
    groups: account.groups.map((display) => ({ value: `g-${display}`, display })),
    ...(extension === undefined || lastLoginAt === undefined ? {} : { [extension.urn]: { [extension.lastLogin]: iso(lastLoginAt) } }),
    meta: { resourceType: 'User', created: iso(account.createdAt), lastModified: iso(account.updatedAt) },
  };
}

/** The same account under the normal form's own names: what `--keep` leaves. */
export function plainAccount(account: AppAccount, ids: ReadonlyMap<string, string>): Record<string, unknown> {
  const { shown, lastLoginAt } = account;
  return {
    id: account.id,
    externalId: account.externalId,
    userName: account.userName,
    email: account.email,
    employeeId: account.employeeNumber,
    givenName: shown.givenName,
    familyName: shown.familyName,
    department: shown.department,
    title: shown.title,
    manager: ids.get(shown.manager ?? ''),
    status: account.on ? 'active' : 'deactivated',
    kind: account.kind ?? 'human',
    groups: account.groups,
    createdAt: iso(account.createdAt),
    updatedAt: iso(account.updatedAt),
    lastLoginAt: lastLoginAt === undefined ? undefined : iso(lastLoginAt),
  };
}
