import { stateAt, stateWithUnread } from '../match/state-at.js';
import { isOn } from '../model/account.js';
import type { AppPast } from '../model/past.js';
import { isPerson, type PersonState } from '../model/person.js';
import type { Policy } from '../model/policy.js';
import type { AccountVersion, Audit, ListSeen, PersonLine, PersonVersion } from '../model/timeline.js';

/** Where a person stood in one audit that can say so. `other`: on leave, or suspended where policy lets them keep their accounts. */
export interface PersonStation {
  /** Place of the audit. */
  readonly at: number;
  readonly stands: 'before' | 'in' | 'other' | 'out' | 'absent';
  readonly version?: PersonVersion;
  readonly basis: string;
  readonly exchanged: boolean;
}

/** What an app had of one person in one audit that can say so. `moved`: an account of theirs is somebody else's now, or nobody's. */
export interface AppStation {
  readonly at: number;
  readonly has: 'on' | 'off' | 'none' | 'moved' | 'unknown';
  readonly versions: readonly AccountVersion[];
  readonly basis: string;
  readonly exchanged: boolean;
  /** What it had of keys and tokens was not all read. */
  readonly credentialsUnread: boolean;
}

const isValid = (version: { since: number; until: number | undefined }, at: number): boolean =>
  version.since <= at && (version.until === undefined || version.until > at);

/** A list that is not whole shows what it has, and nothing of what it has not: only a version that began there was surely seen. */
const isSeen = (version: { since: number }, list: ListSeen): boolean => list.whole || version.since === list.at;

export function personStations(line: PersonLine, audits: readonly Audit[], leavers: Policy['leavers']): PersonStation[] {
  const stations: PersonStation[] = [];
  for (const list of line.lists) {
    const { at, basis, exchanged } = list;
    const audit = audits[at];
    if (audit === undefined) continue;
    const version = line.versions.find((one) => isValid(one, at));
    if (version === undefined) {
      if (list.whole) stations.push({ at, stands: 'absent', basis, exchanged });
    } else if (isSeen(version, list)) {
      const state = stateThen(version, audit.asOf, leavers);
      if (state === 'unknown') continue;
      const out = leavers.includes(state) && isPerson(version.kind ?? 'unknown');
      const stands = out ? 'out' : state === 'active' ? 'in' : state === 'pre-hire' ? 'before' : 'other';
      stations.push({ at, stands, version, basis, exchanged });
    }
  }
  return stations;
}

function stateThen({ state, startAt, endAt, createdAt, unread }: PersonVersion, asOf: number, leavers: Policy['leavers']): PersonState {
  if (unread === undefined) return stateAt(state, startAt, endAt, asOf, createdAt);
  const days = { startAt: unread.includes('startAt'), endAt: unread.includes('endAt') };
  return stateWithUnread(state, startAt, endAt, days, asOf, createdAt ?? NaN, leavers);
}

export function appStations(lists: AppPast['lists'], accounts: readonly AccountVersion[]): AppStation[] {
  const stations: AppStation[] = [];
  const moves = accounts.flatMap((version) => (hasMoved(version, accounts) ? (version.until ?? []) : []));
  const away = accounts.flatMap((version) => whileAway(version, accounts));
  for (const list of lists) {
    const { at, basis, exchanged } = list;
    if (at < 0) continue;
    const versions = accounts.filter((version) => isValid(version, at) && isSeen(version, list));
    const seen = whatIsThere(
      versions,
      list,
      moves.some((move) => move <= at),
    );
    const has = (seen === 'none' || seen === 'off') && away.some(({ from, to }) => from <= at && at < to) ? 'unknown' : seen;
    if (has !== undefined) stations.push({ at, has, versions, basis, exchanged, credentialsUnread: list.credentialsUnread === true });
  }
  return stations;
}

function whatIsThere(versions: readonly AccountVersion[], list: ListSeen, moved: boolean): AppStation['has'] | undefined {
  if (versions.some(isOn)) return 'on';
  // Beside what was seen there may be more.
  if (!list.whole) return undefined;
  if (moved) return 'moved';
  if (versions.some(({ status }) => status === 'unknown')) return 'unknown';
  return versions.length > 0 ? 'off' : 'none';
}

/** It ended without being gone, and this person has no later version of it. */
function hasMoved(version: AccountVersion, accounts: readonly AccountVersion[]): boolean {
  const { id, until, gone } = version;
  return until !== undefined && !gone && !accounts.some((other) => other.id === id && other.since >= until);
}

/**
 * The places of audits in which the account was in the list, and matched nobody or somebody else for a while: it was not gone. One that never came back
 * has moved, which is said before.
 */
function whileAway({ id, until, gone }: AccountVersion, accounts: readonly AccountVersion[]): readonly { from: number; to: number }[] {
  if (until === undefined || gone) return [];
  const next = accounts.filter((other) => other.id === id && other.since >= until).map(({ since }) => since);
  return [{ from: until, to: Math.min(...next) }];
}

/** Each two that follow one another, with the place of the later one. */
export function* steps<Station>(stations: readonly Station[]): Generator<readonly [before: Station, after: Station, place: number]> {
  let before: Station | undefined;
  for (const [place, after] of stations.entries()) {
    if (before !== undefined) yield [before, after, place];
    before = after;
  }
}

/** May what differs between these two lists be taken for an event? Not where they were read in different ways, or one was exchanged. */
export function follows(before: { basis: string }, after: { basis: string; exchanged: boolean }): boolean {
  return before.basis === after.basis && !after.exchanged;
}
