import { EXIT, type ExitCode } from '../model/errors.js';
import { failTest, stageTest, undecidedTest, type FailRules } from '../model/fail-on.js';
import { counted } from '../model/counted.js';
import type { Finding } from '../model/finding.js';
import { STAGES } from '../model/policy.js';
import type { AppReport } from '../model/report.js';

export interface Gate {
  readonly failing: number;
  readonly exitCode: ExitCode;
  /** One sentence: why this exit code. */
  readonly reason: string;
}

export interface Outcome extends FailRules {
  readonly findings: readonly Finding[];
  readonly apps: readonly Pick<AppReport, 'name' | 'coverage'>[];
  /** Names of sources that failed. */
  readonly failed: readonly string[];
  /** Names of lists that are not proven whole, and apps with verdicts that could not be reached. */
  readonly unproven: readonly string[];
}

/**
 * A proven finding, or a proven verdict on coverage, outranks a failed source, and a failed source outranks an inconclusive audit. A
 * coverage word that names an unproven stage makes the audit inconclusive: there is no proof that the stage fails. So does an account that
 * may be a leaver's, where a word names orphans.
 */
export function gate(outcome: Outcome): Gate {
  const failing = outcome.findings.filter(failTest(outcome)).length;
  const isNamed = stageTest(outcome);
  const compared = outcome.findings.some((finding) => finding.baseline !== undefined);
  const stages = outcome.apps.flatMap(({ name, coverage }) =>
    STAGES.filter((stage) => isNamed(stage, coverage[stage].verdict)).map((stage) => ({ name, stage, verdict: coverage[stage].verdict })),
  );
  const reached = stages.filter(({ verdict }) => verdict !== 'unproven');
  const unproven = [
    ...outcome.unproven,
    ...whose(outcome),
    ...stages.filter(({ verdict }) => verdict === 'unproven').map(({ name, stage }) => `coverage.${stage} of ${name}`),
  ];
  if (failing > 0 || reached.length > 0) {
    const words = `--fail-on ${outcome.failOn.join(',')}`;
    const which = !compared ? '' : outcome.newOnly === true ? ', not in the baseline,' : ', new or worse than the baseline,';
    const findings = `${failing} proven ${failing === 1 ? 'finding' : 'findings'}${which}`;
    const verdicts = reached.map(({ name, stage, verdict }) => `coverage.${stage} of ${name} is ${verdict}`).join(', ');
    const reason = [
      ...(failing === 0 ? [] : [`${findings} reached ${words}`]),
      ...(reached.length === 0 ? [] : [failing === 0 ? `${verdicts}: ${words}` : verdicts]),
    ].join('; ');
    return { failing, exitCode: EXIT.finding, reason };
  }
  if (outcome.failed.length > 0) return { failing, exitCode: EXIT.source, reason: `could not be read: ${outcome.failed.join(', ')}` };
  if (unproven.length > 0) return { failing, exitCode: EXIT.inconclusive, reason: `inconclusive: ${unproven.join(', ')}` };
  const which = !compared ? '' : outcome.newOnly === true ? ' outside the baseline' : ' that is new or worse than the baseline';
  return { failing, exitCode: EXIT.clean, reason: `every list was read whole, and no finding${which} reached --fail-on` };
}

/** Accounts that may be a leaver's, by app: until it is known whose they are, nothing proves that there is no orphan. */
function whose(outcome: Outcome): string[] {
  const apps = new Map<string, number>();
  for (const { app } of outcome.findings.filter(undecidedTest(outcome))) apps.set(app, (apps.get(app) ?? 0) + 1);
  return [...apps].map(([app, accounts]) => `whose ${counted(accounts, 'account', 'accounts')} of ${app} ${accounts === 1 ? 'is' : 'are'}`);
}
