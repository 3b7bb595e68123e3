import type { Completeness } from './completeness.js';

/** What there is to say of a list of which the first pages were asked for, besides that it goes on after them. */
export function remarksOfOnePage({ reasons, declaredTotal = 0, unique }: Completeness): string[] {
  const isExpected = (reason: string): boolean =>
    reason === 'only the first pages were read' ||
    reason === 'the list was not read to its end' ||
    (reason.startsWith('the system declares ') && declaredTotal > unique);
  return reasons.filter((reason) => !isExpected(reason));
}
