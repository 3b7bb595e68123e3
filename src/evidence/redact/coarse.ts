import { UsageError } from '../../model/errors.js';
import type { LogEntry } from '../../model/log.js';
import type { Moment } from '../../model/person.js';

export const UNITS = ['month', 'quarter', 'year'] as const;
export type Unit = (typeof UNITS)[number];
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** Fields of rows and of versions that hold dates: moments, or milliseconds. */
const DATES = [
  'startAt',
  'endAt',
  'createdAt',
  'changedAt',
  'updatedAt',
  'lastLoginAt',
  'deactivatedAt',
  'lastUsedAt',
  'expiresAt',
] as const;
const WORDS = new Set(DATES.map((name) => name.toLowerCase()));

/** Is this word of a filter a date, which coarse dates would answer otherwise? */
export function isDateWord(path: string): boolean {
  return WORDS.has(path.toLowerCase());
}

export function parseUnit(text: string): Unit {
  const unit = UNITS.find((one) => one === text);
  if (unit === undefined) throw new UsageError(`--coarsen ${text}: expected one of ${UNITS.join(', ')}`);
  return unit;
}

/**
 * Dates to the first day of their month, quarter or year, for nobody is found by those. What is still to come when the audit judges stays to come: it
 * moves to the next first day where the own one is over.
 */
export class Coarse {
  constructor(
    readonly unit: Unit,
    /** The instant that the audit judges by, ms. */
    private readonly asOf: number,
  ) {}

  /** The row, or the version of one, with coarse dates. */
  dates<Row extends object>(row: Row): Row {
    const coarse: Record<string, unknown> = {};
    for (const name of DATES) {
      const value: unknown = Reflect.get(row, name);
      if (typeof value === 'number') coarse[name] = this.#at(value);
      else if (isMoment(value)) coarse[name] = { at: this.#at(value.at), day: true };
    }
    return { ...row, ...coarse };
  }

  entry(entry: LogEntry): LogEntry {
    return entry.at === undefined ? entry : { ...entry, at: { at: this.#at(entry.at.at), day: true } };
  }

  #at(at: number): number {
    const first = this.#first(at, 0);
    // What the audit takes for past may be so by hours: of a day, all of it counts.
    return at > this.asOf && first <= this.asOf ? this.#first(at, 1) : first;
  }

  #first(at: number, later: number): number {
    const date = new Date(at);
    const months = MONTHS[this.unit];
    return Date.UTC(date.getUTCFullYear(), (Math.floor(date.getUTCMonth() / months) + later) * months);
  }
}

function isMoment(value: unknown): value is Moment {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number';
}
