import type { Database } from 'node-sqlite3-wasm';
import type { Differs } from './differences.js';
import { listsRead, type ListsRead } from './lists-read.js';
import { AUDITS, checkSmall, FINDINGS, LISTS, namedAccounts, namedPeople, SOURCES, type FindingRow, type NamedRow } from './schema.js';
import { readSummary, type ListSummary } from './summary.js';
import { instant, readAll } from './table.js';

export interface AuditSeen {
  readonly id: number;
  /** ISO 8601, UTC, here and below. */
  readonly asOf: string;
  readonly tool: string;
  readonly exitCode: number;
  readonly lists: readonly ListOfAudit[];
}

export interface ListOfAudit extends ListSummary {
  readonly role: 'directory' | 'app';
  readonly name: string;
  readonly whole: boolean;
  /** Rows that the audit before did not have, and that this one no longer has. */
  readonly came: number;
  readonly went: number;
}

export function listAudits(db: Database): AuditSeen[] {
  checkSmall(db);
  const lists = new Map<number, ListOfAudit[]>();
  const { role, name } = SOURCES.columns;
  const rows = readAll(
    db,
    { ...LISTS.columns, role, name },
    'SELECT l.*, s.role, s.name FROM lists l JOIN sources s ON s.id = l.source ORDER BY l.audit, s.role DESC, s.name',
  );
  for (const row of rows) {
    const { whole, came, went, summary } = row;
    const list: ListOfAudit = { role: row.role, name: row.name, whole, came, went, ...readSummary(summary) };
    const known = lists.get(row.audit);
    if (known === undefined) lists.set(row.audit, [list]);
    else known.push(list);
  }
  return readAll(db, AUDITS.columns, 'SELECT * FROM audits ORDER BY id').map(({ id, as_of, tool, exit }) => ({
    id,
    asOf: instant(as_of),
    tool,
    exitCode: exit,
    lists: lists.get(id) ?? [],
  }));
}

interface FindingChange {
  readonly id: string;
  readonly app: string;
  readonly class: string;
  readonly reason: string;
  readonly severity: string;
  readonly account: string | null;
  readonly person: string | null;
}

export interface RowChange {
  readonly list: string;
  readonly id: string;
  readonly userName?: string;
  /** Of `changed`: what differs, by name; values are not kept. */
  readonly what?: readonly string[];
}

export interface Changes {
  readonly from: { readonly id: number; readonly asOf: string };
  readonly to: { readonly id: number; readonly asOf: string };
  readonly findings: {
    readonly new: readonly FindingChange[];
    readonly resolved: readonly FindingChange[];
    /** The same finding, for another reason or of another severity. */
    readonly changed: readonly (FindingChange & { readonly before: Pick<FindingChange, 'reason' | 'severity'> })[];
  };
  readonly people: RowChanges;
  readonly accounts: RowChanges;
  /** Lists that were first read whole between the two (their rows need not have come), and lists that were read in another way than before. */
  readonly lists: { readonly first: readonly string[]; readonly anew: readonly string[] };
}
interface RowChanges {
  readonly came: readonly RowChange[];
  readonly changed: readonly RowChange[];
  readonly went: readonly RowChange[];
}

/** What differs between two audits. A row that was not seen in a list that was not whole has not gone. */
export function changesBetween(db: Database, from: AuditSeen, to: AuditSeen, differs: Differs): Changes {
  const [a, b] = [from.id, to.id];
  const moved = `((v.since > ?1 AND v.since <= ?2) OR (v.until > ?1 AND v.until <= ?2))`;
  const findings = readAll(
    db,
    { ...FINDINGS.columns, app: SOURCES.columns.name },
    `SELECT v.*, s.name AS app FROM findings v JOIN sources s ON s.id = v.source WHERE ${moved} ORDER BY app, class, reason, account, person`,
    [a, b],
  );
  const lists = listsRead(db);
  return {
    from: { id: a, asOf: from.asOf },
    to: { id: b, asOf: to.asOf },
    findings: findingChanges(validAt(findings, a), validAt(findings, b)),
    people: rowChanges(namedPeople(db, moved, [a, b]), a, b, differs, lists),
    accounts: rowChanges(namedAccounts(db, moved, [a, b]), a, b, differs, lists),
    lists: listChanges(db, lists, a, b),
  };
}

function isValid({ since, until }: Pick<FindingRow, 'since' | 'until'>, audit: number): boolean {
  return since <= audit && (until === null || until > audit);
}

function validAt(rows: readonly (FindingRow & { readonly app: string })[], audit: number): FindingChange[] {
  return rows
    .filter((row) => isValid(row, audit))
    .map(({ key, app, class: name, reason, severity, account, person }) => ({
      id: key,
      app,
      class: name,
      reason,
      severity,
      account,
      person,
    }));
}

function listChanges(db: Database, lists: ListsRead, a: number, b: number): Changes['lists'] {
  const { audit, source, whole } = LISTS.columns;
  const rows = readAll(
    db,
    { audit, source, whole, name: SOURCES.columns.name },
    'SELECT l.audit, l.source, l.whole, s.name FROM lists l JOIN sources s ON s.id = l.source WHERE l.audit > ? AND l.audit <= ? ORDER BY s.name, l.audit',
    [a, b],
  );
  const names = (which: (row: (typeof rows)[number]) => boolean): string[] => [...new Set(rows.filter(which).map(({ name }) => name))];
  return {
    first: names((row) => row.whole && !lists.knownBefore(row.source, row.audit)),
    anew: names((row) => lists.readAnew(row.source, row.audit)),
  };
}

function findingChanges(before: readonly FindingChange[], after: readonly FindingChange[]): Changes['findings'] {
  const byId = (list: readonly FindingChange[]): Map<string, FindingChange> => new Map(list.map((one) => [one.id, one]));
  const [were, are] = [byId(before), byId(after)];
  return {
    new: after.filter(({ id }) => !were.has(id)),
    resolved: before.filter(({ id }) => !are.has(id)),
    changed: after.flatMap((one) => {
      const old = were.get(one.id);
      const { reason, severity } = old ?? one;
      return reason === one.reason && severity === one.severity ? [] : [{ ...one, before: { reason, severity } }];
    }),
  };
}

function rowChanges(rows: readonly NamedRow[], a: number, b: number, differs: Differs, lists: ListsRead): RowChanges {
  const pairs = new Map<string, { before?: NamedRow; after?: NamedRow }>();
  for (const row of rows) {
    const key = JSON.stringify([row.list, row.key]);
    const pair = pairs.get(key) ?? {};
    if (isValid(row, a)) pair.before = row;
    if (isValid(row, b)) pair.after = row;
    pairs.set(key, pair);
  }
  const came: RowChange[] = [];
  const changed: RowChange[] = [];
  const went: RowChange[] = [];
  for (const { before, after } of pairs.values()) {
    const row = after ?? before;
    if (row === undefined) continue;
    const shown = { list: row.list, id: row.key, ...(row.name === null ? {} : { userName: row.name }) };
    // Not seen before is not come: the list was not known, or not whole.
    if (before === undefined) {
      if (lists.knownBefore(row.source, row.since)) came.push(shown);
    } else if (after === undefined) went.push(shown);
    else {
      const what = differs(before, after);
      if (what.length > 0) changed.push({ ...shown, what });
    }
  }
  return { came, changed, went };
}
