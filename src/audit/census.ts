import type { AppConfig } from '../model/config.js';
import type { AppDiff } from '../diff/app-diff.js';
import type { Ruling } from '../diff/ruling.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import type { Policy } from '../model/policy.js';

/** Sees what an audit makes of every account and every person, where a report lists them all: what is not written down at once is gone. */
export interface Census {
  readonly directory: (standing: Standing, policy: Policy) => void;
  /** `rulings[i]` is of `rows[i]`. */
  readonly read: (app: string, rows: readonly Account[], rulings: readonly Ruling[]) => void;
  /** After the last account of the app, when every verdict stands. `diff` is let go after this. */
  readonly settled: (app: AppConfig, diff: AppDiff) => void;
}
