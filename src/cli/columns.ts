import { visible } from '../report/escape.js';
import { displayWidth } from '../report/width.js';

/** Rows as plain columns: for lists that may be long. Text of strangers is made visible; the last column runs on. */
export function columns(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => visible(cell, 200)));
  const widths: number[] = [];
  for (const row of cells) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell))));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell + ' '.repeat((widths[at] as number) - displayWidth(cell)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
