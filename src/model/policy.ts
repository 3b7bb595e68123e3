import type { Severity } from './finding.js';
import type { PersonState } from './person.js';

/** The three stages of a lifecycle, in the words of provisioning. */
export const STAGES = ['create', 'update', 'delete'] as const;
export type Stage = (typeof STAGES)[number];

export const MECHANISMS = ['scim', 'jit', 'api', 'workflow', 'manual', 'none'] as const;
export type DeclaredMechanism = (typeof MECHANISMS)[number];

/** Who carries a stage of one app, as the config declares it. */
export interface Responsibility {
  readonly by: DeclaredMechanism;
  readonly system?: string;
  readonly owner?: string;
  /** The compensating control where the method cannot carry the stage. */
  readonly control?: string;
  /** Epoch ms: the end of that day, UTC. */
  readonly reviewBy?: number;
}
export type Lifecycle = { readonly [S in Stage]?: Responsibility };

/** `[account key, person key]`, in order of trust. */
export interface MatchRule {
  readonly name: string;
  readonly account: string;
  readonly person: string;
}

/** An account that is no person (service, shared, break-glass), registered with an owner and a review date. */
export interface RegisteredAccount {
  /** SCIM filter over the account. */
  readonly match: string;
  readonly kind: string;
  readonly owner?: string;
  readonly reviewBy?: number;
  readonly reason?: string;
}

/** Which addresses count as one: opt-in, per domain. */
export interface AddressRules {
  /** Domains whose `+tag` names the same mailbox. */
  readonly plus: ReadonlySet<string>;
  /** Domains that ignore dots in the local part. */
  readonly dots: ReadonlySet<string>;
  /** Domain -> the domain that it is equal to. */
  readonly same: ReadonlyMap<string, string>;
}

export interface Policy {
  /** Per stage, milliseconds that must have passed before a difference counts. */
  readonly grace: { readonly [S in Stage]: number };
  /** States whose people must have lost access. */
  readonly leavers: readonly PersonState[];
  /** Milliseconds back from `asOf` in which joiners, movers and leavers count as trials. */
  readonly window: number;
  readonly guard: {
    /** Share (0..1) by which a list may shrink between audits. */
    readonly shrink: number;
    /** Share (0..1) of an app's human accounts that may match nobody before a wrong key is the likelier cause. */
    readonly unmatched: number;
  };
  /** `report`: an account that nobody in the directory owns is a finding even if it is a guest; `allow`: guests are listed, not reported. */
  readonly guests: 'report' | 'allow';
  /** `allow`: an account may exist before the first day; `report`: it is `not-entitled` until then. */
  readonly preHire: 'allow' | 'report';
  /** Milliseconds before the first day in which an account may be made; older ones suggest a recycled identifier. */
  readonly preHireLead: number;
  /** Milliseconds after which an invitation that nobody accepted is a finding. */
  readonly invitation: number;
  /** Undefined: addresses are compared as they are. */
  readonly addresses?: AddressRules;
  /** Verdict thresholds, see docs/coverage.md. */
  readonly coverage: {
    readonly minTrials: number;
    readonly covered: number;
    readonly gap: number;
    /** Milliseconds back from `asOf` in which people count where the window has too few; undefined: no longer than the window. */
    readonly lookBack?: number;
  };
  /** `orphaned`, `orphaned:no-owner`, `severity>=high`, `coverage.delete=gap`. */
  readonly failOn: readonly string[];
  /** Milliseconds that a finding of a baseline may stay open, by severity; a severity that is not here has no limit. */
  readonly sla?: Partial<Readonly<Record<Severity, number>>>;
}
