import { intAt } from '../model/at.js';
import type { KeptEntries } from './kept.js';

/** The kept entries in order of the rows that they are of: 4 bytes each, and 4 for everybody. */
export class ByRow {
  /** Where the entries of each row begin in `#order`. */
  readonly #starts: Int32Array;
  readonly #order: Int32Array;

  /** `owners`: by number, of accounts that the list does not have; below zero where nothing has named one. */
  constructor(
    kept: KeptEntries,
    private readonly owners: readonly number[],
    people: number,
    /** By log: does it call people by the directory's ids? Then an id of it that is nobody's is of somebody who is not known, whatever other key stands beside it. */
    private readonly knowsIds: readonly boolean[],
  ) {
    const starts = new Int32Array(people + 1);
    for (let i = 0; i < kept.size; i++) {
      const row = this.rowOf(kept, i);
      if (row >= 0) starts[row + 1] = intAt(starts, row + 1) + 1;
    }
    for (let row = 0; row < people; row++) starts[row + 1] = intAt(starts, row + 1) + intAt(starts, row);
    const next = starts.slice(0, people);
    const order = new Int32Array(intAt(starts, people));
    for (let i = 0; i < kept.size; i++) {
      const row = this.rowOf(kept, i);
      if (row < 0) continue;
      order[intAt(next, row)] = i;
      next[row] = intAt(next, row) + 1;
    }
    this.#starts = starts;
    this.#order = order;
  }

  /** Below zero: nobody's who is known. */
  rowOf(kept: KeptEntries, i: number): number {
    const whose = kept.whose(i);
    if (this.knowsIds[kept.logOfByKey(i)] === true) return -1;
    return whose >= 0 ? whose : (this.owners[-1 - whose] ?? -1);
  }

  /** Numbers of one row's entries, in the order in which they came. */
  of(row: number): Int32Array {
    return this.#order.subarray(intAt(this.#starts, row), intAt(this.#starts, row + 1));
  }
}
