import { DAY, MOMENTS, type PageColumns } from '../model/columns.js';
import type { Moment } from '../model/person.js';

export type DateField = (typeof MOMENTS.person)[number];

export function isDateField(name: string): name is DateField {
  return (MOMENTS.person as readonly string[]).includes(name);
}

/** One column: milliseconds, NaN when absent, and whether only the day is known. */
interface DateColumn {
  at: Float64Array;
  day: Uint8Array;
}

/** The dates of the directory's people, by row. */
export class DateColumns {
  readonly #columns: Record<DateField, DateColumn> = { startAt: none(), endAt: none(), createdAt: none(), changedAt: none() };

  set(field: DateField, row: number, moment: Moment | undefined): void {
    if (moment === undefined && row >= this.#columns[field].at.length) return;
    const column = this.#roomFor(field, row);
    column.at[row] = moment?.at ?? NaN;
    column.day[row] = moment?.day === true ? 1 : 0;
  }

  /** Sets a page of rows from `first` on. Undefined: none of them has the date. */
  setAll(field: DateField, first: number, page: PageColumns['moments'][number]): void {
    if (page === undefined) return;
    const column = this.#roomFor(field, first + page.at.length - 1);
    column.at.set(page.at, first);
    for (let i = 0; i < page.day.length; i++) column.day[first + i] = page.day[i] === DAY.yes ? 1 : 0;
  }

  date(field: DateField, row: number): Moment | undefined {
    const value = this.instant(field, row);
    return Number.isNaN(value) ? undefined : { at: value, day: this.#columns[field].day[row] === 1 };
  }

  /** Milliseconds or NaN. */
  instant(field: DateField, row: number): number {
    const { at } = this.#columns[field];
    return row < at.length ? (at[row] as number) : NaN;
  }

  carries(field: DateField): boolean {
    return this.#columns[field].at.some((value) => !Number.isNaN(value));
  }

  #roomFor(field: DateField, row: number): DateColumn {
    const column = this.#columns[field];
    if (row >= column.at.length) {
      const length = Math.max(1024, column.at.length * 2, row + 1);
      const at = new Float64Array(length).fill(NaN);
      at.set(column.at);
      const day = new Uint8Array(length);
      day.set(column.day);
      column.at = at;
      column.day = day;
    }
    return column;
  }
}

function none(): DateColumn {
  return { at: new Float64Array(0), day: new Uint8Array(0) };
}
