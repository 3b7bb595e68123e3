import type { Moment } from '../../model/person.js';
import { isNoDate } from '../placeholder.js';
import { DAY, daysTo, HOUR, instant, MINUTE, type NoMoment } from './calendar.js';
import { monthOf } from './months.js';
import { readDigits } from './numbers.js';
import { dayIn, ofTwoDigits, type Numbers, type Orders } from './order.js';
import { withTime } from './time-of-day.js';

/** No date is written longer; patterns need not look at more. */
const LONGEST = 80;

const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;
/** JSON of .NET and OData version 2: milliseconds, and a zone that does not move them. */
const DOT_NET = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/;
/** LDAP GeneralizedTime (RFC 4517 section 3.3.13). Its zone may be missing in exports: that is UTC, as everywhere here. */
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)?)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)?$/i;
/** ISO 8601 in its basic format, with a time. */
const BASIC = /^(\d{4})(\d\d)(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?((?:[.,]\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?)$/i;
const WEEK = /^(\d{4})-?W(\d\d)-?([1-7])$/i;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim)[a-zäçé]{0,8}\.?,? (?=\S)/i;

const NUMERIC = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?!\d)/;
const WORD = String.raw`(\p{L}{3,12})\.?`;
/** `16 Oct 2026`, `16-OCT-26`, `16. Oktober 2026`, `16th of October 2026`, `16Oct2026`, `16 de octubre de 2026`. */
const DAY_FIRST = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|er|\.)?(?:[ /-]| ?(?:of|de) )?${WORD}(?:,? |[/-]| de )?'?(\d{4}|\d{2})(?!\d)`,
  'iu',
);
/** `Oct 16, 2026`, `October 16th 2026`, `Oct-16-2026`. */
const MONTH_FIRST = new RegExp(String.raw`^${WORD}[ /-](\d{1,2})(?:st|nd|rd|th)?(?:,? |[,/-])(\d{4})(?![\d:])`, 'iu');
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[ /-]${WORD}[ /-](\d{1,2})(?!\d)`, 'iu');
/** What C's `ctime` and Unix `date` write: `Fri Oct 16 17:00:00 UTC 2026`. */
const UNIX = new RegExp(String.raw`^${WORD} (\d{1,2}) (\d{1,2}:\d\d(?::\d\d)?(?: [ap]m)?(?: [a-z]{3,4})?(?: ?[+-]\d{4})?) (\d{4})$`, 'iu');

/** Reads a date as people and programs write it; white space around it does not count. */
export function readWritten(given: string, orders: Orders): Moment | NoMoment {
  const iso = ISO.exec(given);
  if (iso !== null && iso[1] !== '0000') return withTime(daysTo(Number(iso[1]), Number(iso[2]), Number(iso[3])), '');
  if (isNoDate(given)) return 'never';
  const text = cleaned(given);
  if (text.length > LONGEST) return 'unreadable';
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return readDigits(text);
  const plain = readPlain(text) ?? readDate(text, orders);
  // `mar. 16 oct. 2026` is a Tuesday, `Mar 16, 2026` a month.
  const rest = plain === 'unreadable' ? text.replace(WEEKDAY, '') : text;
  return rest === text ? plain : readDate(rest, orders);
}

/** What spreadsheets put around a text to keep it one (`="…"`, `'…`), and spaces that do not break. */
function cleaned(given: string): string {
  const text = given.trim().replace(/\s+/g, ' ');
  const wrapped = /^="(.*)"$/.exec(text)?.[1]?.trim() ?? text;
  return wrapped.startsWith("'") ? wrapped.slice(1) : wrapped;
}

/** Notations that only programs write. */
function readPlain(text: string): Moment | NoMoment | undefined {
  const net = DOT_NET.exec(text);
  if (net !== null) return instant(Number(net[1]));
  const basic = BASIC.exec(text);
  if (basic !== null) {
    const [, year, month, day, hour, minute, second = '00', rest = ''] = basic;
    return withTime(daysTo(Number(year), Number(month), Number(day)), `T${hour}:${minute}:${second}${rest}`);
  }
  const generalized = GENERALIZED.exec(text);
  if (generalized !== null) return readGeneralized(generalized);
  const week = WEEK.exec(text);
  return week === null ? undefined : withTime(ofWeek(Number(week[1]), Number(week[2]), Number(week[3])), '');
}

