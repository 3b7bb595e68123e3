import type { Cells } from '../../mapping/bytes/cells.js';
import type { Access } from '../../mapping/rows.js';
import type { Block } from './blocks.js';

/** Some records of a file, in its order. */
export interface Batch<Raw> {
  /** Parsed when first asked for. */
  readonly records: readonly Raw[];
  /** The bytes of these records alone, where they can be had: for a `Scanner`. */
  readonly block?: Block | undefined;
  /** Says that the block was read by its cells, and that nobody will ask for `records`. */
  done?(): void;
  /** Where a record of the batch stands: "line 12". Slow for CSV: for messages only. */
  place(index: number): string;
}

/** Reads a table cell by cell, where the bytes allow it. */
export interface Scanner<Raw> {
  readonly cells: Cells;
  /** The slot of a path; null: it is never there; undefined: it is no plain key, only the table's `access` can follow it. */
  slotOf(path: string): number | null | undefined;
  /** Was the path there in any record that `find` found? */
  saw(path: string): boolean;
  /** Begins a block: how many records it has; -1: it must be read the plain way. */
  open(block: Block): number;
  /** Finds the cells of a record: the place of its first one; -1: only `record` can read it. */
  find(index: number): number;
  /** The record, read the plain way; undefined: there is none after all. May throw. */
  record(index: number): Raw | undefined;
}

/** A file of records, whatever its format. */
export interface Table<Raw> {
  /** CSV: the names of the header line. Absent where each record has its own keys. */
  readonly columns?: readonly string[];
  readonly access: Access<Raw>;
  readonly batches: AsyncIterable<Batch<Raw>>;
  /** Reads records cell by cell; `paths`: those that the mapping reads, `lists`: names of lists, which a record may spread over keys of its own. */
  scanner(paths: readonly string[], lists?: readonly string[]): Scanner<Raw> | undefined;
  /** A record as people read it. */
  show(raw: Raw): unknown;
}

/** The table whose records only it knows how to read: whoever goes on with it hands them back to its own functions. */
export function anyTable<Raw>(table: Table<Raw>): Table<unknown>;
export function anyTable<Raw>(table: Table<Raw> | undefined): Table<unknown> | undefined;
export function anyTable<Raw>(table: Table<Raw> | undefined): Table<unknown> | undefined {
  return table as Table<unknown> | undefined;
}

/** What readers say of the file as a whole; the ledger of the pull hears it. */
export interface Notes {
  declare(total: number): void;
  doubt(reason: string): void;
  remark(text: string): void;
}
