import type { SourceConfig } from '../../model/config.js';
import { isObject } from '../../model/parsed.js';
import { Ledger } from '../../contract/ledger.js';
import { openBytes } from './bytes.js';
import { faultOf, FileFault } from './fault.js';
import { fileOptions, type FileFormat } from './options.js';
import type { Table } from './table.js';
import { tableOf } from './tables.js';

/** The beginning of a file, as it stands there. */
export interface Peeked {
  readonly format: FileFormat;
  /** The names of the header. Absent where each record has its own keys, and of an empty file. */
  readonly columns?: readonly string[];
  /** The first records; those of a file with columns are under their names. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The header and the first rows of a `file` source, without a mapping: for whoever has to find out what its columns mean.
 * @throws {UsageError} for options that cannot be; {SourceError} for a file that cannot be read
 */
export async function peek(config: SourceConfig, rows: number): Promise<Peeked> {
  const options = fileOptions(config);
  try {
    const file = await openBytes(options.path, options.encoding, new AbortController().signal);
    try {
      const table = await tableOf(file, options, new Ledger());
      if (table === undefined) return { format: options.format, rows: [] };
      const { columns } = table;
      return { format: options.format, ...(columns === undefined ? {} : { columns }), rows: await firstRows(table, rows) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof FileFault ? faultOf(config.name, options.shown, error) : error;
  }
}

async function firstRows({ batches, show }: Table<unknown>, count: number): Promise<Readonly<Record<string, unknown>>[]> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  for await (const { records } of batches) {
    for (const record of records.slice(0, count - rows.length)) {
      const shown = show(record);
      if (isObject(shown)) rows.push(shown);
    }
    if (rows.length >= count) break;
  }
  return rows;
}
