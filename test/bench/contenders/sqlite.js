// SQLite (WebAssembly build from npm): both files into tables, then a full outer join. Prints orphaned, stale, missing.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import sqlite from 'node-sqlite3-wasm';

const COMPARED = ['givenName', 'familyName', 'email', 'department', 'title', 'manager'];
const [people, accounts] = process.argv.slice(2);
const db = new sqlite.Database(':memory:');

async function load(table, file, key) {
  const columns = [key, ...COMPARED];
  db.run(`CREATE TABLE ${table} (key TEXT PRIMARY KEY, ${COMPARED.join(' TEXT, ')} TEXT) WITHOUT ROWID`);
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
  db.run('BEGIN');
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const row = JSON.parse(line);
    insert.run(columns.map((name) => row[name]));
  }
  db.run('COMMIT');
  insert.finalize();
}

await load('people', people, 'id');
await load('accounts', accounts, 'externalId');
const differ = COMPARED.map((name) => `lower(trim(a.${name})) <> lower(trim(p.${name}))`).join(' OR ');
const row = db.get(`
  SELECT count(*) FILTER (WHERE p.key IS NULL) AS orphaned,
         count(*) FILTER (WHERE p.key IS NOT NULL AND a.key IS NOT NULL AND (${differ})) AS stale,
         count(*) FILTER (WHERE a.key IS NULL) AS missing
  FROM people p FULL OUTER JOIN accounts a ON a.key = p.key`);
process.stdout.write(`${row.orphaned} ${row.stale} ${row.missing}\n`);
