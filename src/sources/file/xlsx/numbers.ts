import type { Format } from './formats.js';

const DAY_MS = 86_400_000;
/** Day 0 of either epoch, in days since 1970. */
const EPOCH_1900 = -25_569;
const EPOCH_1904 = -24_107;
/** 9999-12-31 in days since 1970: what is later is shown as no day. */
const LAST_DAY = 2_932_896;
/** The day that Excel has and the calendar has not: 29 February 1900. */
const NO_DAY = 60;
/** Excel keeps so many digits of a number. */
const EXACT = 15;

/** A number of a cell as text. Undefined: it is none. */
export function shownNumber(raw: string, format: Format, is1904: boolean): string | undefined {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return undefined;
  if (format.kind === 'number') return plain(value);
  if (format.kind === 'digits') return digits(value, format);
  return day(value, format.kind, is1904);
}

/** Has it more digits than a spreadsheet keeps? Then the last ones are not those that were typed, or will not be when it is next saved. */
export function hasLostDigits(shown: string): boolean {
  return shown.replace(/^-/, '').length > EXACT && /^-?\d+$/.test(shown);
}

function plain(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return expanded(Number(value.toPrecision(EXACT)));
}

/** Without an exponent: 1.2E-7 is nobody's id. */
function expanded(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

function digits(value: number, { parts, least }: Extract<Format, { kind: 'digits' }>): string {
  const whole = Math.round(value);
  if (value < 0 || !Number.isSafeInteger(whole)) return plain(value);
  const text = String(whole).padStart(least, '0');
  // What has more digits than places shows the rest at the first place.
  const places = parts.filter((part) => 'digit' in part).length;
  let at = text.length - places;
  let isFirst = true;
  let shown = '';
  for (const part of parts) {
    if ('text' in part) shown += part.text;
    else {
      shown += isFirst ? text.slice(0, Math.max(0, at + 1)) : text.charAt(at);
      isFirst = false;
      at++;
    }
  }
  return shown;
}

function day(value: number, kind: 'date' | 'moment' | 'time', is1904: boolean): string {
  const serial = Math.floor(value);
  const days = serial + (is1904 ? EPOCH_1904 : EPOCH_1900 + (serial < NO_DAY ? 1 : 0));
  // As Excel shows them: what is no day is never taken for one.
  if (value < 0 || days > LAST_DAY) return '########';
  const ms = Math.round((value - serial) * DAY_MS);
  if (kind === 'time') return value < 1 ? new Date(ms).toISOString().slice(11, 19) : plain(value);
  if (!is1904 && (serial === 0 || serial === NO_DAY)) return serial === 0 ? '1900-01-00' : '1900-02-29';
  if (kind === 'date') return isoDay(days);
  // Rounded up, it may be the next day.
  return ms >= DAY_MS ? `${isoDay(days + 1)}T00:00:00` : `${isoDay(days)}T${timeOf(ms)}`;
}

/** Most days of a list come again and again; there are no more than three million. */
const KNOWN_DAYS = new Map<number, string>();

function isoDay(days: number): string {
  const known = KNOWN_DAYS.get(days) ?? new Date(days * DAY_MS).toISOString().slice(0, 10);
  if (KNOWN_DAYS.size < 20_000) KNOWN_DAYS.set(days, known);
  return known;
}

function timeOf(ms: number): string {
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
  const seconds = Math.floor(ms / 1000);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return ms % 1000 === 0 ? text : `${text}.${String(ms % 1000).padStart(3, '0')}`;
}
