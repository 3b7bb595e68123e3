import type { Policy, Responsibility, Stage } from '../model/policy.js';
import type { CoverageVerdict, Grade, Provisioned, StageCoverage } from '../model/report.js';
import type { Withheld } from './at-login.js';
import { writesByItself, type Carrier } from './carrier.js';
import { asides, because, noTrial } from './aside.js';
import { counted } from '../model/counted.js';
import { joined } from './declared.js';
import type { Evidence } from './evidence.js';
import { lagOf } from './lag.js';
import { COVERED_RATE } from './rate.js';
import { inOrder } from './trials.js';
import { wilson } from './wilson.js';

const WHO: Record<Stage, readonly [one: string, many: string]> = {
  create: ['joiner', 'joiners'],
  update: ['mover', 'movers'],
  delete: ['leaver', 'leavers'],
};

const HAPPENED: Record<Stage, string> = { create: 'joined', update: 'changed', delete: 'left' };

/** All that the verdict on one stage is made of. */
export interface StageCase {
  readonly stage: Stage;
  readonly evidence: Evidence;
  readonly policy: Pick<Policy, 'coverage' | 'window' | 'grace'>;
  /** By the config, and by the settings of the identity provider. */
  readonly declared?: Responsibility | undefined;
  readonly provisioned?: Provisioned | undefined;
  /** Why nothing can be claimed at all: the list is unproven, a field is absent. */
  readonly doubts?: readonly string[];
  /** What goes along. */
  readonly remarks?: readonly string[];
  /** Why it is not `covered`, where it would be. */
  readonly withheld?: Withheld | undefined;
  /** What carries the stages of this app, where logs say so. */
  readonly carrier?: Carrier | undefined;
}

/** The verdict of one stage: from the interval and the policy's thresholds, joined with what is declared. */
export function judgeStage(given: StageCase): StageCoverage {
  const { stage, evidence, policy, declared, provisioned, doubts = [], remarks = [], withheld } = given;
  const { successes, trials, failures } = evidence;
  const interval = bounds(evidence);
  const lag = lagOf(evidence.ended, evidence.open);
  const by = declared?.by ?? null;
  const list = inOrder(evidence);
  const reasons: string[] = [...doubts];
  const grace = policy.grace[stage] / 3_600_000;
  // A first login comes when it comes: JIT is not late before it.
  const late = lag?.medianHours != null && lag.medianHours > grace && !(stage === 'create' && by === 'jit');
  const counted = doubts.length > 0 ? 'unproven' : fromTrials(evidence, policy);
  // Failures of movers may be from before the window, where the directory moves its dates; what a log saw written is of within it.
  const alone = stage === 'update' && counted === 'gap' && writesByItself(evidence) ? 'partial' : counted;
  const carried = doubts.length > 0 || alone !== 'unproven' ? undefined : given.carrier?.carries(stage, evidence, policy);
  const found = carried === undefined ? alone : 'covered';
  if (doubts.length === 0) reasons.push(...figures(stage, evidence, policy, found));
  if (carried !== undefined) reasons.push(carried);
  // A joiner who waits says so, and of the update stage its own rules ask for dates; a leaver who keeps access does not say so.
  const untimed = found === 'covered' && !late && stage === 'delete' && !isTimely(evidence, grace);
  const waits = found === 'unproven' && doubts.length === 0 && withheld?.isDirect === true && successes > 0;
  const measured = waits
    ? 'partial'
    : found === 'covered'
      ? late
        ? 'partial'
        : untimed
          ? 'unproven'
          : withheldOf(withheld, failures)
      : found;
  const verdict = joined(measured, by, provisioned, reasons);
  reasons.push(...remarks);
  // What is withheld for want of proof alone is no news where nothing was to be claimed.
  if (withheld !== undefined && (found === 'covered' || withheld.verdict === 'partial')) reasons.push(withheld.reason);
  if (late)
    reasons.push(`half of them waited longer than the grace of ${hours(grace)}${found === 'covered' ? ': late is not covered' : ''}`);
  if (untimed)
    reasons.push(
      `whether half of them followed within the grace of ${hours(grace)} is not known: map the app's dates, audit more often, or set policy.grace.${stage} to what is allowed`,
    );
  return {
    verdict,
    grade: gradeOf(evidence),
    trials,
    successes,
    interval: interval === null ? null : [round(interval[0]), round(interval[1])],
    lag,
    ...(evidence.earlier === 0 ? {} : { earlier: evidence.earlier }),
    ...(stage === 'delete' ? { stillActive: failures } : {}),
    declared: by,
    ...(provisioned === undefined ? {} : { provisioned }),
    reasons,
    ...(list === undefined ? {} : { evidence: list }),
  };
}

