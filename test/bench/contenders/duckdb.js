// DuckDB: one full outer join over both files. Prints orphaned, stale, missing.
import { DuckDBInstance } from '@duckdb/node-api';

const [people, accounts] = process.argv.slice(2);
const scan = (file) =>
  file.endsWith('.csv') ? `read_csv('${file}', all_varchar = true)` : `read_json('${file}', format = 'newline_delimited')`;
const differ = ['givenName', 'familyName', 'email', 'department', 'title', 'manager']
  .map((name) => `lower(trim(a."${name}")) <> lower(trim(p."${name}"))`)
  .join(' OR ');

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const result = await connection.runAndReadAll(`
  SELECT count(*) FILTER (p.id IS NULL) AS orphaned,
         count(*) FILTER (p.id IS NOT NULL AND a.id IS NOT NULL AND (${differ})) AS stale,
         count(*) FILTER (a.id IS NULL) AS missing
  FROM ${scan(people)} p FULL OUTER JOIN ${scan(accounts)} a ON a."externalId" = p.id`);
process.stdout.write(`${result.getRows()[0].join(' ')}\n`);
