import type { Finding } from '../model/finding.js';
import type { Kept, ListedAccount } from '../model/population.js';
import type { Report } from '../model/report.js';
import { csvRows, type Columns } from './csv.js';
import { pieces } from './pieces.js';
import { populationOf } from './population-csv.js';
import type { Reporter } from './reporter.js';
import { byName, compareFindings, inOrder } from './sort.js';

/** A row that a rule made: what it is about, and the rule. */
interface Excluded {
  readonly app: string;
  readonly what: 'account' | 'person' | 'finding';
  readonly by: Kept['by'] | 'accepted' | 'baseline';
  readonly rule: string;
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  readonly until?: string | undefined;
  readonly verdict: string;
  readonly account?: Pick<ListedAccount, 'id' | 'userName' | 'email' | 'status' | 'kind'> | null | undefined;
  readonly person?: Finding['person'] | undefined;
  readonly finding?: Finding;
}

const COLUMNS: Columns<Excluded> = {
  app: (r) => r.app,
  what: (r) => r.what,
  kept_by: (r) => r.by,
  kept_rule: (r) => r.rule,
  reason: (r) => r.reason,
  owner: (r) => r.owner,
  until: (r) => r.until,
  verdict: (r) => r.verdict,
  account_id: (r) => r.account?.id,
  account_userName: (r) => r.account?.userName,
  account_email: (r) => r.account?.email,
  account_status: (r) => r.account?.status,
  account_kind: (r) => r.account?.kind,
  person_id: (r) => r.person?.id,
  person_source: (r) => r.person?.source,
  person_userName: (r) => r.person?.userName,
  person_email: (r) => r.person?.email,
  person_state: (r) => r.person?.state,
  finding: (r) => r.finding?.id,
  finding_reason: (r) => r.finding?.reason,
  severity: (r) => r.finding?.severity,
};

/** Everything that a rule of the config, an accepted finding or the baseline kept from counting. */
export const csvExclusions: Reporter = (report) => pieces(csvRows(COLUMNS, excluded(report)));

function* excluded(report: Report): Generator<Excluded> {
  const population = populationOf(report);
  const decided = inOrder(
    report.findings.filter(({ accepted, baseline }) => accepted !== null || baseline === 'known'),
    compareFindings,
  );
  for (const { name: app } of inOrder(report.apps, byName)) {
    for (const { account, person, verdict, kept } of population.accounts(app)) {
      if (kept !== undefined) yield { app, what: 'account', ...kept, verdict, account, person };
    }
    for (const { account, person, verdict, kept } of population.people(app)) {
      if (kept !== undefined) yield { app, what: 'person', ...kept, verdict, account, person };
    }
    for (const finding of decided) if (finding.app === app) yield ofFinding(finding, report);
  }
}

function ofFinding(finding: Finding, report: Report): Excluded {
  const { app, account, person, accepted } = finding;
  const about = { app, what: 'finding', verdict: finding.class, account, person, finding } as const;
  return accepted === null
    ? { ...about, by: 'baseline', rule: `--baseline ${report.baseline?.file ?? ''}` }
    : { ...about, by: 'accepted', rule: `policy.accepted: ${report.accepted?.file ?? ''}`, ...accepted };
}
