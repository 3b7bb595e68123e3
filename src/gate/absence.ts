import type { Finding, FindingClass } from '../model/finding.js';
import type { AppReport, DirectoryReport } from '../model/report.js';

/** Names a finding that may be there unseen; without an app it may be in any of them. */
export interface Sought {
  readonly id?: string;
  readonly app?: string;
  /** Without it, any. */
  readonly class?: FindingClass;
}

/**
 * Tells where a finding that is not reported is proven to be gone. It is not where its app was not audited, where a list on either side
 * is not whole, where a verdict on the whole app is open, and where the very account or person could not be judged: `mayHide` gives the
 * ids that an inconclusive finding may stand in for. An account that is off, or gone, is an
 * orphan as long as its keys are live: where those could not be read, no orphan is proven to be gone.
 */
export function absenceTest(
  audit: { readonly directory: readonly DirectoryReport[]; readonly apps: readonly AppReport[]; readonly findings: readonly Finding[] },
  everyApp: readonly string[],
  mayHide: (finding: Finding) => readonly string[],
): (sought: Sought) => boolean {
  const directoryWhole = audit.directory.every(isWhole);
  const open = audit.findings.filter((finding) => finding.class === 'inconclusive');
  const hidden = new Set(open.flatMap(mayHide));
  const ofLists = open.filter(({ account, person, ofCredentials }) => account === null && person === null && ofCredentials !== true);
  const voided = new Set(ofLists.map(({ app }) => app));
  const keysUnread = new Set(audit.apps.filter(({ completeness }) => completeness.credentials !== undefined).map(({ name }) => name));
  const whole = new Set(audit.apps.filter((app) => isWhole(app) && !voided.has(app.name)).map((app) => app.name));
  // A finding about a directory's own account.
  if (directoryWhole) for (const { name } of audit.directory) whole.add(name);
  return ({ id, app, class: cls }) => {
    if (!directoryWhole || (id !== undefined && hidden.has(id))) return false;
    const isProven = (name: string): boolean => whole.has(name) && (!keysUnread.has(name) || (cls !== undefined && cls !== 'orphaned'));
    return app === undefined ? everyApp.every(isProven) : isProven(app);
  };
}

function isWhole(list: DirectoryReport | AppReport): boolean {
  return list.error === null && list.completeness.verdict !== 'unproven';
}