/** Who did not follow is told by the list. Of those who did, what dates more of them names the evidence: a log to the minute, history between two audits. */
function gradeOf({ trials, successes, observed, logged, grade }: Evidence): Grade {
  if (trials === 0) return 'declared';
  if (logged * 2 > successes && logged >= observed) return 'logged';
  return observed * 2 > trials ? 'observed' : grade;
}

/** Did half of those who followed do so within the grace, as far as dates or audits say? What nothing dates may have been late. */
function isTimely({ successes, middles }: Evidence, grace: number): boolean {
  return middles.filter((middle) => Math.round(middle * 10) / 10 <= grace).length * 2 >= successes;
}

/** Some were followed through and some were not: that is known, whatever carried it. */
function withheldOf(withheld: Withheld | undefined, failures: number): CoverageVerdict {
  return withheld === undefined ? 'covered' : failures > 0 ? 'partial' : withheld.verdict;
}

/** What the trials show by themselves. */
export function fromTrials(evidence: Evidence, policy: Pick<Policy, 'coverage'>): CoverageVerdict {
  const { successes, failures, trials, doubtful } = evidence;
  const interval = bounds(evidence);
  if (interval === null || trials < policy.coverage.minTrials) return 'unproven';
  const [low, high] = interval;
  if (successes / (trials + doubtful) >= COVERED_RATE && low >= policy.coverage.covered) return 'covered';
  if (high <= policy.coverage.gap) return 'gap';
  return successes > 0 && failures > 0 ? 'partial' : 'unproven';
}

/** What was counted, in sentences; of a stage that is unproven for that, who was not counted as well, and why. */
function figures(stage: Stage, evidence: Evidence, policy: Pick<Policy, 'coverage' | 'window'>, found: CoverageVerdict): string[] {
  const { successes, failures, trials, earlier, undetermined, observed, logged, waiting, doubtful } = evidence;
  const [one, many] = WHO[stage];
  const rest = found === 'unproven' ? asides(stage, evidence) : [];
  if (trials === 0) {
    if (undetermined > 0)
      return [`what followed for ${undetermined} ${undetermined === 1 ? one : many} cannot be seen${because(evidence)}`, ...rest];
    return waiting > 0 ? rest : [noTrial(stage, evidence, days(policy))];
  }
  const seen =
    observed === trials
      ? `${trials === 1 ? 'it was' : 'all were'} seen to happen between audits`
      : `${observed} of them ${observed === 1 ? 'was' : 'were'} seen to happen between audits, ${trials - observed} dated by this audit alone`;
  const few = trials < policy.coverage.minTrials;
  const why = few
    ? `fewer than ${policy.coverage.minTrials} trials prove nothing`
    : failures > 0
      ? 'too much is out of sight to call it a gap'
      : doubtful > 0
        ? 'too much is in doubt to call it covered'
        : 'too few trials to call it covered';
  return [
    `${successes} of ${trials} ${trials === 1 ? one : many} followed through`,
    ...(earlier > 0
      ? [`${earlier} of them ${HAPPENED[stage]} before the last ${counted(days(policy), 'day', 'days')}, in which too few did`]
      : []),
    ...(observed > 0 ? [seen] : []),
    ...(logged > 0 ? [`${logged} of them ${logged === 1 ? 'is' : 'are'} dated by a log`] : []),
    ...(undetermined > 0 ? [`${undetermined} more cannot be judged${found === 'unproven' ? because(evidence) : ''}`] : []),
    ...rest,
    ...(found === 'unproven' ? [why] : []),
  ];
}

/**
 * The interval of the rate, as wide as what cannot be judged makes it: its upper end takes all of them as followed through, its
 * lower end takes those of whom something speaks for a failure as failed. Null without a trial.
 */
function bounds({ successes, trials, undetermined, doubtful }: Evidence): readonly [number, number] | null {
  const worst = wilson(successes, trials + doubtful);
  const best = wilson(successes + undetermined, trials + undetermined);
  return trials === 0 || worst === null || best === null ? null : [worst[0], best[1]];
}

function days({ window }: Pick<Policy, 'window'>): number {
  return Math.round(window / 86_400_000);
}

function round(rate: number): number {
  return Math.round(rate * 1000) / 1000;
}

function hours(n: number): string {
  return n >= 48 && n % 24 === 0 ? `${n / 24} d` : `${Math.round(n * 10) / 10} h`;
}
