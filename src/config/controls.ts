import { FRAMEWORK_NAMES, type Framework } from '../model/controls.js';
import { UsageError } from '../model/errors.js';
import { didYouMean } from '../model/nearest.js';
import { quoted } from '../yaml/quote.js';
import { isOneOf } from '../model/words.js';

/** The value of `--controls a,b`, in the table's order; `all` and `none` stand alone. Throws a UsageError that names every wrong word. */
export function parseControls(text: string): readonly Framework[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 1 && words[0] === 'none') return [];
  if (words.length === 1 && words[0] === 'all') return FRAMEWORK_NAMES;
  const mistakes = words
    .filter((word) => !isOneOf(FRAMEWORK_NAMES, word))
    .map(
      (word) =>
        `expected ${FRAMEWORK_NAMES.join(', ')}, or all or none alone, got ${quoted(word)}.${didYouMean(word, [...FRAMEWORK_NAMES, 'all', 'none'])}`,
    );
  if (words.length === 0) mistakes.push('expected one framework at least, or none');
  if (mistakes.length > 0) throw new UsageError(mistakes.map((mistake) => `--controls: ${mistake}`).join('\n'));
  return FRAMEWORK_NAMES.filter((name) => words.includes(name));
}
