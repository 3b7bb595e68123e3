import { factsOf, type Completeness } from './completeness.js';

/** What was said of the states or statuses of a list: values that are missing, that nobody has mapped, or that disagree. No report is without it. */
export function wordRemarks(list: Completeness): readonly string[] {
  return factsOf(list).flatMap(({ kind, text }) => (kind === 'words' ? [text] : []));
}
