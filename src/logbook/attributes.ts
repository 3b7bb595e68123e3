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

/** A log names few attributes, however long it is: what each of them means is found out once. */
const KEPT = 10_000;
const NOT_COMPARED = -1;
const NOT_UNDERSTOOD = -2;

/** Reads what updates set, for one list of attributes that are compared. */
export class SetReader {
  readonly #places = new Map<string, number>();

  constructor(private readonly compare: readonly string[]) {}

  /**
   * The names as bits of the attributes that are compared. A name that nobody understands may be any of them: UNTOLD, unless another one is understood and is
   * compared.
   */
  read(changed: readonly string[] | undefined): number {
    if (changed === undefined || changed.length === 0) return UNTOLD;
    let bits = 0;
    let isUnderstood = true;
    for (const name of changed) {
      const place = this.#placeOf(name);
      if (place >= 0) bits |= 1 << place;
      else if (place === NOT_UNDERSTOOD) isUnderstood = false;
    }
    return bits === 0 && !isUnderstood ? UNTOLD : bits;
  }

  #placeOf(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.#find(name);
      if (this.#places.size < KEPT) this.#places.set(name, place);
    }
    return place;
  }

  #find(name: string): number {
    const at = this.compare.indexOf(name);
    // A path ends with the name: profile.department, urn:…:User:department.
    const word = name.replace(/^.*[.:]/u, '').replace(/[^\p{L}]/gu, '').toLowerCase(); // prettier-ignore
    const known = SYNONYMS[word];
    const place = at >= 0 ? at : known === undefined ? -1 : this.compare.indexOf(known);
    if (place >= 0 && place < 31) return place;
    return known === undefined && !OTHERS.has(word) ? NOT_UNDERSTOOD : NOT_COMPARED;
  }
}
