import type { Completeness } from './completeness.js';
import type { Moment } from './person.js';

/** What was done to an account, in the words of provisioning; `other` is what no map lists, and says nothing. */
export const LOG_ACTIONS = ['create', 'update', 'disable', 'enable', 'delete', 'assign', 'unassign', 'login', 'other'] as const;
export type LogAction = (typeof LOG_ACTIONS)[number];

export const LOG_OUTCOMES = ['success', 'failure', 'skipped', 'unknown'] as const;
export type LogOutcome = (typeof LOG_OUTCOMES)[number];

/** What did it, where the log says so. */
export const LOG_ACTORS = ['scim', 'jit', 'api', 'human', 'system', 'unknown'] as const;
export type LogActor = (typeof LOG_ACTORS)[number];

/** One entry of a log in normal form. What the log does not say is absent or undefined, the same. */
export interface LogEntry {
  /** Of the entry itself, where the log has one: an entry that comes twice counts once. */
  readonly id?: string | undefined;
  /** Absent, or not understood: the entry counts for nothing. */
  readonly at?: Moment | undefined;
  readonly action: LogAction;
  /** `unknown` as well where the log says nothing: whose log it is decides what that means. */
  readonly outcome: LogOutcome;
  /** Did the entry say how it went? False: the default of its log counts. */
  readonly outcomeTold: boolean;
  /** Whose account in the app. */
  readonly accountId?: string | undefined;
  readonly userName?: string | undefined;
  readonly email?: string | undefined;
  readonly externalId?: string | undefined;
  /** Whose, in the directory's words. */
  readonly personId?: string | undefined;
  readonly personUserName?: string | undefined;
  readonly personEmail?: string | undefined;
  readonly employeeId?: string | undefined;
  /** Which app, where one log tells of several. */
  readonly app?: string | undefined;
  /** Names of attributes that an `update` set, where told. */
  readonly changed?: readonly string[] | undefined;
  /** Who did it, as the log calls it. */
  readonly actor?: string | undefined;
  readonly by: LogActor;
  /** The log's own word on a failure. */
  readonly detail?: string | undefined;
}

/** The texts of an entry, by name; `fields` maps them (contract: logs). */
export const LOG_TEXTS = [
  'accountId',
  'userName',
  'email',
  'externalId',
  'personId',
  'personUserName',
  'personEmail',
  'employeeId',
  'app',
  'actor',
  'detail',
] as const satisfies readonly (keyof LogEntry)[];
export const LOG_FIELDS: readonly string[] = ['id', 'at', ...LOG_TEXTS, 'changed', 'action', 'outcome', 'by'];

/** How far a log reaches back, and how late entries come. */
export interface LogFacts {
  /** How long the system keeps entries, ms; undefined: not known, or as long as the file. */
  readonly retention?: number;
  /** By how much an entry may be late, ms; 0 where the system does not say. */
  readonly lateness: number;
  /** Does it name what an update set, and does it tell of every update? Only then silence says that nothing was set. */
  readonly tellsUpdates: boolean;
  /** One line each, for people: permissions needed, what the log leaves out. */
  readonly notes: readonly string[];
}

/** Which instants a log is asked about, ms. */
export interface LogWindow {
  readonly since: number;
  readonly until: number;
}

/** A log's own word on failures, empty where it has none, and how many there were. */
export interface FailureCount {
  readonly detail: string;
  readonly count: number;
}

/** One log of one app, as the report shows it. */
export interface LogReport {
  readonly name: string;
  /** `app`: its own; else the directory that pushes. */
  readonly of: string;
  /** What it covers, ISO 8601; null where it holds nothing that is dated. */
  readonly from: string | null;
  readonly until: string | null;
  /** Entries that were read, those of other apps left out; one of somebody that came twice counts once. */
  readonly entries: number;
  /** Of them, those whose account or person is not known, or is not one alone. */
  readonly unmatched: number;
  readonly completeness: Completeness;
  /** Set when it could not be read to its end: one line, no secret. */
  readonly error: string | null;
  /** Of a provider's log, or an app's: its own words for what failed, most frequent first. */
  readonly failures: readonly FailureCount[];
  /** By what entries were made, where told. */
  readonly by: Readonly<Partial<Record<LogActor, number>>>;
}

/** Where a change stands on its way from the directory into the app (contract: logs). */
export const HOP_POINTS = {
  create: ['joined', 'pushed', 'acknowledged', 'app-on'],
  update: ['changed', 'pushed', 'acknowledged', 'app-changed'],
  delete: ['left', 'directory-off', 'pushed', 'acknowledged', 'app-off'],
} as const;

/** From one point to the next that a log tells; hours. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly median: number | null;
  readonly p95: number | null;
  /** People of whom both points are known. */
  readonly trials: number;
  /** People who reached `from`, and of whom the log of `to` says that it failed, or who should be there and are not. */
  readonly failed: number;
  /** Of those whom a log says to have failed, its own words, most frequent first; absent where it has none. */
  readonly failures?: readonly FailureCount[];
}

/** An entry that a trial rests on. */
export interface TrialEntry {
  /** ISO 8601; the day alone where the log has no more. */
  readonly at: string;
  readonly action: LogAction;
  readonly outcome: LogOutcome;
  readonly by: LogActor;
  /** Name of the log. */
  readonly log: string;
}
