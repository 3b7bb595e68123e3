import type { Moment } from '../model/person.js';
import { isNoDate } from './placeholder.js';

/** `never`: the system says that it did not, or will not, happen, or says nothing. `two-ways`: day and month cannot be told apart. */
export type NoMoment = 'never' | 'two-ways' | 'unreadable';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1601-01-01 to 1970-01-01: FILETIME counts 100 ns from the former (MS-DTYP section 2.3.3). */
const FILETIME_EPOCH_MS = 11_644_473_600_000;
/** FILETIME's "never" beside 0 is the largest 64-bit value; as a JSON number it is rounded up. */
const FILETIME_NEVER = 9.2e18;
/** 9999-01-01: from here on a date is a placeholder for "never". */
const YEAR_9999 = 253_370_764_800_000;
/** 0002-01-01: .NET's and Go's zero time lies before it. */
const YEAR_2 = -62_104_060_800_000;

/**
 * What systems write for "no date": Unix time 0, SQL Server's zero (1900) and its earliest (1753), the zero of OLE and spreadsheets (1899). They come in
 * the local time of whoever wrote them. (Dates of SQL Server: learn.microsoft.com, `datetime`; of OLE Automation: `DateTime.FromOADate`.)
 */
const ZEROES = [0, Date.UTC(1900, 0, 1), Date.UTC(1899, 11, 30), Date.UTC(1899, 11, 31), Date.UTC(1753, 0, 1)];
/** UTC+14 is the first time zone on Earth. */
const WIDEST_ZONE = 14 * HOUR;

