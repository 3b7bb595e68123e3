import { ATTRIBUTES } from '../model/field-names.js';
import { UNTOLD } from './kept.js';

/** What logs call the attributes that are compared, letters only. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...ATTRIBUTES, 'email', 'userName'].map((name) => [name.toLowerCase(), name])),
  firstname: 'givenName',
  lastname: 'familyName',
  surname: 'familyName',
  sn: 'familyName',
  emails: 'email',
  mail: 'email',
  emailaddress: 'email',
  primaryemail: 'email',
  fullname: 'displayName',
  name: 'displayName',
  jobtitle: 'title',
  managerid: 'manager',
  username: 'userName',
  login: 'userName',
};

/** Names that are of nothing that is compared, however they are written. */
const OTHERS = new Set([
  'password', 'phone', 'phonenumber', 'phonenumbers', 'mobile', 'mobilephone', 'photo', 'avatar', 'locale', 'language', 'timezone', 'lastlogin', 'status', 'active', 'roles', 'role', 'groups', 'group',
]); // prettier-ignore

/**
 * The names that an update set, as bits of the attributes that are compared. A name that nobody understands may be any of them: UNTOLD, unless another one is
 * understood and is compared.
 */
export function setOf(changed: readonly string[] | undefined, compare: readonly string[]): number {
  if (changed === undefined || changed.length === 0) return UNTOLD;
  let bits = 0;
  let isUnderstood = true;
  for (const name of changed) {
    const at = compare.indexOf(name);
    // A path ends with the name: profile.department, urn:…:User:department.
    const word = name
      .replace(/^.*[.:]/u, '')
      .replace(/[^\p{L}]/gu, '')
      .toLowerCase();
    const known = SYNONYMS[word];
    const place = at >= 0 ? at : known === undefined ? -1 : compare.indexOf(known);
    if (place >= 0 && place < 31) bits |= 1 << place;
    else if (known === undefined && !OTHERS.has(word)) isUnderstood = false;
  }
  return bits === 0 && !isUnderstood ? UNTOLD : bits;
}
