import type { Database, QueryResult } from 'node-sqlite3-wasm';
import { checkTables, SMALL } from './damage.js';
import { instant, number, text } from './database.js';
import { listsRead, type ListsRead } from './lists-read.js';
import { readSummary, type ListSummary } from './summary.js';

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
  checkTables(db, SMALL);
  const lists = new Map<number, ListOfAudit[]>();
  const rows = db.all('SELECT l.*, s.role, s.name FROM lists l JOIN sources s ON s.id = l.source ORDER BY l.audit, s.role DESC, s.name');
  for (const row of rows) {
    const summary = readSummary(text(row['summary']));
    const list: ListOfAudit = {
      role: row['role'] as ListOfAudit['role'],
      name: text(row['name']),
      whole: row['whole'] === 1,
      came: number(row['came']),
      went: number(row['went']),
      ...summary,
    };
    const audit = number(row['audit']);
    const known = lists.get(audit);
    if (known === undefined) lists.set(audit, [list]);
    else known.push(list);
  }
  return db.all('SELECT * FROM audits ORDER BY id').map((row) => ({
    id: number(row['id']),
    asOf: instant(row['as_of']),
    tool: text(row['tool']),
    exitCode: number(row['exit']),
    lists: lists.get(number(row['id'])) ?? [],
  }));
}

export interface FindingChange {
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
export function changesBetween(
  db: Database,
  from: AuditSeen,
  to: AuditSeen,
  differs: (before: QueryResult, after: QueryResult) => string[],
): Changes {
  const [a, b] = [from.id, to.id];
  const findings = db.all(
    `SELECT f.*, s.name AS app FROM findings f JOIN sources s ON s.id = f.source
      WHERE (f.since > ?1 AND f.since <= ?2) OR (f.until > ?1 AND f.until <= ?2) ORDER BY app, class, reason, account, person`,
    [a, b],
  );
  const at = (row: QueryResult, audit: number): boolean =>
    number(row['since']) <= audit && (row['until'] === null || number(row['until']) > audit);
  const moved = `(v.since > ?1 AND v.since <= ?2) OR (v.until > ?1 AND v.until <= ?2)`;
  const lists = listsRead(db);
  const people = db.all(
    `SELECT v.*, p.key, p.source, s.name AS list FROM person_versions v JOIN people p ON p.id = v.person JOIN sources s ON s.id = p.source WHERE ${moved} ORDER BY list, key, v.since`,
    [a, b],
  );
  const accounts = db.all(
    `SELECT v.*, s.name AS list FROM account_versions v JOIN sources s ON s.id = v.source WHERE ${moved} ORDER BY list, key, v.since`,
    [a, b],
  );
  return {
    from: { id: a, asOf: from.asOf },
    to: { id: b, asOf: to.asOf },
    findings: findingChanges(findings.filter((row) => at(row, a)).map(findingOf), findings.filter((row) => at(row, b)).map(findingOf)),
    people: rowChanges(people, at, a, b, differs, lists),
    accounts: rowChanges(accounts, at, a, b, differs, lists),
    lists: listChanges(db, lists, a, b),
  };
}

function listChanges(db: Database, lists: ListsRead, a: number, b: number): Changes['lists'] {
  const rows = db.all(
    'SELECT l.audit, l.source, l.whole, s.name FROM lists l JOIN sources s ON s.id = l.source WHERE l.audit > ? AND l.audit <= ? ORDER BY s.name, l.audit',
    [a, b],
  );
  const names = (which: (source: number, audit: number, whole: boolean) => boolean): string[] => [
    ...new Set(
      rows.filter((row) => which(number(row['source']), number(row['audit']), row['whole'] === 1)).map((row) => text(row['name'])),
    ),
  ];
  return {
    first: names((source, audit, whole) => whole && !lists.knownBefore(source, audit)),
    anew: names((source, audit) => lists.readAnew(source, audit)),
  };
}

function findingChanges(before: readonly FindingChange[], after: readonly FindingChange[]): Changes['findings'] {
  const [were, are] = [before, after].map((list) => new Map(list.map((one) => [one.id, one]))) as [
    Map<string, FindingChange>,
    Map<string, FindingChange>,
  ];
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

function findingOf(row: QueryResult): FindingChange {
  const or = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    id: text(row['key']),
    app: text(row['app']),
    class: text(row['class']),
    reason: text(row['reason']),
    severity: text(row['severity']),
    account: or(row['account']),
    person: or(row['person']),
  };
}

function rowChanges(
  rows: readonly QueryResult[],
  at: (row: QueryResult, audit: number) => boolean,
  a: number,
  b: number,
  differs: (before: QueryResult, after: QueryResult) => string[],
  lists: ListsRead,
): RowChanges {
  const pairs = new Map<string, { before?: QueryResult; after?: QueryResult }>();
  for (const row of rows) {
    const key = JSON.stringify([row['list'], row['key']]);
    const pair = pairs.get(key) ?? {};
    if (at(row, a)) pair.before = row;
    if (at(row, b)) pair.after = row;
    pairs.set(key, pair);
  }
  const came: RowChange[] = [];
  const changed: RowChange[] = [];
  const went: RowChange[] = [];
  for (const { before, after } of pairs.values()) {
    const row = after ?? before;
    if (row === undefined) continue;
    const shown = { list: text(row['list']), id: text(row['key']), ...(typeof row['name'] === 'string' ? { userName: row['name'] } : {}) };
    // Not seen before is not come: the list was not known, or not whole.
    if (before === undefined) {
      if (lists.knownBefore(number(row['source']), number(row['since']))) came.push(shown);
    } else if (after === undefined) went.push(shown);
    else {
      const what = differs(before, after);
      if (what.length > 0) changed.push({ ...shown, what });
    }
  }
  return { came, changed, went };
}
