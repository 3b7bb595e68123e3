import { intAt, numberAt } from '../../../model/at.js';
import { isAscii, isUtf8 } from 'node:buffer';
import { CELL, Cells } from '../../../mapping/bytes/cells.js';
import type { Block } from '../blocks.js';
import { FileFault } from '../fault.js';
import type { Batch, Scanner } from '../table.js';
import { columnName } from './cell-names.js';
import { noXml } from './xml-bytes.js';
import type { SparseRows } from './sparse.js';
import type { Unread } from './unread.js';

/** A row of a sheet: a cell for every column of the header. */
export type SheetRow = readonly (string | Unread)[];

/** Some rows of a sheet, every one as wide as the header. */
export class DenseRows implements Batch<SheetRow>, Block {
  readonly cells: Cells;
  readonly bytes: Buffer;
  readonly ascii: boolean;
  readonly line: number;
  readonly breaks = 0;
  readonly ended = true;
  readonly size: number;
  #records: readonly SheetRow[] | undefined;

  /** `skip`: the rows up to the header, if it is among these. */
  constructor(
    private readonly rows: SparseRows,
    private readonly width: number,
    private readonly skip: number,
  ) {
    this.size = rows.rows - skip;
    this.bytes = rows.texts.bytes.subarray(0, rows.texts.at);
    this.ascii = isAscii(this.bytes);
    if (!this.ascii && !isUtf8(this.bytes)) throw noXml('it has a text that is not UTF-8');
    this.line = rows.number[skip] ?? 0;
    this.cells = new Cells(Math.max(1, this.size * width));
    this.cells.kind.fill(CELL.ascii);
    for (let row = 0; row < this.size; row++) this.#fill(row);
  }

  get block(): Block {
    return this;
  }

  get records(): readonly SheetRow[] {
    return (this.#records ??= Array.from({ length: this.size }, (_, row) => this.record(row)));
  }

  place(index: number): string {
    return `row ${this.rows.number[this.skip + index]}`;
  }

  /** Has the row a cell that is not known? */
  isOdd(row: number): boolean {
    const { rows, skip } = this;
    if (rows.unread.size === 0) return false;
    for (let cell = numberAt(rows.first, skip + row); cell < rows.last(skip + row); cell++) if (rows.unread.has(cell)) return true;
    return false;
  }

  record(row: number): SheetRow {
    const { rows, skip } = this;
    const record = new Array<string | Unread>(this.width).fill('');
    for (let cell = numberAt(rows.first, skip + row); cell < rows.last(skip + row); cell++)
      record[intAt(rows.column, cell)] = rows.unread.get(cell) ?? rows.text(cell);
    return record;
  }

  #fill(row: number): void {
    const { rows, skip, width, cells } = this;
    const base = row * width;
    for (let cell = numberAt(rows.first, skip + row); cell < rows.last(skip + row); cell++) {
      const column = intAt(rows.column, cell);
      if (column >= width) {
        const name = `${columnName(column)}${rows.number[skip + row]}`;
        throw new FileFault(
          `cell ${name} stands beyond the header, which ends at column ${columnName(width - 1)}`,
          'name its column in the header, or empty it',
        );
      }
      cells.from[base + column] = intAt(rows.from, cell);
      cells.to[base + column] = intAt(rows.to, cell);
      if (rows.isAscii[cell] !== 1) cells.kind[base + column] = CELL.utf8;
    }
  }
}

/** Gives the cells of rows as they lie in bytes. */
export class SheetScanner implements Scanner<SheetRow> {
  #rows: DenseRows | undefined;
  cells = new Cells(1);

  constructor(private readonly columns: readonly string[]) {}

  slotOf(path: string): number | null {
    const index = this.columns.indexOf(path);
    return index < 0 ? null : index;
  }

  saw(): boolean {
    return true;
  }

  open(block: Block): number {
    // Of any other block it knows nothing.
    if (!(block instanceof DenseRows)) return -1;
    this.#rows = block;
    this.cells = block.cells;
    return block.size;
  }

  find(index: number): number {
    return this.#rows?.isOdd(index) === true ? -1 : index * this.columns.length;
  }

  record(index: number): SheetRow | undefined {
    return this.#rows?.record(index);
  }
}
