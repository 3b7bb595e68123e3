import { EXIT, type ExitCode } from '../model/errors.js';
import { CLASSES, REASONS, SEVERITIES, type Finding, type FindingClass, type Severity } from '../model/finding.js';

/** One word of `fail_on`: `orphaned`, `orphaned:no-owner` or `severity>=high`. */
export type FailOn = (finding: Finding) => boolean;

/** Compiles a `fail_on` word; undefined when it is not one. Inconclusive findings never fail by themselves: they exit 3. */
export function failOn(word: string): FailOn | undefined {
  const text = word.trim();
  const severity = /^severity\s*>=\s*(\w+)$/.exec(text)?.[1];
  if (severity !== undefined) {
    const limit = SEVERITIES.indexOf(severity as Severity);
    return limit < 0 ? undefined : (f) => f.class !== 'inconclusive' && SEVERITIES.indexOf(f.severity) <= limit;
  }
  const [cls, reason] = text.split(':', 2) as [string, string | undefined];
  if (!CLASSES.includes(cls as FindingClass) || cls === 'inconclusive') return undefined;
  if (reason === undefined) return (f) => f.class === cls;
  if (!(REASONS[cls as FindingClass] as readonly string[]).includes(reason)) return undefined;
  return (f) => f.class === cls && f.reason === reason;
}

export interface Gate {
  readonly failing: number;
  readonly exitCode: ExitCode;
  /** One sentence: why this exit code. */
  readonly reason: string;
}

export interface Outcome {
  readonly findings: readonly Finding[];
  readonly failOn: readonly string[];
  /** Names of sources that failed. */
  readonly failed: readonly string[];
  /** Names of lists that are not proven whole, and apps with verdicts that could not be reached. */
  readonly unproven: readonly string[];
}

/** A proven finding outranks a failed source, and a failed source outranks an inconclusive audit. */
export function gate(outcome: Outcome): Gate {
  const words = outcome.failOn.map((word) => ({ word, test: failOn(word) }));
  const unknown = words.find(({ test }) => test === undefined);
  if (unknown !== undefined) throw new Error(`not a fail_on word: ${unknown.word}`);
  const failing = outcome.findings.filter((f) => f.accepted === null && words.some(({ test }) => test?.(f))).length;
  if (failing > 0) {
    return {
      failing,
      exitCode: EXIT.finding,
      reason: `${failing} proven ${failing === 1 ? 'finding' : 'findings'} reached --fail-on ${outcome.failOn.join(',')}`,
    };
  }
  if (outcome.failed.length > 0) return { failing, exitCode: EXIT.source, reason: `could not be read: ${outcome.failed.join(', ')}` };
  if (outcome.unproven.length > 0) return { failing, exitCode: EXIT.inconclusive, reason: `inconclusive: ${outcome.unproven.join(', ')}` };
  return { failing, exitCode: EXIT.clean, reason: 'every list was read whole, and no finding reached --fail-on' };
}
