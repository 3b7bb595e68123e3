import { UsageError } from '../model/errors.js';
import { CLASSES, REASONS, SEVERITIES, type FindingClass } from '../model/finding.js';
import { didYouMean } from '../model/nearest.js';
import { quoted } from './quote.js';

/** Findings of class `inconclusive` never fail a run by themselves: they exit with 3 (contract: report.jsonc). */
const FAILING = CLASSES.filter((name) => name !== 'inconclusive');
const isFailing = (name: string): name is FindingClass => (FAILING as readonly string[]).includes(name);

/** What is wrong with one word of `fail_on` (`orphaned`, `orphaned:no-owner`, `severity>=high`), or undefined. */
export function failOnMistake(word: string): string | undefined {
  const severity = /^severity\s*>=\s*(.*)$/.exec(word);
  if (severity !== null) {
    const name = severity[1] ?? '';
    if ((SEVERITIES as readonly string[]).includes(name)) return undefined;
    return `expected severity>= one of ${SEVERITIES.join(', ')}, got ${quoted(word)}.${didYouMean(name, SEVERITIES)}`;
  }
  const [name = '', reason, ...rest] = word.split(':');
  if (name === 'inconclusive') return 'inconclusive findings never fail a run by themselves; they end it with exit code 3';
  if (!isFailing(name)) {
    const words = [...FAILING, ...SEVERITIES.map((s) => `severity>=${s}`)];
    return `expected one of ${FAILING.join(', ')}, class:reason or severity>=high, got ${quoted(word)}.${didYouMean(name, words)}`;
  }
  const reasons: readonly string[] = REASONS[name];
  if (reason === undefined || (rest.length === 0 && reasons.includes(reason))) return undefined;
  return `expected ${name}: and one of ${reasons.join(', ')}, got ${quoted(word)}.${didYouMean(reason, reasons)}`;
}

/** The validated words in their canonical form, without spaces. */
export const canonicalFailOn = (word: string): string => word.replace(/\s+/g, '');

/** The value of a `--fail-on a,b` flag; `none` is the empty list. Throws a UsageError that names every wrong word. */
export function parseFailOn(text: string, flag = '--fail-on'): readonly string[] {
  const words = text.split(',').map((word) => word.trim()).filter((word) => word !== ''); // prettier-ignore
  if (words.length === 1 && words[0] === 'none') return [];
  const mistakes = words.flatMap((word) => failOnMistake(word) ?? []);
  if (words.length === 0) mistakes.push('expected one word at least, or none');
  if (mistakes.length > 0) throw new UsageError(mistakes.map((mistake) => `${flag}: ${mistake}`).join('\n'));
  return words.map(canonicalFailOn);
}
