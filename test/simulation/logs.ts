import type { LogAction, LogActor, LogEntry } from '../../src/model/log.js';
import { storyOf, TEMPERS, type Temper } from './apps.js';
import { DAY, type CompanySim } from './company.js';

/** Vendors keep a log for 90 days, more often than not. */
export const RETENTION = 90 * DAY;

/** How an app's log comes. */
export interface LogManner {
  /** It names what did it. */
  readonly actors: boolean;
  /** The entries as they are read. */
  readonly arrange?: (entries: readonly LogEntry[]) => readonly LogEntry[];
}

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
