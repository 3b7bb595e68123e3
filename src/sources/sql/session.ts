import type { Table } from '../file/table.js';
import type { QueryColumns } from './columns.js';
import type { SqlOptions } from './options.js';

/** One connection, and in it one read-only transaction: everything that is asked of it is answered as of one moment. */
export interface SqlSession {
  readonly columns: QueryColumns;
  /** Why its rows prove nothing, whatever their number. */
  readonly doubts?: readonly string[];
  /** How many rows the query has. */
  count(): Promise<number>;
  /** The rows once more, from the first. `only`: these columns are enough. */
  rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown>;
  /** Ends the transaction, whatever is under way, and hangs up. */
  close(): Promise<void>;
}

/** Told of what came, for evidence. */
export type Watch = (bytes: Buffer) => void;

/** `paths`: where the config looks for its fields. Opening fails with a `SqlFault`. */
export type OpenSession = (options: SqlOptions, paths: readonly string[], signal: AbortSignal) => Promise<SqlSession>;

/** The query as a table: it is one SELECT and nothing else, or the server refuses it. */
export function asTable(query: string): string {
  return `(\n${query}\n) lifegap`;
}
