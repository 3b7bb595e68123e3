import type { LogAction, LogActor, LogEntry } from '../../src/model/log.js';
import { storyOf, TEMPERS, type Temper } from './apps.js';
import { DAY, HOUR, type CompanySim } from './company.js';

/** Vendors keep a log for 90 days, more often than not. */
export const RETENTION = 90 * DAY;

/** How an app's log comes. */
export interface LogManner {
  /** It names what did it. */
  readonly actors: boolean;
  /** The entries as they are read. */
  readonly arrange?: (entries: readonly LogEntry[]) => readonly LogEntry[];
  readonly isTorn?: boolean;
  /** The provider has a log, too: it pushed everything, and was told each time that it worked. */
  readonly pushes?: boolean;
}

const nth =
  (n: number) =>
  (_: unknown, at: number): boolean =>
    at % n !== 0;

/** Logs that are not what they should be; none of them may make a verdict surer than the truth. */
export const BROKEN: Readonly<Record<string, LogManner>> = {
  'without actors': { actors: false },
  lossy: { actors: true, arrange: (all) => all.filter(nth(3)) },
  'in disorder, and twice': { actors: true, arrange: (all) => [...all, ...all].reverse() },
  'three hours ahead': { actors: true, arrange: (all) => all.map((one) => ({ ...one, at: { at: (one.at?.at ?? 0) + 3 * HOUR } })) },
  'three hours behind': { actors: true, arrange: (all) => all.map((one) => ({ ...one, at: { at: (one.at?.at ?? 0) - 3 * HOUR } })) },
  'of failures': { actors: true, arrange: (all) => all.map((one) => ({ ...one, outcome: 'failure' })) },
  'without what was set': { actors: true, arrange: (all) => all.map(({ changed: _, ...one }) => one) },
  'of other accounts': { actors: true, arrange: (all) => all.map((one) => ({ ...one, accountId: `x-${one.accountId}` })) },
  'of pushes that were not carried out': { actors: true, arrange: () => [], pushes: true },
  silent: { actors: true, arrange: () => [] },
  torn: { actors: true, isTorn: true },
};

/** The app's own log at that time: what was done to its accounts in the last 90 days. */
export function logAt(sim: CompanySim, temper: Temper, time: number, { actors, arrange = (all) => all }: LogManner): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  const app = TEMPERS.indexOf(temper);
  const shift = temper.skew ?? 0;
  for (const life of sim.lives) {
    const story = storyOf(sim, temper, app, life, time);
    if (story === undefined) continue;
    const { born, bornBy, lastLogin, updates, off, on } = story;
    const manner = temper.makes === 'login' ? 'jit' : temper.makes === 'push' ? 'scim' : 'human';
    const add = (at: number, action: LogAction, by: LogActor, changed?: readonly string[]): void => {
      if (!(at <= time) || at < time - RETENTION) return;
      entries.push({
        at: { at: at + shift },
        action,
        outcome: 'success',
        outcomeTold: true,
        accountId: `a-${life.n}`,
        email: `user${life.n}@corp.example`,
        by: actors ? by : 'unknown',
        ...(changed === undefined ? {} : { changed }),
      });
    };
    add(born, 'create', bornBy);
    // Of logins one will do: it shows that the log is not silent.
    add(lastLogin, 'login', 'human');
    for (const update of updates) add(update.at, 'update', update.by, Object.keys(update.set));
    add(off, 'disable', temper.sweep === undefined ? manner : 'api');
    add(on, 'enable', manner);
  }
  return arrange(entries);
}

/** What a provider's log says that it pushed: everything that happened to anybody, at once, and with success. */
export function pushesAt(sim: CompanySim, time: number): readonly LogEntry[] {
  return sim.lives.flatMap(({ n, joined, changes, left, back }) => {
    const events: [number, LogAction][] = [[joined, 'create'], ...changes.map(({ at }): [number, LogAction] => [at, 'update']), [left, 'disable'], [back, 'enable']]; // prettier-ignore
    return events
      .filter(([at]) => at <= time && at >= time - RETENTION)
      .map(([at, action]): LogEntry => ({
        at: { at: at + 60_000 },
        action,
        outcome: 'success',
        outcomeTold: true,
        personUserName: `user${n}`,
        by: 'scim',
        ...(action === 'update' ? { changed: ['department', 'title', 'familyName'] } : {}),
      }));
  });
}
