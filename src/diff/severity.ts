import type { FindingClass, FindingReason, Severity } from '../model/finding.js';

/** Facts about a finding that weigh. Each is set only when it is proven. */
export interface Facts {
  /** A login after the owner's end date, or after an owner was last seen changed while disabled. */
  readonly loginAfter?: boolean;
  readonly admin?: boolean;
  readonly liveCredential?: boolean;
  readonly nonHuman?: boolean;
  readonly guest?: boolean;
  /** The owner left longer ago than thirty days. */
  readonly overdue?: boolean;
  /** The account is one of a directory, which others trust. */
  readonly directory?: boolean;
}

type Rule = readonly [reason: `${FindingClass}:${FindingReason}` | `${FindingClass}:*`, when: keyof Facts | 'always', severity: Severity];

/** The first rule that fits decides. docs/verdicts.md shows this table. */
export const SEVERITY_TABLE: readonly Rule[] = [
  ['orphaned:owner-terminated', 'loginAfter', 'critical'],
  ['orphaned:owner-terminated', 'admin', 'critical'],
  ['orphaned:owner-terminated', 'liveCredential', 'critical'],
  ['orphaned:owner-terminated', 'directory', 'critical'],
  ['orphaned:owner-terminated', 'always', 'high'],
  ['orphaned:owner-disabled', 'loginAfter', 'high'],
  ['orphaned:owner-disabled', 'admin', 'high'],
  ['orphaned:owner-disabled', 'liveCredential', 'high'],
  ['orphaned:owner-disabled', 'overdue', 'high'],
  ['orphaned:owner-disabled', 'always', 'medium'],
  ['orphaned:no-owner', 'admin', 'high'],
  ['orphaned:no-owner', 'liveCredential', 'high'],
  ['orphaned:no-owner', 'guest', 'low'],
  ['orphaned:no-owner', 'nonHuman', 'medium'],
  ['orphaned:no-owner', 'always', 'high'],
  ['orphaned:not-entitled', 'admin', 'high'],
  ['orphaned:not-entitled', 'always', 'medium'],
  ['orphaned:residual-access', 'liveCredential', 'high'],
  ['orphaned:residual-access', 'admin', 'medium'],
  ['orphaned:residual-access', 'always', 'low'],
  ['orphaned:unowned-service', 'admin', 'high'],
  ['orphaned:unowned-service', 'always', 'medium'],
  ['orphaned:orphaned-credential', 'always', 'high'],
  ['stale:not-propagated', 'always', 'medium'],
  ['stale:*', 'always', 'low'],
  ['missing:inactive-account', 'always', 'medium'],
  ['missing:*', 'always', 'low'],
  ['conflict:recycled-identifier', 'always', 'high'],
  ['conflict:*', 'always', 'medium'],
  ['inconclusive:*', 'always', 'info'],
];

export function severityOf(cls: FindingClass, reason: FindingReason, facts: Facts): Severity {
  for (const [name, when, severity] of SEVERITY_TABLE) {
    if (name !== `${cls}:${reason}` && name !== `${cls}:*`) continue;
    if (when === 'always' || facts[when] === true) return severity;
  }
  throw new Error(`no severity for ${cls}:${reason}`);
}
