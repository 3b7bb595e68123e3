import type { World } from './world.js';

/** So that parallel requests do not all come back in the same millisecond. */
const SPREAD_MS = 250;

/** One pause for the whole client: a limit that one request met holds for all of them. */
export class Pause {
  #until = 0;
  #spent = 0;

  constructor(
    readonly budgetMs: number,
    readonly world: World,
  ) {}

  /** What is left of the waits that the system may impose, ms. */
  get leftMs(): number {
    return Math.max(0, this.budgetMs - this.#spent);
  }

  /**
   * The system asks everybody to wait. False when that is longer than the budget allows: then there is no point in waiting at
   * all. Time that is already being waited is not counted twice.
   */
  impose(ms: number): boolean {
    const now = this.world.elapsed();
    const longer = now + ms - Math.max(now, this.#until);
    if (longer > this.leftMs) return false;
    if (longer > 0) {
      this.#spent += longer;
      this.#until = now + ms;
    }
    return true;
  }

  /** Our own caution after a limit without a date: nobody imposed it, so it costs no budget. */
  hold(ms: number): void {
    this.#until = Math.max(this.#until, this.world.elapsed() + ms);
  }

  async over(signal: AbortSignal): Promise<void> {
    for (let left = this.#until - this.world.elapsed(); left > 0; left = this.#until - this.world.elapsed()) {
      await this.world.wait(left + this.world.random() * SPREAD_MS, signal);
    }
  }
}
