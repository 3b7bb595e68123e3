import { factsOf, type Completeness } from './completeness.js';

/** What there is to say of a list of which the first pages were asked for, besides that it goes on after them. */
export function remarksOfOnePage(list: Completeness): string[] {
  const goesOn = (list.declaredTotal ?? 0) > list.unique;
  return factsOf(list)
    .filter(({ kind }) => kind !== 'first-pages' && kind !== 'unfinished' && !(kind === 'total' && goesOn))
    .map(({ text }) => text);
}
