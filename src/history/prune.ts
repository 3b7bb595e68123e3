import type { Database } from 'node-sqlite3-wasm';
import type { Held } from './database.js';
import { readHeads } from './heads.js';
import { SOURCES } from './schema.js';
import { numberIn, readAll } from './table.js';

export interface Pruned {
  readonly audits: number;
  readonly people: number;
  readonly versions: number;
  readonly findings: number;
}

/** Takes out the audits before `cutoff` (ms), and what was over by the first that stays. What is valid now stays, but for lists that no audit since has read; so does the last audit. */
export function prune({ db, beat }: Held, cutoff: number): Pruned {
  db.exec('BEGIN IMMEDIATE');
  const pruned = forget(db, cutoff);
  beat();
  db.exec('COMMIT');
  if (pruned.audits + pruned.versions + pruned.findings > 0) db.exec('VACUUM');
  return pruned;
}

/** `history.retain`, in the transaction that records an audit: nothing where no audit is older, else one pass over the tables. */
export function retain(db: Database, asOf: number, kept: number | undefined): void {
  if (kept === undefined) return;
  if (numberIn(db, 'SELECT count(*) AS n FROM audits WHERE as_of < ?', asOf - kept) > 0) forget(db, asOf - kept);
}

function forget(db: Database, cutoff: number): Pruned {
  // Without it, what is deleted stays in the file until its page is used again.
  db.exec('PRAGMA secure_delete = ON');
  const first = numberIn(db, 'SELECT coalesce(min(id), (SELECT max(id) FROM audits)) AS n FROM audits WHERE as_of >= ?', cutoff);
  const gone = (sql: string): number => db.run(sql, first).changes;
  const audits = gone('DELETE FROM audits WHERE id < ?');
  gone('DELETE FROM lists WHERE audit < ?');
  const findings = gone('DELETE FROM findings WHERE until <= ?');
  const versions = gone('DELETE FROM account_versions WHERE until <= ?') + gone('DELETE FROM person_versions WHERE until <= ?');
  const unread = forgetUnread(db);
  const people = db.run(
    `DELETE FROM people WHERE NOT EXISTS (SELECT 1 FROM person_versions v WHERE v.person = people.id)
      AND NOT EXISTS (SELECT 1 FROM account_versions a WHERE a.owner = people.id)`,
  ).changes;
  // Who is forgotten must come back as somebody new.
  const { id } = SOURCES.columns;
  for (const source of readAll(db, { id }, "SELECT id FROM sources WHERE role = 'directory' AND heads IS NOT NULL")) {
    const known = new Set(readAll(db, { id }, 'SELECT id FROM people WHERE source = ?', source.id).map((person) => person.id));
    db.run('UPDATE sources SET heads = ? WHERE id = ?', [readHeads(db, source.id).onlyOf(known), source.id]);
  }
  // The source of people who still own an account is kept for their names.
  db.exec('DELETE FROM sources WHERE id NOT IN (SELECT source FROM lists) AND id NOT IN (SELECT source FROM people)');
  return { audits, people, versions: versions + unread.versions, findings: findings + unread.findings };
}

/** What no audit that is left has read (an app that was taken out of the config, or renamed) would be valid for ever. */
function forgetUnread(db: Database): Pick<Pruned, 'versions' | 'findings'> {
  const unread = 'source NOT IN (SELECT source FROM lists)';
  const gone = (sql: string): number => db.run(sql).changes;
  const findings = gone(`DELETE FROM findings WHERE ${unread}`);
  const accounts = gone(`DELETE FROM account_versions WHERE ${unread}`);
  const people = gone(`DELETE FROM person_versions WHERE person IN (SELECT id FROM people WHERE ${unread})`);
  db.exec('UPDATE sources SET heads = NULL WHERE id NOT IN (SELECT source FROM lists)');
  return { versions: accounts + people, findings };
}
