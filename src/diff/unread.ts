import { bornAt } from '../match/match.js';
import type { Standing } from '../match/standing.js';
import type { Account } from '../model/account.js';
import type { Completeness, UnreadDates } from '../model/completeness.js';
import { counted } from '../model/counted.js';
import type { Finding } from '../model/finding.js';
import { isPerson } from '../model/person.js';
import { calledDate, unreadPlace, unreadSentence } from '../model/unread-dates.js';
import { finding, sourceOf } from './finding.js';

// A date that is there and was not understood is not known, which is not "none": what hangs on it is not judged, and it is said which.

/** Which date leaves this person's state unknown, and where it stands; undefined where none does. */
export function unreadDay(standing: Standing, row: number): string | undefined {
  const { index } = standing;
  const [field] = standing.undated(row);
  if (field === undefined) return undefined;
  const [first, ...more] = index.unreadDates[index.source(row)]?.filter((one) => one.field === field) ?? [];
  const where = first === undefined ? '' : ` (${unreadPlace([first, ...more])})`;
  return `${calledDate(field)} in ${sourceOf(standing, row)} could not be read${where}`;
}

/** By directory: people whose state is unknown for a date, unless an active record of theirs says that they are here. */
export function undatedPeople(standing: Standing): Map<number, { people: number; readonly fields: Set<string> }> {
  const { index } = standing;
  const found = new Map<number, { people: number; readonly fields: Set<string> }>();
  for (let row = 0; row < (index.hasUnread ? index.size : 0); row++) {
    const fields = standing.undated(row);
    if (fields.length === 0 || !isPerson(index.kind(row)) || standing.twins(row).length > 0) continue;
    const entry = found.get(index.source(row)) ?? { people: 0, fields: new Set() };
    entry.people++;
    for (const field of fields) entry.fields.add(field);
    found.set(index.source(row), entry);
  }
  return found;
}

/** What is said of each such directory. */
export function undated(standing: Standing): Finding[] {
  return [...undatedPeople(standing)].map(([source, { people, fields }]) => {
    const why = (standing.index.unreadDates[source] ?? []).filter(({ field }) => fields.has(field)).map(unreadSentence);
    const told = why.length > 0 ? why.join('; ') : [...fields].map((field) => `${calledDate(field)} could not be read`).join('; ');
    return finding({
      class: 'inconclusive',
      reason: 'unknown-status',
      app: standing.index.sources[source] ?? '',
      summary: `whether ${counted(people, 'person is', 'people are')} still here, or here yet, is not known: ${told}`,
    });
  });
}

/** What cannot be said of an app's accounts, because their dates could not be read. */
export function unreadUse(
  { unread = [] }: Pick<Completeness, 'unread'>,
  /** How many accounts may be older than their owner's employment, or an old invitation, and how many people may have joined just now. */
  { undatedBirths, undatedJoiners }: { readonly undatedBirths: number; readonly undatedJoiners: number },
): string[] {
  const of = (name: string): readonly UnreadDates[] => unread.filter(({ field }) => field === name);
  const told = (what: string, dates: readonly UnreadDates[]): string[] =>
    dates.length === 0 ? [] : [`${what}: ${dates.map(unreadSentence).join('; ')}`];
  const born = of('createdAt').map(unreadSentence);
  const births = born.length > 0 ? born.join('; ') : "the owner's first day, or the day of its creation, could not be read";
  return [
    ...told('whether accounts were used, and when, is not known', of('lastLoginAt')),
    ...(undatedBirths === 0
      ? []
      : [
          `whether ${counted(undatedBirths, 'account is', 'accounts are')} older than its owner's employment, or an old invitation, is not known: ${births}`,
        ]),
    ...(undatedJoiners === 0
      ? []
      : [
          `whether ${counted(undatedJoiners, 'person has', 'people have')} just joined is not known: no first day is given, and the day on which the directory made the record could not be read`,
        ]),
  ];
}

/** Is the invitation from before that instant? Undefined: when it was made could not be read. */
export function isOldInvitation(account: Account, before: number): boolean | undefined {
  if (account.createdAt === undefined && account.unread?.includes('createdAt') !== true) return false;
  const ages = new Set(bornAt(account)?.map((at) => at < before));
  return ages.size === 1 ? ages.has(true) : undefined;
}
