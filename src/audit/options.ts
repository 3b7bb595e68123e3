import type { About } from '../contract/source.js';
import type { Systems } from '../contract/system.js';
import type { Baseline } from '../gate/baseline.js';
import type { Standing } from '../match/standing.js';
import type { Framework } from '../model/controls.js';
import type { Past } from '../model/past.js';
import type { Role } from '../model/role.js';
import type { Census } from './census.js';
import type { Witness } from './witness.js';

export interface Progress {
  readonly source: string;
  readonly role: Role;
  readonly rows: number;
  readonly state: 'reading' | 'done' | 'failed';
}

/** What an audit is told besides its config. */
export interface AuditOptions {
  /** The instant that the verdicts speak of, ms. */
  readonly asOf: number;
  readonly now: () => number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Overrides `policy.fail_on`. */
  readonly failOn?: readonly string[];
  readonly appConcurrency?: number;
  readonly pageConcurrency?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly trace?: (line: string) => void;
  /** Keep every trial of every stage by name (`StageCoverage.evidence`); without it only their counts are kept. */
  readonly trials?: boolean;
  /** What is in it and has not worsened does not fail. */
  readonly baseline?: Baseline;
  /** What is in the baseline does not fail, worsened or not. */
  readonly newOnly?: boolean;
  /** Sees every row that is read. */
  readonly witness?: Witness;
  /** Sees what becomes of every account and every person. */
  readonly census?: Census;
  /** The one person that the apps are asked about, once the directory is known; the audit then speaks of nobody else. */
  readonly about?: (standing: Standing) => About | undefined;
  /** What earlier audits saw. */
  readonly past?: Past;
  /** Directories and apps that may have shrunk beyond `policy.guard.shrink`, this once. */
  readonly acceptShrink?: readonly string[];
  /** What is read in place of the systems themselves. */
  readonly systems?: Systems;
  /** Frameworks whose controls are named; default: NIST CSF 2.0. */
  readonly controls?: readonly Framework[];
}
