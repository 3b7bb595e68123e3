import type { FieldMap } from '../../model/config.js';
import { addressesOf } from './proxy-addresses.js';
import { type DirectoryEntry, firstBytes, firstText, texts } from './entry.js';
import { domainRid, guidText, sidText } from './identifiers.js';
import { groupNames, managerId } from './references.js';
import type { DirectorySchema, Reading } from './schema.js';
import { filetimeIso, filetimeOr } from './times.js';
import { readMoment } from '../../mapping/moment.js';

/** userAccountControl (MS-ADTS section 2.2.16). LOCKOUT (0x10) is computed since Windows 2003, and no leave anyway: it is not read. */
const ACCOUNT_DISABLE = 0x2;
const INTERDOMAIN_TRUST = 0x800;
const WORKSTATION_TRUST = 0x1000;
const SERVER_TRUST = 0x2000;

/** Administrator, Guest, krbtgt, DefaultAccount (MS-SAMR section 2.2.1.14, well-known RIDs). */
const BUILT_IN_RIDS = new Set([500, 501, 502, 503]);
/** Read-only domain controllers have a krbtgt_NNNNN each. */
const SYSTEM_NAME = /^(?:krbtgt(?:_\d+)?|guest|defaultaccount)$/i;
/** Standalone and group managed service accounts. They carry the machine bit, and their class derives from computer. */
const MANAGED_SERVICE = new Set(['msds-managedserviceaccount', 'msds-groupmanagedserviceaccount', 'msds-delegatedmanagedserviceaccount']);

/** FILETIME attributes: accountExpires and the rest of the logon bookkeeping. */
const FILETIMES = ['accountExpires', 'lastLogonTimestamp', 'lastLogon', 'pwdLastSet', 'lockoutTime', 'badPasswordTime'];

const SHARED: FieldMap = {
  id: 'objectGUID',
  userName: ['userPrincipalName', 'sAMAccountName'],
  emails: '@primaryAddress',
  aliases: '@aliases',
  employeeId: ['employeeID', 'employeeNumber'],
  givenName: 'givenName',
  familyName: 'sn',
  displayName: 'displayName',
  department: 'department',
  title: 'title',
  manager: '@manager',
  kind: '@kind',
  createdAt: 'whenCreated',
};

/** Of logons and passwords: a write of one of these is no change of whose account it is. */
const NOTED = ['lastLogonTimestamp', 'pwdLastSet', 'lockoutTime'];
const STATE_NEEDS = ['userAccountControl', 'msDS-UserAccountDisabled'];
/** An account is made, given a password and switched on by several writes. */
const MAKING = 60_000;
/** How long the write of a logon may be on its way to this domain controller, ms: the default interval between sites is 180 minutes. */
const REPLICATION = 3 * 3_600_000;
const NO_PERSON = 'computer or trust accounts';
const WITHOUT_CONTROL = 'without userAccountControl';

const readings: Record<string, Reading> = {
  objectguid: { needs: ['objectGUID'], read: (entry) => decoded(firstBytes(entry, 'objectguid'), guidText) },
  objectsid: { needs: ['objectSid'], read: (entry) => decoded(firstBytes(entry, 'objectsid'), sidText) },
  '@primaryaddress': { needs: ['mail', 'proxyAddresses'], read: (entry) => listed(addresses(entry).primary) },
  '@aliases': {
    needs: ['mail', 'proxyAddresses'],
    read: (entry) => (entry.values.has('proxyaddresses') ? addresses(entry).aliases : undefined),
  },
  '@manager': managerId,
  '@groups': groupNames,
  '@kind': {
    needs: ['objectClass', 'objectSid', 'isCriticalSystemObject', 'sAMAccountName'],
    read: (entry) => (isSystem(entry) ? 'service' : 'human'),
  },
  '@changed': {
    needs: ['whenChanged', 'whenCreated', ...NOTED, ...STATE_NEEDS],
    read: (entry) => (isNoted(entry) ? undefined : firstText(entry, 'whenchanged')),
  },
  '@state': {
    needs: [...STATE_NEEDS, 'accountExpires'],
    read: (entry, { role, now, count }) => {
      const disabled = isDisabled(entry);
      if (disabled === undefined) count(WITHOUT_CONTROL);
      if (disabled !== false) return disabled === undefined ? 'unknown' : 'suspended';
      // Of a person the date itself is the fact (endAt); an account past it can no longer be used.
      if (role !== 'account') return 'active';
      const ends = readMoment(filetimeOr(firstText(entry, 'accountexpires')));
      if (typeof ends !== 'string') return ends.at <= now ? 'suspended' : 'active';
      return ends === 'never' ? 'active' : 'unknown';
    },
  },
};
for (const name of FILETIMES) {
  const key = name.toLowerCase();
  readings[key] = { needs: [name], read: (entry) => filetimeOr(firstText(entry, key)) };
}

