import type { Lifecycle, MatchRule, RegisteredAccount } from '../model/policy.js';
import type { Reconciliation } from '../model/report.js';
import type { Draft } from './finding.js';

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

/** Accounts by bucket, while they are counted. */
export type Tally = { -readonly [B in keyof Reconciliation['accounts']]: number };

export interface NumberKey {
  /** The person's key word. */
  readonly word: string;
  readonly text: string;
}

/** An active account that matched nobody, held back until the guard has seen the whole list. */
export interface Unmatched {
  readonly draft: Draft;
  readonly human: boolean;
  /** For near misses: the numbers by which it might have been found, and the key words that they stand for in the directory. */
  readonly numbers: readonly NumberKey[];
}
