import type { FieldMap } from '../../model/config.js';
import { BOOKKEEPING, changedUnlessNoted, lastLogin, NOTED } from './bookkeeping.js';
import { type DirectoryEntry, firstText, texts } from './entry.js';
import { groupNames, managerId } from './references.js';
import type { DirectorySchema, Reading } from './schema.js';
import { readMoment } from '../../mapping/moment.js';
import { shadowDay } from './times.js';

/**
 * pwdAccountLockedTime (draft-behera-ldap-password-policy section 5.3.3): this value locks for good, only an administrator lifts it.
 * Any other time is a lock-out after wrong passwords, which passes, and is no leave.
 */
const LOCKED_FOR_GOOD = /^0000010100(?:00){0,2}Z$/;
/** 389 Directory Server and FreeIPA; OpenLDAP; eDirectory. */
export const LOCKS = ['nsAccountLock', 'pwdAccountLockedTime', 'loginDisabled'];
const LOCK_SEEN = 'lock attribute';
const ENDS = ['pwdEndTime', 'krbPrincipalExpiration', 'shadowExpire'];

const SHARED: FieldMap = {
  // RFC 4530; 389 Directory Server; FreeIPA.
  id: ['entryUUID', 'nsUniqueId', 'ipaUniqueID'],
  userName: 'uid',
  emails: '@primaryAddress',
  aliases: '@aliases',
  employeeId: 'employeeNumber',
  givenName: 'givenName',
  familyName: 'sn',
  displayName: ['displayName', 'cn'],
  department: ['departmentNumber', 'ou'],
  title: 'title',
  manager: '@manager',
  kind: '@kind',
  createdAt: 'createTimestamp',
};

const readings: Record<string, Reading> = {
  '@primaryaddress': { needs: ['mail'], read: (entry) => (entry.values.has('mail') ? texts(entry, 'mail').slice(0, 1) : undefined) },
  '@aliases': { needs: ['mail'], read: (entry) => (entry.values.has('mail') ? texts(entry, 'mail').slice(1) : undefined) },
  '@manager': managerId,
  '@groups': groupNames,
  '@kind': { needs: [], read: () => 'human' },
  '@lastlogin': lastLogin,
  '@changed': changedUnlessNoted(isLocked),
  '@endat': { needs: ENDS, read: endOf },
  '@state': {
    needs: [...LOCKS, ...ENDS],
    read: (entry, { role, now, count }) => {
      if (LOCKS.some((name) => entry.values.has(name.toLowerCase()))) count(LOCK_SEEN);
      if (isLocked(entry)) return 'suspended';
      if (switches(entry).some((lock) => lock !== 'false')) return 'unknown';
      // shadow(5): 0 is either "never" or "since 1970", and systems differ.
      if (firstText(entry, 'shadowexpire')?.trim() === '0') return 'unknown';
      const ends = role === 'account' ? readMoment(endOf(entry)) : 'never';
      if (typeof ends !== 'string') return ends.at <= now ? 'suspended' : 'active';
      return ends === 'never' ? 'active' : 'unknown';
    },
  },
};

/** inetOrgPerson (RFC 2798) in OpenLDAP, 389 Directory Server, FreeIPA and their like. */
export const inetOrgPerson: DirectorySchema = {
  // 389 Directory Server makes people of its own class (`dsidm user create`).
  filter: '(|(objectClass=inetOrgPerson)(objectClass=nsPerson))',
  alike: {
    filter: '(&(|(objectClass=person)(objectClass=posixAccount)(objectClass=account)(objectClass=inetUser))(!(uid=*$)))',
    taken: 'inetOrgPerson',
    passedOver: ['nsPerson', 'simpleSecurityObject', 'device', 'computer'],
  },
  bookkeeping: BOOKKEEPING,
  fields: (role) =>
    role === 'person'
      ? { ...SHARED, groups: '@groups', endAt: '@endAt', changedAt: '@changed' }
      : {
          ...SHARED,
          roles: '@groups',
          updatedAt: '@changed',
          lastLoginAt: '@lastLogin',
        },
  state: '@state',
  binary: [],
  readings,
  needs: [],
  others: [],
  listsDisabled: false,
  excluded: () => undefined,
  remarks: (entries, counted) => [
    ...(counted(NOTED) === 0 ? [] : [notedText(counted(NOTED))]),
    ...(entries === 0 || counted(LOCK_SEEN) > 0
      ? []
      : ['no entry shows pwdAccountLockedTime or nsAccountLock: if the bind DN may not read them, disabled people look active']),
  ],
  hidesDisabled: (filter) => /\(!\s*\(\s*(?:nsAccountLock|pwdAccountLockedTime|loginDisabled)\s*=/i.test(filter),
  notes: ['whether disabled people show as such depends on the bind DN being allowed to read pwdAccountLockedTime or nsAccountLock'],
};

function notedText(entries: number): string {
  return `modifyTimestamp of ${entries === 1 ? '1 entry' : `${entries} entries`} is that of a login or a password, which this server notes: when they were changed is not known`;
}

/** What the attributes that are TRUE or FALSE say; of each that is there. */
function switches(entry: DirectoryEntry): readonly string[] {
  const said = ['nsaccountlock', 'logindisabled'].map((name) => firstText(entry, name)?.trim().toLowerCase());
  return said.filter((lock) => lock !== undefined);
}

function isLocked(entry: DirectoryEntry): boolean {
  return switches(entry).includes('true') || LOCKED_FOR_GOOD.test(firstText(entry, 'pwdaccountlockedtime') ?? '');
}

/** The earliest of the dates after which the account no longer works, ISO 8601; one that cannot be read as it stands, for it may be the earliest. */
function endOf(entry: DirectoryEntry): string | undefined {
  const texts = ['pwdendtime', 'krbprincipalexpiration'].map((name) => firstText(entry, name));
  const shadow = firstText(entry, 'shadowexpire')?.trim();
  const unread = texts.find((text) => ['unreadable', 'two-ways'].includes(readMoment(text) as string));
  if (unread !== undefined) return unread;
  if (shadow !== undefined && !/^-?\d{1,7}$/.test(shadow)) return shadow;
  const dates = [...texts.map(isoOf), shadowDay(shadow ?? '')].filter((date) => date !== undefined);
  return dates.sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

function isoOf(text: string | undefined): string | undefined {
  const moment = readMoment(text);
  return typeof moment === 'string' ? undefined : new Date(moment.at).toISOString();
}
