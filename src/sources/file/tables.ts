import type { Block } from './blocks.js';
import { readCsv } from './csv.js';
import { readJson } from './json.js';
import { readNdjson } from './ndjson.js';
import type { FileOptions } from './options.js';
import type { Notes, Table } from './table.js';

/** The records of a file in its own format. Undefined: the file is empty. */
export async function tableOf(blocks: AsyncIterable<Block>, options: FileOptions, notes: Notes): Promise<Table<unknown> | undefined> {
  if (options.format === 'ndjson') return readNdjson(blocks);
  if (options.format === 'json') return readJson(blocks, options.records, notes);
  return (await readCsv(blocks, options.delimiter, notes)) as Table<unknown> | undefined;
}
