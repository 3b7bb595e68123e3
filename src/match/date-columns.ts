import { DAY, MOMENTS, type PageColumns } from '../model/columns.js';
import type { Moment } from '../model/person.js';

export type DateField = (typeof MOMENTS.person)[number];

export function isDateField(name: string): name is DateField {
  return (MOMENTS.person as readonly string[]).includes(name);
}

/** What is known beside the instant: nothing more, that it is a whole day, or that there is one which could not be read. */
const KNOWN = { instant: 0, day: 1, unread: 2 } as const;

/** One column: milliseconds, NaN when absent, and what else is known. */
interface DateColumn {
  at: Float64Array;
  day: Uint8Array;
}

/** The dates of the directory's people, by row. */
export class DateColumns {
  #hasUnread = false;
  readonly #columns: Record<DateField, DateColumn> = { startAt: none(), endAt: none(), createdAt: none(), changedAt: none() };

  set(field: DateField, row: number, moment: Moment | undefined, unread = false): void {
    if (moment === undefined && !unread && row >= this.#columns[field].at.length) return;
    const column = this.#roomFor(field, row);
    column.at[row] = moment?.at ?? NaN;
    this.#hasUnread ||= unread;
    column.day[row] = moment === undefined && unread ? KNOWN.unread : moment?.day === true ? KNOWN.day : KNOWN.instant;
  }

  /** Sets a page of rows from `first` on. Undefined: none of them has the date. */
  setAll(field: DateField, first: number, page: PageColumns['moments'][number]): void {
    if (page === undefined) return;
    const column = this.#roomFor(field, first + page.at.length - 1);
    column.at.set(page.at, first);
    for (let i = 0; i < page.day.length; i++) {
      const day = page.day[i];
      this.#hasUnread ||= day === DAY.unread;
      column.day[first + i] = day === DAY.yes ? KNOWN.day : day === DAY.unread ? KNOWN.unread : KNOWN.instant;
    }
  }

  date(field: DateField, row: number): Moment | undefined {
    const value = this.instant(field, row);
    return Number.isNaN(value) ? undefined : { at: value, day: this.#columns[field].day[row] === KNOWN.day };
  }

  /** Milliseconds or NaN. */
  instant(field: DateField, row: number): number {
    const { at } = this.#columns[field];
    return row < at.length ? (at[row] as number) : NaN;
  }

  /** Has anybody a date that could not be read? */
  get hasUnread(): boolean {
    return this.#hasUnread;
  }

  /** Is there a date that could not be read? */
  isUnread(field: DateField, row: number): boolean {
    return this.#columns[field].day[row] === KNOWN.unread;
  }

  carries(field: DateField): boolean {
    const { at, day } = this.#columns[field];
    return at.some((value) => !Number.isNaN(value)) || day.includes(KNOWN.unread);
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
