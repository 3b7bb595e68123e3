import type { Completeness } from './completeness.js';

/** What there is to say of a list of which the first pages were asked for, besides that it goes on after them. */
export function remarksOfOnePage({ reasons, declaredTotal = 0, unique }: Completeness): string[] {
  const isExpected = (reason: string): boolean =>
    /(?:^|: )(?:only the first pages were read|the list was not read to its end)$/.test(reason) ||
    // Of a list of several, its name stands before.
    (/(?:^|: )the system declares \d/.test(reason) && declaredTotal > unique);
  return reasons.filter((reason) => !isExpected(reason));
}
