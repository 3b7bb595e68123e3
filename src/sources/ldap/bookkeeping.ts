import { dnKey } from './dn.js';
import { type DirectoryEntry, firstText, texts } from './entry.js';
import type { Reading } from './schema.js';
import { readMoment } from '../../mapping/moment.js';

/** Successful logins: OpenLDAP 2.5 (`lastbind on`), its overlay, MIT Kerberos, eDirectory. 389 Directory Server writes its own without a change date. */
const LOGINS = ['pwdLastSuccess', 'authTimestamp', 'krbLastSuccessfulAuth', 'loginTime'];
/** A mistyped password, one by one; gone with the next login (draft-behera-ldap-password-policy section 5.3.4). */
const FAILURES = 'pwdFailureTime';
/** What else a server notes of passwords: the lock-out that mistyped ones led to, grace logins, the new password itself. */
const PASSWORDS = [
  FAILURES,
  'pwdAccountLockedTime',
  'pwdGraceUseTime',
  'pwdChangedTime',
  'krbLastFailedAuth',
  'krbLastPwdChange',
  'pwdUpdateTime',
];
const NOTES = [...LOGINS, ...PASSWORDS];
/** What is noted of an entry that an administrator has locked: who locks somebody out often sets another password as well. */
const OF_LOCKED = [...LOGINS, FAILURES, 'krbLastFailedAuth'];

/** What the reading counts: entries whose change date is none. */
export const NOTED = 'change date of a login';

/** modifyTimestamp has whole seconds, and the server notes the login a moment before or after. */
const MOMENT = 1000;

/**
 * `modifyTimestamp` is the date of any write, and where a server notes logins and mistyped passwords in the entry (OpenLDAP's `lastbind`, the password
 * policy), of those too: where nothing was written since, it says nothing of a change.
 */
export function changedUnlessNoted(isLocked: (entry: DirectoryEntry) => boolean): Reading {
  return {
    needs: ['modifyTimestamp', 'createTimestamp', 'modifiersName', ...NOTES],
    read: (entry, { isBookkeeper, count }) => {
      const written = timeOf(entry, 'modifyTimestamp');
      const isNone = written !== undefined && !isNear(timeOf(entry, 'createTimestamp'), written) && isLate(entry, written, isBookkeeper);
      if (isNone) count(NOTED);
      return isNone ? undefined : firstText(entry, 'modifytimestamp');
    },
  };

  function isLate(entry: DirectoryEntry, written: number, isBookkeeper: (name: string) => boolean): boolean {
    const isOff = isLocked(entry);
    if (isNoted(entry, isOff ? OF_LOCKED : NOTES, written)) return true;
    // A login takes the mistyped passwords before it away, and leaves nothing but the date where logins are not noted.
    return !isOff && !hasLogin(entry) && isBookkeeper(firstText(entry, 'modifiersname') ?? '');
  }
}

/** The latest of the logins that servers note, as it stands there. */
export const lastLogin: Reading = {
  needs: [...LOGINS, 'lastLoginTime'],
  read: (entry) => {
    const texts = [...LOGINS, 'lastLoginTime'].map((name) => firstText(entry, name.toLowerCase())).filter((text) => text !== undefined);
    return texts.sort((a, b) => (momentOf(b) ?? -Infinity) - (momentOf(a) ?? -Infinity))[0];
  },
};

/** Who a server writes its own notes as: to be asked of entries that show some. */
export const BOOKKEEPING = {
  filter: `(|${[FAILURES, 'pwdLastSuccess', 'authTimestamp'].map((name) => `(${name}=*)`).join('')})`,
  attributes: [FAILURES, 'modifyTimestamp', 'modifiersName', ...LOGINS],
  namesIn: bookkeepers,
};

/**
 * The names under which the server itself writes, as keys of DNs, where it notes mistyped passwords and no logins (OpenLDAP: the root DN, which an
 * administrator may use as well).
 */
function bookkeepers(entries: readonly DirectoryEntry[]): ReadonlySet<string> {
  if (entries.some(hasLogin)) return new Set();
  const names = entries
    .filter((entry) => texts(entry, FAILURES.toLowerCase()).some((text) => isNear(momentOf(text), timeOf(entry, 'modifyTimestamp'))))
    .map((entry) => dnKey(firstText(entry, 'modifiersname') ?? ''));
  return new Set(names.filter((name) => name !== undefined));
}

function isNoted(entry: DirectoryEntry, names: readonly string[], written: number): boolean {
  return names.some((name) => texts(entry, name.toLowerCase()).some((text) => isNear(momentOf(text), written)));
}

function hasLogin(entry: DirectoryEntry): boolean {
  return LOGINS.some((name) => entry.values.has(name.toLowerCase()));
}

function timeOf(entry: DirectoryEntry, name: string): number | undefined {
  return momentOf(firstText(entry, name.toLowerCase()));
}

function momentOf(text: string | undefined): number | undefined {
  const moment = readMoment(text);
  return typeof moment === 'string' ? undefined : moment.at;
}

function isNear(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= MOMENT;
}
