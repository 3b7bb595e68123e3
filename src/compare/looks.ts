import type { ColumnLook } from '../exports/columns/look.js';
import { MAX_WORDS } from '../exports/columns/look.js';
import { isNoDate } from '../mapping/placeholder.js';
import { OrderEvidence } from '../mapping/dates/order.js';
import { numbersOf } from '../mapping/dates/written.js';
import { readMoment } from '../mapping/moment.js';
import { isPlaceholder } from '../model/placeholder.js';
import type { Head } from './head.js';

/** Values of a column that are asked for their form. */
const SAMPLE = 300;
const ADDRESS = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+/;
const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const NUMBER = /^[-+]?\d+(?:[.,]\d+)*$/;
/** A word of a closed list is short. */
const LONGEST = 60;

/** What stands in each column of the rows that were looked at. */
export function looksOf({ columns, cells }: Head): readonly ColumnLook[] {
  return columns.map((name, index) => lookOf(name, cells, index));
}

function lookOf(name: string, cells: readonly (readonly string[])[], index: number): ColumnLook {
  const words = new Map<string, number>();
  const seen = new Set<string>();
  const sample: string[] = [];
  let filled = 0;
  let areWords = true;
  let isUnique = true;
  for (const row of cells) {
    const value = (row[index] ?? '').trim();
    if (isPlaceholder(value)) continue;
    filled++;
    if (sample.length < SAMPLE) sample.push(value);
    if (areWords) {
      words.set(value, (words.get(value) ?? 0) + 1);
      areWords = words.size <= MAX_WORDS && value.length <= LONGEST;
    }
    if (isUnique) isUnique = seen.size !== seen.add(value).size;
  }
  if (!areWords) words.clear();
  const share = (is: (value: string) => boolean): number =>
    sample.length === 0 ? 0 : Math.round((sample.filter(is).length / sample.length) * filled);
  const dates = share(isDate);
  return {
    name,
    filled,
    blank: cells.length - filled,
    isUnique: isUnique && filled > 0,
    words,
    emails: share((value) => ADDRESS.test(bare(value))),
    dates,
    numbers: share((value) => NUMBER.test(value)),
    uuids: share((value) => UUID.test(value)),
    ...(dates > filled / 2 ? orderOf(cells, index) : { ambiguous: 0 }),
  };
}

/** Graph and Exchange write `SMTP:ada@corp.example`, mail programs `Ada One <ada@corp.example>`. */
function bare(value: string): string {
  return /<([^<>]+)>/.exec(value)?.[1] ?? value.replace(/^[a-z]{3,6}:/i, '');
}

function isDate(value: string): boolean {
  const moment = readMoment(value);
  return typeof moment === 'object' || moment === 'two-ways' || moment === 'never' || isNoDate(value);
}

/** Which of its dates may be two days, when the whole column has been asked for their order. */
function orderOf(cells: readonly (readonly string[])[], index: number): Pick<ColumnLook, 'ambiguous' | 'sample' | 'order'> {
  const evidence = new OrderEvidence();
  for (const row of cells) {
    const numbers = numbersOf(row[index]);
    if (numbers !== undefined) evidence.see(numbers);
  }
  const orders = evidence.orders();
  let ambiguous = 0;
  let sample: string | undefined;
  for (const row of cells) {
    const value = row[index] ?? '';
    if (readMoment(value, orders) !== 'two-ways') continue;
    ambiguous++;
    sample ??= value;
  }
  const order = orders.plain;
  return { ambiguous, ...(sample === undefined ? {} : { sample }), ...(order === undefined ? {} : { order }) };
}
