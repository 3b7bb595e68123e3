import { addressesApart, addressesIn, bareAddress, hasNames, isPrimaryProxy, withoutListBrackets } from '../model/address.js';
import { isNoValue } from './placeholder.js';
import type { Problems } from './problems.js';
import { numberAt } from '../model/at.js';
import { isList, isObject } from '../model/parsed.js';

/** Longest text kept of one value, in UTF-16 units: longer ones are no names, and would be carried through the whole audit. */
export const MAX_TEXT = 4096;
/** Most entries kept of one list, and most UTF-16 units of them together. */
const MAX_ENTRIES = 20_000;
const MAX_LIST_TEXT = 1_000_000;

/** A record that cannot be a row: the source adds its line or place, and fails. */
export class RowError extends Error {
  override readonly name = 'RowError';
}

/** What a field is: an identifier keeps no empty value and is never cut; an attribute may be empty. */
export type TextUse = 'id' | 'key' | 'attribute';

/** The one text of a value. Undefined: not there, or (for identifiers) empty. */
export function textOf(value: unknown, field: string, use: TextUse, problems: Problems): string | undefined {
  if (typeof value === 'string') {
    const text = unwrapped(value, field);
    if (text === undefined) return undefined;
    if (text.length <= MAX_TEXT && !text.includes('\0')) return text === '' && use !== 'attribute' ? undefined : text;
    return cleaned(text, field, use, problems);
  }
  switch (typeof value) {
    case 'undefined':
      return undefined;
    case 'number':
      return numberText(value, field, use, problems);
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      if (value === null) return use === 'attribute' ? '' : undefined;
      return typeof value === 'object' ? nestedText(value, field, use, problems) : undefined;
  }
}

/** Fields whose values are addresses, or may be. */
const ADDRESSES = new Set(['userName', 'emails', 'aliases', 'email', 'personUserName', 'personEmail']);

/** Without what is no part of the value: `="00123"`, which keeps a spreadsheet from reading a number, and what stands around an address. */
function unwrapped(value: string, field: string): string | undefined {
  const inner = value.startsWith('=') ? /^=\s*"((?:[^"]|"")*)"\s*$/.exec(value)?.[1]?.replaceAll('""', '"') : undefined;
  const text = inner ?? value;
  return ADDRESSES.has(field) ? bareAddress(text) : text;
}

function cleaned(value: string, field: string, use: TextUse, problems: Problems): string | undefined {
  const text = value.includes('\0') ? value.replaceAll('\0', '') : value;
  if (text.length <= MAX_TEXT) return text === '' && use !== 'attribute' ? undefined : text;
  if (use === 'id') throw new RowError(`${field} is longer than ${MAX_TEXT} characters`);
  if (use === 'key') {
    // Cut short, two identifiers could become one.
    problems.add(field, `had more than ${MAX_TEXT} characters: left out`, text);
    return undefined;
  }
  problems.add(field, `had to be cut to ${MAX_TEXT} characters`, text);
  const high = text.charCodeAt(MAX_TEXT - 1);
  return text.slice(0, high >= 0xd800 && high <= 0xdbff ? MAX_TEXT - 1 : MAX_TEXT);
}

const EXACT_KEYS = new Set(['id', 'externalId', 'employeeId']);

/** JSON numbers beyond 2^53 have lost digits by the time they are read: two accounts could be taken for one. */
function numberText(value: number, field: string, use: TextUse, problems: Problems): string | undefined {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value);
  if (EXACT_KEYS.has(field))
    throw new RowError(`${field} ${value} cannot be read exactly; export ${field === 'id' ? 'ids' : `${field}s`} as text`);
  problems.add(field, 'could not be read exactly; export them as text', value);
  return use === 'attribute' || use === 'key' ? undefined : String(value);
}

/** Of a list or an object, the first plain value that it holds (RFC 7643 section 2.4 names it `value`). */
function nestedText(value: object, field: string, use: TextUse, problems: Problems): string | undefined {
  const found = firstPlain(value);
  if (found !== undefined) return textOf(found, field, use, problems);
  // An empty list says that there is nothing: no problem, yet no text either.
  if (!Array.isArray(value) || value.length > 0) problems.add(field, 'could not be read as one text', value);
  return undefined;
}

