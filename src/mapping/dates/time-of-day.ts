import type { Moment } from '../../model/person.js';
import { DAY, HOUR, instant, MINUTE, wholeDay, type NoMoment } from './calendar.js';

/** Zones that go by a name, where no two of them share it (RFC 5322 section 4.3, IANA): `CST`, `IST` and `BST` are left out. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  est: -5,
  edt: -4,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/**
 * What may stand behind a date: nothing, a zone, or a time with or without a zone. A comment behind them is no news, and neither is the name that Go writes
 * behind an offset.
 */
const REST =
  /^(?:(?:T|:|,? at | um |,? )(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)? ?(?:([ap])\.?m\.?(?![a-z]))?(?: ?Uhr)?)?(?: ?([a-z]{1,4})(?![a-z]))?(?: ?([+-]\d\d?(?::?\d\d)?))?(?: ?[[(][\w\s/+-]*[\])]|(?<=[+-]\d{4}) [a-z]{3,5})?$/i;

/** A day with what stands behind it. */
export function withTime(days: number, rest: string): Moment | NoMoment {
  if (Number.isNaN(days)) return 'unreadable';
  if (rest === '') return wholeDay(days);
  const found = REST.exec(rest);
  if (found === null) return 'unreadable';
  const [, hour, minute, second, fraction, half, name, offset] = found;
  const zone = zoneOf(name, offset);
  if (zone === undefined) return 'unreadable';
  // A date of xsd has a zone, and is a day all the same: 2026-10-16-07:00.
  if (hour === undefined) return offset !== undefined && offset.length < 5 ? 'unreadable' : wholeDay(days);
  if (minute === undefined && half === undefined) return 'unreadable';
  const hours = hourOf(Number(hour), half?.toLowerCase());
  const minutes = Number(minute ?? 0);
  const seconds = Number(second ?? 0);
  // A leap second counts into the next minute.
  if (hours > 23 || minutes > 59 || seconds > 60) return 'unreadable';
  const ms = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return instant(days * DAY + hours * HOUR + minutes * MINUTE + seconds * 1000 + ms - zone);
}

/** Some write 17:00 PM. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (half === 'a') return hour > 12 ? 99 : hour % 12;
  return hour < 12 ? hour + 12 : hour;
}

/** Milliseconds ahead of UTC; without a zone it is UTC, as everywhere here. Undefined: no zone. */
function zoneOf(name: string | undefined, offset: string | undefined): number | undefined {
  const named = name === undefined ? 0 : ZONES[name.toLowerCase()];
  if (named === undefined || offset === undefined) return named === undefined ? undefined : named * HOUR;
  // GMT+0200 is one zone; a name of its own beside an offset says it twice.
  const digits = offset.slice(1).replace(':', '');
  const hours = Number(digits.length === 3 ? digits.slice(0, 1) : digits.slice(0, 2));
  const ahead = hours * HOUR + Number(digits.length > 2 ? digits.slice(-2) : 0) * MINUTE;
  return ahead > 18 * HOUR ? undefined : offset.startsWith('-') ? -ahead : ahead;
}
