import type { Controls } from './controls.js';
import type { Completeness } from './completeness.js';
import type { Finding, FindingClass, FindingReason, Severity } from './finding.js';
import type { Hop, LogReport } from './log.js';
import type { PersonState } from './person.js';
import type { DeclaredMechanism, Stage } from './policy.js';
import type { Population } from './population.js';
import type { Trial } from './trial.js';
import type { Reconciliation } from './reconciliation.js';

export type CoverageVerdict = 'covered' | 'partial' | 'gap' | 'contradicted' | 'undeclared' | 'unproven';
/** How the evidence was come by. `logged` and `observed` are in no order: whichever dates more trials names the stage. */
export type Grade = 'declared' | 'snapshot' | 'logged' | 'observed' | 'probed';

/** Hours from what happened in the directory to what followed in the app. */
export interface Lag {
  /** Null when fewer than half of the trials have ended: then `longestOpenHours` is a lower bound. */
  readonly medianHours: number | null;
  readonly p95Hours: number | null;
  /** Trials that are still open (right-censored). */
  readonly open: number;
  readonly longestOpenHours: number | null;
}

/** What the settings of the identity provider say of one stage: it is declared, and never a measurement. */
export interface Provisioned {
  /** Name of the directory entry that is this provider. */
  readonly directory: string;
  /** Is it set up to carry the stage? `unknown`: the settings do not say, or what carries them out does not run. */
  readonly set: 'on' | 'off' | 'unknown';
  /** In the provider's own words: `features: PUSH_NEW_USERS`. */
  readonly evidence: string;
}

export interface StageCoverage {
  readonly verdict: CoverageVerdict;
  readonly grade: Grade;
  readonly trials: number;
  readonly successes: number;
  /** Of the trials, those from before the window; only where it had too few, and all of both came to the same. */
  readonly earlier?: number;
  /** Wilson 95 % interval of the success rate; null without a trial. */
  readonly interval: readonly [number, number] | null;
  readonly lag: Lag | null;
  /** In order; only where a log tells of the way. */
  readonly hops?: readonly Hop[];
  /**
   * Delete only, and only where the source tells of roles or credentials: of leavers whose account is a trial, how many lost each part
   * of their access. A part that the source does not tell of is absent.
   */
  readonly parts?: DeleteParts;
  /** Delete only: leavers who still have an active account. */
  readonly stillActive?: number;
  readonly declared: DeclaredMechanism | null;
  /** Declared by the identity provider; only where the config names the app there (`assigned`). */
  readonly provisioned?: Provisioned;
  readonly reasons: readonly string[];
  /** Only of a stage that is not covered: the controls that this bears on. */
  readonly controls?: Controls;
  /** Every trial by name, sorted by person, where they were asked for (`AuditOptions.trials`): as many `followed` as `successes`. */
  readonly evidence?: readonly Trial[];
}

/** Trials and successes of one part of offboarding. */
export interface Part {
  readonly trials: number;
  readonly successes: number;
}

export interface DeleteParts {
  /** The account is off or gone. */
  readonly account: Part;
  /** No key or token of it is live. */
  readonly credentials?: Part;
  /** It is in no group, and holds no role. */
  readonly memberships?: Part;
}

/** Who carries a stage, as declared, and what is missing. */
export interface StageResponsibility {
  readonly by: DeclaredMechanism | null;
  readonly system?: string;
  readonly owner?: string;
  /** The compensating control. */
  readonly control?: string;
  /** A day, ISO 8601. */
  readonly reviewBy?: string;
  /** Sentences; empty when somebody owns the stage and nothing is overdue. */
  readonly problems: readonly string[];
}

/** Leavers' accounts by who made them, and whether they are off. */
export interface LeaverAccounts {
  readonly provisioned: { readonly deactivated: number; readonly stillActive: number };
  readonly local: { readonly deactivated: number; readonly stillActive: number };
}

export type InferredMechanism = 'scim' | 'jit' | 'scim+jit' | 'manual' | 'mixed' | 'unknown';

export interface Mechanism {
  readonly inferred: InferredMechanism;
  readonly confidence: number;
  readonly declared: DeclaredMechanism | null;
  /** Facts with counts. */
  readonly traces: readonly string[];
  /** The fact that would overturn the inference; absent where nothing is inferred. */
  readonly overturnedBy?: string;
}

export interface DirectoryReport {
  readonly name: string;
  readonly connector: string;
  /** Only of `lifegap compare`: the known export that its header is, or null where its columns told it. */
  readonly export?: string | null;
  readonly people: number;
  readonly byState: Partial<Record<PersonState, number>>;
  readonly completeness: Completeness;
  /** Set when the source failed: one line, no secret. */
  readonly error: string | null;
  readonly notes: readonly string[];
}

/** Whom the identity provider has assigned to an app. */
export interface AssignedReport {
  readonly directory: string;
  /** Id of the app there. */
  readonly app: string;
  /** Assigned people, each once; those of `notInDirectory` are none of them. */
  readonly people: number;
  /** Assignments whose state the manifest has no word for. */
  readonly unknown: number;
  /** Assigned ids that the directory does not list. */
  readonly notInDirectory: number;
  /** People whose account id the provider knows. */
  readonly linked: number;
  readonly completeness: Completeness;
  readonly error: string | null;
}

