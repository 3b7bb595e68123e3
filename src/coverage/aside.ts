import type { Stage } from '../model/policy.js';

/** Why somebody to whom something happened in the window is no trial; said of one, and of several. */
const ASIDE = {
  grace: ['is within the grace', 'are within the grace'],
  import: [
    'got the account on DAY, when most accounts were made for people who were here before: an import',
    'got their accounts on DAY, when most accounts were made for people who were here before: an import',
  ],
  'older-account': ['has an account from long before the first day', 'have accounts from long before the first day'],
  stamp: [
    'has the change date that more than half of the directory has, DAY: a stamp',
    'have the change date that more than half of the directory has, DAY: a stamp',
  ],
  'not-compared': [
    'was touched in nothing that is compared, by the audits on record',
    'were touched in nothing that is compared, by the audits on record',
  ],
  'no-entry': [
    'agrees, and the log, which tells of every update, has none: nothing that is compared was changed',
    'agree, and the log, which tells of every update, has none: nothing that is compared was changed',
  ],
  'younger-account': ['has an account from after the change', 'have accounts from after the change'],
  'no-account': ['had no account here', 'had no account here'],
  'off-before': ['had an account that was off long before', 'had accounts that were off long before'],
  absent: ["is not in the app's list", "are not in the app's list"],
} as const;

/** Why it cannot be said what followed. */
const UNSEEN = {
  import: ASIDE.import,
  'undated-account': ['has an account that nothing dates', 'have accounts that nothing dates'],
  'late-log': [
    'has an account that a log dates which does not reach back to the first day',
    'have accounts that a log dates which does not reach back to the first day',
  ],
  'before-import': ['joined before the import of DAY, and has no account', 'joined before the import of DAY, and have no account'],
  unclear: ['may have an account whose status or owner cannot be told', 'may have an account whose status or owner cannot be told'],
  'unread-date': ['has a date in the directory that could not be read', 'have dates in the directory that could not be read'],
  unread: ['has no account in what was read', 'have no account in what was read'],
  chance: ['has a touch such as comes by chance, too', 'have touches such as come by chance, too'],
  untouched: [
    'agrees and was not touched since: perhaps nothing that is compared changed',
    'agree and were not touched since: perhaps nothing that is compared changed',
  ],
  'undated-touch': ['agrees, and nothing says when the account was touched', 'agree, and nothing says when the accounts were touched'],
  login: ['agrees and was touched by a login', 'agree and were touched by logins'],
  late: ['agrees and was touched long after the change', 'agree and were touched long after the change'],
} as const;

export type Aside = keyof typeof ASIDE;
export type Unseen = keyof typeof UNSEEN;
export type Counts<Cause extends string> = Map<Cause, number>;

/** Of one stage: who was no trial, and who may have been one. */
export interface Uncounted {
  /** To whom something happened in the window, and who is no trial, by cause; and why it cannot be seen what followed for those who are undetermined. */
  readonly aside: Counts<Aside>;
  readonly unseen: Counts<Unseen>;
  /** The day that these speak of (an import, a stamp), counted from 1970. */
  readonly day: number;
  /** People of whom nothing says when it happened, and those whose date is not believed. */
  readonly undated: number;
  readonly disbelieved: number;
}

export function count<Cause extends string>(counts: Counts<Cause>, cause: Cause, n = 1): void {
  if (n > 0) counts.set(cause, (counts.get(cause) ?? 0) + n);
}

/** What happened to them, said of several people and of one. */
const HAPPENED: Record<Stage, readonly [one: string, many: string, none: string]> = {
  create: ['person joined', 'people joined', 'joiner'],
  update: ['person was changed', 'people were changed', 'mover'],
  delete: ['person left', 'people left', 'leaver'],
};

/** Why there is no trial at all, and nothing that cannot be seen either. */
export function noTrial(stage: Stage, { aside, undated, disbelieved, day }: Uncounted, days: number): string {
  const [one, many, none] = HAPPENED[stage];
  const n = sum(aside);
  if (n > 0)
    return `${n} ${n === 1 ? one : many} in the last ${days} days, and ${n === 1 ? 'does not count' : 'none of them counts'}: ${said(ASIDE, aside, day)}`;
  if (disbelieved > 0)
    return `no ${none} is known in the last ${days} days: the directory's change dates are a stamp of the list, or lie ahead, and are not used`;
  if (undated > 0)
    return `no ${none} is known in the last ${days} days: the directory does not say when anybody ${stage === 'create' ? 'joined' : 'was changed'}`;
  return `no ${none} in the last ${days} days`;
}

/** Who else was no trial, where there were some. */
export function asides(stage: Stage, { aside, day }: Uncounted): string[] {
  const [one, many] = HAPPENED[stage];
  const n = sum(aside);
  return n === 0
    ? []
    : [`${n} more ${(n === 1 ? one : many).replace(/^\S+ /, '')} and ${n === 1 ? 'does' : 'do'} not count: ${said(ASIDE, aside, day)}`];
}

/** ": 7 have accounts that nothing dates", or nothing. */
export function because({ unseen, day }: Uncounted): string {
  return unseen.size === 0 ? '' : `: ${said(UNSEEN, unseen, day)}`;
}

function said<Cause extends string>(words: Readonly<Record<Cause, readonly [string, string]>>, counts: Counts<Cause>, day: number): string {
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([cause, n]) => `${n} ${words[cause][n === 1 ? 0 : 1]}`.replace('DAY', () => dayText(day)))
    .join('; ');
}

function sum(counts: Counts<string>): number {
  return [...counts.values()].reduce((a, b) => a + b, 0);
}

/** `day`: counted from 1970, UTC. */
function dayText(day: number): string {
  return Number.isNaN(day) ? 'one day' : new Date(day * 86_400_000).toISOString().slice(0, 10);
}
