import type { SourceConfig } from '../../model/config.js';
import { givenOrders, UNSETTLED, type Orders } from './order.js';

/** How the dates of one source are read. */
export interface DateReading {
  readonly orders: (field: string) => Orders;
  /** The list can be gone through once more for what its columns show: the first date that could be two asks for it. */
  readonly canAsk?: boolean;
}

/** Nothing is known yet, and the list can be asked. */
export const OPEN_DATES: DateReading = { orders: () => ({ given: false, plain: undefined, dotted: undefined }), canAsk: true };

/** By the word of the config; without it, what could be two dates stays so. */
export function dateReading({ dates }: Pick<SourceConfig, 'dates'>): DateReading {
  const orders = dates === undefined ? UNSETTLED : givenOrders(dates);
  return { orders: () => orders };
}

/** The order of a column has to be known before its rows can be read. */
export class OrderWanted extends Error {
  override readonly name = 'OrderWanted';
}
