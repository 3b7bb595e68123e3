import { z } from 'zod';
import { SEVERITIES } from '../model/finding.js';
import { PERSON_STATES } from '../model/person.js';
import type { AddressRules, Policy } from '../model/policy.js';
import { duration, failOnWord, share, text } from './scalars.js';
import { byWord } from '../model/words.js';

const grace = z.strictObject({ create: duration.prefault('24h'), update: duration.prefault('24h'), delete: duration.prefault('24h') });
const guard = z.strictObject({ shrink: share.prefault('20%'), unmatched: share.prefault('50%') });
const coverage = z.strictObject({
  min_trials: z.int().min(1).prefault(5),
  covered: share.prefault(0.7),
  gap: share.prefault(0.6),
  look_back: duration.prefault('365d'),
});

const sla = z.strictObject(byWord(SEVERITIES, () => duration.exactOptional()));

const domain = text.transform((name) => name.toLowerCase());
const addresses = z
  .strictObject({ plus: z.array(domain).prefault([]), dots: z.array(domain).prefault([]), same: z.record(z.string(), domain).prefault({}) })
  .transform(({ plus, dots, same }): AddressRules => {
    const pairs = Object.entries(same).map(([name, to]) => [name.toLowerCase(), to] as const);
    return { plus: new Set(plus), dots: new Set(dots), same: new Map(pairs) };
  });

/** `policy`, and `accepted`, which is no part of it in the model: a path to the accepted findings. */
export const policy = z
  .strictObject({
    grace: grace.prefault({}).describe('Per stage, the time before a difference counts'),
    leavers: z
      .array(z.enum(PERSON_STATES))
      .min(1, 'expected one state at least')
      .prefault(['terminated', 'deleted', 'suspended'])
      .describe('States that must have lost access'),
    window: duration.prefault('90d').describe('How far back joiners, movers and leavers count for coverage'),
    guard: guard.prefault({}).describe('shrink: between audits; unmatched: accounts of an app that match nobody'),
    fail_on: z.array(failOnWord).prefault(['orphaned']).describe('class, class:reason, severity>=high, or coverage.delete=gap'),
    sla: sla.optional().describe('By severity, how long a finding of the baseline may stay open'),
    accepted: text.optional().describe('File of accepted findings: id, reason, owner, until'),
    guests: z.enum(['report', 'allow']).prefault('report'),
    prehire: z.enum(['allow', 'report']).prefault('allow').describe('Accounts before the first day'),
    prehire_lead: duration.prefault('30d').describe('How early before the first day an account may be made'),
    invitation: duration.prefault('14d').describe('After this an invitation that nobody accepted is a finding'),
    addresses: addresses.optional().describe('Which addresses count as one, by domain'),
    coverage: coverage.prefault({}).describe('Thresholds of the stage verdicts'),
  })
  .transform((given): { readonly policy: Policy; readonly accepted: string | undefined } => ({
    accepted: given.accepted,
    policy: {
      grace: given.grace,
      leavers: given.leavers,
      window: given.window,
      guard: given.guard,
      guests: given.guests,
      preHire: given.prehire,
      preHireLead: given.prehire_lead,
      invitation: given.invitation,
      ...(given.addresses === undefined ? {} : { addresses: given.addresses }),
      coverage: {
        minTrials: given.coverage.min_trials,
        covered: given.coverage.covered,
        gap: given.coverage.gap,
        lookBack: given.coverage.look_back,
      },
      failOn: given.fail_on,
      ...(given.sla === undefined ? {} : { sla: given.sla }),
    },
  }));
