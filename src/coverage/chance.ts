const DAY = 86_400_000;
/** Fewer dates than this show no bulk. */
const PATTERN = 10;

/**
 * The day (counted from 1970, UTC) on which more than half of all the dates fall: an import, a migration, a stamp. What
 * happened to everybody at once followed from nobody's lifecycle. NaN when there is no such day.
 */
export function bulkDay(rows: number, at: (row: number) => number): number {
  const days = new Map<number, number>();
  let dated = 0;
  for (let row = 0; row < rows; row++) {
    const time = at(row);
    if (Number.isNaN(time)) continue;
    dated++;
    const day = dayOf(time);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  if (dated >= PATTERN) for (const [day, n] of days) if (n > dated / 2) return day;
  return NaN;
}

export function dayOf(at: number): number {
  return Math.floor(at / DAY);
}

/** A person whom the directory changed and whose account agrees; times in ms. `touched` is the account's last touch. */
export interface Agreeing {
  readonly changed: number;
  readonly touched: number;
  /** The touch came within the span after the change. */
  readonly follows: boolean;
}

/**
 * Touches that follow a change may do so by chance: a job that touches every account at night follows every change. How
 * often, the other accounts tell: those whose own change does not explain their touch. Gives back the touches that are left
 * as evidence when as many as chance may have had (its expectation and two standard deviations more) are taken away, the
 * likeliest by chance first.
 */
export function beyondChance<M extends Agreeing>(movers: readonly M[], others: readonly number[], span: number): M[] {
  const unexplained = Float64Array.from([
    ...others,
    ...movers.filter((m) => !m.follows && !Number.isNaN(m.touched)).map((m) => m.touched),
  ]).sort();
  const explained = Float64Array.from(movers.filter((m) => m.follows).map((m) => m.touched)).sort();
  const known = unexplained.length + explained.length;
  let byChance = 0;
  const following: { readonly mover: M; readonly share: number }[] = [];
  for (const mover of movers) {
    const near = within(unexplained, mover.changed, mover.changed + span);
    const share = near === 0 ? 0 : near / (known - within(explained, mover.changed, mover.changed + span));
    byChance += share;
    if (mover.follows) following.push({ mover, share });
  }
  following.sort((a, b) => a.share - b.share || a.mover.changed - b.mover.changed || a.mover.touched - b.mover.touched);
  const kept = Math.max(0, following.length - Math.ceil(byChance + 2 * Math.sqrt(byChance)));
  return following.slice(0, kept).map(({ mover }) => mover);
}

/** How many of the sorted times lie between the two, both included. */
function within(sorted: Float64Array, from: number, to: number): number {
  return below(sorted, to, true) - below(sorted, from, false);
}

function below(sorted: Float64Array, limit: number, included: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle] ?? NaN;
    if (at < limit || (included && at === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}
