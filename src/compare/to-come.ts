import type { Question } from '../exports/columns/question.js';
import { counted, shown } from '../exports/columns/state.js';
import { givenOrders } from '../mapping/dates/order.js';
import { readMoment } from '../mapping/moment.js';
import { DATE_ORDERS } from '../model/config.js';
import { placesOf } from '../model/places.js';
import type { Plan } from './plan.js';

/** More of them are asked once these are answered. */
const MOST = 5;

/** Where any day means that an account is off: is it off before that day has come? A config takes it so, and the leaver's account may still be on. */
export function daysToCome({ list, rows, reading }: Plan, asOf: number): readonly Question[] {
  const { status } = reading;
  if (list.role !== 'account' || status === undefined) return [];
  const orders = reading.dates === undefined ? DATE_ORDERS : [reading.dates];
  // Of a date that may be two, the later one counts.
  const isToCome = (value: string): boolean =>
    orders.some((order) => {
      const moment = readMoment(value, givenOrders(order));
      return typeof moment === 'object' && moment.at > asOf;
    });
  return placesOf(status).flatMap(({ path, map = {}, dated }) => {
    const index = dated === undefined ? -1 : rows.looks.findIndex(({ name }) => name === path);
    if (index < 0) return [];
    const days = new Map<string, number>();
    for (const row of rows.cells) {
      const value = (row[index] ?? '').trim();
      if (value !== '' && !Object.hasOwn(map, value) && isToCome(value)) days.set(value, (days.get(value) ?? 0) + 1);
    }
    return [...days].slice(0, MOST).map(([day, count]): Question => ({
      about: `${shown(path)} says ${shown(day)} (${counted(count)}), which is yet to come: is the account on until then?`,
      flag: '--map',
      answer: `.status:${day}=active`,
      or: `${dated ?? 'deactivated'}, if it is off already`,
    }));
  });
}
