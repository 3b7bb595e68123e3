import { iso, showMoment, showPerson } from '../diff/finding.js';
import type { SeenRows } from '../diff/rows.js';
import type { Standing } from '../match/standing.js';
import { liveCredentials, type Account } from '../model/account.js';
import type { ListedAccount, ListedPerson, PersonRow } from '../model/population.js';

/** An account as the tables list it: the secrets and the attributes stay away. `asOf`: ms. */
export function listAccount(account: Account, asOf: number): ListedAccount {
  const { id, userName, emails, status, kind, roles, admin } = account;
  return given({
    id,
    userName,
    email: emails?.[0],
    status,
    kind,
    createdAt: showMoment(account.createdAt),
    updatedAt: showMoment(account.updatedAt),
    lastLoginAt: showMoment(account.lastLoginAt),
    deactivatedAt: showMoment(account.deactivatedAt),
    roles: roles?.length,
    admin,
    liveCredentials: liveCredentials(account, asOf)?.length,
  });
}

export function listPerson(standing: Standing, row: number): ListedPerson {
  const { index } = standing;
  return {
    ...showPerson(standing, row),
    kind: index.kind(row),
    ...given({ employeeId: index.text('employeeId', row), startAt: showMoment(index.date('startAt', row)) }),
  };
}

/** The account that speaks for a person; undefined without one. */
export function speaking(rows: SeenRows, row: number): PersonRow['account'] {
  if (!rows.has(row)) return undefined;
  const { id, userName, email, status, kind, lastLoginAt } = rows.get(row);
  return given({ id, userName, email, status, kind, lastLoginAt: iso(lastLoginAt) });
}

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields that are undefined. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
