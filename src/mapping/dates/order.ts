import type { DateOrder } from '../../model/config.js';
import { daysTo } from './calendar.js';

/** The order of day, month and year in one column; undefined: it cannot be told. */
export interface Orders {
  /** The config says so: what contradicts it is no date. */
  readonly given: boolean;
  /** Of dates with slashes or dashes. */
  readonly plain: DateOrder | undefined;
  /** Of dates with dots. */
  readonly dotted: DateOrder | undefined;
}

/** Where nobody says more: nobody but those who write the day first has dots in it. */
export const UNSETTLED: Orders = { given: false, plain: undefined, dotted: 'dmy' };

export function givenOrders(order: DateOrder): Orders {
  return { given: true, plain: order, dotted: order };
}

/** A date of three numbers, as it is written. */
export interface Numbers {
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly dotted: boolean;
}

/** What the numbers could be, by order: days since 1970. */
export type Readings = ReadonlyMap<DateOrder, number>;

export function readingsOf({ first, second, third }: Numbers): Readings {
  const readings = new Map<DateOrder, number>();
  const read = (order: DateOrder, year: number, month: string, day: string): void => {
    const days = daysTo(year, Number(month), Number(day));
    if (!Number.isNaN(days)) readings.set(order, days);
  };
  // The year is the one number of four digits. Otherwise it has two, and may as well stand in front.
  if (first.length === 4) {
    if (third.length <= 2) read('ymd', Number(first), second, third);
  } else if (first.length <= 2 && (third.length === 4 || third.length === 2)) {
    const year = third.length === 4 ? Number(third) : ofTwoDigits(third, first, second);
    read('dmy', year, second, first);
    read('mdy', year, first, second);
    if (third.length === 2 && first.length === 2) read('ymd', ofTwoDigits(first, second, third), second, third);
  }
  return readings;
}

/**
 * A year of two digits; NaN where programs differ: what lies between 30 and 69 is 19.. to some and 20.. to others. 31 December 99 is the end of the year 9999
 * as often as that of 1999, and 1 January 00 the zero of a calendar.
 */
export function ofTwoDigits(year: string, ...rest: readonly [string, string]): number {
  const short = Number(year);
  const [low, high] = rest.map(Number).sort((a, b) => a - b);
  if ((short === 99 && low === 12 && high === 31) || (short === 0 && high === 1)) return NaN;
  return short < 30 ? 2000 + short : short < 70 ? NaN : 1900 + short;
}

/** The one day that the numbers mean, as days since 1970; NaN: none. */
export function dayIn(numbers: Numbers, orders: Orders): number | 'two-ways' | 'contradicts' {
  const readings = readingsOf(numbers);
  const order = numbers.dotted ? orders.dotted : orders.plain;
  const days = new Set(readings.values());
  const [only] = days;
  if (only === undefined) return NaN;
  // A year of four digits in front of the rest says itself what it is.
  if (orders.given && numbers.first.length !== 4 && order !== undefined) return readings.get(order) ?? 'contradicts';
  if (days.size === 1) return only;
  return (order === undefined ? undefined : readings.get(order)) ?? 'two-ways';
}

/** Gathers what the values of one column show of their order. */
export class OrderEvidence {
  readonly #shown: { plain?: ReadonlySet<DateOrder>; dotted?: ReadonlySet<DateOrder> } = {};

  see(numbers: Numbers): void {
    if (numbers.first.length === 4) return;
    const readings = readingsOf(numbers);
    if (readings.size === 0) return;
    const group = numbers.dotted ? 'dotted' : 'plain';
    const before = this.#shown[group];
    this.#shown[group] = new Set([...readings.keys()].filter((order) => before?.has(order) !== false));
  }

  orders(): Orders {
    const { plain, dotted } = this.#shown;
    return { given: false, plain: onlyOne(plain), dotted: dotted?.has('dmy') === true ? 'dmy' : onlyOne(dotted) };
  }
}

/** Undefined as well where none is left: the values contradict each other. */
function onlyOne(orders: ReadonlySet<DateOrder> | undefined): DateOrder | undefined {
  return orders?.size === 1 ? [...orders][0] : undefined;
}
