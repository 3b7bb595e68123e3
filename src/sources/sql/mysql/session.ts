import { codeOf } from '../../../model/errors.js';
import type { Table } from '../../file/table.js';
import { QueryColumns } from '../columns.js';
import { driver } from '../driver.js';
import {
  NO_DATABASE,
  NO_LOGIN,
  NO_RIGHT,
  NO_TABLE,
  networkOutcome,
  sqlError,
  TOO_LONG,
  WRITES,
  WRONG_QUERY,
  type Outcome,
} from '../fault.js';
import type { SqlOptions } from '../options.js';
import { asTable, type OpenSession, type Watch } from '../session.js';
import { ServerSession } from '../server-session.js';
import { lineOf, textTable, type TextRecord } from '../text-table.js';
import { cellReader, isJson, type Field } from './cells.js';

/** What of `mysql2` is used. */
interface Connection {
  query(sql: string, done: (error: Error | null, rows: unknown, fields: readonly Field[] | undefined) => void): unknown;
  query(sql: string): { stream(options: { readonly highWaterMark: number }): AsyncIterable<readonly (Buffer | null)[]> };
  end(done: () => void): void;
  destroy(): void;
  on(event: 'error' | 'connect', listener: (error: Error) => void): void;
}
interface Driver {
  createConnection(config: Readonly<Record<string, unknown>>): Connection;
}
interface Cell {
  buffer(): Buffer | null;
}

/** Longest time until a connection stands, ms. */
const CONNECT = 30_000;
/** Rows that are taken at once, and that may wait. */
const BATCH = 1000;

/** MySQL and MariaDB: the rows come one by one, as the server reads them. */
export const openMysql: OpenSession = async (options, paths, signal) => {
  const { createConnection } = await driver<Driver>('mysql2', options);
  const { host, port, socket, database, user, password, tls } = options;
  const connection = createConnection({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    database,
    user,
    password: password?.reveal(),
    ...(tls === undefined ? {} : { ssl: tls }),
    charset: 'utf8mb4',
    connectTimeout: CONNECT,
    rowsAsArray: true,
    // Cells as they came: what a value is, its column tells.
    typeCast: (cell: Cell) => cell.buffer(),
  });
  // Whoever waits for an answer hears of it.
  connection.on('error', () => undefined);
  const session = new Session(connection, options);
  signal.addEventListener('abort', () => connection.destroy(), { once: true });
  try {
    await session.begin(paths);
  } catch (error) {
    await session.close();
    throw sqlError(options, error, outcomeOf(error));
  }
  return session;
};

class Session extends ServerSession {
  #fields: readonly Field[] = [];
  #isReading = false;
  /** A connection that never stood cannot be ended. */
  #stands = false;

  constructor(
    private readonly connection: Connection,
    options: SqlOptions,
  ) {
    super(options, outcomeOf);
  }

  /** One snapshot, in which nothing can be written; times of it are in UTC. */
  async begin(paths: readonly string[]): Promise<void> {
    const version = await this.value('select version()');
    this.#stands = true;
    await this.#ask("set session time_zone = '+00:00'");
    await this.#ask('set session transaction isolation level repeatable read');
    await this.#limit(version ?? '');
    await this.#ask('start transaction with consistent snapshot, read only');
    const { fields } = await this.#ask(`select * from ${asTable(this.options.query)} limit 0`);
    this.#fields = fields;
    this.begun(
      new QueryColumns(
        fields.map(({ name }) => name),
        paths,
        new Set(fields.filter(isJson).map(({ name }) => name)),
      ),
    );
  }

  /** Each of the two has a word of its own for it. */
  async #limit(version: string): Promise<void> {
    const { timeout } = this.options;
    if (timeout === undefined) return;
    if (version.includes('MariaDB')) await this.#ask(`set session max_statement_time = ${timeout / 1000}`);
    else await this.#ask(`set session max_execution_time = ${Math.ceil(timeout)}`);
  }

  /** Cells come as bytes. */
  protected async value(sql: string): Promise<string | undefined> {
    const { rows } = await this.#ask(sql);
    return (rows[0] as readonly (Buffer | null)[] | undefined)?.[0]?.toString();
  }

  rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown> {
    const kept = this.columns.placesOf(only);
    const columns = only === undefined ? this.columns : this.columns.narrowed(kept);
    const readers = kept.map((at) => cellReader(this.#fields[at]));
    const list = columns.columns.map((name) => this.options.engine.quote(name)).join(', ');
    const batches = this.#batches(`select ${list} from ${asTable(this.options.query)}`, readers, watch);
    return textTable(columns, batches);
  }

  async *#batches(
    sql: string,
    readers: readonly ((cell: Buffer) => string)[],
    watch: Watch | undefined,
  ): AsyncGenerator<readonly TextRecord[]> {
    this.#isReading = true;
    let batch: TextRecord[] = [];
    try {
      for await (const row of this.connection.query(sql).stream({ highWaterMark: BATCH })) {
        const record = readers.map((read, at) => {
          const cell = row[at];
          return cell === null || cell === undefined ? undefined : read(cell);
        });
        watch?.(lineOf(record));
        batch.push(record);
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
    } catch (error) {
      throw this.failure(error);
    }
    this.#isReading = false;
    if (batch.length > 0) yield batch;
  }

  #ask(sql: string): Promise<{ readonly rows: readonly unknown[]; readonly fields: readonly Field[] }> {
    return new Promise((resolve, reject) => {
      this.connection.query(sql, (error, rows, fields) => {
        if (error === null) resolve({ rows: Array.isArray(rows) ? rows : [], fields: fields ?? [] });
        else reject(error);
      });
    });
  }

  async close(): Promise<void> {
    // A list that is not wanted to its end need not come to its end.
    if (this.#isReading || !this.#stands) this.connection.destroy();
    else await new Promise<void>((resolve) => this.connection.end(resolve));
  }
}

/** Names of the server's errors, the same in both (mysqld_error.h). */
function outcomeOf(error: unknown): Outcome {
  const code = codeOf(error) ?? '';
  const number = typeof error === 'object' && error !== null && 'errno' in error ? error.errno : undefined;
  if (number === 1969 || number === 3024) return TOO_LONG;
  switch (code) {
    case 'ER_ACCESS_DENIED_ERROR':
    case 'ER_HOST_NOT_PRIVILEGED':
    case 'ER_MUST_CHANGE_PASSWORD_LOGIN':
    case 'ER_ACCOUNT_HAS_BEEN_LOCKED':
      return NO_LOGIN;
    case 'ER_DBACCESS_DENIED_ERROR':
    case 'ER_TABLEACCESS_DENIED_ERROR':
    case 'ER_COLUMNACCESS_DENIED_ERROR':
    case 'ER_SPECIFIC_ACCESS_DENIED_ERROR':
    case 'ER_PROCACCESS_DENIED_ERROR':
      return NO_RIGHT;
    case 'ER_BAD_DB_ERROR':
    case 'ER_NO_DB_ERROR':
      return NO_DATABASE;
    case 'ER_NO_SUCH_TABLE':
      return NO_TABLE;
    case 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION':
      return WRITES;
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return { fault: 'tls', next: 'have TLS switched on at the server; tls: false reads, and logs in, in the clear' };
    case 'HANDSHAKE_SSL_ERROR':
      return networkOutcome({ code: 'ERR_SSL' }) ?? WRONG_QUERY;
    default:
      if (code.startsWith('ER_')) return WRONG_QUERY;
      return networkOutcome(error) ?? { fault: 'server', next: 'look into the log of the server' };
  }
}
