import { intAt } from '../../../model/at.js';
import type { SparseRows } from './sparse.js';

/** Rows that are looked at for the header. */
const LOOKED_AT = 100;

/**
 * The row that names the columns, from 0. Titles stand above it, in one cell or two, the cells that they are merged with empty. Where the config names columns,
 * it is the first row that has them all; else the first that has more than half as many cells as the widest of the rows.
 */
export function headerIn(rows: SparseRows, named: readonly string[]): number {
  const looked = Math.min(rows.rows, LOOKED_AT);
  const wanted = new Set(named);
  if (wanted.size > 0)
    for (let row = 0; row < looked; row++) {
      const names = new Set(textsOf(rows, row));
      if ([...wanted].every((name) => names.has(name))) return row;
    }
  const widths = Array.from({ length: looked }, (_, row) => rows.last(row) - (rows.first[row] ?? 0));
  const widest = Math.max(...widths);
  return widths.findIndex((width) => width * 2 > widest);
}

function textsOf(rows: SparseRows, row: number): string[] {
  const texts: string[] = [];
  for (let cell = rows.first[row] ?? 0; cell < rows.last(row); cell++) if (!rows.unread.has(cell)) texts.push(rows.text(cell).trim());
  return texts;
}

/** What the row says, from the first column to its last cell. */
export function namesIn(rows: SparseRows, row: number): string[] {
  const names: string[] = [];
  for (let cell = rows.first[row] ?? 0; cell < rows.last(row); cell++) {
    const column = intAt(rows.column, cell);
    while (names.length < column) names.push('');
    names.push(rows.text(cell));
  }
  return names;
}
