/**
 * What systems and spreadsheets write where there is no value: of any field. Words that people are called, too ("Nan", "Nat"), are not
 * among them. `no_information` and `not_supported` are of AWS's credential report.
 */
export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '---',
  '–',
  '—',
  'n/a',
  'n.a.',
  'n.a',
  '#n/a',
  'none',
  '(none)',
  '<none>',
  'null',
  '(null)',
  '<null>',
  'nil',
  '(blank)',
  '(empty)',
  'no_information',
  'not_supported',
  'not applicable',
  'not available',
  'not set',
  '(not set)',
  'undefined',
]);

/** Does the text stand for "no value"? White space around it and its case do not count. */
export function isPlaceholder(text: string): boolean {
  const word = placeholderWord(text);
  return word !== undefined && PLACEHOLDERS.has(word);
}

/** None of the words is longer. */
const LONGEST = 24;

/** The text as it stands in lists of such words; undefined: it is too long for one. */
export function placeholderWord(text: string): string | undefined {
  const word = text.length > LONGEST ? text.trim() : text;
  return word.length > LONGEST ? undefined : word.trim().toLowerCase();
}
