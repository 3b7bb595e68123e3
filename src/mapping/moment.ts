import { exchanged, type Moment } from '../model/person.js';
import { DAY, daysTo, HOUR, instant, isOrdinary, MINUTE, type NoMoment } from './dates/calendar.js';
import { readDigits, readNumber } from './dates/numbers.js';
import { givenOrders, type Orders, UNSETTLED } from './dates/order.js';
import { readWritten } from './dates/written.js';

export type { NoMoment } from './dates/calendar.js';

/**
 * Reads a date in any of the notations that directories and exports use (docs/values.md lists them): ISO 8601 with or without a zone (then UTC) or a time
 * (then the day alone), days, months and years in any order, names of months, LDAP GeneralizedTime, epoch seconds and milliseconds, FILETIME, days of a
 * spreadsheet. `11/12/2026` could be two days and is refused rather than guessed, unless `orders` tells. Placeholders (1970-01-01, 1900-01-01, year 1, year
 * 9999, `0000-00-00`) say "never".
 */
export function readMoment(value: unknown, orders: Orders = UNSETTLED): Moment | NoMoment {
  if (typeof value === 'string') return readInstant(value) ?? readWritten(value, orders);
  if (typeof value === 'number') return readNumber(value);
  if (typeof value === 'bigint') return readDigits(String(value));
  return value === null || value === undefined || value === false ? 'never' : 'unreadable';
}

/** One of the two dates that a value may be, where it is that of which the other has day and month exchanged; undefined where there are more. */
export function oneOfTwo(value: unknown): Moment | undefined {
  const [mdy, dmy, ymd] = (['mdy', 'dmy', 'ymd'] as const).map((order) => readMoment(value, givenOrders(order)));
  if (typeof mdy !== 'object' || typeof dmy !== 'object' || typeof ymd === 'object') return undefined;
  return exchanged(mdy).at === dmy.at ? mdy : undefined;
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
 * The same fast path over bytes: milliseconds, or NaN for whatever `readMoment` must look at (placeholders and years long ago among it).
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
  return isOrdinary(at) ? at : NaN;
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
