import { isOn, type Account, type AccountStatus, type Credential } from '../../model/account.js';
import { agreed, attributesOf, earliest, isOne, latest, oneText, unionOf, type Merged } from './parts.js';

/** Whatever lets somebody in on one row lets them in; where that is not known of one, and of none it is known that it does, nothing is. */
const MOST_ACCESS: readonly AccountStatus[] = ['active', 'unknown', 'pending', 'suspended', 'deactivated', 'deleted'];
const KEYS = ['userName', 'externalId', 'employeeId'] as const;

/** An account that has a row for each of its roles, products or licences. Rows that name different people are neither on nor off. */
export function mergeAccounts(rows: readonly Account[]): Merged<Account> {
  const [first] = rows as readonly [Account];
  if (rows.length === 1) return { row: first, contrary: false };
  const status = MOST_ACCESS.find((one) => rows.some((row) => row.status === one)) ?? 'unknown';
  const contrary = KEYS.some((key) => !isOne(rows.map((row) => row[key]))) || !shareAnAddress(rows);
  // The earliest or the latest of dates one of which could not be read is not known.
  const known = (name: 'createdAt' | 'updatedAt' | 'deactivatedAt', choose: typeof latest): Account['createdAt'] =>
    rows.some(({ unread }) => unread?.includes(name) === true) ? undefined : choose(rows.map((row) => row[name]));
  return {
    contrary,
    row: {
      id: first.id,
      userName: oneText(rows.map(({ userName }) => userName)),
      externalId: oneText(rows.map(({ externalId }) => externalId)),
      employeeId: oneText(rows.map(({ employeeId }) => employeeId)),
      emails: addresses(rows),
      aliases: unionOf(rows.map(({ aliases }) => aliases)),
      status: contrary ? 'unknown' : status,
      kind: agreed(rows.map(({ kind }) => kind)) ?? 'unknown',
      attributes: attributesOf(rows.map(({ attributes }) => attributes)),
      roles: unionOf(rows.map(({ roles }) => roles)),
      admin: rows.some(({ admin }) => admin === true) ? true : agreed(rows.map(({ admin }) => admin)),
      createdAt: known('createdAt', earliest),
      updatedAt: known('updatedAt', latest),
      lastLoginAt: latest(rows.map(({ lastLoginAt }) => lastLoginAt)),
      deactivatedAt: isOn({ status }) ? undefined : known('deactivatedAt', latest),
      unread: unreadOf(rows),
      credentials: credentialsOf(rows),
      builtIn: rows.every(({ builtIn }) => builtIn !== undefined) ? rows.map(({ builtIn }) => builtIn).sort()[0] : undefined,
    },
  };
}

/** Whoever has logged in by one row has logged in, whatever another row says. */
function unreadOf(rows: readonly Account[]): readonly string[] | undefined {
  const unread = unionOf(rows.map((row) => row.unread))?.filter(
    (name) => name !== 'lastLoginAt' || rows.every(({ lastLoginAt }) => lastLoginAt === undefined),
  );
  return unread === undefined || unread.length === 0 ? undefined : unread;
}

/** The address that every row begins with, else all of them, in the order of the alphabet. */
function addresses(rows: readonly Account[]): readonly string[] | undefined {
  return agreed(rows.map(({ emails }) => emails)) ?? unionOf(rows.map(({ emails }) => emails));
}

/** Is there one address on all rows that have any? */
function shareAnAddress(rows: readonly Account[]): boolean {
  const lists = rows.flatMap(({ emails }) => (emails === undefined || emails.length === 0 ? [] : [emails]));
  return lists.length <= 1 || (lists[0] ?? []).some((one) => lists.every((list) => list.some((other) => isOne([one, other]))));
}

function credentialsOf(rows: readonly Account[]): readonly Credential[] | undefined {
  if (rows.every(({ credentials }) => credentials === undefined)) return undefined;
  const all = new Map(rows.flatMap(({ credentials = [] }) => credentials.map((one) => [JSON.stringify(one), one])));
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
