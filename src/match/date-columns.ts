import { DAY, MOMENTS, type PageColumns } from '../store/columns.js';
import { exchanged, type Moment } from '../model/person.js';
import { byteAt, floatAt } from '../model/at.js';
import { isOneOf } from '../model/words.js';

export type DateField = (typeof MOMENTS.person)[number];

export function isDateField(name: string): name is DateField {
  return isOneOf(MOMENTS.person, name);
}

/** One column: milliseconds, NaN when absent, and what else is known (store/columns.ts, `DAY`). */
interface DateColumn {
  at: Float64Array;
  day: Uint8Array;
}

/** The dates of the directory's people, by row. */
export class DateColumns {
  #hasUnread = false;
  readonly #columns: Record<DateField, DateColumn> = { startAt: none(), endAt: none(), createdAt: none(), changedAt: none() };

  set(field: DateField, row: number, moment: Moment | undefined, unread = false, one?: Moment): void {
    if (moment === undefined && !unread && row >= this.#columns[field].at.length) return;
    const column = this.#roomFor(field, row);
    const isUnread = moment === undefined && unread;
    const known = moment ?? (isUnread ? one : undefined);
    column.at[row] = known?.at ?? NaN;
    this.#hasUnread ||= isUnread;
    const isDay = known?.day === true;
    if (!isUnread) column.day[row] = isDay ? DAY.yes : DAY.unsaid;
    else column.day[row] = known === undefined ? DAY.unread : isDay ? DAY.eitherDay : DAY.either;
  }

  /** Sets a page of rows from `first` on. Undefined: none of them has the date. */
  setAll(field: DateField, first: number, page: PageColumns['moments'][number]): void {
    if (page === undefined) return;
    const column = this.#roomFor(field, first + page.at.length - 1);
    column.at.set(page.at, first);
    column.day.set(page.day, first);
    this.#hasUnread ||= page.day.some((day) => day >= DAY.unread);
  }

  date(field: DateField, row: number): Moment | undefined {
    const value = this.instant(field, row);
    return Number.isNaN(value) ? undefined : { at: value, day: this.#columns[field].day[row] === DAY.yes };
  }

  /** Milliseconds or NaN. */
  instant(field: DateField, row: number): number {
    const { at, day } = this.#columns[field];
    return row < at.length && byteAt(day, row) < DAY.unread ? floatAt(at, row) : NaN;
  }

  /** Has anybody a date that could not be read? */
  get hasUnread(): boolean {
    return this.#hasUnread;
  }

  /** Is there a date that could not be read? */
  isUnread(field: DateField, row: number): boolean {
    return (this.#columns[field].day[row] ?? 0) >= DAY.unread;
  }

  /** The two dates that it may be; undefined where it may be any, or is none of these. */
  either(field: DateField, row: number): readonly [Moment, Moment] | undefined {
    const { at, day } = this.#columns[field];
    if ((day[row] ?? 0) <= DAY.unread) return undefined;
    const one = { at: floatAt(at, row), day: day[row] === DAY.eitherDay };
    return [one, exchanged(one)];
  }

  carries(field: DateField): boolean {
    const { at, day } = this.#columns[field];
    return at.some((value) => !Number.isNaN(value)) || day.includes(DAY.unread);
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
