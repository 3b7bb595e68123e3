/**
 * What systems and spreadsheets write where there is no value: of any field. Words that people are called, too ("Nan", "Nat"), are not
 * among them. `no_information` and `not_supported` are of AWS's credential report.
 */
const PLACEHOLDERS = new Set([
  '', '-', '--', '---', '–', '—', 'n/a', 'n.a.', 'n.a', '#n/a', 'none', '(none)', '<none>', 'null', '(null)', '<null>', 'nil', '(blank)', '(empty)',
  'no_information', 'not_supported', 'not applicable', 'not available', 'not set', '(not set)', 'undefined',
]); // prettier-ignore

/** Words that say of a date alone that there is none: it did not happen, or will not. */
const NO_DATES = new Set([
  'na', 'nan', 'nat', 'no', 'false', '0000-00-00', '0000-00-00 00:00:00', '00.00.0000', '00/00/0000', '0000/00/00',
  'never', '(never)', 'never logged in', 'never signed in', 'never used', 'never expires', 'does not expire', 'no expiration', 'no date',
  'no end date', 'indefinite', 'permanent', 'unlimited', 'ongoing', 'open-ended', 'unbefristet', 'nie', 'jamais',
]); // prettier-ignore

/** Does the text stand for "no value"? White space around it and its case do not count. */
export function isPlaceholder(text: string): boolean {
  const word = wordOf(text);
  return word !== undefined && PLACEHOLDERS.has(word);
}

/** Does the text say of a date that there is none? */
export function isNoDate(text: string): boolean {
  const word = wordOf(text);
  return word !== undefined && (PLACEHOLDERS.has(word) || NO_DATES.has(word));
}

/** None of the words is longer. */
const LONGEST = 24;

function wordOf(text: string): string | undefined {
  const word = text.length > LONGEST ? text.trim() : text;
  return word.length > LONGEST ? undefined : word.trim().toLowerCase();
}
