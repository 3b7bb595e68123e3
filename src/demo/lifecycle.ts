import type { Department } from './names.js';
import { lastOf } from '../model/at.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What an app may hold of a person, and what can therefore go stale. */
export type Attribute = 'givenName' | 'familyName' | 'email' | 'department' | 'title' | 'manager';

export interface Profile {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly department: Department;
  readonly title: string;
  /** Key of the manager; undefined for the head of the company and for contractors. */
  readonly manager: string | undefined;
}

/** One record of a directory: an employment or a contract. Times are ms; days are 00:00 UTC. */
export interface DirectoryRecord {
  readonly id: string;
  readonly source: 'hr' | 'contractors';
  readonly employeeId?: string;
  /** As the source says it; dates may know better. */
  readonly state: 'active' | 'leave' | 'suspended' | 'terminated';
  readonly createdAt: number;
  readonly changedAt: number;
  /** A day. */
  readonly startAt: number;
  /** The last instant (hr), or the last day (contractors). */
  readonly endAt?: number;
  readonly profile: Profile;
  /** Earlier addresses that still reach the person. */
  readonly aliases: readonly string[];
}

/** What happened to somebody, in the order in which it happened; some of it is still to come. */
export type LifeEvent =
  | { readonly kind: 'join'; readonly at: number; readonly record: DirectoryRecord; readonly profile: Profile }
  | { readonly kind: 'move'; readonly at: number; readonly profile: Profile; readonly changed: readonly Attribute[] }
  /** Access must end: the last day, the end of a contract, or a suspension. */
  | { readonly kind: 'leave'; readonly at: number; readonly record: DirectoryRecord }
  | { readonly kind: 'absence'; readonly at: number }
  | { readonly kind: 'return'; readonly at: number };

export interface Human {
  readonly key: string;
  readonly kind: 'human' | 'service';
  /** Oldest first: a rehire has two. */
  readonly records: readonly DirectoryRecord[];
  readonly events: readonly LifeEvent[];
}

export interface Company {
  readonly seed: number;
  /** The instant that every date is relative to; whole seconds. */
  readonly asOf: number;
  readonly domain: string;
  readonly people: readonly Human[];
  readonly byKey: ReadonlyMap<string, Human>;
  /** The two people who had one address, one after the other. */
  readonly recycled: { readonly before: string; readonly now: string };
}

export type Standing = 'coming' | 'here' | 'away' | 'disabled' | 'gone';

/** Where somebody stands at an instant, by what happened until then. */
export function standingAt(human: Human, at: number): Standing {
  let standing: Standing = 'coming';
  for (const event of human.events) {
    if (event.at > at) break;
    if (event.kind === 'join' || event.kind === 'return') standing = 'here';
    else if (event.kind === 'absence') standing = 'away';
    else if (event.kind === 'leave') standing = event.record.state === 'suspended' ? 'disabled' : 'gone';
  }
  return standing;
}

/** The record that speaks for somebody today. */
export function recordOf(human: Human): DirectoryRecord {
  return lastOf(human.records);
}

/** Those who are gone, the latest first; without the first owner of the recycled address, who is a case of their own. */
export function leaversOf(company: Company): Human[] {
  const leftAt = (human: Human): number => human.events.at(-1)?.at ?? 0;
  return company.people
    .filter((human) => standingAt(human, company.asOf) === 'gone' && human.key !== company.recycled.before)
    .sort((a, b) => leftAt(b) - leftAt(a) || (a.key < b.key ? -1 : 1));
}

/** Those whom something changed, the latest first, with that change. */
export function moversOf(company: Company): { human: Human; move: LifeEvent & { kind: 'move' } }[] {
  const moves = company.people.flatMap((human) => human.events.flatMap((move) => (move.kind === 'move' ? [{ human, move }] : [])));
  return moves.sort((a, b) => b.move.at - a.move.at || (a.human.key < b.human.key ? -1 : 1));
}

export const isPerson = (human: Human): boolean => human.kind === 'human';
export const isEmployee = (human: Human): boolean => human.kind === 'human' && recordOf(human).source === 'hr';

export function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** `2026-11-24` */
export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
