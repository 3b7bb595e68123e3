import { setImmediate as breathe } from 'node:timers/promises';
import type { Database } from 'node-sqlite3-wasm';
import type { Config } from '../model/config.js';
import { isMilder } from '../gate/worse.js';
import type { Finding, FindingClass } from '../model/finding.js';
import type { AppReport, DirectoryReport, Report } from '../model/report.js';
import { OvertakenError, type Held } from './database.js';
import { readHeads } from './heads.js';
import { retain } from './prune.js';
import type { Reading } from './reading.js';
import { ACCOUNT_VERSIONS, ATTRIBUTES, AUDITS, FINDINGS, LISTS, PEOPLE, PERSON_VERSIONS, SOURCES, type FindingRow } from './schema.js';
import { isOvertaken, type FileState } from './state.js';
import { goneTest } from '../audit/weigh.js';
import { summaryOf } from './summary.js';
import { readAll } from './table.js';

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
  AUDITS.add(db, {
    id: audit,
    as_of: Date.parse(report.asOf),
    started: Date.parse(run.startedAt),
    finished: Date.parse(run.finishedAt),
    tool: run.tool,
    config: run.configSha256,
    exit: run.exitCode,
  });
  for (const { id, role, name, known } of state.sources) if (!known) SOURCES.add(db, { id, role, name, heads: null });
  for (const [name, id] of [...state.attributes].slice(state.knownAttributes)) ATTRIBUTES.add(db, { id, name });
  const isGone = goneTest(config, report);
  for (const reading of readings) {
    const { role, name, basis } = state.sources.find(({ id }) => id === reading.source) as FileState['sources'][number];
    const seen = (role === 'directory' ? report.directory : report.apps).find((list) => list.name === name) as AppReport | DirectoryReport;
    const { source, whole, seen: rows, came, went } = reading;
    LISTS.add(db, { audit, source, whole, rows, came, went, basis, summary: JSON.stringify(summaryOf(seen, report, reading.idle)) });
    await writeRows(held, role, reading, audit);
    if (role === 'app') {
      const findings = report.findings.filter((f) => f.app === name);
      writeFindings(db, source, findings, state.next, (absent) => reading.whole && isGone({ ...absent, app: name }));
    }
  }
  if (config.history !== false) retain(db, Date.parse(report.asOf), config.history.retain);
  held.beat();
  db.exec('COMMIT');
}

async function writeRows(held: Held, role: 'directory' | 'app', reading: Reading, audit: number): Promise<void> {
  const { db } = held;
  if (reading.came + reading.ended.size === 0) return;
  const versions = role === 'directory' ? PERSON_VERSIONS : ACCOUNT_VERSIONS;
  const heads = readHeads(db, reading.source);
  const insert = db.prepare(versions.insert);
  const end = db.prepare(`UPDATE ${versions.name} SET until = ?, gone = ? WHERE id = ?`);
  const addPerson = db.prepare(PEOPLE.insert);
  try {
    let rows = 0;
    const step = async (): Promise<void> => {
      if (++rows % STEP !== 0) return;
      held.beat();
      await breathe();
    };
    for (const [head, newPerson, row] of reading.begun()) {
      if (newPerson !== null) addPerson.run(PEOPLE.values({ id: head[5], source: reading.source, key: newPerson }));
      insert.run(versions.unspooled(row));
      heads.set(head);
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
    for (const statement of [insert, end, addPerson]) statement.finalize();
  }
}

/**
 * Findings are kept as rows are: from the audit that first had them to the one that no longer did. `isGone`: is one that is not there, or is milder than it was,
 * proven to be gone?
 */
function writeFindings(
  db: Database,
  source: number,
  findings: readonly Finding[],
  next: FileState['next'],
  isGone: (absent: { readonly id: string; readonly class: FindingClass }) => boolean,
): void {
  const rows = readAll(db, FINDINGS.columns, 'SELECT * FROM findings WHERE source = ? AND until IS NULL', source);
  const open = new Map(rows.map((row): [string, Open] => [row.key, { ...row, class: row.class as FindingClass }]));
  const end = (id: number): unknown => db.run('UPDATE findings SET until = ? WHERE id = ?', [next.audit, id]);
  const insert = db.prepare(FINDINGS.insert);
  try {
    for (const finding of findings) {
      const { id: key, class: name, reason, severity, account, person } = finding;
      if (name === 'inconclusive') continue;
      const before = open.get(key);
      open.delete(key);
      // The same account for another reason (its owner has left since), or worse than it was.
      if (before !== undefined && (isSame(before, finding) || (isMilder(finding, before) && !isGone({ id: key, class: before.class }))))
        continue;
      if (before !== undefined) end(before.id);
      const owner = person == null ? null : `${person.source}:${person.id}`;
      const row = {
        source,
        key,
        class: name,
        reason,
        severity,
        account: account?.id ?? null,
        person: owner,
        since: next.audit,
        until: null,
      };
      insert.run(FINDINGS.values({ id: next.finding++, ...row }));
    }
  } finally {
    insert.finalize();
  }
  for (const [key, before] of open) if (isGone({ id: key, class: before.class })) end(before.id);
}

type Open = Pick<FindingRow, 'id' | 'reason' | 'severity'> & { readonly class: FindingClass };

function isSame(before: Open, now: Pick<Finding, 'class' | 'reason' | 'severity'>): boolean {
  return before.class === now.class && before.reason === now.reason && before.severity === now.severity;
}
