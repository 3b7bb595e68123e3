import type { Config } from '../model/config.js';
import { doubting, type Completeness } from '../model/completeness.js';
import type { AuditOptions } from './options.js';

/** Fewer rows than this go on any day, in any list. */
const LOST = 3;

/** What is believed of a list, after what came `before`; of one that somebody has looked at (--accept-shrink), what it says of itself. */
export type Believed = (name: string, list: Completeness, before: number | undefined) => Completeness;

export function shrinkGuard({ policy }: Pick<Config, 'policy'>, { acceptShrink = [] }: Pick<AuditOptions, 'acceptShrink'>): Believed {
  return (name, list, before) => guardShrink(list, name, before, policy.guard.shrink, acceptShrink.includes(name));
}

/**
 * `policy.guard.shrink`: a list that claims to be whole, and has lost more than its share since the last whole list on record, is not believed. A filter, a
 * permission or a page that went missing looks just like that. `accepted`: somebody looked, and said that it is right.
 */
export function guardShrink(list: Completeness, name: string, before: number | undefined, share: number, accepted: boolean): Completeness {
  if (before === undefined || accepted || list.verdict === 'unproven') return list;
  const lost = before - list.unique;
  if (lost < LOST || lost <= before * share) return list;
  const reason = `it shrank from ${before} to ${list.unique} rows since the last audit, more than policy.guard.shrink (${Math.round(share * 100)} %) allows: if that is right, audit once with --accept-shrink ${name}`;
  return doubting(list, reason);
}
