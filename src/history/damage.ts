import type { Database, QueryResult } from 'node-sqlite3-wasm';
import { SCHEMA } from './schema.js';

/** SQLite keeps a value of any type in any column (sqlite.org/datatype3.html): the file may hold what no lifegap wrote. */
export class WrongType extends Error {
  override readonly name = 'WrongType';
}

interface Column {
  readonly name: string;
  readonly type: 'INTEGER' | 'TEXT' | 'BLOB';
  readonly optional: boolean;
}

const TABLES: ReadonlyMap<string, readonly Column[]> = new Map(
  [...SCHEMA.matchAll(/CREATE TABLE (\w+) \((.*?)\)(?: WITHOUT ROWID)?;/gs)].map(([, table = '', body = '']) => [
    table,
    [...body.matchAll(/(\w+) (INTEGER|TEXT|BLOB)( PRIMARY KEY| NOT NULL)?/g)].map(([, name = '', type, needed]): Column => ({
      name,
      type: type as Column['type'],
      optional: needed === undefined,
    })),
  ]),
);

/** Of so few rows that every one can be looked at whenever the file is opened. */
export const SMALL = ['meta', 'audits', 'sources', 'lists', 'attributes', 'findings'];
export const ALL: readonly string[] = [...TABLES.keys()];

/** @throws {WrongType} names the table and the column, and shows no value */
export function checkTables(db: Database, tables: readonly string[]): void {
  for (const table of tables) {
    const columns = TABLES.get(table) ?? [];
    const wrong = columns.map(({ name, type, optional }) => `sum(typeof(${name}) NOT IN (${kindsOf(type, optional)})) AS ${name}`);
    const found = db.get(`SELECT count(*) AS "rows of all", ${wrong.join(', ')} FROM ${table}`);
    const column = columns.find(({ name }) => Number(found?.[name] ?? 0) > 0);
    if (column !== undefined) throw new WrongType(`${table}.${column.name} holds what is ${wordOf(column)}`);
    if (table === 'meta' && Number(found?.['rows of all']) !== 1) throw new WrongType('meta has no row, or several');
  }
}

/** The same of rows that were read of a table. @throws {WrongType} */
export function checked(table: string, rows: QueryResult[]): QueryResult[] {
  const columns = TABLES.get(table) ?? [];
  for (const row of rows)
    for (const column of columns) {
      const value: unknown = row[column.name];
      if (value === null ? !column.optional : value !== undefined && !isOf(column.type, value))
        throw new WrongType(`${table}.${column.name} holds what is ${wordOf(column)}`);
    }
  return rows;
}

function kindsOf(type: Column['type'], optional: boolean): string {
  const kinds = { INTEGER: "'integer', 'real'", TEXT: "'text'", BLOB: "'blob'" }[type];
  return optional ? `${kinds}, 'null'` : kinds;
}

function isOf(type: Column['type'], value: unknown): boolean {
  if (type === 'TEXT') return typeof value === 'string';
  return type === 'BLOB' ? value instanceof Uint8Array : typeof value === 'number' || typeof value === 'bigint';
}

function wordOf({ type }: Column): string {
  return { INTEGER: 'no number', TEXT: 'no text', BLOB: 'no bytes' }[type];
}
