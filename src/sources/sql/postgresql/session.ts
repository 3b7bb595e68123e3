import { codeOf } from '../../../model/errors.js';
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
import type { Table } from '../../file/table.js';
import { CopyOut, type CopyConnection, type Rows } from './copy-out.js';
import { copyTable } from './copy-table.js';

/** What of `pg` is used. */
interface Client {
  connect(): Promise<unknown>;
  query(query: {
    readonly text: string;
    readonly values?: readonly unknown[];
    readonly rowMode: 'array';
    readonly queryMode: 'extended';
  }): Promise<Answer>;
  query(copy: CopyOut): CopyOut;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): void;
  readonly connection: CopyConnection;
}
interface Answer {
  readonly rows: readonly (readonly unknown[])[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}
interface Driver {
  readonly Client: new (config: Readonly<Record<string, unknown>>) => Client;
}

/** Longest time until a connection stands, ms. */
const CONNECT = 30_000;

/** PostgreSQL, and what speaks its protocol: the rows come by COPY, which costs the server and this side least. */
export const openPostgresql: OpenSession = async (options, paths, signal) => {
  const { Client } = await driver<Driver>('pg', options);
  const { host, port, socket, database, user, password, tls } = options;
  const client = new Client({
    host: socket ?? host,
    port,
    database,
    user,
    password: password?.reveal(),
    ssl: tls ?? false,
    connectionTimeoutMillis: CONNECT,
    application_name: 'lifegap',
  });
  // Whoever waits for an answer hears of it.
  client.on('error', () => undefined);
  const session = new Session(client, options, paths);
  const stop = (): void => session.hangUp();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.connect();
    await session.begin();
  } catch (error) {
    await session.close();
    throw sqlError(options, error, outcomeOf(error));
  }
  return session;
};

class Session extends ServerSession {
  /** As COPY asks for each column. */
  #asked: readonly string[] = [];
  #moments: readonly boolean[] = [];
  #isCopying = false;

  constructor(
    private readonly client: Client,
    options: SqlOptions,
    private readonly paths: readonly string[],
  ) {
    super(options, outcomeOf);
  }

  /** One snapshot, in which nothing can be written; and dates and booleans as they are read here. */
  async begin(): Promise<void> {
    await this.#ask('begin transaction isolation level repeatable read, read only');
    const { timeout } = this.options;
    const settings = { datestyle: 'ISO, YMD', timezone: 'UTC', ...(timeout === undefined ? {} : { statement_timeout: String(timeout) }) };
    for (const [name, value] of Object.entries(settings)) await this.#ask('select set_config($1, $2, true)', [name, value]);
    // The server itself refuses a second statement here, and whatever is no table: what is sent below is the same text in the same place.
    const head = `select * from ${asTable(this.options.query)} limit 0`;
    await this.#lookForPolicies(head);
    const { fields } = await this.#ask(head);
    const kinds = await this.#kinds(fields.map(({ dataTypeID }) => dataTypeID));
    const kindOf = fields.map(({ dataTypeID }) => kinds.get(dataTypeID) ?? 'text');
    this.#asked = fields.map(({ name }, at) => ASK[kindOf[at] ?? 'text'](`"${name.replaceAll('"', '""')}"`));
    this.#moments = kindOf.map((kind) => kind === 'zoned' || kind === 'unzoned');
    const names = fields.map(({ name }) => name);
    this.begun(new QueryColumns(names, this.paths, new Set(names.filter((_, at) => kindOf[at] === 'json' || kindOf[at] === 'array'))));
  }

  protected async value(sql: string): Promise<unknown> {
    return (await this.#ask(sql)).rows[0]?.[0];
  }

  /** With row_security off the server refuses a query that a policy of row-level security takes rows from, and the count of it, too. */
  async #lookForPolicies(head: string): Promise<void> {
    await this.#ask('savepoint lifegap');
    try {
      await this.#ask('set local row_security = off');
      await this.#ask(head);
    } catch (error) {
      if (codeOf(error) !== '42501') throw error;
      // If it may not read at all, it will be told so.
      await this.#ask('rollback to savepoint lifegap');
      this.doubts.push('row-level security may hide rows from this user, and the count, too: read as one with BYPASSRLS');
    }
  }

  rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown> {
    const kept = this.columns.placesOf(only);
    const narrowed = only === undefined ? this.columns : this.columns.narrowed(kept);
    const list = kept.map((at) => this.#asked[at]).join(', ');
    const copy = new CopyOut(`copy (select ${list} from ${asTable(this.options.query)}) to stdout`, watch);
    const moments = kept.map((at) => this.#moments[at] === true);
    return copyTable(narrowed, moments, this.#copied(copy));
  }

  async *#copied(copy: CopyOut): AsyncGenerator<Rows> {
    this.#isCopying = true;
    this.client.query(copy);
    try {
      yield* copy.blocks();
      this.#isCopying = false;
    } catch (error) {
      throw this.failure(error);
    } finally {
      copy.drop();
    }
  }

  /** What kind of value a type is; domains are what they are made of. */
  async #kinds(oids: readonly number[]): Promise<ReadonlyMap<number, Kind>> {
    const { rows } = await this.#ask(
      `select t.oid::int8, coalesce(b.typname, t.typname), coalesce(b.typcategory, t.typcategory)
       from pg_catalog.pg_type t left join pg_catalog.pg_type b on b.oid = t.typbasetype where t.oid = any($1::oid[])`,
      [[...new Set(oids)]],
    );
    return new Map(rows.map(([oid, name, category]) => [Number(oid), category === 'A' ? 'array' : (KINDS[String(name)] ?? 'text')]));
  }

  #ask(text: string, values: readonly unknown[] = []): Promise<Answer> {
    return this.client.query({ text, values, rowMode: 'array', queryMode: 'extended' });
  }

  hangUp(): void {
    this.client.connection.stream.destroy();
  }

  async close(): Promise<void> {
    // A list that is not wanted to its end need not come to its end.
    if (this.#isCopying) this.hangUp();
    else await this.client.end().catch(() => undefined);
  }
}

type Kind = 'text' | 'boolean' | 'zoned' | 'unzoned' | 'day' | 'json' | 'array';
const KINDS: Readonly<Record<string, Kind>> = {
  bool: 'boolean',
  timestamptz: 'zoned',
  timestamp: 'unzoned',
  date: 'day',
  json: 'json',
  jsonb: 'json',
};

/** How COPY is asked for a column. `infinity` is no date: it is how "never" is written there. */
const ASK: Readonly<Record<Kind, (column: string) => string>> = {
  text: (column) => column,
  json: (column) => column,
  boolean: (column) => `${column}::text`,
  zoned: (column) => `nullif(${column}, 'infinity')`,
  // Without a zone: UTC, as everywhere.
  unzoned: (column) => `nullif(${column}, 'infinity') at time zone 'UTC'`,
  day: (column) => `nullif(${column}, 'infinity')`,
  array: (column) => `array_to_json(${column})`,
};

/** SQLSTATE (PostgreSQL, appendix A). */
function outcomeOf(error: unknown): Outcome {
  const code = codeOf(error) ?? '';
  if (code === '57014') return TOO_LONG;
  if (code === '25006' || code === '0A000') return WRITES;
  if (code === '42501') return NO_RIGHT;
  if (code === '42P01' || code === '3F000') return NO_TABLE;
  if (code === '3D000') return NO_DATABASE;
  if (/^(?:28|SASL)/.test(code) || (error instanceof Error && error.message.startsWith('SASL'))) return NO_LOGIN;
  if (code.startsWith('42') || code.startsWith('22')) return WRONG_QUERY;
  if (code === '40001') return { fault: 'server', next: 'this server is a standby that had to go on; run it again, or read its primary' };
  return networkOutcome(error) ?? { fault: 'server', next: 'look into the log of the server' };
}
