import type { HeldAccount, SeenRows } from '../diff/rows.js';
import type { Leftover } from '../diff/leftovers.js';
import { bornAt, offAt, type Logged } from './logged.js';

/**
 * What was seen of everybody in an app, with dates that a log tells where the list has none. Of somebody who has several accounts that are on, an entry may be
 * of any of them: theirs stay as they are.
 */
export class DatedRows implements SeenRows {
  constructor(
    private readonly rows: SeenRows,
    private readonly logged: Logged,
  ) {}

  createdAt(row: number): number {
    const told = this.rows.createdAt(row);
    return Number.isNaN(told) && this.#isOne(row) ? bornAt(this.logged.done(row)) : told;
  }

  offSince(row: number): number {
    const told = this.rows.offSince(row);
    return Number.isNaN(told) && this.#isOne(row) ? offAt(this.logged.done(row)) : told;
  }

  isOffOnDay(row: number): boolean {
    return this.rows.isOffOnDay(row);
  }

  #isOne(row: number): boolean {
    return this.rows.has(row) && this.rows.extra(row) === undefined;
  }

  has(row: number): boolean {
    return this.rows.has(row);
  }

  saw(row: number, flags?: number): boolean {
    return this.rows.saw(row, flags);
  }

  isLinked(row: number): boolean {
    return this.rows.isLinked(row);
  }

  get isLinkedAtAll(): boolean {
    return this.rows.isLinkedAtAll;
  }

  leftover(row: number): Leftover | undefined {
    return this.rows.leftover(row);
  }

  extra(row: number): readonly HeldAccount[] | undefined {
    return this.rows.extra(row);
  }

  isUnread(row: number, name: 'updatedAt' | 'lastLoginAt' | 'deactivatedAt'): boolean {
    return this.rows.isUnread(row, name);
  }

  id(row: number): string | undefined {
    return this.rows.id(row);
  }

  isId(row: number, id: string): boolean {
    return this.rows.isId(row, id);
  }

  updatedAt(row: number): number {
    return this.rows.updatedAt(row);
  }

  lastLoginAt(row: number): number {
    return this.rows.lastLoginAt(row);
  }

  get(row: number): HeldAccount {
    return { ...this.rows.get(row), createdAt: this.createdAt(row) };
  }
}
