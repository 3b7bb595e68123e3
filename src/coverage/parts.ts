import type { AppDiff } from '../diff/app-diff.js';
import { leftover } from '../diff/leftovers.js';
import { isLeaver } from '../diff/table.js';
import type { Account } from '../model/account.js';
import { counted } from '../model/counted.js';
import type { Part, StageCoverage } from '../model/report.js';
import type { Snapshot } from './snapshot.js';

/** What only coverage wants to know of an account: does it carry its owner's id, and what does a leaver still hold? */
export function noteAccount({ rows, standing, policy }: AppDiff, account: Account, record: number, linked: Uint8Array): void {
  const row = standing.current(record);
  if (account.externalId !== undefined && standing.index.agrees('id', record, account.externalId)) linked[row] = 1;
  if (isLeaver(standing.state(row), policy)) rows.leftovers.set(row, leftover(account, standing.asOf, rows.leftovers.get(row)));
}

/** The three parts of offboarding stand side by side where the source tells of more than the account. */
export function withParts(
  stage: StageCoverage,
  { credentials, memberships }: Pick<Snapshot, 'credentials' | 'memberships'>,
): StageCoverage {
  if (credentials.trials + memberships.trials === 0) return stage;
  const parts = {
    account: { trials: stage.trials, successes: stage.successes },
    ...(credentials.trials === 0 ? {} : { credentials }),
    ...(memberships.trials === 0 ? {} : { memberships }),
  };
  return { ...stage, parts };
}

/** What leavers still hold, in sentences. */
export function leftBehind({ credentials, memberships }: Pick<Snapshot, 'credentials' | 'memberships'>): string[] {
  const part = ({ trials, successes }: Part, what: string): string[] =>
    successes === trials
      ? []
      : [`${trials - successes} of ${counted(trials, 'leaver', 'leavers')} still ${trials - successes === 1 ? 'holds' : 'hold'} ${what}`];
  return [...part(credentials, 'live keys or tokens'), ...part(memberships, 'groups or roles')];
}
