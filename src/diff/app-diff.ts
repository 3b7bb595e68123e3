import type { Finding } from '../model/finding.js';
import type { Reconciliation } from '../model/reconciliation.js';
import type { AppCase } from './app-case.js';
import type { BaseRole } from './base-roles.js';
import type { Comparison, Difference } from './compare.js';
import type { FoundBy } from './found-by.js';
import type { SeenRows } from './rows.js';

/** Why nobody can be called missing; undefined where the list shows them all. */
export type Blind = 'unproven-list' | 'wrong-keys' | undefined;

/**
 * One app against the directory, when its last account is judged and all is settled. It is only read: whoever says more about the app (coverage, a list of all
 * people, a pack) says it from here.
 */
export interface AppDiff extends AppCase {
  readonly accounts: number;
  /** A row for each person: what was seen of them here. */
  readonly rows: SeenRows;
  /** By row: in what the account differs from the directory. */
  readonly differences: ReadonlyMap<number, readonly Difference[]>;
  /** Which attributes could be compared at all. */
  readonly comparison: Pick<Comparison, 'compared'>;
  /** By row: which match rule found the account. */
  readonly foundBy: Pick<FoundBy, 'rule'>;
  /** Roles that every account has. */
  readonly baseRoles: ReadonlyMap<string, BaseRole>;
  /** Ids of leavers' accounts that are off and hold such roles alone. */
  readonly bare: ReadonlySet<string>;
  readonly blind: Blind;
  readonly findings: readonly Finding[];
  readonly reconciliation: Reconciliation;
  readonly notes: readonly string[];
  /** True when a guard fired or something could not be decided: the audit is then inconclusive. */
  readonly inconclusive: boolean;
}
