import { iso } from '../diff/finding.js';
import type { KeptEntry } from '../logbook/kept.js';
import type { Logged } from '../logbook/logged.js';
import type { LogAction, LogActor, TrialEntry } from '../model/log.js';
import type { Stage } from '../model/policy.js';
import { CLOCKS, type Observed } from '../transitions/observed.js';

const DAY = 86_400_000;
/** Entries from so long before the event are of another one. */
const BEFORE = 30 * DAY;

/** What is known to the day alone stands at its end, UTC. Where its clocks are, nobody says: so long before that it began, and so long after it ended, at the most. */
const DAY_BEGAN = 38 * 3_600_000;
const DAY_ENDED = 12 * 3_600_000;

/** What writes without anybody who has to remember it, or to log in. */
export const BY_ITSELF: readonly LogActor[] = ['scim', 'api', 'system'];

/** What the logs write down of each stage. */
const OF: Readonly<Record<Stage, readonly LogAction[]>> = {
  create: ['create', 'enable', 'assign'],
  update: ['update'],
  delete: ['disable', 'delete', 'unassign', 'enable'],
};

/** What brings each stage about. */
const EFFECTS: Readonly<Record<Stage, readonly LogAction[]>> = {
  create: ['create', 'enable'],
  update: ['update'],
  delete: ['disable', 'delete'],
};

/** The entry of a whole log of the app's own that dates this effect, to the accuracy of clocks. */
export function entryOf(logged: Logged | undefined, row: number, stage: Stage, then: number): KeptEntry | undefined {
  if (logged === undefined || Number.isNaN(then)) return undefined;
  return logged.done(row).find(({ action, at }) => EFFECTS[stage].includes(action) && Math.abs(at - then) <= CLOCKS);
}

/** An instant, or the end of the day that is all that is known. */
export type Effect = Pick<KeptEntry, 'at' | 'isDay'>;

/** From the event to this effect, ms; NaN where its day alone is known, and that leaves open whether it was within the grace. */
export function lagBy(entry: Effect | undefined, lag: number, grace: number): number {
  return entry?.isDay === true && lag - DAY_BEGAN <= grace && lag + DAY_ENDED > grace ? NaN : lag;
}

/** When it was at the latest: 00:00 UTC sharp is a day without a time. */
export function latestOf(at: number): number {
  return at % DAY === 0 ? at + DAY + DAY_ENDED : at;
}

/** "at" its instant, or "on" its day. */
export function whenOf({ at, isDay }: Effect): string {
  return isDay ? `on ${dayAt(at)}` : `at ${iso(at)}`;
}

/** What history saw follow between two audits, at the instant that a whole log of the app's own gives for it; undefined where none does. */
export function datedByLog(
  observed: Observed,
  logged: Logged | undefined,
): { readonly dated: Observed; readonly by: LogActor } | undefined {
  const { stage, row, outcome, then, when } = observed;
  if (logged === undefined || row === undefined || outcome !== 'followed') return undefined;
  const [after, until] = then;
  const entry = logged
    .done(row)
    // Of one that has the day alone, two audits a day apart know as much.
    .find(
      (one) =>
        !one.isDay && EFFECTS[stage].includes(one.action) && one.at > after && one.at <= until && (stage !== 'update' || one.set > 0),
    );
  if (entry === undefined) return undefined;
  const written = stage === 'update' && when[0] === when[1] ? { written: entry.at - when[0] } : {};
  const evidence = `${observed.evidence}; a log says at ${iso(entry.at)}`;
  return { dated: { ...observed, then: [entry.at, entry.at], ...written, evidence }, by: entry.by };
}

/** The entries that a trial rests on, or that speak of it. `at`: of the event, ms; NaN: all. */
export function entriesOf(logged: Logged | undefined, row: number | undefined, stage: Stage, at: number): readonly TrialEntry[] {
  if (logged === undefined || row === undefined) return [];
  return logged
    .entries(row)
    .flatMap((entry) => (OF[stage].includes(entry.action) && !(entry.at < at - BEFORE) ? shown(logged, entry) : []));
}

function shown(logged: Logged, entry: KeptEntry): TrialEntry[] {
  const { action, outcome, by, isDay } = entry;
  const at = isDay ? dayAt(entry.at) : iso(entry.at);
  return at === undefined ? [] : [{ at, action, outcome, by, log: logged.logOf(entry).name }];
}

/** The day that ends then. */
function dayAt(end: number): string | undefined {
  return iso(end - 1)?.slice(0, 10);
}
