import type { Policy, Stage } from '../model/policy.js';
import { BY_ITSELF } from './by-log.js';
import type { Evidence } from './evidence.js';
import { COVERED_RATE } from './rate.js';
import { wilson } from './wilson.js';

/** A removal is what fails alone (an account that nothing manages, a stage that is switched off): it is proven by removals, and by nothing else. */
const STAGES = ['create', 'update'] as const;
/** One that was written may have been a trial of the mechanism. */
const SEEN = 2;

/** Does a log show that something writes without anybody's help, more than once? */
export function writesByItself({ writers }: Evidence): boolean {
  return BY_ITSELF.some((by) => (writers.get(by) ?? 0) >= SEEN);
}

/**
 * In a small company few join, and few are changed, and neither shows much. Where logs say that one and the same mechanism wrote all of both, what it did for
 * joiners and for movers is evidence of how reliable it is: of the one stage, that it carries it at all.
 */
export class Carrier {
  constructor(private readonly evidence: Readonly<Record<Stage, Evidence>>) {}

  /** Why the stage is carried, in a sentence; undefined where that is not shown. */
  carries(stage: Stage, own: Evidence, policy: Pick<Policy, 'coverage'>): string | undefined {
    if (stage === 'delete' || own.failures > 0 || own.doubtful > 0) return undefined;
    for (const by of BY_ITSELF) {
      const carried = own.writers.get(by) ?? 0;
      if (carried < SEEN || carried < own.successes) continue;
      const stages = STAGES.map((one) => this.evidence[one]).filter(({ writers }) => (writers.get(by) ?? 0) >= SEEN);
      const successes = stages.reduce((sum, { writers }) => sum + (writers.get(by) ?? 0), 0);
      const trials = successes + stages.reduce((sum, { failures, doubtful }) => sum + failures + doubtful, 0);
      const low = wilson(successes, trials)?.[0] ?? 0;
      if (trials >= policy.coverage.minTrials && successes / trials >= COVERED_RATE && low >= policy.coverage.covered)
        return `by the log, ${by} wrote all ${own.successes}, and ${successes} of ${trials} of joiners and movers together`;
    }
    return undefined;
  }
}
