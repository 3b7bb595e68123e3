import { UsageError } from '../model/errors.js';
import { failOnWord, VERDICTS } from '../model/fail-on.js';
import { CLASSES, REASONS, SEVERITIES, type FindingClass } from '../model/finding.js';
import { didYouMean } from '../model/nearest.js';
import { STAGES } from '../model/policy.js';
import { quoted } from '../yaml/quote.js';
import { isOneOf } from '../model/words.js';

/** Findings of class `inconclusive` never fail a run by themselves: they exit with 3 (contract: report.jsonc). */
const FAILING = CLASSES.filter((name) => name !== 'inconclusive');
const isFailing = (name: string): name is FindingClass => isOneOf(FAILING, name);

/** What is wrong with one word of `fail_on` (`orphaned`, `orphaned:no-owner`, `severity>=high`, `coverage.delete=gap`), or undefined. */
export function failOnMistake(word: string): string | undefined {
  if (failOnWord(word) !== undefined) return undefined;
  const severity = /^severity\s*>=\s*(.*)$/.exec(word);
  if (severity !== null) {
    return `expected severity>= one of ${SEVERITIES.join(', ')}, got ${quoted(word)}.${didYouMean(severity[1] ?? '', SEVERITIES)}`;
  }
  const coverage = /^coverage(?:\.([^!=\s]*))?\s*(?:!?=\s*(.*))?$/.exec(word);
  if (coverage !== null) {
    const [, stage, verdict = ''] = coverage;
    const wrongStage = stage !== undefined && !isOneOf(STAGES, stage);
    const near = wrongStage ? didYouMean(stage, STAGES) : didYouMean(verdict, VERDICTS);
    return `expected coverage, or coverage. and one of ${STAGES.join(', ')}, then = or != and one of ${VERDICTS.join(', ')}, got ${quoted(word)}.${near}`;
  }
  const [name = '', reason] = word.split(':');
  if (name === 'inconclusive') return 'inconclusive findings never fail a run by themselves; they end it with exit code 3';
  if (!isFailing(name)) {
    const words = [...FAILING, ...SEVERITIES.map((s) => `severity>=${s}`)];
    return `expected one of ${FAILING.join(', ')}, class:reason, severity>=high or coverage.delete=gap, got ${quoted(word)}.${didYouMean(name, words)}`;
  }
  const reasons: readonly string[] = REASONS[name];
  return `expected ${name}: and one of ${reasons.join(', ')}, got ${quoted(word)}.${didYouMean(reason ?? '', reasons)}`;
}

/** The validated words in their canonical form, without spaces. */
export const canonicalFailOn = (word: string): string => word.replace(/\s+/g, '');

/** The value of a `--fail-on a,b` flag; `none` is the empty list. Throws a UsageError that names every wrong word. */
export function parseFailOn(text: string, flag = '--fail-on'): readonly string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 1 && words[0] === 'none') return [];
  const mistakes = words.flatMap((word) => failOnMistake(word) ?? []);
  if (words.length === 0) mistakes.push('expected one word at least, or none');
  if (mistakes.length > 0) throw new UsageError(mistakes.map((mistake) => `${flag}: ${mistake}`).join('\n'));
  return words.map(canonicalFailOn);
}
