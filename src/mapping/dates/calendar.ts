import type { Moment } from '../../model/person.js';

/**
 * `never`: the system says that it did not, or will not, happen, or says nothing. `two-ways`: day and month cannot be told apart.
 * `contradicts`: it is no date in the order that the config gives.
 */
export type NoMoment = 'never' | 'two-ways' | 'contradicts' | 'unreadable';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 1601-01-01 to 1970-01-01: FILETIME counts 100 ns from the former (MS-DTYP section 2.3.3). */
export const FILETIME_EPOCH_MS = 11_644_473_600_000;
/** 9999-01-01: from here on a date is a placeholder for "never". */
const YEAR_9999 = 253_370_764_800_000;
/** 0002-01-01: .NET's and Go's zero time lies before it. */
const YEAR_2 = -62_104_060_800_000;
/** 1900-01-01: nobody has a day of employment or a login before it, and a year like 26 or 1026 is a slip. */
const YEAR_1900 = -2_208_988_800_000;

/**
 * What systems write for "no date": Unix time 0, SQL Server's zero (1900) and its earliest (1753), the zero of OLE and spreadsheets (1899), that of FILETIME
 * (1601). They come in the local time of whoever wrote them. (Dates of SQL Server: learn.microsoft.com, `datetime`; of OLE Automation: `DateTime.FromOADate`.)
 */
const ZEROES = [0, Date.UTC(1900, 0, 1), Date.UTC(1899, 11, 30), Date.UTC(1899, 11, 31), Date.UTC(1753, 0, 1), -FILETIME_EPOCH_MS];
/** UTC+14 is the first time zone on Earth. */
const WIDEST_ZONE = 14 * HOUR;

export function instant(at: number): Moment | NoMoment {
  if (isPlaceholder(at)) return 'never';
  return at < YEAR_1900 ? 'unreadable' : { at };
}

export function wholeDay(days: number): Moment | NoMoment {
  if (Number.isNaN(days)) return 'unreadable';
  const at = days * DAY;
  if (isPlaceholder(at)) return 'never';
  return at < YEAR_1900 ? 'unreadable' : { at, day: true };
}

/** Is it a date like nearly every other: no placeholder, and none that nobody has? */
export function isOrdinary(at: number): boolean {
  return at >= YEAR_1900 && !isPlaceholder(at);
}

function isPlaceholder(at: number): boolean {
  // Nearly every date is an ordinary one.
  if (at > WIDEST_ZONE && at < YEAR_9999) return false;
  return at >= YEAR_9999 || at < YEAR_2 || ZEROES.some((zero) => Math.abs(at - zero) <= WIDEST_ZONE);
}

/** Days from 1970-01-01 to a day of the Gregorian calendar; NaN when there is no such day. */
export function daysTo(year: number, month: number, day: number): number {
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