/** No date is written longer; patterns need not look at more. */
const LONGEST = 64;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`;
const ISO = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+)${TIME}${ZONE})?$`, 'i');
const DOTTED = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+${TIME}${ZONE})?$`, 'i');
/** RFC 1123 (`Mon, 23 Nov 2026 10:15:00 GMT`), and Oracle's `23-NOV-2026`. */
const NAMED = new RegExp(String.raw`^(?:[a-z]{3},\s*)?(\d{1,2})[\s-]([a-z]{3})[\s-](\d{4})(?:\s+${TIME}${ZONE})?$`, 'i');
/** LDAP GeneralizedTime (RFC 4517 section 3.3.13). Its zone may be missing in exports: that is UTC, as everywhere here. */
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)?)?(?:[.,](\d+))?(Z|[+-]\d\d(?:\d\d)?)?$/i;
const SLASHED = /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}(?:\D|$)/;

/**
 * Reads a date in any of the notations that directories and exports use: ISO 8601 with or without a zone (then UTC) or a time
 * (then the day alone), `YYYYMMDD`, LDAP GeneralizedTime, RFC 1123, `DD.MM.YYYY`, epoch seconds and milliseconds, FILETIME.
 * `11/12/2026` could be two days and is refused rather than guessed. Placeholders (1970-01-01, 1900-01-01, year 1, year 9999,
 * `0000-00-00`) say "never".
 */
export function readMoment(value: unknown): Moment | NoMoment {
  if (typeof value === 'string') return readInstant(value) ?? readText(value.trim());
  if (typeof value === 'number') return readNumber(value);
  if (typeof value === 'bigint') return readText(String(value));
  return value === null || value === undefined ? 'never' : 'unreadable';
}

/** The fast path: exactly `YYYY-MM-DDTHH:MM:SSZ` or `YYYY-MM-DDTHH:MM:SS.fffZ`, which is nearly all that APIs send. */
function readInstant(text: string): Moment | NoMoment | undefined {
  const { length } = text;
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 90 || text.charCodeAt(10) !== 84) return undefined;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  const year = two(text, 0) * 100 + two(text, 2);
  let ms = 0;
  if (length === 24) {
    if (text.charCodeAt(19) !== 46) return undefined;
    ms = two(text, 20) * 10 + (text.charCodeAt(22) - 48);
  }
  const days = daysTo(year, two(text, 5), two(text, 8));
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  // Anything but digits gives NaN or a number out of its bounds; the slow path then decides.
  if (!(!Number.isNaN(days) && hour < 24 && minute < 60 && second < 60 && ms >= 0 && ms < 1000)) return undefined;
  return instant(days * DAY + hour * HOUR + minute * MINUTE + second * 1000 + ms);
}

/**
 * The same fast path over bytes: milliseconds, or NaN for whatever `readMoment` must look at (placeholders among it).
 */
export function instantInBytes(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if ((length !== 20 && length !== 24) || bytes[to - 1] !== 90 || bytes[from + 10] !== 84) return NaN;
  if (bytes[from + 4] !== 45 || bytes[from + 7] !== 45 || bytes[from + 13] !== 58 || bytes[from + 16] !== 58) return NaN;
  let ms = 0;
  if (length === 24) {
    if (bytes[from + 19] !== 46) return NaN;
    ms = pair(bytes, from + 20) * 10 + ((bytes[from + 22] as number) - 48);
    if (!(ms >= 0 && (bytes[from + 22] as number) >= 48 && (bytes[from + 22] as number) <= 57)) return NaN;
  }
  const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
  const days = daysTo(year, pair(bytes, from + 5), pair(bytes, from + 8));
  const hour = pair(bytes, from + 11);
  const minute = pair(bytes, from + 14);
  const second = pair(bytes, from + 17);
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
  const at = days * DAY + hour * HOUR + minute * MINUTE + second * 1000 + ms;
  return isPlaceholder(at) ? NaN : at;
}

function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Two digits as a number; NaN unless both are digits. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function readText(text: string): Moment | NoMoment {
  if (text.length > LONGEST) return 'unreadable';
  const iso = ISO.exec(text);
  if (iso !== null) {
    if (iso[1] === '0000') return 'never';
    return civil(Number(iso[1]), Number(iso[3]), Number(iso[4]), iso, 5);
  }
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return readDigits(text);
  if (isNoDate(text)) return 'never';
  const dotted = DOTTED.exec(text);
  if (dotted !== null) return civil(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]), dotted, 4);
  const named = NAMED.exec(text);
  if (named !== null) return civil(Number(named[3]), MONTHS.indexOf((named[2] as string).toLowerCase()) + 1, Number(named[1]), named, 4);
  const generalized = GENERALIZED.exec(text);
  if (generalized !== null) return readGeneralized(generalized);
  return SLASHED.test(text) ? 'two-ways' : 'unreadable';
}

/** The time of day stands in `groups` from `at` on: hour, minute, second, fraction, zone. */
function civil(year: number, month: number, day: number, groups: RegExpExecArray, at: number): Moment | NoMoment {
  const days = daysTo(year, month, day);
  if (Number.isNaN(days)) return 'unreadable';
  if (groups[at] === undefined) return wholeDay(days);
  const hour = Number(groups[at]);
  const minute = Number(groups[at + 1]);
  const second = Number(groups[at + 2] ?? 0);
  // A leap second counts into the next minute.
  if (hour > 23 || minute > 59 || second > 60) return 'unreadable';
  const fraction = groups[at + 3] === undefined ? 0 : Math.floor(Number(`0.${groups[at + 3]}`) * 1000);
  return zoned(days * DAY + hour * HOUR + minute * MINUTE + second * 1000 + fraction, groups[at + 4]);
}

function readGeneralized(found: RegExpExecArray): Moment | NoMoment {
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const days = daysTo(Number(year), Number(month), Number(day));
  if (Number.isNaN(days) || Number(hour) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return 'unreadable';
  // The fraction is of the last unit that is written.
  const unit = second !== undefined ? 1000 : minute !== undefined ? MINUTE : HOUR;
  const part = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * unit);
  return zoned(days * DAY + Number(hour) * HOUR + Number(minute ?? 0) * MINUTE + Number(second ?? 0) * 1000 + part, zone);
}

function zoned(at: number, zone: string | undefined): Moment | NoMoment {
  const sign = zone?.[0];
  if (zone === undefined || (sign !== '+' && sign !== '-')) return instant(at);
  const digits = zone.slice(1).replace(':', '');
  const offset = Number(digits.slice(0, 2)) * HOUR + Number(digits.slice(2) || 0) * MINUTE;
  return offset > 18 * HOUR ? 'unreadable' : instant(sign === '+' ? at - offset : at + offset);
}

/** Digits alone say what they are by how many there are. */
function readDigits(text: string): Moment | NoMoment {
  if (text.startsWith('-')) return 'unreadable';
  const whole = text.split('.', 1)[0] as string;
  if (/^0+$/.test(whole)) return 'never';
  const date = calendar(whole);
  if (whole === text && date !== undefined) {
    if (whole.length === 8) return wholeDay(date);
    const time = /^(\d\d)(\d\d)(\d\d)$/.exec(whole.slice(8));
    if (time !== null) return civil(Number(whole.slice(0, 4)), Number(whole.slice(4, 6)), Number(whole.slice(6, 8)), time, 1);
    // 202611231015: ten past ten, or milliseconds of the year 1976.
    if (whole.length === 12) return 'unreadable';
  }
  return fromMagnitude(Number(text));
}

function readNumber(value: number): Moment | NoMoment {
  if (value === 0) return 'never';
  // Nine and ten digits are no calendar: nearly every number of an API is one of these.
  if (value >= 1e8 && value < 1e10) return fromMagnitude(value);
  return value < 1e15 ? readDigits(String(value)) : fromMagnitude(value);
}

/** 9 or 10 digits are seconds (1973 to 2286), 12 or 13 milliseconds, 18 a FILETIME; 8 digits that are no date are nothing. */
function fromMagnitude(value: number): Moment | NoMoment {
  if (value >= 1e8 && value < 1e10) return instant(Math.floor(value * 1000));
  if (value >= 1e11 && value < 1e13) return instant(Math.floor(value));
  if (value >= 1e17 && value < 1e18) return instant(Math.floor(value / 10_000) - FILETIME_EPOCH_MS);
  return value >= FILETIME_NEVER && value < 1e19 ? 'never' : 'unreadable';
}

/** Days since 1970 when the first eight digits are a day between 1900 and 2199, or year 9999. */
function calendar(digits: string): number | undefined {
  if (digits.length !== 8 && digits.length !== 12 && digits.length !== 14) return undefined;
  const year = Number(digits.slice(0, 4));
  if ((year < 1900 || year > 2199) && year !== 9999) return undefined;
  const days = daysTo(year, Number(digits.slice(4, 6)), Number(digits.slice(6, 8)));
  return Number.isNaN(days) ? undefined : days;
}

function instant(at: number): Moment | NoMoment {
  return isPlaceholder(at) ? 'never' : { at };
}

function wholeDay(days: number): Moment | NoMoment {
  const at = days * DAY;
  return isPlaceholder(at) ? 'never' : { at, day: true };
}

function isPlaceholder(at: number): boolean {
  // Nearly every date is an ordinary one.
  if (at > WIDEST_ZONE && at < YEAR_9999) return false;
  return at >= YEAR_9999 || at < YEAR_2 || at === -FILETIME_EPOCH_MS || ZEROES.some((zero) => Math.abs(at - zero) <= WIDEST_ZONE);
}

/** Days from 1970-01-01 to a day of the Gregorian calendar; NaN when there is no such day. */
function daysTo(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return NaN;
  // Counted from 1 March of year 0, so that the leap day is the last day of its year (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
