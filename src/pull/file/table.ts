import type { Access } from '../fields.js';
import type { Block } from './blocks.js';
import type { Scanner } from './cells.js';

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

/** A file of records, whatever its format. */
export interface Table<Raw> {
  /** CSV: the names of the header line. Absent where each record has its own keys. */
  readonly columns?: readonly string[];
  readonly access: Access<Raw>;
  readonly batches: AsyncIterable<Batch<Raw>>;
  /** Reads records cell by cell; `paths`: those that the mapping reads. */
  scanner(paths: readonly string[]): Scanner<Raw> | undefined;
  /** A record as people read it. */
  show(raw: Raw): unknown;
}

/** What readers say of the file as a whole; the ledger of the pull hears it. */
export interface Notes {
  declare(total: number): void;
  doubt(reason: string): void;
  remark(text: string): void;
}
