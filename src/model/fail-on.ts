import { CLASSES, REASONS, SEVERITIES, type Finding, type FindingClass, type FindingReason, type Severity } from './finding.js';
import { STAGES, type Stage } from './policy.js';
import type { CoverageVerdict, RunInfo } from './report.js';

export const VERDICTS = [
  'covered',
  'partial',
  'gap',
  'contradicted',
  'undeclared',
  'unproven',
] as const satisfies readonly CoverageVerdict[];

/** One word of `fail_on`, taken apart. Undefined stage: any of the three. */
export type FailOnWord =
  | { readonly of: 'class'; readonly class: FindingClass; readonly reason: FindingReason | undefined }
  | { readonly of: 'severity'; readonly worst: Severity }
  | { readonly of: 'coverage'; readonly stage: Stage | undefined; readonly equal: boolean; readonly verdict: CoverageVerdict };

/**
 * `orphaned`, `orphaned:no-owner`, `severity>=high`, `coverage.delete=gap`, `coverage!=covered`; undefined when it is no such word.
 * Inconclusive findings never fail by themselves: they exit 3.
 */
export function failOnWord(word: string): FailOnWord | undefined {
  const text = word.replace(/\s+/g, '');
  const severity = /^severity>=(\w+)$/.exec(text)?.[1];
  if (severity !== undefined) return isOne(SEVERITIES, severity) ? { of: 'severity', worst: severity } : undefined;
  const coverage = /^coverage(?:\.(\w+))?(!?=)(\w+)$/.exec(text);
  if (coverage !== null) {
    const [, stage, sign, verdict] = coverage;
    if (!isOne(VERDICTS, verdict ?? '') || (stage !== undefined && !isOne(STAGES, stage))) return undefined;
    return { of: 'coverage', stage: stage, equal: sign === '=', verdict: verdict as CoverageVerdict };
  }
  const [cls = '', reason, ...rest] = text.split(':');
  if (!isOne(CLASSES, cls) || cls === 'inconclusive' || rest.length > 0) return undefined;
  if (reason !== undefined && !isOne<string>(REASONS[cls], reason)) return undefined;
  return { of: 'class', class: cls, reason: reason as FindingReason | undefined };
}

function isOne<T extends string>(words: readonly T[], word: string): word is T {
  return (words as readonly string[]).includes(word);
}

/** Does the word name this finding, whatever else speaks for it? */
export function named(word: FailOnWord, finding: Finding): boolean {
  if (finding.class === 'inconclusive') return false;
  if (word.of === 'class') return finding.class === word.class && (word.reason === undefined || finding.reason === word.reason);
  return word.of === 'severity' && SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(word.worst);
}

/**
 * Does the word name this verdict? `gap` names `contradicted`, too: what was measured is the same, and the config claims the opposite.
 * An `unproven` verdict that is named is no proof of anything: it makes the audit inconclusive, not failed.
 */
export function stageNamed(word: FailOnWord, stage: Stage, verdict: CoverageVerdict): boolean {
  if (word.of !== 'coverage' || (word.stage !== undefined && word.stage !== stage)) return false;
  const same = verdict === word.verdict || (word.verdict === 'gap' && verdict === 'contradicted');
  return same === word.equal;
}

/** What decides whether a finding ends the run with exit code 1: the words, and whether known findings may worsen. */
export type FailRules = Pick<RunInfo, 'failOn' | 'newOnly'>;

/**
 * Tells the findings that fail the run: a word names them, nobody accepts them, and the baseline does not waive them. One whose
 * acceptance has expired fails whatever the baseline says.
 */
export function failTest(rules: FailRules): (finding: Finding) => boolean {
  const words = compile(rules.failOn);
  return (finding) => words.some((word) => named(word, finding)) && !waived(rules, finding);
}

/**
 * Tells the conflicts that leave the run inconclusive: the account may be an orphan, a word names some orphan, and nobody has decided to live
 * with it.
 */
export function undecidedTest(rules: FailRules): (finding: Finding) => boolean {
  const words = compile(rules.failOn);
  const looksForOrphans = words.some((word) => word.of === 'severity' || (word.of === 'class' && word.class === 'orphaned'));
  return (finding) => looksForOrphans && finding.mayBeOrphaned === true && !waived(rules, finding);
}

/** Somebody accepts it, or the baseline knows it. */
function waived({ newOnly }: FailRules, { accepted, expired, baseline }: Finding): boolean {
  if (accepted !== null) return true;
  if (expired !== undefined || baseline === undefined) return false;
  return newOnly === true ? baseline !== 'new' : baseline === 'known';
}

/** Tells the stages that a coverage word names. */
export function stageTest(rules: FailRules): (stage: Stage, verdict: CoverageVerdict) => boolean {
  const words = compile(rules.failOn);
  return (stage, verdict) => words.some((word) => stageNamed(word, stage, verdict));
}

/** Throws on what is no word: flags and configs are checked before. */
export function compile(words: readonly string[]): FailOnWord[] {
  return words.map((text) => {
    const word = failOnWord(text);
    if (word === undefined) throw new Error(`not a fail_on word: ${text}`);
    return word;
  });
}
