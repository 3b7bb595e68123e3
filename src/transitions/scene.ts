import type { AppPast } from '../model/past.js';
import type { Policy } from '../model/policy.js';
import type { AccountVersion, PersonLine } from '../model/timeline.js';
import type { Observed } from './observed.js';
import { appStations, personStations, type AppStation, type PersonStation } from './stations.js';

/** What only the audit that runs now can say, of rows of the directory. */
export interface Today {
  readonly policy: Policy;
  /** Must this person have an account here? */
  readonly expects: (row: number) => boolean;
  /** Does another record speak for this person? */
  readonly isSucceeded: (row: number) => boolean;
  /** May an account be theirs of which this cannot be told? */
  readonly isUnclear: (row: number) => boolean;
  /** Has the list an account of theirs that is on, be it of another record of this person? */
  readonly holds: (row: number) => boolean;
  readonly differs: (row: number, attribute: string) => boolean;
  /** Undefined where the app says of nobody when they logged in. */
  readonly logins: Logins<(row: number) => number> | undefined;
  /** Do the directory's dates say when a record was changed? Not where most were touched within the grace. */
  readonly datedChanges: boolean;
  /** Is JIT declared to create accounts? */
  readonly isJit: boolean;
  /** Does a filter of the config say who is expected? */
  readonly isFiltered: boolean;
}

export interface Logins<Last> {
  /** The last login to an account, ms; NaN where it is not known, or there was none. */
  readonly last: Last;
  /** By how much the app may be late to tell of a login, ms. */
  readonly delay: number;
}

/** One person and one app through all audits. */
export interface Scene {
  readonly person: PersonLine;
  readonly policy: Policy;
  readonly stations: readonly PersonStation[];
  readonly app: readonly AppStation[];
  readonly accounts: readonly AccountVersion[];
  /** Place of the audit that runs now. */
  readonly now: number;
  /** Where the window begins, ms. */
  readonly from: number;
  /** The instant that an audit spoke of, ms. */
  readonly time: (place: number) => number;
  readonly isExpected: boolean;
  readonly isSucceeded: boolean;
  readonly isUnclear: boolean;
  readonly holds: boolean;
  readonly isJit: boolean;
  readonly isFiltered: boolean;
  readonly differs: (attribute: string) => boolean;
  /** Undefined where the app says of nobody when they logged in. */
  readonly logins: Logins<() => number> | undefined;
  readonly datedChanges: boolean;
  readonly told: (account: AccountVersion | undefined) => Pick<Observed, 'row' | 'person' | 'account'>;
}

export function sceneOf(past: AppPast, person: PersonLine, accounts: readonly AccountVersion[], today: Today): Scene {
  const { audits } = past;
  const { logins } = today;
  const { row, id, source } = person;
  const now = audits.length - 1;
  const time = (place: number): number => audits[place]?.asOf ?? NaN;
  return {
    person,
    policy: today.policy,
    stations: personStations(person, audits, today.policy.leavers),
    app: appStations(past.lists, accounts),
    accounts,
    now,
    from: time(now) - today.policy.window,
    time,
    isExpected: row !== undefined && today.expects(row),
    isSucceeded: row !== undefined && today.isSucceeded(row),
    isUnclear: row !== undefined && today.isUnclear(row),
    holds: row !== undefined && today.holds(row),
    isJit: today.isJit,
    isFiltered: today.isFiltered,
    differs: (attribute) => row !== undefined && today.differs(row, attribute),
    logins: logins === undefined ? undefined : { last: () => (row === undefined ? NaN : logins.last(row)), delay: logins.delay },
    datedChanges: today.datedChanges,
    told: (account) => ({
      row,
      person: { id, source },
      account: account === undefined ? null : { id: account.id, ...(account.userName === undefined ? {} : { userName: account.userName }) },
    }),
  };
}
