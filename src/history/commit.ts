import { Buffer } from 'node:buffer';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Database, Statement } from 'node-sqlite3-wasm';
import type { Config } from '../model/config.js';
import { isMilder } from '../gate/worse.js';
import type { Finding, FindingClass } from '../model/finding.js';
import type { AppReport, DirectoryReport, Report } from '../model/report.js';
import { number, OvertakenError, text, type Held } from './database.js';
import { ENDED, Heads } from './heads.js';
import { retain } from './prune.js';
import type { Reading } from './reading.js';
import { isOvertaken, type FileState } from './state.js';
import { goneTest } from '../audit/weigh.js';
import { summaryOf } from './summary.js';

/** After so many rows the process shows that it lives, and lets signals through. */
const STEP = 20_000;

/** One audit, whole or not at all. */
export async function commit(held: Held, state: FileState, readings: readonly Reading[], report: Report, config: Config): Promise<void> {
  const { db } = held;
  if (isOvertaken(db, state))
    throw new OvertakenError(
      `another audit was recorded, or old ones were forgotten, while this one ran (${config.path}): what it read before that was compared with what had been on record, and the rest was judged by its own dates alone`,
    );
  db.exec('BEGIN IMMEDIATE');
  const audit = state.next.audit;
  const { run } = report;
  db.run('INSERT INTO audits (id, as_of, started, finished, tool, config, exit) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    audit,
    Date.parse(report.asOf),
    Date.parse(run.startedAt),
    Date.parse(run.finishedAt),
    run.tool,
    run.configSha256,
    run.exitCode,
  ]);
  for (const source of state.sources) {
    if (!source.known) db.run('INSERT INTO sources (id, role, name) VALUES (?, ?, ?)', [source.id, source.role, source.name]);
  }
  const fresh = [...state.attributes].slice(state.knownAttributes);
  for (const [name, id] of fresh) db.run('INSERT INTO attributes (id, name) VALUES (?, ?)', [id, name]);
  const isGone = goneTest(config, report);
  for (const reading of readings) {
    const { role, name, basis } = state.sources.find(({ id }) => id === reading.source) as FileState['sources'][number];
    const seen = (role === 'directory' ? report.directory : report.apps).find((list) => list.name === name) as AppReport | DirectoryReport;
    db.run('INSERT INTO lists (audit, source, whole, rows, came, went, basis, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      audit,
      reading.source,
      reading.whole,
      reading.seen,
      reading.came,
      reading.went,
      basis,
      JSON.stringify(summaryOf(seen, report, reading.idle)),
    ]);
    await writeRows(held, role, reading, audit);
    if (role === 'app') {
      const findings = report.findings.filter((f) => f.app === name);
      writeFindings(db, reading, findings, audit, (absent) => reading.whole && isGone({ ...absent, app: name }));
    }
  }
  if (config.history !== false) retain(db, Date.parse(report.asOf), config.history.retain);
  held.beat();
  db.exec('COMMIT');
}

