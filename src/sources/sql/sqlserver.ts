import { setImmediate } from 'node:timers/promises';
import type { Table } from '../file/table.js';
import { QueryColumns } from './columns.js';
import { driver } from './driver.js';
import { NO_DATABASE, NO_LOGIN, NO_RIGHT, NO_TABLE, networkOutcome, sqlError, TOO_LONG, WRONG_QUERY, type Outcome } from './fault.js';
import type { SqlOptions } from './options.js';
import { asTable, type OpenSession, type Watch } from './session.js';
import { ServerSession } from './server-session.js';
import { oneSelect } from './one-select.js';
import { hexOf, lineOf, textTable, type TextRecord } from './text-table.js';

/** What of `tedious` is used. */
interface Request {
  on(event: 'row', listener: (cells: readonly { readonly value: unknown }[]) => void): void;
  on(event: 'columnMetadata', listener: (columns: readonly { readonly colName: string }[]) => void): void;
  pause(): void;
  resume(): void;
}
interface Connection {
  connect(done: (error?: Error) => void): void;
  execSqlBatch(request: Request): void;
  close(): void;
  on(event: 'error', listener: (error: Error) => void): void;
}
interface Driver {
  readonly Connection: new (config: object) => Connection;
  readonly Request: new (sql: string, done: (error?: Error | null) => void) => Request;
}

/** Rows that are taken at once. */
const BATCH = 1000;

/**
 * SQL Server. It has no read-only transactions: what is sent is one SELECT, whose user should have no more than SELECT, and its transaction is rolled back. SNAPSHOT, where
 * the database allows it, else SERIALIZABLE, which makes writers wait.
 */
export const openSqlServer: OpenSession = async (options, paths, signal) => {
  oneSelect(options);
  const tedious = await driver<Driver>('tedious', options);
  const { host, port, database, user, password, tls, timeout } = options;
  const connection = new tedious.Connection({
    server: host,
    authentication: { type: 'default', options: { userName: user, password: password?.reveal() } },
    options: {
      port,
      database,
      encrypt: tls !== undefined,
      trustServerCertificate: tls?.rejectUnauthorized === false,
      cryptoCredentialsDetails: tls?.ca === undefined ? {} : { ca: tls.ca },
      readOnlyIntent: true,
      requestTimeout: timeout ?? 0,
      useUTC: true,
      appName: 'lifegap',
    },
  });
  connection.on('error', () => undefined);
  signal.addEventListener('abort', () => connection.close(), { once: true });
  try {
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error === undefined ? resolve() : reject(error))));
    const session = new Session(tedious, connection, options);
    await session.begin(paths);
    return session;
  } catch (error) {
    connection.close();
    throw sqlError(options, error, outcomeOf(error));
  }
};

class Session extends ServerSession {
  protected override readonly counting = 'count_big(*)';

  constructor(
    private readonly tedious: Driver,
    private readonly connection: Connection,
    options: SqlOptions,
  ) {
    super(options, outcomeOf);
  }

  async begin(paths: readonly string[]): Promise<void> {
    const state = await this.value('select snapshot_isolation_state from sys.databases where database_id = db_id()');
    const level = Number(state) === 1 ? 'snapshot' : 'serializable';
    await this.#ask(`set transaction isolation level ${level}; begin transaction`);
    const { names } = await this.#ask(`select top 0 * from ${asTable(this.options.query)}`);
    this.begun(new QueryColumns(names, paths, new Set()));
  }

  protected async value(sql: string): Promise<unknown> {
    return (await this.#ask(sql)).rows[0]?.[0];
  }

  rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown> {
    const columns = only === undefined ? this.columns : this.columns.narrowed(this.columns.placesOf(only));
    return textTable(columns, this.#batches(columns.columns, watch));
  }

  async *#batches(names: readonly string[], watch: Watch | undefined): AsyncGenerator<readonly TextRecord[]> {
    const waiting: TextRecord[] = [];
    let wake = (): void => undefined;
    let end: { readonly error?: Error | null | undefined } | undefined;
    const list = names.map((name) => this.options.engine.quote(name)).join(', ');
    const request = new this.tedious.Request(`select ${list} from ${asTable(this.options.query)}`, (error) => {
      end = { error };
      wake();
    });
    request.on('row', (cells) => {
      waiting.push(cells.map(({ value }) => textOf(value)));
      if (waiting.length >= BATCH) request.pause();
      wake();
    });
    this.connection.execSqlBatch(request);
    for (;;) {
      if (waiting.length >= BATCH || (end !== undefined && waiting.length > 0)) {
        const batch = waiting.splice(0);
        if (watch !== undefined) for (const record of batch) watch(lineOf(record));
        yield batch;
        request.resume();
        await setImmediate();
      } else if (end === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else break;
    }
    const { error } = end;
    if (error !== undefined && error !== null) throw this.failure(error);
  }

  #ask(sql: string): Promise<{ readonly names: readonly string[]; readonly rows: readonly (readonly unknown[])[] }> {
    return new Promise((resolve, reject) => {
      const rows: unknown[][] = [];
      let names: readonly string[] = [];
      const request = new this.tedious.Request(sql, (error) => {
        if (error === undefined || error === null) resolve({ names, rows });
        else reject(error);
      });
      request.on('columnMetadata', (columns) => (names = columns.map(({ colName }) => colName)));
      request.on('row', (cells) => void rows.push(cells.map(({ value }) => value)));
      this.connection.execSqlBatch(request);
    });
  }

  /** What is not committed is rolled back. */
  close(): Promise<void> {
    this.connection.close();
    return Promise.resolve();
  }
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? hexOf(value) : `${value as string | number | boolean}`;
}

/** Numbers of the server's errors (sys.messages). */
function outcomeOf(error: unknown): Outcome {
  const { number, code } = error as { readonly number?: number; readonly code?: string };
  if (code === 'ELOGIN' || number === 18_456) return NO_LOGIN;
  if (code === 'ETIMEOUT') return TOO_LONG;
  if (number === 229 || number === 230) return NO_RIGHT;
  if (number === 208) return NO_TABLE;
  if (number === 4060 || number === 911) return NO_DATABASE;
  if (number !== undefined) return WRONG_QUERY;
  return networkOutcome(error) ?? { fault: 'network', next: 'check host and port, and what its certificate is called' };
}
