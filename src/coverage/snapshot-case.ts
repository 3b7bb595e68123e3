import type { AppDiff } from '../diff/app-diff.js';
import type { SeenRows } from '../diff/rows.js';
import type { Logged } from '../logbook/logged.js';
import type { Judged } from './observed.js';

/** What one audit can be asked about the stages of one app. */
export interface SnapshotCase {
  readonly diff: AppDiff;
  /**
   * The app is known to keep switched-off accounts in its list, so a leaver who is not there had no account. An app that removes accounts is none of these:
   * only what shows that there was an account (an earlier audit) makes an absence a removal.
   */
  readonly listsLeavers: boolean;
  /** Does the list show every account, and its keys whose it is? Then who has none in it has none. */
  readonly isWhole: boolean;
  /** Keep each trial by name as well. */
  readonly keepsTrials: boolean;
  /** People of whom history has seen what happened to them: their dates are not asked. */
  readonly judged: Judged;
  /** What logs say, where there are any: `diff` has the dates that they give, `listed` what the list gives by itself. */
  readonly logged?: Logged | undefined;
  readonly listed: SeenRows;
}
