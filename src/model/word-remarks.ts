import type { Completeness } from './completeness.js';

/** What was said of the states or statuses of a list: values that are missing, that nobody has mapped, or that disagree. No report is without it. */
export function wordRemarks({ reasons }: Completeness, word: 'state' | 'status'): readonly string[] {
  return reasons.filter((reason) => (word === 'state' ? STATE : STATUS).test(reason) || NEVER_SEEN.test(reason));
}

/** Of several lists that are united, the name of each stands before. */
const STATE = /(?:^|: )state: \d+ values? (?:missing|of several places|could not be)/;
const STATUS = /(?:^|: )status: \d+ values? (?:missing|of several places|could not be)/;
/** A directory that hides a flag makes everybody look as if they had none. */
const NEVER_SEEN = /^no entry has .* whose absence /;
