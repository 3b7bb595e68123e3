import { domainToASCII } from 'node:url';
import type { Account } from '../model/account.js';
import { bareAddress, isWrapped } from '../model/address.js';
import { fold, isFolded, withoutOtherSpace } from '../model/fold.js';
import type { Person } from '../model/person.js';
import { PLACEHOLDERS } from '../model/placeholder.js';
import { NO_NAME } from '../store/plain-key.js';
import type { AddressRules } from '../model/policy.js';
import { itemAt } from '../model/at.js';

/** Keys that never name one person: an empty cell that matches every other empty cell was a real bug in the field. */
const SENTINELS = new Set([
  ...PLACEHOLDERS,
  '.',
  '?',
  'na',
  'unknown',
  'unassigned',
  'tbd',
  'test',
  'x',
  'xx',
  'xxx',
  'no',
  'keine',
  '#ref!',
  'false',
  'true',
]);
const NOBODY = new Set(['noreply', 'no-reply', 'no_reply', 'donotreply', 'do-not-reply', 'none', 'null', 'na', 'n/a', 'unknown']);

/** A key ready for comparison, or undefined when it names nobody. Addresses get their domain in ASCII (IDNA). */
export function foldKey(text: string | undefined, rules?: AddressRules): string | undefined {
  if (text === undefined || text === '') return undefined;
  let key = fold(text);
  if (key.length < NO_NAME && (SENTINELS.has(key) || /^0+$/.test(key))) return undefined;
  const at = key.lastIndexOf('@');
  if (at >= 0) {
    const bare = isWrapped(key) ? bareAddress(key) : key;
    if (bare !== key) return foldKey(bare, rules);
    // No address has a no-break space or a line break in it.
    const close = key === text ? text : withoutOtherSpace(text, '');
    if (close !== text) return foldKey(close, rules);
    const local = key.slice(0, at);
    if (local === '' || NOBODY.has(local)) return undefined;
    const domain = key.slice(at + 1);
    if (!isFolded(domain)) {
      const ascii = domainToASCII(domain);
      if (ascii !== '') key = `${local}@${ascii}`;
    }
    if (rules !== undefined) key = canonicalAddress(key, rules);
  }
  return key;
}

/** Plus tags, dots and equal domains count only for the domains that the config names. */
function canonicalAddress(address: string, rules: AddressRules): string {
  const at = address.lastIndexOf('@');
  let local = address.slice(0, at);
  let domain = address.slice(at + 1);
  domain = rules.same.get(domain) ?? domain;
  if (rules.plus.has(domain)) local = itemAt(local.split('+', 1), 0);
  if (rules.dots.has(domain)) local = local.replaceAll('.', '');
  return local === '' ? address : `${local}@${domain}`;
}

/** The value that one row offers for a key word; a list only for `alias`. */
export function keyValue(row: Person | Account, word: string): string | readonly string[] | undefined {
  switch (word) {
    case 'id':
    case 'externalId':
    case 'employeeId':
    case 'userName':
      return row[word];
    case 'email':
      return row.emails?.[0];
    case 'alias':
      return row.aliases === undefined ? row.emails : [...(row.emails ?? []), ...row.aliases];
    default:
      return row.attributes[word];
  }
}

/** Words whose values are never given to a second person. */
export function isImmutableKey(word: string): boolean {
  return word === 'id' || word === 'externalId' || word === 'employeeId';
}
