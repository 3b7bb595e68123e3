import type { DateOrder } from '../../model/config.js';

/** What stands in one column of the rows that were looked at. */
export interface ColumnLook {
  /** As the header spells it. */
  readonly name: string;
  /** Rows with a value there, and without one: a placeholder is none. */
  readonly filled: number;
  readonly blank: number;
  /** No value stands there twice. */
  readonly isUnique: boolean;
  /** Its values with how often each stands there, as they are spelt; empty where there are too many of them to be words. */
  readonly words: ReadonlyMap<string, number>;
  /** How many of its values are addresses, dates, numbers, UUIDs; and dates that may be two days, where nothing in the column settles it. */
  readonly emails: number;
  readonly dates: number;
  readonly numbers: number;
  readonly uuids: number;
  readonly ambiguous: number;
  /** One of those, as it is written. */
  readonly sample?: string;
  /** What its dates show of the order of day and month. */
  readonly order?: DateOrder;
}

/** More different values than this are no words of a closed list. */
export const MAX_WORDS = 40;

/** Are so many of its values of one form that a few slips do not count? */
export function mostly(count: number, { filled }: Pick<ColumnLook, 'filled'>): boolean {
  return filled > 0 && count >= filled * 0.8;
}
