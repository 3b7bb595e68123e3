import type { Completeness } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import type { Part, StageCoverage } from '../model/report.js';
import type { Observed } from '../transitions/observed.js';
import type { Holds } from './holds.js';
import type { Withheld } from './at-login.js';
import type { Snapshot } from './snapshot.js';

/** Adds the leavers whom history has judged. What today's list says of a leaver's account is exact; of one that is not in it history alone can say. */
export function partsOf(
  dated: Pick<Snapshot, 'credentials' | 'memberships'>,
  observed: readonly Observed[],
  today: (row: number) => Holds | undefined,
  /** History counts roles, and does not say which: where every account has some, only none is none. */
  hasBaseRoles: boolean,
): Pick<Snapshot, 'credentials' | 'memberships'> {
  const parts = { credentials: { ...dated.credentials }, memberships: { ...dated.memberships } };
  const last = new Map(observed.flatMap((one) => (one.stage === 'delete' && one.row !== undefined ? [[one.row, one]] : [])));
  for (const one of observed) {
    const { stage, row, holds } = one;
    if (stage !== 'delete') continue;
    // Who left twice and is gone now holds today what was left of the second time.
    const now = row === undefined || last.get(row) !== one ? undefined : today(row);
    for (const part of ['credentials', 'memberships'] as const) {
      const held = now === undefined ? holds?.[part] : now[part];
      if (held === undefined || (now === undefined && held && hasBaseRoles && part === 'memberships')) continue;
      parts[part].trials++;
      if (!held) parts[part].successes++;
    }
  }
  return parts;
}

/** With what was counted of earlier leavers. */
export function partsWith(
  a: Pick<Snapshot, 'credentials' | 'memberships'>,
  b: Pick<Snapshot, 'credentials' | 'memberships'>,
): Pick<Snapshot, 'credentials' | 'memberships'> {
  const both = (one: Part, other: Part): Part => ({ trials: one.trials + other.trials, successes: one.successes + other.successes });
  return { credentials: both(a.credentials, b.credentials), memberships: both(a.memberships, b.memberships) };
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

/** Leavers whose accounts are off or gone may have live keys: where those could not be read, nothing proves that access ends. */
export function keysUnread({ credentials }: Completeness): Withheld | undefined {
  if (credentials === undefined) return undefined;
  return { verdict: 'unproven', reason: `whether leavers' keys and tokens went too is not known: ${credentials.join('; ')}` };
}

/** Said of the stage whatever its verdict is. */
export function withReason(stage: StageCoverage, withheld: Withheld | undefined): StageCoverage {
  return withheld === undefined ? stage : { ...stage, reasons: [...new Set([...stage.reasons, withheld.reason])] };
}

/** What leavers still hold, in sentences. */
export function leftBehind({ credentials, memberships }: Pick<Snapshot, 'credentials' | 'memberships'>): string[] {
  const part = ({ trials, successes }: Part, what: string): string[] =>
    successes === trials
      ? []
      : [`${trials - successes} of ${counted(trials, 'leaver', 'leavers')} still ${trials - successes === 1 ? 'holds' : 'hold'} ${what}`];
  return [...part(credentials, 'live keys or tokens'), ...part(memberships, 'groups or roles')];
}
