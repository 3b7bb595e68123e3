import type { Standing } from '../match/standing.js';
import type { Lifecycle, MatchRule, Policy, RegisteredAccount } from '../model/policy.js';
import type { ChangeDates } from './dates.js';

/** What the diff needs to know of one app. */
export interface AppSpec {
  readonly name: string;
  readonly match: readonly MatchRule[];
  readonly compare: readonly string[];
  readonly lifecycle: Lifecycle;
  readonly accounts: readonly RegisteredAccount[];
  /** Roles that every account has, as the config or the manifest names them. */
  readonly baseRoles?: readonly string[];
  /** Who must, and who may, have an account: over rows of the directory. */
  readonly expected: (row: number) => boolean;
  readonly allowed: (row: number) => boolean;
  /** True where a filter asks for what this person's directory never gives: then neither can be said of them. */
  readonly undecided: (row: number) => boolean;
  /** Account id -> row of the person, as the identity provider links them: the strongest of keys. */
  readonly links?: ReadonlyMap<string, number>;
}

/** What the accounts of one app are judged by. All of it is known before the first account comes, and none of it changes. */
export interface AppCase {
  readonly spec: AppSpec;
  readonly standing: Standing;
  readonly policy: Policy;
  /** When people left and changed. */
  readonly dates: ChangeDates;
  /** Is every directory list whole? Without it, "nobody owns this" cannot be said. */
  readonly directoryProven: boolean;
}
