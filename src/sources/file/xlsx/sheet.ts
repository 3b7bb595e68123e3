import type { FileHandle } from 'node:fs/promises';
import type { Entry } from './archive.js';
import type { CellReading } from './cell.js';
import { partBytes } from './part.js';
import { SheetReader, type SheetCounts } from './sheet-reader.js';
import type { SparseRows } from './sparse.js';

/** The rows of a sheet that hold something, some at a time. */
export async function* sheetRows(
  handle: FileHandle,
  entry: Entry,
  reading: CellReading,
  counts: SheetCounts,
  signal: AbortSignal,
): AsyncGenerator<SparseRows, void, void> {
  const sheet = new SheetReader(reading, counts);
  for await (const chunk of partBytes(handle, entry, signal)) {
    sheet.push(chunk);
    for (let rows = sheet.take(false); rows !== undefined; rows = sheet.take(false)) yield rows;
  }
  const rest = sheet.end();
  if (rest.rows > 0) yield rest;
}
