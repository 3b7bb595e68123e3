import { doubtsOf, type Completeness } from '../../model/completeness.js';
import { counted } from '../../model/counted.js';
import type { Finding } from '../../model/finding.js';
import type { Docket } from '../docket.js';
import { finding } from '../finding.js';
import { unreadUse } from '../unread.js';

/** What is known against the list, or against what is asked of it, when its last account has come. */
export interface Doubts {
  readonly list: Completeness;
  /** Attributes that a filter asks for and the directory never gives, by filter. */
  readonly filterGaps: readonly string[];
  /** Why the assignments of the identity provider decide nothing: one sentence. */
  readonly assigned?: string | undefined;
  /** The app was not read at all. */
  readonly failed: boolean;
}

/** What could not be judged, and why. `guard`: why accounts that match nobody are no orphans. */
export function doubted(docket: Docket, doubts: Doubts, guard: string | undefined, undatedJoiners: number): Finding[] {
  const { spec, unmatchedUnproven, undecidedOwners } = docket;
  const doubtful: string[] = guard === undefined ? [] : [guard];
  if (!doubts.failed && doubts.list.verdict === 'unproven')
    doubtful.push(`the app's list is not proven whole: ${doubtsOf(doubts.list).join('; ')}`);
  if (unmatchedUnproven > 0)
    doubtful.push(`${counted(unmatchedUnproven, 'account matches', 'accounts match')} nobody in a directory list that is not proven whole`);
  if (undecidedOwners > 0)
    doubtful.push(
      `${counted(undecidedOwners, 'registered account has', 'registered accounts have')} an owner who was not in a directory list that is not proven whole`,
    );
  if (doubts.assigned !== undefined) doubtful.push(doubts.assigned);
  const gaps = doubts.filterGaps.length === 0 ? [] : [`${doubts.filterGaps.join('; ')}: there it cannot be judged`];
  const undatedBirths = docket.matcher.undatedBirths + docket.unknowns.count('invitation');
  const unread = [...gaps, ...unreadUse(doubts.list, { undatedBirths, undatedJoiners })];
  const ofList = (reason: 'unproven-list' | 'field-absent', why: readonly string[]): Finding[] =>
    why.length === 0 ? [] : [finding({ class: 'inconclusive', reason, app: spec.name, summary: why.join('. ') })];
  return [...docket.unknowns.findings(spec.name, docket.accounts), ...ofList('unproven-list', doubtful), ...ofList('field-absent', unread)];
}

/** Accounts and their owners are judged as ever; that nothing is left of a leaver's access is not known. */
export function unreadCredentials(app: string, { list: { credentials }, failed }: Doubts): Finding[] {
  if (credentials === undefined || failed) return [];
  const summary = `not all keys and tokens of the accounts could be read, so no account that is off or gone is known to be without any: ${credentials.join('; ')}`;
  return [finding({ class: 'inconclusive', reason: 'field-absent', app, summary, ofCredentials: true })];
}
