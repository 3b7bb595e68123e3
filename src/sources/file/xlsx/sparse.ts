import { Texts } from './texts.js';
import type { Unread } from './unread.js';

const ROWS = 1000;
const BYTES = 1 << 18;

/** Some rows of a sheet, of each the cells that hold something. */
export class SparseRows {
  readonly texts = new Texts(BYTES + (BYTES >> 2));
  column: Int32Array<ArrayBuffer> = new Int32Array(4096);
  /** Where the text of a cell begins and ends. */
  from: Int32Array<ArrayBuffer> = new Int32Array(4096);
  to: Int32Array<ArrayBuffer> = new Int32Array(4096);
  isAscii: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  cells = 0;
  /** Where the cells of a row begin, and its number in the sheet. */
  readonly first: number[] = [];
  readonly number: number[] = [];
  /** By cell. */
  readonly unread = new Map<number, Unread>();

  get rows(): number {
    return this.number.length;
  }

  get isFull(): boolean {
    return this.rows >= ROWS || this.texts.at >= BYTES;
  }

  /** Ends a row that began with this cell; one that holds nothing is none. */
  end(first: number, number: number): boolean {
    if (this.cells === first) return false;
    this.first.push(first);
    this.number.push(number);
    return true;
  }

  /** Forgets the cells from this one on: those of a row that has not ended. */
  drop(first: number): void {
    for (let cell = first; cell < this.cells; cell++) this.unread.delete(cell);
    this.cells = first;
  }

  add(column: number, from: number, isAscii: boolean, unread?: Unread): void {
    if (this.cells === this.column.length) this.#grow();
    const at = this.cells++;
    this.column[at] = column;
    this.from[at] = from;
    this.to[at] = this.texts.at;
    this.isAscii[at] = isAscii ? 1 : 0;
    if (unread !== undefined) this.unread.set(at, unread);
  }

  /** One behind the last cell of a row. */
  last(row: number): number {
    return this.first[row + 1] ?? this.cells;
  }

  text(cell: number): string {
    return this.texts.bytes.toString(this.isAscii[cell] === 1 ? 'latin1' : 'utf8', this.from[cell], this.to[cell]);
  }

  #grow(): void {
    const { column, from, to, isAscii } = this;
    const size = column.length * 2;
    this.column = new Int32Array(size);
    this.column.set(column);
    this.from = new Int32Array(size);
    this.from.set(from);
    this.to = new Int32Array(size);
    this.to.set(to);
    this.isAscii = new Uint8Array(size);
    this.isAscii.set(isAscii);
  }
}
