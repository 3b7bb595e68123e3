import type { AppDiff } from '../diff/app-diff.js';
import { isExpected } from '../diff/person-fate.js';
import { SEEN } from '../diff/rows.js';
import { mustGo } from '../diff/table.js';
import type { KeptEntry } from '../logbook/kept.js';
import { bornAt, offAt, type Logged } from '../logbook/logged.js';
import { HOP_POINTS, type Hop, type LogAction } from '../model/log.js';
import type { Stage } from '../model/policy.js';
import { joined } from './joined.js';

const HOUR = 3_600_000;
/** A push from so long before the event is of another one. */
const BEFORE = 24 * HOUR;

type Point = (typeof HOP_POINTS)[Stage][number];
/** One person's way: instants of the points that are known, ms. `isOpen`: what should have come of it has not. `failure`: its push failed, in the log's words. */
interface Way {
  readonly at: Partial<Record<Point, number>>;
  readonly isOpen: boolean;
  readonly failure: string | undefined;
}

const PUSHES: Readonly<Record<Stage, readonly LogAction[]>> = {
  create: ['create', 'enable', 'assign'],
  update: ['update'],
  delete: ['disable', 'delete', 'unassign'],
};

/** Where on its way from the directory into the app a change was, by the logs: of everybody to whom something happened in the window. */
export function hopsOf(diff: AppDiff, logged: Logged, directoryOff: (row: number) => number): Readonly<Record<Stage, readonly Hop[]>> {
  const ways: Record<Stage, Way[]> = { create: [], update: [], delete: [] };
  const { standing, policy, rows } = diff;
  const since = standing.asOf - policy.window;
  for (let row = 0; row < standing.index.size; row++) {
    if (standing.current(row) !== row || rows.saw(row, SEEN.noHuman)) continue;
    const entries = logged.entries(row);
    if (mustGo(standing, row, policy)) {
      const left = diff.dates.since(row);
      if (!(left >= since)) continue;
      const off = offAt(logged.done(row));
      const way = { left, 'directory-off': directoryOff(row), 'app-off': off, ...pushed(logged, entries, 'delete', left) };
      ways.delete.push(wayOf(way, rows.saw(row, SEEN.orphaned)));
    } else if (standing.state(row) === 'active' && !standing.isShadowed(row)) {
      const came = joined(diff, row);
      if (came >= since && isExpected(diff, row))
        ways.create.push(
          wayOf({ joined: came, 'app-on': bornAt(logged.done(row)), ...pushed(logged, entries, 'create', came) }, !rows.has(row)),
        );
      const changed = diff.dates.changed(row);
      if (changed >= since && rows.saw(row, SEEN.compared)) {
        const taken = logged.done(row).find(({ action, at, set }) => action === 'update' && set > 0 && at >= changed)?.at ?? NaN;
        const way = { changed, 'app-changed': taken, ...pushed(logged, entries, 'update', changed) };
        if (!Number.isNaN(taken) || way.pushed !== undefined) ways.update.push(wayOf(way, rows.saw(row, SEEN.stale)));
      }
    }
  }
  return { create: hops('create', ways.create), update: hops('update', ways.update), delete: hops('delete', ways.delete) };
}

function wayOf({ failure, ...at }: Partial<Record<Point, number>> & { readonly failure?: string }, isOpen: boolean): Way {
  return { at, isOpen, failure };
}

/** What a provider's log says of the push: when it tried first, and when it was first told that it worked. */
function pushed(
  logged: Logged,
  entries: readonly KeptEntry[],
  stage: Stage,
  event: number,
): { pushed?: number; acknowledged?: number; failure?: string } {
  const own = entries.filter((entry) => !logged.logOf(entry).isOwn && logged.logOf(entry).isWhole);
  const tries = own.filter(({ action, at, outcome }) => PUSHES[stage].includes(action) && at >= event - BEFORE && outcome !== 'skipped');
  const first = tries[0];
  const done = tries.find(({ outcome }) => outcome === 'success');
  const last = done === undefined ? tries.findLast(({ outcome }) => outcome === 'failure') : undefined;
  return {
    ...(first === undefined ? {} : { pushed: first.at }),
    ...(done === undefined ? {} : { acknowledged: done.at }),
    ...(last === undefined ? {} : { failure: logged.logOf(last).details[last.detail] ?? '' }),
  };
}

/** From each point that anybody is known to have reached to the next. */
function hops(stage: Stage, ways: readonly Way[]): Hop[] {
  const points = HOP_POINTS[stage].filter((point) => ways.some(({ at }) => isKnown(at[point])));
  return points.slice(1).flatMap((to, i) => {
    const from = points[i];
    return from === undefined ? [] : [hop(from, to, ways)];
  });
}

function hop(from: Point, to: Point, ways: readonly Way[]): Hop {
  const lags: number[] = [];
  const words = new Map<string, number>();
  let failed = 0;
  for (const { at, isOpen, failure } of ways) {
    const [then, now] = [at[from], at[to]];
    if (!isKnown(then)) continue;
    if (isKnown(now)) lags.push(Math.max(0, now - then) / HOUR);
    else if (to !== 'acknowledged') failed += isOpen ? 1 : 0;
    else if (failure !== undefined) {
      failed++;
      words.set(failure, (words.get(failure) ?? 0) + 1);
    }
  }
  lags.sort((a, b) => a - b);
  return { from, to, median: quantile(lags, 0.5), p95: quantile(lags, 0.95), trials: lags.length, failed, ...failuresOf(words) };
}

/** The most frequent first; nothing where the log has no word for any. */
function failuresOf(words: ReadonlyMap<string, number>): Pick<Hop, 'failures'> {
  const failures = [...words]
    .map(([detail, count]) => ({ detail, count }))
    .sort((a, b) => b.count - a.count || (a.detail < b.detail ? -1 : 1));
  return failures.some(({ detail }) => detail !== '') ? { failures } : {};
}

function isKnown(at: number | undefined): at is number {
  return at !== undefined && !Number.isNaN(at);
}

/** Hours, to half a minute; null of none. */
function quantile(sorted: readonly number[], share: number): number | null {
  const at = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return at === undefined ? null : Math.round(at * 100) / 100;
}
