import type { Acceptance, Finding, FindingClass, FindingReason } from './finding.js';

/** One entry of the file of accepted findings: an id, or exactly one finding by what it says. */
export interface AcceptedEntry extends Acceptance {
  /** 1-based, in the file. */
  readonly line: number;
  readonly id?: string;
  /** Beside an id: the reason that the finding had when it was accepted. */
  readonly found?: FindingReason;
  readonly finding?: { readonly app: string; readonly class: FindingClass; readonly reason: FindingReason; readonly account: string };
  /** It was known that the account may be a leaver's, see `Finding.mayBeOrphaned`. */
  readonly mayBeOrphaned?: true;
}

/** Two entries with the same key name the same finding. */
export function entryKey({ id, finding }: Pick<AcceptedEntry, 'id' | 'finding'>): string {
  return finding === undefined ? (id ?? '') : JSON.stringify([finding.app, finding.class, finding.reason, finding.account]);
}

/** The keys under which a finding can be accepted. */
export function findingKeys({ id, app, class: cls, reason, account }: Finding): string[] {
  return [id, ...(account === null ? [] : [JSON.stringify([app, cls, reason, account.id])])];
}

/** What an entry names, in words. */
export function entryWords({ id, finding }: Pick<AcceptedEntry, 'id' | 'finding'>): string {
  return finding === undefined ? (id ?? '') : `${finding.class}:${finding.reason} of ${finding.account} in ${finding.app}`;
}
