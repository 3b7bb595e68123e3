import type { Table } from '../file/table.js';
import { QueryColumns } from './columns.js';
import { driver } from './driver.js';
import { NO_LOGIN, NO_RIGHT, NO_TABLE, networkOutcome, sqlError, TOO_LONG, WRITES, WRONG_QUERY, type Outcome } from './fault.js';
import type { SqlOptions } from './options.js';
import { asTable, type OpenSession, type Watch } from './session.js';
import { ServerSession } from './server-session.js';
import { hexOf, lineOf, textTable, type TextRecord } from './text-table.js';

/** What of `oracledb` is used: its thin mode, which needs no client of Oracle. */
interface ResultSet {
  getRows(count: number): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}
interface Answer {
  readonly metaData: readonly { readonly name: string; readonly dbTypeName?: string }[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly resultSet?: ResultSet;
}
interface Connection {
  execute(sql: string, binds: readonly unknown[], options: object): Promise<Answer>;
  callTimeout: number;
  close(): Promise<void>;
}
interface Driver {
  getConnection(config: object): Promise<Connection>;
  readonly OUT_FORMAT_ARRAY: number;
  readonly DB_TYPE_CLOB: unknown;
  readonly STRING: unknown;
}

/** Rows that are taken at once. */
const BATCH = 1000;

/** Oracle: one read-only transaction, in which every query sees the same moment. */
export const openOracle: OpenSession = async (options, paths, signal) => {
  const oracle = await driver<Driver>('oracledb', options);
  const { host, port, database, user, password, tls, timeout } = options;
  const protocol = tls === undefined ? 'tcp' : 'tcps';
  try {
    const connection = await oracle.getConnection({
      user,
      password: password?.reveal(),
      connectString: `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}/${database ?? ''}`,
      ...(tls === undefined ? {} : { sslServerDNMatch: tls.rejectUnauthorized, walletContent: tls.ca?.join('\n') }),
    });
    const session = new Session(oracle, connection, options);
    signal.addEventListener('abort', () => void session.close(), { once: true });
    if (timeout !== undefined) connection.callTimeout = Math.ceil(timeout);
    try {
      await session.begin(paths);
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  } catch (error) {
    throw sqlError(options, error, outcomeOf(error));
  }
};

class Session extends ServerSession {
  #types: readonly string[] = [];

  constructor(
    private readonly oracle: Driver,
    private readonly connection: Connection,
    options: SqlOptions,
  ) {
    super(options, outcomeOf);
  }

  async begin(paths: readonly string[]): Promise<void> {
    await this.#ask('set transaction read only');
    const { metaData } = await this.#ask(`select * from ${asTable(this.options.query)} where 1 = 0`);
    this.#types = metaData.map(({ dbTypeName = '' }) => dbTypeName);
    this.begun(
      new QueryColumns(
        metaData.map(({ name }) => name),
        paths,
        new Set(),
      ),
    );
  }

  protected async value(sql: string): Promise<unknown> {
    return (await this.#ask(sql)).rows?.[0]?.[0];
  }

  rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown> {
    const kept = this.columns.placesOf(only);
    const columns = only === undefined ? this.columns : this.columns.narrowed(kept);
    const list = kept.map((at) => asked(`"${this.columns.columns[at] ?? ''}"`, this.#types[at] ?? '')).join(', ');
    return textTable(columns, this.#batches(list, watch));
  }

  async *#batches(list: string, watch: Watch | undefined): AsyncGenerator<readonly TextRecord[]> {
    let results: ResultSet | undefined;
    try {
      results = (await this.#ask(`select ${list} from ${asTable(this.options.query)}`, true)).resultSet;
      for (;;) {
        const rows = (await results?.getRows(BATCH)) ?? [];
        if (rows.length === 0) break;
        const batch = rows.map((row) => row.map(textOf));
        if (watch !== undefined) for (const record of batch) watch(lineOf(record));
        yield batch;
      }
    } catch (error) {
      throw this.failure(error);
    } finally {
      await results?.close().catch(() => undefined);
    }
  }

  #ask(sql: string, resultSet = false): Promise<Answer> {
    const { oracle } = this;
    return this.connection.execute(sql, [], {
      resultSet,
      outFormat: oracle.OUT_FORMAT_ARRAY,
      fetchTypeHandler: ({ dbType }: { readonly dbType: unknown }) =>
        dbType === oracle.DB_TYPE_CLOB ? { type: oracle.STRING } : undefined,
    });
  }

  async close(): Promise<void> {
    await this.connection.close().catch(() => undefined);
  }
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;

/** The server writes the text: a number of JavaScript loses the digits of a long id, and a date of it takes this machine's zone. Without a zone: UTC. */
function asked(column: string, type: string): string {
  if (type === 'NUMBER') return `to_char(${column}, 'TM9')`;
  if (type === 'DATE' || type === 'TIMESTAMP') return `to_char(${column}, ${ISO})`;
  return type.startsWith('TIMESTAMP') ? `to_char(sys_extract_utc(${column}), ${ISO})` : column;
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return hexOf(value);
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
}

/** ORA-01017 and the like. */
function outcomeOf(error: unknown): Outcome {
  const said = error instanceof Error ? error.message : '';
  const number = Number(/ORA-0*(\d+)/.exec(said)?.[1]);
  if ([1017, 28_000, 28_001, 1045].includes(number)) return NO_LOGIN;
  if (number === 942) return NO_TABLE;
  if (number === 1031 || number === 41_900) return NO_RIGHT;
  if (number === 1456) return WRITES;
  if (/DPI-1067|NJS-123|callTimeout/.test(said)) return TOO_LONG;
  if (!Number.isNaN(number)) return WRONG_QUERY;
  return networkOutcome(error) ?? { fault: 'network', next: 'check host, port and database (the name of the service)' };
}