function firstPlain(value: object): unknown {
  if (isObject(value)) {
    const named = Object.hasOwn(value, 'value') ? value['value'] : undefined;
    return isPlain(named) ? named : Object.values(value).find(isPlain);
  }
  if (!isList(value)) return undefined;
  const first = value.find((one) => isPlain(one) || isObject(one));
  return isObject(first) ? firstPlain(first) : first;
}

function isPlain(value: unknown): value is string | number | boolean | bigint {
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
  );
}

/** Keys of an object in a list that hold what it is called, best first: an address of an e-mail, the name of a group. */
const EMAIL_KEYS = ['value', 'address', 'email', 'display'];
const NAME_KEYS = ['display', 'value', 'displayName', 'name', 'id'];

/**
 * The texts of a list, primary first. A single text may hold several, separated by `;`, else `|`, else `,`; an empty text is an
 * empty list ("holds none"). Undefined: not there, or null, which says nothing.
 */
export function listOf(value: unknown, field: string, problems: Problems): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const isAddress = ADDRESSES.has(field);
  if (typeof value === 'string') {
    if (value === '') return [];
    const text = isAddress ? withoutListBrackets(value) : value;
    const named = isAddress && hasNames(text) ? addressesIn(text) : [];
    if (named.length > 0) return entries(named, field, problems);
    const separator = separatorOf(text);
    if (separator === undefined) return entries(isAddress ? primaryFirst(addressesApart(text)) : [text], field, problems);
    const parts = text.split(separator).map((part) => part.trim());
    return entries(isAddress ? primaryFirst(parts) : parts, field, problems);
  }
  return entries(Array.isArray(value) ? primaryFirst(value) : [value], field, problems);
}

/** Commas stand inside names ("Doe, Jane") and inside DNs, so they count only where nothing stronger separates. */
function separatorOf(text: string): string | undefined {
  for (const separator of [';', '|']) if (text.includes(separator)) return separator;
  if (!text.includes(',')) return undefined;
  return text.split(',').every((part) => /^\s*[A-Za-z][\w.-]*=/.test(part)) ? undefined : ',';
}

function entries(values: readonly unknown[], field: string, problems: Problems): readonly string[] {
  const isAddress = ADDRESSES.has(field);
  const keys = isAddress ? EMAIL_KEYS : NAME_KEYS;
  const texts: string[] = [];
  let room = MAX_LIST_TEXT;
  for (const value of values) {
    const plain = isObject(value) ? named(value, keys) : value;
    const text = textOf(plain, field, 'key', problems);
    if (text === undefined || text.trim() === '' || isNoValue(text, isAddress)) continue;
    room -= text.length + 1;
    if (room < 0 || texts.length === MAX_ENTRIES) {
      problems.add(field, 'had to be cut to their first entries', values.length);
      break;
    }
    texts.push(text);
  }
  return texts;
}

function named(own: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown {
  for (const key of keys) if (Object.hasOwn(own, key) && isPlain(own[key])) return own[key];
  return own;
}

/** The primary one first, and where none is, those of work: an address that is for home is not the one that the organisation knows. */
function primaryFirst(values: readonly unknown[]): readonly unknown[] {
  if (values.length < 2) return values;
  const rank = (value: unknown): number => {
    if (typeof value === 'string') return isPrimaryProxy(value) ? 0 : 1;
    if (isList(value)) return 2;
    if (!isObject(value)) return 1;
    const { primary, type } = value;
    if (String(primary).toLowerCase() === 'true') return 0;
    const sort = typeof type === 'string' ? type.toLowerCase() : '';
    return sort === 'work' ? 1 : sort === 'home' || sort === 'private' || sort === 'personal' ? 3 : 2;
  };
  const ranks = values.map(rank);
  if (ranks.every((one) => one === ranks[0])) return values;
  return values
    .map((value, at) => ({ value, rank: numberAt(ranks, at) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
}

/** Value table of a mapping. Values are looked up as text, trimmed; `true` and `false` in any case; null as the empty text. */
export function lookup(map: Readonly<Record<string, string>>): (value: unknown) => string | undefined {
  const table = new Map(Object.entries(map));
  const truths = new Map(
    [...table].map(([key, to]) => [key.toLowerCase(), to] as const).filter(([key]) => key === 'true' || key === 'false'),
  );
  return (value) => {
    const text = typeof value === 'string' ? value.trim() : value === null ? '' : isPlain(value) ? String(value) : undefined;
    if (text === undefined) return undefined;
    return table.get(text) ?? (text.length < 6 ? truths.get(text.toLowerCase()) : undefined);
  };
}
