import { doubtsOf } from '../model/completeness.js';
import type { Finding } from '../model/finding.js';
import type { AccountRow, PersonRow, Population } from '../model/population.js';
import type { AppReport, Report } from '../model/report.js';
import { csvRows, type Columns } from './csv.js';
import { findingsBy, type FindingsBy } from './findings-by.js';
import { pieces } from './pieces.js';
import type { Reporter } from './reporter.js';
import { byName, inOrder } from './sort.js';

/** Of one app, a row with the finding that was made of it. */
interface OfApp<Row> {
  readonly app: AppReport;
  readonly row: Row;
  readonly finding: Finding | undefined;
}

/** A list that could not be proven whole, or whose keys could not be read, stands as a row of its own, before what was read of it. */
type AccountLine = OfApp<AccountRow | undefined>;

const ACCOUNTS: Columns<AccountLine> = {
  app: ({ app }) => app.name,
  list: ({ app }) => listWord(app),
  account_id: ({ row }) => row?.account.id,
  account_userName: ({ row }) => row?.account.userName,
  account_email: ({ row }) => row?.account.email,
  account_status: ({ row }) => row?.account.status,
  account_kind: ({ row }) => row?.account.kind,
  verdict: ({ row }) => row?.verdict ?? 'incomplete',
  reason: ({ app, row, finding }) => (row === undefined ? whyNotWhole(app) : (finding?.reason ?? row.why)),
  severity: ({ finding }) => finding?.severity,
  finding: ({ finding }) => finding?.id,
  person_id: ({ row }) => row?.person?.id,
  person_source: ({ row }) => row?.person?.source,
  person_userName: ({ row }) => row?.person?.userName,
  person_email: ({ row }) => row?.person?.email,
  person_state: ({ row }) => row?.person?.state,
  person_endAt: ({ row }) => row?.person?.endAt,
  rule: ({ row }) => row?.rule,
  account_createdAt: ({ row }) => row?.account.createdAt,
  account_updatedAt: ({ row }) => row?.account.updatedAt,
  account_lastLoginAt: ({ row }) => row?.account.lastLoginAt,
  account_deactivatedAt: ({ row }) => row?.account.deactivatedAt,
  roles: ({ row }) => row?.account.roles,
  admin: ({ row }) => yesNo(row?.account.admin),
  live_credentials: ({ row }) => row?.account.liveCredentials,
  kept_by: ({ row }) => row?.kept?.by,
  kept_rule: ({ row }) => row?.kept?.rule,
  owner: ({ row }) => row?.kept?.owner,
  until: ({ row, finding }) => row?.kept?.until ?? finding?.accepted?.until,
};

const PEOPLE: Columns<OfApp<PersonRow>> = {
  person_source: ({ row }) => row.person.source,
  person_id: ({ row }) => row.person.id,
  person_userName: ({ row }) => row.person.userName,
  person_email: ({ row }) => row.person.email,
  person_employeeId: ({ row }) => row.person.employeeId,
  person_kind: ({ row }) => row.person.kind,
  person_state: ({ row }) => row.person.state,
  person_startAt: ({ row }) => row.person.startAt,
  person_endAt: ({ row }) => row.person.endAt,
  app: ({ app }) => app.name,
  list: ({ app }) => listWord(app),
  expected: ({ row }) => yesNo(row.verdict !== 'notExpected'),
  verdict: ({ row }) => row.verdict,
  reason: ({ row, finding }) => finding?.reason ?? row.why,
  severity: ({ finding }) => finding?.severity,
  finding: ({ finding }) => finding?.id,
  account_id: ({ row }) => row.account?.id,
  account_userName: ({ row }) => row.account?.userName,
  account_email: ({ row }) => row.account?.email,
  account_status: ({ row }) => row.account?.status,
  account_kind: ({ row }) => row.account?.kind,
  account_lastLoginAt: ({ row }) => row.account?.lastLoginAt,
  rule: ({ row }) => row.rule,
  kept_by: ({ row }) => row.kept?.by,
  kept_rule: ({ row }) => row.kept?.rule,
  until: ({ row, finding }) => row.kept?.until ?? finding?.accepted?.until,
};

/** Every account, in the order of its app's list: as many of each verdict as the reconciliation says. */
export const csvAccounts: Reporter = (report) => pieces(csvRows(ACCOUNTS, accountLines(report)));

/** Every record of the directory in every app: one row for each of both. */
export const csvPeople: Reporter = (report) => pieces(csvRows(PEOPLE, personLines(report)));

function* accountLines(report: Report): Generator<AccountLine> {
  const population = populationOf(report);
  const found = findingsBy(report);
  for (const app of inOrder(report.apps, byName)) {
    if (!isWhole(app)) yield { app, row: undefined, finding: undefined };
    for (const row of population.accounts(app.name)) yield { app, row, finding: ofAccount(found, app, row) };
  }
}

function* personLines(report: Report): Generator<OfApp<PersonRow>> {
  const population = populationOf(report);
  const found = findingsBy(report);
  for (const app of inOrder(report.apps, byName)) {
    for (const row of population.people(app.name)) {
      const finding = row.verdict === 'missing' ? found.missing(app.name, row.person) : undefined;
      yield { app, row, finding };
    }
  }
}

/** Only the verdicts that are findings have one of their own name. */
function ofAccount(found: FindingsBy, { name }: AppReport, { verdict, account }: AccountRow): Finding | undefined {
  return verdict === 'orphaned' || verdict === 'stale' || verdict === 'conflict' || verdict === 'inconclusive'
    ? found.account(verdict, name, account.id)
    : undefined;
}

/** Throws where the audit did not keep what the format lists: `Format.population` says that it must. */
export function populationOf({ population }: Report): Population {
  if (population === undefined) throw new Error('the audit kept no accounts and people for this report');
  return population;
}

function isWhole({ error, completeness }: AppReport): boolean {
  return error === null && completeness.verdict !== 'unproven' && completeness.credentials === undefined;
}

function listWord({ error, completeness }: AppReport): string {
  return error === null ? completeness.verdict : 'failed';
}

function whyNotWhole({ error, completeness }: AppReport): string {
  const why = completeness.verdict === 'unproven' ? doubtsOf(completeness) : (completeness.credentials ?? []);
  return [...(error === null ? [] : [error]), ...why].join('; ');
}

function yesNo(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'yes' : 'no';
}
