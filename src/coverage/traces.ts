import type { AppDiff } from '../diff/app-diff.js';
import { SEEN } from '../diff/rows.js';
import { madeLate } from './joined.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Fewer accounts than this were made together by chance, or for joiners of one day. */
const BULK = 10;
/** And fewer than this share of all dated accounts, in one hour, are first logins as they come after a launch. */
const BULK_SHARE = 0.02;
/** Distinct hours that are remembered; a list beyond it was not made in bulk. */
const HOURS = 50_000;

/** Facts about how accounts came to be, over the active accounts of people, leavers' too. */
export interface Group {
  accounts: number;
  dated: number;
  withLogin: number;
  neverLoggedIn: number;
  /** Last used within a day of creation: only there the first login is known. */
  usedOnce: number;
  /** ... and created within five minutes of that login. */
  atFirstLogin: number;
  linked: number;
}

export interface Traces {
  /** Accounts made in bulk (many in one hour, for people who had been here before). */
  readonly bulk: Group;
  readonly rest: Group;
  /** When the largest bulk was made, ms; NaN without one. */
  readonly bulkAt: number;
  /** Half of the accounts of people who had been here before were made within two hours: no wave of first logins is so steep. */
  readonly atOnce: boolean;
  /** Does the app say of anybody when they logged in? Without it, "never logged in" is not known. */
  readonly loginsKnown: boolean;
  /**
   * An instant from which on accounts carry the directory's id, and before which they do not, ms; NaN when no instant parts
   * them. `linked` of the accounts after it and `unlinked` of those before it.
   */
  readonly switched: { readonly at: number; readonly before: number; readonly after: number };
  /** Stale accounts whose change is dated and whose last login is known, and how many of them were logged in to since. */
  readonly stale: { readonly total: number; readonly loggedInSince: number };
  /** The same of people whom the directory changed and whose account agrees: how often logins come anyway. */
  readonly inSync: { readonly total: number; readonly loggedInSince: number };
}

const group = (): Group => ({ accounts: 0, dated: 0, withLogin: 0, neverLoggedIn: 0, usedOnce: 0, atFirstLogin: 0, linked: 0 });

/** Gathers the traces after the last account. */
export function gather(diff: AppDiff): Traces {
  const { rows, standing, dates, policy } = diff;
  const size = standing.index.size;
  const active = (row: number): boolean => rows.saw(row, SEEN.active | SEEN.orphaned);
  const hours = new Map<number, number>();
  let loginsKnown = false;
  let dated = 0;
  let late = 0;
  for (let row = 0; row < size; row++) {
    if (!active(row)) continue;
    if (!Number.isNaN(rows.lastLoginAt(row))) loginsKnown = true;
    const created = rows.createdAt(row);
    if (!Number.isNaN(created)) dated++;
    if (Number.isNaN(created) || !madeLate(diff, row, created)) continue;
    late++;
    const hour = Math.floor(created / HOUR);
    const n = hours.get(hour);
    if (n !== undefined || hours.size < HOURS) hours.set(hour, (n ?? 0) + 1);
  }
  let bulkHour = NaN;
  const least = Math.max(BULK, dated * BULK_SHARE);
  for (const [hour, n] of hours) if (n >= least && n > (hours.get(bulkHour) ?? 0)) bulkHour = hour;
  const inHours = (hours.get(bulkHour) ?? 0) + Math.max(hours.get(bulkHour - 1) ?? 0, hours.get(bulkHour + 1) ?? 0);
  const bulk = group();
  const rest = group();
  const stale = { total: 0, loggedInSince: 0 };
  const inSync = { total: 0, loggedInSince: 0 };
  for (let row = 0; row < size; row++) {
    // Of whom a login could not be read nobody can say that they never logged in.
    if (!active(row) || rows.isUnread(row, 'lastLoginAt')) continue;
    const created = rows.createdAt(row);
    const login = rows.lastLoginAt(row);
    const hour = Math.floor(created / HOUR);
    const inBulk = (hours.get(hour) ?? 0) >= least && madeLate(diff, row, created);
    count(inBulk ? bulk : rest, created, login, rows.isLinked(row));
    const changed = dates.changed(row);
    if (!loginsKnown || !(changed >= standing.asOf - policy.window) || !rows.saw(row, SEEN.compared)) continue;
    const pair = diff.differences.has(row) ? stale : inSync;
    pair.total++;
    if (login > changed) pair.loggedInSince++;
  }
  return {
    bulk,
    rest,
    bulkAt: bulkHour * HOUR,
    atOnce: inHours >= late / 2,
    loginsKnown,
    switched: switchedAt(diff, active),
    stale,
    inSync,
  };
}

function count(into: Group, created: number, login: number, linked: boolean): void {
  into.accounts++;
  if (linked) into.linked++;
  if (Number.isNaN(login)) into.neverLoggedIn++;
  else into.withLogin++;
  if (Number.isNaN(created)) return;
  into.dated++;
  // A first login may be written down a moment before the account that it made.
  if (login >= created - MINUTE && login - created < DAY) {
    into.usedOnce++;
    if (login - created <= 5 * MINUTE) into.atFirstLogin++;
  }
}

/** Accounts before the switch may have been linked since, and one made by hand may come after it: one in twenty of each side is let pass. */
const STRAY = 0.05;

function switchedAt({ rows, standing }: AppDiff, active: (row: number) => boolean): Traces['switched'] {
  const with_: number[] = [];
  const without: number[] = [];
  for (let row = 0; row < standing.index.size; row++) {
    const created = active(row) ? rows.createdAt(row) : NaN;
    if (!Number.isNaN(created)) (rows.isLinked(row) ? with_ : without).push(created);
  }
  const none = { at: NaN, before: 0, after: 0 };
  if (with_.length < BULK || without.length < BULK) return none;
  const first = quantile(with_, STRAY);
  const last = quantile(without, 1 - STRAY);
  return first >= last ? { at: first, before: without.length, after: with_.length } : none;
}

function quantile(times: number[], at: number): number {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? NaN;
}
