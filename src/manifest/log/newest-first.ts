import type { LogEntry } from '../../model/log.js';

/** Logs are sorted by when entries came in, and those may be a moment apart from what they tell of. */
const MOMENT = 60_000;

/** Watches a log whose newest entries come first: has it come to those from before the window, and does it keep its order? */
export class NewestFirst {
  #before: number | undefined;
  #isSorted = true;

  constructor(
    private readonly since: number,
    private readonly lateness: number,
  ) {}

  /** False: an older entry came before a newer one, so what is old says nothing of what is still to come. */
  get isSorted(): boolean {
    return this.#isSorted;
  }

  /** True where the page holds nothing of the window any more. */
  isPast(page: readonly LogEntry[]): boolean {
    const slack = Math.max(MOMENT, this.lateness);
    const dated = page.flatMap(({ at }) => (at === undefined ? [] : [at.at]));
    for (const at of dated) {
      if (this.#before !== undefined && at > this.#before + slack) this.#isSorted = false;
      this.#before = at;
    }
    return this.#isSorted && dated.length > 0 && dated.every((at) => at < this.since - slack);
  }
}
