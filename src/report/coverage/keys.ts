import type { FailureCount, Hop, TrialEntry } from '../../model/log.js';
import type { AppReport, DeleteParts, LeaverAccounts, Part, StageCoverage, StageResponsibility } from '../../model/report.js';
import type { Trial } from '../../model/trial.js';
import { sortedKeys } from '../sort.js';

// The keys of the JSON report under which coverage stands, in their order.

/** What is known of an app's stages, mechanism and offboarding. */
export function appCoverage(a: AppReport): Pick<AppReport, 'coverage' | 'mechanism' | 'offboarding' | 'responsibilities'> {
  const { inferred, confidence, declared, traces, overturnedBy } = a.mechanism;
  return {
    coverage: { create: stage(a.coverage.create), update: stage(a.coverage.update), delete: stage(a.coverage.delete) },
    mechanism: { inferred, confidence, declared, traces, ...given('overturnedBy', overturnedBy) },
    offboarding: {
      independent: a.offboarding.independent,
      reasons: a.offboarding.reasons,
      ...(a.offboarding.accounts === undefined ? {} : { accounts: leaverAccounts(a.offboarding.accounts) }),
    },
    ...(a.responsibilities === undefined
      ? {}
      : {
          responsibilities: {
            create: responsibility(a.responsibilities.create),
            update: responsibility(a.responsibilities.update),
            delete: responsibility(a.responsibilities.delete),
          },
        }),
  };
}

function leaverAccounts({ provisioned, local }: LeaverAccounts): LeaverAccounts {
  return {
    provisioned: { deactivated: provisioned.deactivated, stillActive: provisioned.stillActive },
    local: { deactivated: local.deactivated, stillActive: local.stillActive },
  };
}

function responsibility({ by, system, owner, control, reviewBy, problems }: StageResponsibility): StageResponsibility {
  return {
    by,
    ...given('system', system),
    ...given('owner', owner),
    ...given('control', control),
    ...given('reviewBy', reviewBy),
    problems,
  };
}

function parts({ account, credentials, memberships }: DeleteParts): DeleteParts {
  const part = ({ trials, successes }: Part): Part => ({ trials, successes });
  return {
    account: part(account),
    ...(credentials === undefined ? {} : { credentials: part(credentials) }),
    ...(memberships === undefined ? {} : { memberships: part(memberships) }),
  };
}

/** One stage, its keys in their order. */
export function stage(s: StageCoverage): StageCoverage {
  const { verdict, grade, trials, successes, interval, stillActive, declared, provisioned, reasons, controls } = s;
  const lag =
    s.lag === null
      ? null
      : { medianHours: s.lag.medianHours, p95Hours: s.lag.p95Hours, open: s.lag.open, longestOpenHours: s.lag.longestOpenHours };
  return {
    verdict,
    grade,
    trials,
    successes,
    ...(s.earlier === undefined ? {} : { earlier: s.earlier }),
    interval,
    lag,
    ...(s.hops === undefined ? {} : { hops: s.hops.map(hop) }),
    ...(s.parts === undefined ? {} : { parts: parts(s.parts) }),
    ...(stillActive === undefined ? {} : { stillActive }),
    declared,
    ...(provisioned === undefined
      ? {}
      : { provisioned: { directory: provisioned.directory, set: provisioned.set, evidence: provisioned.evidence } }),
    reasons,
    ...(controls === undefined ? {} : { controls: sortedKeys(controls) }),
    ...(s.evidence === undefined ? {} : { evidence: s.evidence.map(trial) }),
  };
}

function hop({ from, to, median, p95, trials, failed, failures }: Hop): Hop {
  return { from, to, median, p95, trials, failed, ...(failures === undefined ? {} : { failures: failures.map(failureCount) }) };
}

export function failureCount({ detail, count }: FailureCount): FailureCount {
  return { detail, count };
}

function trial({ person, account, event, at, between, outcome, followedAt, lagHours, evidence, log }: Trial): Trial {
  return {
    person: { id: person.id, source: person.source, ...given('userName', person.userName) },
    account: account && { id: account.id, ...given('userName', account.userName) },
    event,
    at,
    ...(between === undefined ? {} : { between }),
    outcome,
    followedAt,
    lagHours,
    evidence,
    ...(log === undefined ? {} : { log: log.map(entry) }),
  };
}

function entry({ at, action, outcome, by, log }: TrialEntry): TrialEntry {
  return { at, action, outcome, by, log };
}

/** What is not known is no key. */
export function given<K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: string };
}
