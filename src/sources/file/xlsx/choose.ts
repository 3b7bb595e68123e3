import type { FileHandle } from 'node:fs/promises';
import { UsageError } from '../../../model/errors.js';
import { sampleOf } from '../../../mapping/problems.js';
import { sheetRows } from './sheet.js';
import { newCounts } from './sheet-reader.js';
import type { SheetInfo, Workbook } from './workbook.js';

/** Sheets that a message names. */
const NAMED = 20;

/**
 * The sheet that is meant: by its name or the number of its tab, else the only visible one that holds something. Undefined: none does.
 * @throws {UsageError} where the config has to say it
 */
export async function chosenSheet(
  handle: FileHandle,
  book: Workbook,
  wanted: string | number | undefined,
  name: string,
  shown: string,
  signal: AbortSignal,
): Promise<SheetInfo | undefined> {
  const { sheets } = book;
  if (wanted !== undefined) {
    const found = named(sheets, wanted);
    if (found !== undefined) return found;
    throw new UsageError(`${name}: ${shown} has no sheet ${sampleOf(wanted)}; set sheet: to one of ${listed(sheets)}`);
  }
  const full: SheetInfo[] = [];
  for (const sheet of sheets) if (!sheet.isHidden && (await holdsRows(handle, book, sheet, signal))) full.push(sheet);
  if (full.length > 1) throw new UsageError(`${name}: ${shown} has several sheets with rows; set sheet: to one of ${listed(full)}`);
  return full[0];
}

export function listed(sheets: readonly SheetInfo[]): string {
  const names = sheets.slice(0, NAMED).map(({ name, isHidden }) => `${sampleOf(name)}${isHidden ? ' (hidden)' : ''}`);
  return `${names.join(', ')}${sheets.length > NAMED ? ', …' : ''}`;
}

/** By name, in the case of its letters or else in any; a number that is no name is that of the tab. */
function named(sheets: readonly SheetInfo[], wanted: string | number): SheetInfo | undefined {
  const text = String(wanted);
  const byName = sheets.find(({ name }) => name === text) ?? sheets.find(({ name }) => name.toLowerCase() === text.toLowerCase());
  const byNumber = sheets.find(({ number }) => number === wanted);
  return typeof wanted === 'number' ? (byNumber ?? byName) : byName;
}

async function holdsRows(handle: FileHandle, book: Workbook, { entry }: SheetInfo, signal: AbortSignal): Promise<boolean> {
  for await (const { rows } of sheetRows(handle, entry, { ...book, strings: undefined }, newCounts(), signal)) if (rows > 0) return true;
  return false;
}