function readDate(text: string, orders: Orders): Moment | NoMoment {
  const numbers = numbersIn(text);
  if (numbers !== undefined) {
    const day = dayIn(numbers, orders);
    // What stands behind the date must be a time all the same.
    const read = withTime(typeof day === 'number' ? day : 0, numbers.rest);
    if (numbers.first === '0000') return 'never';
    return typeof day === 'string' && read !== 'unreadable' ? day : read;
  }
  const unix = UNIX.exec(text);
  if (unix !== null) {
    const [, month = '', day = '', time = '', year = ''] = unix;
    return named(year, month, day, ` ${time}`);
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) {
    const [whole, month = '', day = '', year = ''] = monthFirst;
    return named(year, month, day, text.slice(whole.length));
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [whole, year = '', month = '', day = ''] = yearFirst;
    return named(year, month, day, text.slice(whole.length));
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst === null) return 'unreadable';
  const [whole, of = '', month = '', short = ''] = dayFirst;
  return orders.given && orders.plain === 'ymd' && short.length === 2 && of.length === 2
    ? named(of, month, short, text.slice(whole.length))
    : named(short, month, of, text.slice(whole.length));
}

/** A date of three numbers, if the text begins with one, and what stands behind it. */
function numbersIn(text: string): (Numbers & { readonly rest: string }) | undefined {
  const found = NUMERIC.exec(text);
  if (found === null) return undefined;
  const [whole, first = '', separator, second = '', third = ''] = found;
  return { first, second, third, dotted: separator === '.', rest: text.slice(whole.length) };
}

/** The same of a value of any kind: what it shows of the order of its column. */
export function numbersOf(value: unknown): Numbers | undefined {
  if (typeof value !== 'string' || value.length > LONGEST || isNoDate(value)) return undefined;
  const text = cleaned(value);
  return numbersIn(text) ?? numbersIn(text.replace(WEEKDAY, ''));
}

function named(year: string, word: string, day: string, rest: string): Moment | NoMoment {
  const month = monthOf(word);
  if (month === undefined) return 'unreadable';
  const whole = year.length === 2 ? ofTwoDigits(year, day, String(month)) : Number(year);
  return withTime(daysTo(whole, month, Number(day)), rest);
}

/** Days since 1970 of a day of an ISO week (ISO 8601 section 5.2.3): week 1 holds 4 January. */
function ofWeek(year: number, week: number, day: number): number {
  const fourth = daysTo(year, 1, 4);
  const monday = fourth - ((fourth + 3) % 7);
  const days = monday + (week - 1) * 7 + day - 1;
  return week >= 1 && days - 3 - (day - 4) < daysTo(year + 1, 1, 1) ? days : NaN;
}

function readGeneralized(found: RegExpExecArray): Moment | NoMoment {
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const days = daysTo(Number(year), Number(month), Number(day));
  if (Number.isNaN(days) || Number(hour) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return 'unreadable';
  // The fraction is of the last unit that is written.
  const unit = second !== undefined ? 1000 : minute !== undefined ? MINUTE : HOUR;
  const part = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * unit);
  const at = days * DAY + Number(hour) * HOUR + Number(minute ?? 0) * MINUTE + Number(second ?? 0) * 1000 + part;
  return zone === undefined || zone.toUpperCase() === 'Z' ? instant(at) : zoned(at, zone);
}

function zoned(at: number, zone: string): Moment | NoMoment {
  const offset = Number(zone.slice(1, 3)) * HOUR + Number(zone.slice(3) || 0) * MINUTE;
  return offset > 18 * HOUR ? 'unreadable' : instant(zone.startsWith('+') ? at - offset : at + offset);
}
