import { blocksOf } from './blocks.js';
import type { OpenFile } from './bytes.js';
import { readCsv } from './csv.js';
import { FileFault } from './fault.js';
import { readJson } from './json.js';
import { readNdjson } from './ndjson.js';
import type { FileOptions } from './options.js';
import { anyTable, type Notes, type Table } from './table.js';
import { bytesAt, isBinaryWorkbook } from './xlsx/container.js';
import { readXlsx } from './xlsx/read.js';

/** The records of a file in its own format. Undefined: the file is empty. */
export async function tableOf(
  { chunks, workbook }: Pick<OpenFile, 'chunks' | 'workbook'>,
  options: FileOptions,
  notes: Notes,
): Promise<Table<unknown> | undefined> {
  if (options.format === 'xlsx') {
    await workbook.seen();
    return anyTable(await readXlsx(workbook, options, notes));
  }
  if (isBinaryWorkbook(await bytesAt(workbook.handle, 0, Math.min(workbook.size, 8))))
    throw new FileFault(
      'it is a workbook of a spreadsheet, whatever it is called',
      'set format: xlsx if it is .xlsx; else save it as that, or as CSV',
    );
  const blocks = blocksOf(chunks);
  if (options.format === 'ndjson') return readNdjson(blocks);
  if (options.format === 'json') return readJson(blocks, options.records, notes);
  return anyTable(await readCsv(blocks, options.delimiter, notes));
}