/** Active Directory (MS-ADA1 to 3, MS-ADTS), AD LDS, Samba. */
export const activeDirectory: DirectorySchema = {
  filter: '(&(objectCategory=person)(objectClass=user))',
  // AD LDS has proxies of users; what was brought over from elsewhere may be a plain person, or a posixAccount.
  alike: {
    filter: '(|(objectClass=person)(objectClass=posixAccount)(objectClass=userProxy)(objectClass=userProxyFull))',
    taken: 'user',
    passedOver: ['computer'],
  },
  fields: (role) =>
    role === 'person'
      ? { ...SHARED, groups: '@groups', endAt: 'accountExpires', changedAt: '@changed' }
      : { ...SHARED, roles: '@groups', updatedAt: '@changed', lastLoginAt: 'lastLogonTimestamp' },
  state: '@state',
  binary: ['objectGUID', 'objectSid'],
  readings,
  needs: ['userAccountControl', 'objectClass'],
  others: [NO_PERSON],
  listsDisabled: true,
  loginDelay: 14 * 86_400_000,
  excluded: (entry) => {
    if (isManagedService(entry)) return undefined;
    const bits = control(entry) ?? 0;
    const machine = (bits & (INTERDOMAIN_TRUST | WORKSTATION_TRUST | SERVER_TRUST)) !== 0 || classes(entry).includes('computer');
    return machine ? NO_PERSON : undefined;
  },
  remarks: (_, counted) => {
    const blind = counted(WITHOUT_CONTROL);
    return blind === 0 ? [] : [`${blind} entries came without userAccountControl: their state is unknown; let the bind DN read it`];
  },
  hidesDisabled: (filter) => /\(!\s*\(\s*(?:userAccountControl:1\.2\.840\.113556\.1\.4\.80[34]:=|msDS-UserAccountDisabled=)/i.test(filter),
  notes: [
    'deleted objects (tombstones, recycle bin) are not read: a leaver whose object was deleted is in no list',
    'lastLogonTimestamp may lag up to 14 days behind the last logon (msDS-LogonTimeSyncInterval)',
  ],
};

/**
 * A logon writes lastLogonTimestamp every 9 to 14 days (MS-ADA1 section 2.352), a new password pwdLastSet, and whenChanged is the date of any write (MS-ADA3
 * section 2.370): where nothing was written since, it says nothing of a change. Whoever is disabled does not log on, and got the last password with that.
 */
function isNoted(entry: DirectoryEntry): boolean {
  const changed = readMoment(firstText(entry, 'whenchanged'));
  const made = readMoment(firstText(entry, 'whencreated'));
  if (typeof changed === 'string' || isDisabled(entry) !== false) return false;
  if (typeof made !== 'string' && changed.at - made.at <= MAKING) return false;
  return NOTED.some((name) => {
    const noted = filetimeIso(firstText(entry, name.toLowerCase()) ?? '0');
    if (noted === undefined) return false;
    // whenChanged has whole seconds.
    const since = changed.at - Math.floor(Date.parse(noted) / 1000) * 1000;
    return since >= 0 && since <= REPLICATION;
  });
}

function decoded(bytes: Buffer | undefined, decode: (bytes: Buffer) => string | undefined): string | undefined {
  return bytes === undefined ? undefined : decode(bytes);
}

/** A list even of one: an address with a comma in it is still one. */
function listed(address: string | undefined): readonly string[] | undefined {
  return address === undefined ? undefined : [address];
}

function addresses(entry: DirectoryEntry): ReturnType<typeof addressesOf> {
  return addressesOf(texts(entry, 'mail'), texts(entry, 'proxyaddresses'));
}

/** A signed 32-bit number in decimal. */
function control(entry: DirectoryEntry): number | undefined {
  const text = firstText(entry, 'useraccountcontrol');
  return text !== undefined && /^-?\d{1,10}$/.test(text) ? Number(text) | 0 : undefined;
}

/** Undefined: the entry does not tell. AD LDS has no userAccountControl but an attribute of its own. */
function isDisabled(entry: DirectoryEntry): boolean | undefined {
  const bits = control(entry);
  if (bits !== undefined) return (bits & ACCOUNT_DISABLE) !== 0;
  const own = firstText(entry, 'msds-useraccountdisabled')?.toUpperCase();
  return own === 'TRUE' ? true : own === 'FALSE' ? false : undefined;
}

function classes(entry: DirectoryEntry): readonly string[] {
  return texts(entry, 'objectclass').map((name) => name.toLowerCase());
}

function isManagedService(entry: DirectoryEntry): boolean {
  return classes(entry).some((name) => MANAGED_SERVICE.has(name));
}

function isSystem(entry: DirectoryEntry): boolean {
  if (isManagedService(entry)) return true;
  if (firstText(entry, 'iscriticalsystemobject')?.toUpperCase() === 'TRUE') return true;
  if (SYSTEM_NAME.test(firstText(entry, 'samaccountname') ?? '')) return true;
  const rid = domainRid(decoded(firstBytes(entry, 'objectsid'), sidText) ?? '');
  return rid !== undefined && BUILT_IN_RIDS.has(rid);
}
