import { Buffer } from 'node:buffer';
import type { Database, JSValue } from 'node-sqlite3-wasm';

/** SQLite keeps a value of any type in any column (sqlite.org/datatype3.html): the file may hold what no lifegap wrote. */
export class WrongType extends Error {
  override readonly name = 'WrongType';
}

/** One kind of column: its declaration, what may stand in it, and the value that is read of it (undefined: it holds what no lifegap writes). */
export interface Column<V> {
  readonly declared: string;
  /** As SQLite's typeof() has them, quoted. */
  readonly kinds: string;
  /** What the wrong value is. */
  readonly wrong: string;
  readonly read: (value: unknown) => V | undefined;
  /** `table.column`, of a column that stands in a table. */
  readonly place?: string;
}

const WHOLE = "'integer', 'real'";
/** SQLite gives integers as numbers, or as bigint beyond 2^53. */
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const bytesOf = (value: unknown): Uint8Array | undefined => (value instanceof Uint8Array ? value : undefined);

export const NUMBER: Column<number> = { declared: 'INTEGER NOT NULL', kinds: WHOLE, wrong: 'no number', read: numberOf };
export const KEY: Column<number> = { ...NUMBER, declared: 'INTEGER PRIMARY KEY' };
export const FLAG: Column<boolean> = {
  ...NUMBER,
  read: (value) => (numberOf(value) === undefined ? undefined : value === 1),
};
export const TEXT: Column<string> = { declared: 'TEXT NOT NULL', kinds: "'text'", wrong: 'no text', read: textOf };
export const BYTES: Column<Uint8Array> = { declared: 'BLOB NOT NULL', kinds: "'blob'", wrong: 'no bytes', read: bytesOf };
export const NUMBER_OR_NONE = orNone(NUMBER);
export const TEXT_OR_NONE = orNone(TEXT);
export const BYTES_OR_NONE = orNone(BYTES);

function orNone<V>({ declared, kinds, wrong, read }: Column<V>): Column<V | null> {
  return {
    declared: declared.replace(' NOT NULL', ''),
    kinds: `${kinds}, 'null'`,
    wrong,
    read: (value) => (value === null ? null : read(value)),
  };
}

export type Shape = Readonly<Record<string, Column<Value>>>;
export type RowOf<S extends Shape> = { readonly [N in keyof S]: S[N] extends Column<infer V> ? V : never };
type Value = number | boolean | string | Uint8Array | null;
/** The values of a row as they wait in a spool: bytes in hex. */
export type Spooled = readonly (number | boolean | string | null)[];

/** The columns of one table, in order. CREATE, INSERT, what waits in a spool, what is read and what passes for whole are all made of them. */
export class Table<S extends Shape = Shape> {
  readonly columns: S;
  readonly create: string;
  readonly insert: string;
  readonly #names: readonly string[];
  readonly #isBytes: readonly boolean[];

  /** `more`: constraints over several columns. `kind`: what follows the columns. */
  constructor(
    readonly name: string,
    shape: S,
    { more = '', kind = '' }: { readonly more?: string; readonly kind?: string } = {},
  ) {
    const columns = Object.entries(shape);
    this.columns = Object.fromEntries(columns.map(([of, column]) => [of, { ...column, place: `${name}.${of}` }])) as unknown as S;
    this.#names = columns.map(([of]) => of);
    this.#isBytes = columns.map(([, { kinds }]) => kinds.includes('blob'));
    const declared = columns.map(([of, column]) => `${of} ${column.declared}`).join(', ');
    this.create = `CREATE TABLE ${name} (${declared}${more})${kind};`;
    this.insert = `INSERT INTO ${name} (${this.#names.join(', ')}) VALUES (${this.#names.map(() => '?').join(', ')})`;
  }

  /** What `insert` takes. */
  values(row: RowOf<S>): Value[] {
    return this.#names.map((name) => row[name] as Value);
  }

  add(db: Database, row: RowOf<S>): void {
    db.run(this.insert, this.values(row));
  }

  spooled(row: RowOf<S>): Spooled {
    return this.values(row).map((value) => (value instanceof Uint8Array ? hex(value) : value));
  }

  /** What `insert` takes, of what waited in a spool. */
  unspooled(values: Spooled): Value[] {
    return values.map((value, i) => (typeof value === 'string' && this.#isBytes[i] === true ? Buffer.from(value, 'hex') : value));
  }

  /** Looks at every row. @throws {WrongType} names the table and the column, and shows no value */
  check(db: Database): void {
    const columns = Object.entries(this.columns);
    const wrong = columns.map(([name, { kinds }]) => `sum(typeof(${name}) NOT IN (${kinds})) AS ${name}`);
    const found = db.get(`SELECT ${wrong.join(', ')} FROM ${this.name}`);
    for (const [name, column] of columns) if (Number(found?.[name] ?? 0) > 0) throw wrongIn(column);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** The rows of a query, which has to name every column of `shape`. @throws {WrongType} */
export function readAll<S extends Shape>(db: Database, shape: S, sql: string, values?: JSValue | JSValue[]): RowOf<S>[] {
  const columns = Object.entries(shape);
  return db.all(sql, values).map((given) => {
    const row: Record<string, Value> = {};
    for (const [name, column] of columns) {
      const value = column.read(given[name]);
      if (value === undefined) throw wrongIn(column);
      row[name] = value;
    }
    // Every column was read above.
    return row as RowOf<S>;
  });
}

/** The number that a query calls `n`; 0 where there is none. */
export function numberIn(db: Database, sql: string, values?: JSValue | JSValue[]): number {
  return readAll(db, { n: NUMBER_OR_NONE }, sql, values)[0]?.n ?? 0;
}

/** A moment in ms since 1970, as ISO 8601. @throws {WrongType} */
export function instant(ms: number): string {
  const at = new Date(ms);
  if (Number.isNaN(at.getTime())) throw new WrongType('a moment is out of all time');
  return at.toISOString();
}

function wrongIn({ place = 'a column', wrong }: Column<Value>): WrongType {
  return new WrongType(`${place} holds what is ${wrong}`);
}
