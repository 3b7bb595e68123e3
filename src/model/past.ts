import type { PersonState } from './person.js';
import type { AccountVersion, Audit, ListSeen, PersonLine } from './timeline.js';

/** What earlier audits saw, for the audit that runs now. Everything is asked for while the lists are read, none of it is kept whole. */
export interface Past {
  /** Rows of the last whole list that was recorded under this name; undefined where there is none. */
  readonly rowsBefore: (role: 'directory' | 'app', name: string) => number | undefined;
  /** Rows of the last whole list of who is assigned to this app of this provider; undefined where there is none. */
  readonly assignedBefore: (app: string, at: { readonly directory: string; readonly app: string }) => number | undefined;
  /** To be called once, when the directory is read and before the first app is. `whole`: by the sources' names. */
  readonly directoryRead: (whole: ReadonlyMap<string, boolean>) => Promise<void>;
  /**
   * The instant of the first audit since which the directory has said that this person is in one of these states, ms; NaN where none is on record.
   * `row` of the person index; once the directory is read.
   */
  readonly leftBy: (row: number, leavers: readonly PersonState[]) => number;
  /** To be called when an app's list has ended, once. `credentialsUnread`: as of `ListSeen`. */
  readonly appRead: (app: string, whole: boolean, credentialsUnread: boolean) => Promise<AppPast>;
}

/** One app's part of the past, with the audit that runs now as its last audit. */
export interface AppPast {
  /** In order of time; the last is the one that runs now. Places in this list are what `since` and `until` mean. */
  readonly audits: readonly Audit[];
  /** Audits that read this app, by place. */
  readonly lists: readonly ListSeen[];
  /** People to whom something happened, each with their accounts in this app; in order of their directory rows. */
  readonly people: Iterable<{ readonly person: PersonLine; readonly accounts: readonly AccountVersion[] }>;
  /**
   * The instant of the first audit since which the directory has had the values of these attributes that it has now, ms; NaN where none is on
   * record. `row` of the person index.
   */
  readonly unchangedSince: (row: number, names: readonly string[]) => number;
}
