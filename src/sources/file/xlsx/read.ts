import type { FileHandle } from 'node:fs/promises';
import { counted } from '../../../model/counted.js';
import { columnsOf } from '../csv-header.js';
import type { FileOptions } from '../options.js';
import type { Batch, Notes, Table } from '../table.js';
import { chosenSheet, listed } from './choose.js';
import { DenseRows, SheetScanner, type SheetRow } from './dense.js';
import { headerIn, namesIn } from './header.js';
import { sharedStringsOf } from './shared-strings.js';
import { sheetRows } from './sheet.js';
import { newCounts, type SheetCounts } from './sheet-reader.js';
import type { SparseRows } from './sparse.js';
import { totalsOf } from './totals.js';
import { Unread } from './unread.js';
import { UnreadCells } from './unread-cells.js';
import { openWorkbook, type SheetInfo } from './workbook.js';

/** Rows of a sheet since Excel 2007. */
const FULL_SHEET = 1_048_576;

/** A workbook as it lies on the disk: its directory stands at its end, so it is not read as a stream. */
export interface OpenWorkbook {
  readonly handle: FileHandle;
  readonly size: number;
  readonly signal: AbortSignal;
}

/** Reads a sheet of a workbook (ECMA-376): the header, and the rows below it. Undefined: it holds nothing. */
export async function readXlsx(
  { handle, size, signal }: OpenWorkbook,
  options: FileOptions,
  notes: Notes,
): Promise<Table<SheetRow> | undefined> {
  const book = await openWorkbook(handle, size, signal);
  const sheet = await chosenSheet(handle, book, options.sheet, options.name, options.shown, signal);
  tellHidden(book.sheets, sheet, notes);
  if (sheet === undefined) return undefined;
  const totals = await totalsOf(handle, book, sheet, signal);
  const reading = { ...book, totals, strings: await sharedStringsOf(handle, book.strings, signal) };
  const counts = newCounts();
  const pieces = sheetRows(handle, sheet.entry, reading, counts, signal);
  const step = await pieces.next();
  if (step.done === true) return undefined;
  const first = step.value;
  const header = headerIn(first, options.named);
  const number = first.number[header] ?? 0;
  if (number > 1)
    notes.remark(
      header === 0
        ? `the header is row ${number}`
        : `the header is row ${number}: ${counted(header, 'row', 'rows')} above it ${header === 1 ? 'is' : 'are'} left out`,
    );
  const columns = columnsOf(namesIn(first, header), `row ${number}`);
  const unread = new UnreadCells(options.keys, notes);
  return {
    columns,
    access: (path) => {
      const index = columns.indexOf(path);
      return index < 0 ? () => undefined : unread.access(path, (cells) => cells[index]);
    },
    batches: batchesOf(first, header + 1, pieces, columns.length, () => {
      unread.tell();
      tellCounts(counts, notes);
    }),
    scanner: () => new SheetScanner(columns),
    show: (cells) => Object.fromEntries(columns.map((name, index) => [name === '' ? `column ${index + 1}` : name, shown(cells[index])])),
  };
}

function shown(cell: string | Unread | undefined): string | undefined {
  return cell instanceof Unread ? cell.text : cell;
}

async function* batchesOf(
  first: SparseRows,
  skip: number,
  pieces: AsyncGenerator<SparseRows, void, void>,
  width: number,
  atEnd: () => void,
): AsyncGenerator<Batch<SheetRow>, void, void> {
  try {
    if (skip < first.rows) yield new DenseRows(first, width, skip);
    for await (const rows of pieces) yield new DenseRows(rows, width, 0);
    atEnd();
  } finally {
    await pieces.return();
  }
}

function tellCounts({ hidden, last, totals, mixed }: SheetCounts, notes: Notes): void {
  if (hidden > 0) notes.remark(`${counted(hidden, 'row is', 'rows are')} hidden, and read like the others`);
  for (const row of totals) notes.remark(`row ${row} holds the totals of a table, and is left out`);
  for (const row of mixed)
    notes.doubt(`row ${row} holds the totals of a table, and something beside it: switch the totals off, and export it again`);
  if (last >= FULL_SHEET) notes.doubt(`the sheet is full (row ${FULL_SHEET}): what did not fit is lost; export it again`);
}

function tellHidden(sheets: readonly SheetInfo[], chosen: SheetInfo | undefined, notes: Notes): void {
  const hidden = sheets.filter(({ isHidden }) => isHidden);
  if (chosen?.isHidden === true) notes.remark('the sheet that is read is hidden');
  const others = hidden.filter((sheet) => sheet !== chosen);
  if (others.length > 0) notes.remark(`hidden sheets are not read: ${listed(others.map((sheet) => ({ ...sheet, isHidden: false })))}`);
}