const INSERT = {
  directory: `INSERT INTO person_versions (id, person, since, state, kind, name, email, starts, ends, days, created, changed, attributes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  app: `INSERT INTO account_versions (id, source, key, came, since, owner, status, kind, name, email, created, updated, login, ended, roles, credentials,
    attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
};
const END = {
  directory: 'UPDATE person_versions SET until = ?, gone = ? WHERE id = ?',
  app: 'UPDATE account_versions SET until = ?, gone = ? WHERE id = ?',
};
/** Places of the columns that hold bytes, counted after the number of the row. */
const EMAIL = { directory: 3, app: 4 };

type Line = readonly [
  idHigh: number,
  idLow: number,
  rowHigh: number,
  rowLow: number,
  version: number,
  person: number,
  before: number,
  key: string | null,
  ...columns: (number | string | null)[],
];

async function writeRows(held: Held, role: 'directory' | 'app', reading: Reading, audit: number): Promise<void> {
  const { db } = held;
  if (reading.came + reading.ended.size === 0) return;
  const blob = db.get('SELECT heads FROM sources WHERE id = ?', reading.source)?.['heads'];
  const heads = new Heads(blob instanceof Uint8Array ? blob : undefined);
  const insert = db.prepare(INSERT[role]);
  const person = db.prepare('INSERT INTO people (id, source, key) VALUES (?, ?, ?)');
  const end = db.prepare(END[role]);
  try {
    let rows = 0;
    const step = async (): Promise<void> => {
      if (++rows % STEP !== 0) return;
      held.beat();
      await breathe();
    };
    for (const line of reading.spool.lines()) {
      const [idHigh, idLow, rowHigh, rowLow, version, number, before, key, ...columns] = JSON.parse(line) as Line;
      const values: (number | string | Uint8Array | null)[] = columns;
      const email = columns[EMAIL[role]];
      const attributes = columns.at(-1);
      values[EMAIL[role]] = typeof email === 'string' ? Buffer.from(email, 'hex') : null;
      values[values.length - 1] = typeof attributes === 'string' && attributes !== '' ? Buffer.from(attributes, 'hex') : null;
      if (role === 'directory' && key !== null) person.run([number, reading.source, key]);
      insert.run(
        role === 'directory' ? [version, number, audit, ...values] : [version, reading.source, key, before === ENDED, audit, ...values],
      );
      heads.set(idHigh, idLow, rowHigh, rowLow, version, number);
      await step();
    }
    const gone = new Set<number>();
    for (const [version, isGone] of reading.ended) {
      end.run([audit, isGone, version]);
      if (isGone) gone.add(version);
      await step();
    }
    db.run('UPDATE sources SET heads = ? WHERE id = ?', [heads.toBlob(gone, role === 'directory'), reading.source]);
  } finally {
    for (const statement of [insert, person, end] satisfies Statement[]) statement.finalize();
  }
}

/**
 * Findings are kept as rows are: from the audit that first had them to the one that no longer did. `isGone`: is one that is not there, or is milder than it was,
 * proven to be gone?
 */
function writeFindings(
  db: Database,
  { source }: Reading,
  findings: readonly Finding[],
  audit: number,
  isGone: (absent: { readonly id: string; readonly class: FindingClass }) => boolean,
): void {
  const open = new Map<string, Open>();
  for (const row of db.all('SELECT id, key, class, reason, severity FROM findings WHERE source = ? AND until IS NULL', source)) {
    open.set(text(row['key']), {
      id: number(row['id']),
      class: text(row['class']) as FindingClass,
      reason: text(row['reason']),
      severity: text(row['severity']),
    });
  }
  const end = (id: number): unknown => db.run('UPDATE findings SET until = ? WHERE id = ?', [audit, id]);
  const insert = db.prepare(
    'INSERT INTO findings (source, key, class, reason, severity, account, person, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  try {
    for (const finding of findings) {
      const { id, class: name, reason, severity, account, person } = finding;
      if (name === 'inconclusive') continue;
      const before = open.get(id);
      open.delete(id);
      // The same account for another reason (its owner has left since), or worse than it was.
      if (before !== undefined && (isSame(before, finding) || (isMilder(finding, before) && !isGone({ id, class: before.class }))))
        continue;
      if (before !== undefined) end(before.id);
      const owner = person == null ? null : `${person.source}:${person.id}`;
      insert.run([source, id, name, reason, severity, account?.id ?? null, owner, audit]);
    }
  } finally {
    insert.finalize();
  }
  for (const [key, before] of open) if (isGone({ id: key, class: before.class })) end(before.id);
}

interface Open {
  readonly id: number;
  readonly class: FindingClass;
  readonly reason: string;
  readonly severity: string;
}

function isSame(before: Open, now: Pick<Finding, 'class' | 'reason' | 'severity'>): boolean {
  return before.class === now.class && before.reason === now.reason && before.severity === now.severity;
}