export interface AppReport {
  readonly name: string;
  readonly connector: string;
  /** As of a directory. */
  readonly export?: string | null;
  readonly accounts: number;
  readonly completeness: Completeness;
  readonly error: string | null;
  readonly reconciliation: Reconciliation;
  readonly coverage: { readonly [S in Stage]: StageCoverage };
  readonly mechanism: Mechanism;
  readonly offboarding: {
    readonly independent: boolean;
    readonly reasons: readonly string[];
    /** Absent where no account carries the directory's id: then nothing tells provisioned accounts from local ones. */
    readonly accounts?: LeaverAccounts;
  };
  readonly responsibilities?: { readonly [S in Stage]: StageResponsibility };
  /** Only where the config names the app at the identity provider. */
  readonly assigned?: AssignedReport;
  /** In the order of the config; absent where it names none. */
  readonly logs?: readonly LogReport[];
  /** What the reader should know about this app's data: dropped keys, absent fields, string booleans. */
  readonly notes: readonly string[];
}

export interface Summary extends Record<FindingClass, number> {
  readonly accepted: number;
  readonly failing: number;
}

/** Where the config says what it says, for annotations and code scanning. */
export interface ConfigPlaces {
  /** Relative to the root of its repository, with `/`; never an absolute path. */
  readonly path: string;
  /** App -> line of its key, from 1. */
  readonly lines: Readonly<Record<string, number>>;
}

/** What the file of accepted findings did. */
export interface AcceptedReport {
  readonly file: string;
  /** Entries that have run out and still have a finding. */
  readonly expired: number;
  /** Entries that do not hold: their finding is worse than what was accepted. Absent where there is none. */
  readonly outgrown?: readonly OutgrownEntry[];
  /** Entries whose finding is gone. Where that cannot be told, they are not here. */
  readonly unused: readonly { readonly line: number; readonly what: string; readonly until: string }[];
}

export interface OutgrownEntry {
  readonly line: number;
  readonly what: string;
  readonly until: string;
  /** The reason that was accepted; absent where the entry is an id without one. */
  readonly was?: FindingReason;
  readonly now: FindingReason;
  /** As of the finding. */
  readonly mayBeOrphaned?: true;
}

/** One finding of a baseline. It names nobody: the id is a hash. */
export interface BaselineEntry {
  readonly id: string;
  readonly app: string;
  readonly class: FindingClass;
  readonly reason: FindingReason;
  readonly severity: Severity;
  /** A day: when it was first written down. */
  readonly firstSeen: string;
  /** As of the finding: a conflict that may be a leaver's was known to be. */
  readonly mayBeOrphaned?: true;
}

export interface BaselineReport {
  readonly file: string;
  readonly new: number;
  readonly known: number;
  readonly worsened: number;
  readonly overdue: number;
  /** Entries whose finding is gone, as a list that was read whole shows. */
  readonly fixed: readonly BaselineEntry[];
  /** Entries that were not found, and may be there all the same: the app was not audited, or not read whole. */
  readonly notProven: number;
}

export interface RunInfo {
  readonly tool: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly configSha256: string;
  readonly config: ConfigPlaces;
  /** The words of `fail_on` or `--fail-on`. */
  readonly failOn: readonly string[];
  /** With a baseline: what it lists does not fail, however it has worsened. */
  readonly newOnly?: boolean;
  readonly exitCode: number;
  /** One sentence: why this exit code. */
  readonly exitReason: string;
}

/** An earlier audit on record, as far as a trend shows it. An app that it did not read whole is left out. */
export interface TrendPoint {
  /** ISO 8601, UTC. */
  readonly asOf: string;
  readonly apps: readonly {
    readonly name: string;
    readonly orphaned: number;
    readonly stale: number;
    readonly missing: number;
    readonly coverage: { readonly [S in Stage]: CoverageVerdict };
  }[];
}

/** What an audit knows: the one value that every reporter renders. */
export interface Report {
  readonly schemaVersion: 1;
  readonly run: RunInfo;
  readonly asOf: string;
  /** Policy that shaped the verdicts, as given: `fail_on`, grace and window in words. */
  readonly directory: readonly DirectoryReport[];
  readonly apps: readonly AppReport[];
  /** Sorted by app, class, reason, account id, person id. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** The frameworks whose controls are named, by title, and what their names mean; absent with `--controls none`. */
  readonly controls?: { readonly frameworks: Readonly<Record<string, string>>; readonly note: string };
  /** Earlier audits, oldest first; only where a history is kept and a format shows it. */
  readonly trend?: readonly TrendPoint[];
  /** Every account and every person, only where a format lists them. */
  readonly population?: Population;
  /** With `policy.accepted` alone. */
  readonly accepted?: AcceptedReport;
  /** With `--baseline` alone. */
  readonly baseline?: BaselineReport;
}
