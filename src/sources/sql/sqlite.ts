import type { Database, SQLiteValue } from 'node-sqlite3-wasm';
import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Table } from '../file/table.js';
import { QueryColumns } from './columns.js';
import { sqlError, WRITES, WRONG_QUERY, type Outcome } from './fault.js';
import type { SqlOptions } from './options.js';
import { asTable, type OpenSession, type SqlSession, type Watch } from './session.js';
import { hexOf, lineOf, textTable, type TextRecord } from './text-table.js';

/** Rows that are taken at once. */
const BATCH = 1000;

/** A file of SQLite, opened for reading alone. */
export const openSqlite: OpenSession = async (options, paths) => {
  const { default: sqlite } = await import('node-sqlite3-wasm');
  const file = options.file ?? '';
  if (!existsSync(file)) throw sqlError(options, 'there is no such file', { fault: 'file', next: 'check path' });
  class Coded extends sqlite.Database {
    override _handleError(code: number): void {
      try {
        super._handleError(code);
      } catch (error) {
        throw new Refused(code & 255, error);
      }
    }
  }
  let database: Database | undefined;
  try {
    database = opened(() => new Coded(file, { readOnly: true }));
    // Everything below is read as of the first SELECT, which keeps writers out until it ends.
    database.exec('begin');
    // By itself, too: what leaves the parentheses below is no statement.
    for (const text of [options.query, `select * from ${asTable(options.query)}`]) database.prepare(text).finalize();
    return new Session(database, options, new QueryColumns(columnsOf(database, options), paths, new Set()));
  } catch (error) {
    database?.close();
    throw sqlError(options, error, outcomeOf(error));
  }
};

/** The names of the columns, also of a query without rows: joined to one row of nothing, each is there. */
function columnsOf(database: Database, { query }: SqlOptions): readonly string[] {
  const row = database.get(`select lifegap.* from (select 1) one left join ${asTable(query)} on 0`);
  return Object.keys(row ?? {});
}

class Session implements SqlSession {
  constructor(
    private readonly database: Database,
    private readonly options: SqlOptions,
    readonly columns: QueryColumns,
  ) {}

  count(): Promise<number> {
    return new Promise((resolve) =>
      resolve(Number(this.#tried(() => this.database.get(`select count(*) n from ${asTable(this.options.query)}`))?.['n'])),
    );
  }

  rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown> {
    const columns = only === undefined ? this.columns : this.columns.narrowed(this.columns.placesOf(only));
    return textTable(columns, this.#batches(columns.columns, watch));
  }

  async *#batches(names: readonly string[], watch: Watch | undefined): AsyncGenerator<readonly TextRecord[]> {
    const list = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
    const statement = this.#tried(() => this.database.prepare(`select ${list} from ${asTable(this.options.query)}`));
    try {
      const rows = statement.iterate()[Symbol.iterator]();
      let batch: TextRecord[] = [];
      for (;;) {
        const step = this.#tried(() => rows.next());
        if (step.done === true) break;
        const record = names.map((name) => textOf(step.value[name] as SQLiteValue));
        watch?.(lineOf(record));
        batch.push(record);
        if (batch.length < BATCH) continue;
        // It reads without waiting for anything: others get their turn here.
        await setImmediate();
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    } finally {
      statement.finalize();
    }
  }

  #tried<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      throw sqlError(this.options, error, outcomeOf(error));
    }
  }

  close(): Promise<void> {
    this.database.close();
    return Promise.resolve();
  }
}

function textOf(value: SQLiteValue | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  return value instanceof Uint8Array ? hexOf(value) : String(value);
}

/** What SQLite refused, with its result code (sqlite.org/rescode.html); extended codes have the kind in their low byte. */
class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly kind: number,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const CANNOT_OPEN = 14;

function opened(open: () => Database): Database {
  try {
    return open();
  } catch (error) {
    throw new Refused(CANNOT_OPEN, error);
  }
}

const WRITE = 8;
const BUSY = [5, 6];
/** I/O, damage, no way to open it, and no database. */
const OF_THE_FILE = [10, 11, CANNOT_OPEN, 26];

function outcomeOf(error: unknown): Outcome {
  // What it says of a statement comes without a code.
  const kind = error instanceof Refused ? error.kind : 1;
  if (kind === WRITE) return WRITES;
  if (BUSY.includes(kind))
    return { fault: 'file', next: 'another program writes to it; run it again, or read a copy (sqlite3 FILE ".backup COPY")' };
  if (OF_THE_FILE.includes(kind)) return { fault: 'file', next: 'read a copy that is made with: sqlite3 FILE ".backup COPY"' };
  return WRONG_QUERY;
}
