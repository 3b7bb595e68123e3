import type { Report } from '../model/report.js';
import { unreadSentence } from '../model/unread-dates.js';
import { byName, inOrder } from './sort.js';

/** Dates of one list that are there and could not be read: which, where, how many, and one of them. */
export interface UnreadList {
  readonly name: string;
  /** The app; undefined for a directory. */
  readonly app: string | undefined;
  readonly sentences: readonly string[];
  /** Did it leave anything unjudged? */
  readonly isOpen: boolean;
}

/** The directories as the config orders them, then the apps by name. */
export function unreadLists(report: Report): UnreadList[] {
  return [...report.directory, ...inOrder(report.apps, byName)].flatMap((list) => {
    const sentences = (list.completeness.unread ?? []).map(unreadSentence);
    if (sentences.length === 0) return [];
    const said = (sentence: string): boolean =>
      report.findings.some(({ class: cls, app, summary }) => cls === 'inconclusive' && app === list.name && summary.includes(sentence));
    return { name: list.name, app: 'coverage' in list ? list.name : undefined, sentences, isOpen: sentences.some(said) };
  });
}
