import type { Report } from '../model/report.js';

/** Fewer accounts than this may belong to nobody by chance. */
const FEW = 3;
/** Below this share of them, a wrong key is likelier than strangers. */
const SHARE = 0.1;

/** Apps of which hardly an account has found its owner: their keys are likely the wrong ones. */
export function hardlyMatched(report: Report, keys: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return report.apps.flatMap(({ name, accounts, reconciliation, error }) => {
    const owned = new Set(
      report.findings.flatMap(({ app, account, person }) => (app === name && person !== null && account !== null ? [account.id] : [])),
    );
    const { inSync, pending, inactive } = reconciliation.accounts;
    const matched = Math.min(accounts, owned.size + inSync + pending + inactive);
    if (error !== null || accounts < FEW || matched >= accounts * SHARE) return [];
    const by = keys.get(name)?.join(', ') ?? '';
    return [
      `${name}: ${matched === 0 ? 'none' : matched} of ${accounts} accounts ${matched < 2 ? 'belongs' : 'belong'} to anybody in the list of people, so ${by} may be the wrong key: --explain shows how the columns were read, and --map says it better`,
    ];
  });
}
