import type { Moment } from '../../model/person.js';
import { DAY, daysTo, FILETIME_EPOCH_MS, HOUR, instant, MINUTE, wholeDay, type NoMoment } from './calendar.js';
import { itemAt } from '../../model/at.js';

/** FILETIME's "never" beside 0 is the largest 64-bit value; as a JSON number it is rounded up. */
const FILETIME_NEVER = 9.2e18;
/** .NET's ticks, 100 ns, from the year 1 to 1970. */
const TICKS_EPOCH_MS = 62_135_596_800_000;
/**
 * Days of a spreadsheet, from 1899-12-30 on: 1980 to 2099. What is smaller may as well be days since 1970 (shadowExpire), which are today where a
 * spreadsheet's 1950s and 1960s are; what is larger is nobody's day.
 */
const FIRST_SHEET_DAY = 29_221;
const LAST_SHEET_DAY = 73_050;
const SHEET_EPOCH_DAYS = 25_569;
/**
 * 31 December of the year 9999 in the units that systems count: seconds (which as milliseconds were a day of 1978), milliseconds, days of a spreadsheet; and
 * the first second of the year 1. The day is that of any time zone.
 */
const END_SECONDS = [253_402_214_400 - 50_400, 253_402_300_799 + 50_400] as const;
const END_MILLISECONDS = [END_SECONDS[0] * 1000, (END_SECONDS[1] + 1) * 1000] as const;
const END_SHEET_DAY = 2_958_465;
const YEAR_1_SECONDS = -62_135_596_800;

function twoAt(digits: string, at: number): number {
  return Number(digits.slice(at, at + 2));
}

/** Digits alone say what they are by how many there are. */
export function readDigits(text: string): Moment | NoMoment {
  if (isEndOfTime(Number(text))) return 'never';
  if (text.startsWith('-')) return 'unreadable';
  const whole = itemAt(text.split('.', 1), 0);
  if (/^0+$/.test(whole)) return 'never';
  if (whole.length === 5) return readSheetDay(Number(text));
  const date = calendar(whole);
  if (date !== undefined && whole === text) {
    if (whole.length === 8) return wholeDay(date);
    const [hour, minute, second] = [twoAt(whole, 8), twoAt(whole, 10), twoAt(whole, 12)];
    if (whole.length === 14 && hour < 24 && minute < 60 && second <= 60)
      return instant(date * DAY + hour * HOUR + minute * MINUTE + second * 1000);
    // 202611231015: ten past ten, or milliseconds of the year 1976. Sixteen digits may be microseconds.
    if (whole.length === 12 || whole.length === 16) return 'unreadable';
  }
  return fromMagnitude(Number(text));
}

export function readNumber(value: number): Moment | NoMoment {
  if (value === 0) return 'never';
  // Nine and ten digits are no calendar: nearly every number of an API is one of these.
  if (value >= 1e8 && value < 1e10) return fromMagnitude(value);
  return value < 1e15 ? readDigits(String(value)) : fromMagnitude(value);
}

function isEndOfTime(value: number): boolean {
  if (Math.floor(value) === END_SHEET_DAY || value === YEAR_1_SECONDS || value === YEAR_1_SECONDS * 1000) return true;
  return [END_SECONDS, END_MILLISECONDS].some(([from, to]) => value >= from && value <= to);
}

function readSheetDay(value: number): Moment | NoMoment {
  if (value < FIRST_SHEET_DAY || value >= LAST_SHEET_DAY + 1) return 'unreadable';
  const days = Math.floor(value) - SHEET_EPOCH_DAYS;
  // The fraction is the time of the day, to the second.
  return Number.isInteger(value) ? wholeDay(days) : instant(days * DAY + Math.round((value % 1) * 86_400) * 1000);
}

/** 9 or 10 digits are seconds (1973 to 2286), 12 or 13 milliseconds, 18 a FILETIME or .NET's ticks; 8 digits that are no date are nothing. */
function fromMagnitude(value: number): Moment | NoMoment {
  if (value >= 1e8 && value < 1e10) return instant(Math.floor(value * 1000));
  if (value >= 1e11 && value < 1e13) return instant(Math.floor(value));
  if (value >= 6.2e17 && value < 6.7e17) return instant(Math.floor(value / 10_000) - TICKS_EPOCH_MS);
  if (value >= 1e17 && value < 1e18) return instant(Math.floor(value / 10_000) - FILETIME_EPOCH_MS);
  return value >= FILETIME_NEVER && value < 1e19 ? 'never' : 'unreadable';
}

/** Days since 1970 when the first eight digits are a day between 1900 and 2199, or year 9999. */
function calendar(digits: string): number | undefined {
  if (digits.length !== 8 && digits.length !== 12 && digits.length !== 14 && digits.length !== 16) return undefined;
  const year = Number(digits.slice(0, 4));
  if ((year < 1900 || year > 2199) && year !== 9999) return undefined;
  const days = daysTo(year, Number(digits.slice(4, 6)), Number(digits.slice(6, 8)));
  return Number.isNaN(days) ? undefined : days;
}
