import { keyValue } from '../match/keys.js';
import type { Account } from '../model/account.js';
import { fold } from '../model/fold.js';
import { ownText } from '../store/own-text.js';
import type { MatchRule } from '../model/policy.js';

export interface NumberKey {
  /** The person's key word. */
  readonly word: string;
  readonly text: string;
}

/** Longer numbers lose digits in a spreadsheet, not zeros. */
const DIGITS = 10;
/** Shorter numbers come up by chance where letters stand before them. */
const TELLING = 4;

/** What an account has of numbers, by the rules in use; an employee number in any case. */
export function numbersOf(account: Account, rules: readonly MatchRule[]): NumberKey[] {
  const found = new Map<string, NumberKey>();
  for (const { account: own, person } of [...rules, { account: 'employeeId', person: 'employeeId' }]) {
    if (own === 'email' || person === 'email' || person === 'alias') continue;
    const value = keyValue(account, own);
    if (typeof value === 'string' && /\p{Nd}/u.test(value) && value.length <= 32)
      found.set(`${person} ${value}`, { word: person, text: ownText(value) });
  }
  return [...found.values()];
}

export interface Reading {
  readonly key: string;
  readonly why: string;
}

/** How a number may be written elsewhere: what spreadsheets do to it, taken back and done. Only exact look-ups come of it, and only hints. */
export function* otherReadings(text: string): Generator<Reading> {
  const own = fold(text);
  const bare = own.replace(/^['’`]/, '');
  const number = /^\d{1,3}(?:[.,'’ ]\d{3})+$/.test(bare)
    ? bare.replace(/\D/g, '')
    : (/^(\d+)[.,]0+$/.exec(bare)?.[1] ?? exponent(bare) ?? bare);
  if (/^\d+$/.test(number)) {
    const why =
      number === bare ? 'if the apostrophe before the number were ignored' : 'if the number were written without decimals and separators';
    if (number !== own) yield { key: number, why };
    if (number.length <= DIGITS) yield* padded(number);
    yield* spoilt(number, own);
  }
  const usual = own.normalize('NFKC');
  if (usual !== own) yield { key: usual, why: 'if its digits were written as usual' };
  const first = /^(\d+)[-_/]\d{1,2}$/.exec(own)?.[1];
  if (first !== undefined && first.length >= TELLING) yield { key: first, why: 'if what follows the number were ignored' };
  const inner = /^[^\d]+(\d+)$/.exec(own)?.[1] ?? /^(\d+)[^\d.,]+$/.exec(own)?.[1];
  if (inner !== undefined && inner.length >= TELLING && bare === own)
    yield { key: inner, why: 'if the letters around the number were ignored' };
}

function* padded(number: string): Generator<Reading> {
  const bare = number.replace(/^0+/, '');
  for (let length = bare.length; bare !== '' && length <= DIGITS; length++) {
    const key = bare.padStart(length, '0');
    if (key !== number) yield { key, why: 'if leading zeros were ignored' };
  }
}

/** What a spreadsheet may have made of it on the other side. */
function* spoilt(number: string, own: string): Generator<Reading> {
  const grouped = (separator: string): string => number.replace(/\B(?=(?:\d{3})+$)/g, separator);
  for (const key of new Set([`${number}.0`, `'${number}`, `${number},0`, grouped(','), grouped('.'), grouped(' ')])) {
    if (key !== own && key !== number) yield { key, why: `if ${key} were read as the number ${number}` };
  }
}

/** `1.001E+3`, where it has all its digits. */
function exponent(text: string): string | undefined {
  const found = /^(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/.exec(text);
  if (found === null) return undefined;
  const [, whole = '', part = '', power] = found;
  return part.length > Number(power) ? undefined : (whole + part).padEnd(Number(power) + 1, '0');
}
