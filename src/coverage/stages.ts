import type { AppDiff } from '../diff/app-diff.js';
import { nothingCompared, type Whole } from '../diff/not-compared.js';
import type { SeenRows } from '../diff/rows.js';
import type { Logged } from '../logbook/logged.js';
import type { Provisioning } from '../model/assignment.js';
import type { Leavers } from '../model/check.js';
import type { Completeness } from '../model/completeness.js';
import type { AppPast } from '../model/past.js';
import { STAGES, type Stage } from '../model/policy.js';
import type { AppReport, Mechanism, StageCoverage } from '../model/report.js';
import type { Observed } from '../transitions/observed.js';
import { refreshAtLogin } from './at-login.js';
import { Carrier } from './carrier.js';
import { hopsOf } from './hops.js';
import { holdsOf } from './holds.js';
import { lookBack } from './look-back.js';
import { addObserved, judgedBy } from './observed.js';
import { keysUnread, partsOf, partsWith, withParts, withReason } from './parts.js';
import { remarksOf } from './remarks.js';
import { snapshot, type Snapshot } from './snapshot.js';
import type { Traces } from './traces.js';
import { fromTrials, judgeStage, type StageCase } from './verdict.js';

/** All that the verdicts on the stages of one app are made of. */
export interface CoverageCase {
  readonly diff: AppDiff;
  readonly whole: Whole;
  /** The app's own list. */
  readonly list: Completeness;
  /** Does the app list who has left? */
  readonly leavers: Leavers;
  /** Why it is not known of some people whether they must have an account. */
  readonly gaps: readonly string[];
  /** What earlier audits had, and what they saw happen; undefined without a history. */
  readonly past: AppPast | undefined;
  readonly observed: readonly Observed[];
  readonly mechanism: Mechanism;
  readonly traces: Traces;
  /** What the identity provider is set up to carry. */
  readonly provisioning: Provisioning | undefined;
  /** What the app's logs say; `diff` has their dates, `listed` those of the list alone. */
  readonly logged?: Logged | undefined;
  readonly listed: SeenRows;
  /** When the directory's own log says that somebody was switched off there, ms; NaN. */
  readonly directoryOff: (row: number) => number;
  /** Keep every trial by name? */
  readonly keepsTrials: boolean;
}

/** Does the app follow when somebody joins, moves or leaves? */
export function coverageOf(given: CoverageCase): AppReport['coverage'] {
  const { diff, whole, list, observed, mechanism, traces, provisioning, gaps, logged } = given;
  const { policy } = diff;
  const { lifecycle } = diff.spec;
  const seen = seenOf(given);
  const remarks = remarksOf(seen, observed, given.leavers);
  const doubts = doubtsOfLists(given);
  const carrier = new Carrier(seen);
  const judge = (stage: Stage, more: Partial<StageCase>): StageCoverage => {
    const evidence = seen[stage];
    return judgeStage({
      stage,
      evidence,
      declared: lifecycle[stage],
      policy,
      doubts,
      remarks: remarks[stage],
      provisioned: provisioning?.[stage],
      carrier,
      ...more,
    });
  };
  const uncompared = nothingCompared(diff, whole);
  const atLogin = refreshAtLogin(observed, seen.update, lifecycle.update?.by, mechanism.inferred, traces.loginsKnown);
  const keys = keysUnread(list);
  const hops = logged === undefined ? undefined : hopsOf(diff, logged, given.directoryOff);
  const withHops = (stage: Stage, of: StageCoverage): StageCoverage => {
    const way = hops?.[stage] ?? [];
    return way.length === 0 ? of : { ...of, hops: way };
  };
  return {
    create: withHops('create', judge('create', { doubts: [...doubts, ...gaps] })),
    update: withHops('update', judge('update', { doubts: uncompared === undefined ? doubts : [...doubts, uncompared], withheld: atLogin })),
    delete: withHops('delete', withParts(withReason(judge('delete', { withheld: keys }), keys), seen)),
  };
}

/** What this audit shows by its dates, and what history saw. */
function seenOf({ diff, leavers, keepsTrials, observed, past, logged, listed }: CoverageCase): Snapshot {
  const judged = judgedBy(observed, past);
  const dated = snapshot({
    diff,
    listsLeavers: leavers === 'listed',
    isWhole: diff.blind === undefined,
    keepsTrials,
    judged,
    logged,
    listed,
  });
  const seen = { ...dated, ...partsOf(dated, observed, (row) => holdsOf(diff, row), diff.baseRoles.size > 0) };
  for (const stage of STAGES) addObserved(seen[stage], observed, stage, diff.standing.index, logged);
  const { before } = dated;
  const isUndecided = (stage: 'create' | 'delete'): boolean => fromTrials(seen[stage], diff.policy) === 'unproven';
  if (isUndecided('create')) lookBack(seen.create, before.create);
  return isUndecided('delete') && lookBack(seen.delete, before.delete) ? { ...seen, ...partsWith(seen, before) } : seen;
}

/** Why nothing can be claimed of any stage. */
function doubtsOfLists({ diff, whole }: CoverageCase): string[] {
  return [
    ...(whole.directory ? [] : ['the directory is not proven whole']),
    ...(whole.list ? [] : ["the app's list is not proven whole"]),
    ...(diff.blind === 'wrong-keys' ? ['most accounts match nobody'] : []),
  ];
}
