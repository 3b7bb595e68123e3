import { byteAt } from '../../../model/at.js';
import { FileFault } from '../fault.js';
import { columnName, wholeNumber } from './cell-names.js';
import { GENERAL, type Format } from './formats.js';
import { hasLostDigits, shownNumber } from './numbers.js';
import type { SharedStrings } from './shared-strings.js';
import type { SparseRows } from './sparse.js';
import { Texts } from './texts.js';
import type { Totals } from './totals.js';
import { Unread } from './unread.js';

/** What the cells of a sheet are read with. */
export interface CellReading {
  /** Undefined: what the texts are does not matter. */
  readonly strings: SharedStrings | undefined;
  readonly formats: readonly Format[];
  readonly is1904: boolean;
  readonly isUncalculated: boolean;
  readonly totals?: Totals;
}

const TYPES = ['n', 's', 'b', 'e', 'str', 'inlineStr', 'd'] as const;
type CellType = (typeof TYPES)[number];
const DIGITS = 15;

/** The cell that is being read: its type, style and value, and what comes of them. */
export class CellValue {
  /** What stands in its value, so far. */
  readonly value = new Texts(1024);
  bits = 0;
  column = 0;
  type: CellType = 'n';
  style = 0;
  hasValue = false;
  hasFormula = false;

  constructor(private readonly reading: CellReading) {}

  begin(): void {
    this.value.at = 0;
    this.bits = 0;
    this.column = -1;
    this.type = 'n';
    this.style = 0;
    this.hasValue = false;
    this.hasFormula = false;
  }

  setType(bytes: Buffer, from: number, to: number): void {
    const name = bytes.toString('latin1', from, to);
    const type = TYPES.find((one) => one === name);
    if (type === undefined)
      throw new FileFault('a cell of the sheet is of a type that is not known', 'save it again with a spreadsheet program');
    this.type = type;
  }

  /** Writes it into the rows; a cell that holds nothing is none. */
  end(rows: SparseRows, row: number): void {
    const { value, type } = this;
    if (this.hasFormula && (this.reading.isUncalculated || (!this.hasValue && type !== 'str')))
      return this.#unread(rows, row, 'formula', 'a formula that was not worked out');
    if (!this.hasValue || (value.at === 0 && type !== 's')) return;
    const { texts } = rows;
    const from = texts.at;
    switch (type) {
      case 's':
        return this.#shared(rows, row);
      case 'b':
        texts.text(value.bytes[0] === 49 || value.bytes[0] === 116 ? 'TRUE' : 'FALSE');
        return rows.add(this.column, from, true);
      case 'e':
        return this.#unread(rows, row, 'error', this.#text());
      case 'n':
        return this.#number(rows, row);
      case 'd':
        texts.text(this.#isoDay(this.#text()));
        return rows.add(this.column, from, true);
      default: {
        const bits = texts.copy(value.bytes, 0, value.at);
        return rows.add(this.column, from, (this.bits | bits) < 128);
      }
    }
  }

  #text(): string {
    return this.value.bytes.toString('utf8', 0, this.value.at);
  }

  #unread(rows: SparseRows, row: number, kind: Unread['kind'], text: string): void {
    const from = rows.texts.at;
    rows.texts.text(text);
    rows.add(this.column, from, false, new Unread(kind, text, `${columnName(this.column)}${row}`));
  }

  #shared(rows: SparseRows, row: number): void {
    const { strings } = this.reading;
    const from = rows.texts.at;
    if (strings === undefined) return rows.add(this.column, from, true);
    const index = wholeNumber(this.value.bytes, 0, this.value.at);
    if (index < 0 || index >= strings.count)
      throw new FileFault(`cell ${columnName(this.column)}${row} names a text that the workbook does not hold`, 'export the file again');
    const bits = rows.texts.copy(strings.bytes, strings.from(index), strings.to(index));
    if (rows.texts.at > from) rows.add(this.column, from, bits < 128);
  }

  #number(rows: SparseRows, row: number): void {
    const { value } = this;
    const from = rows.texts.at;
    const format = this.reading.formats[this.style] ?? GENERAL;
    if (format.kind === 'number' && value.at <= DIGITS && isPlain(value.bytes, value.at)) {
      rows.texts.copy(value.bytes, 0, value.at);
      return rows.add(this.column, from, true);
    }
    const raw = this.#text().trim();
    // Whoever wrote more digits than fit into a number has written an id.
    const isLong = format.kind === 'number' && /^[1-9]\d{15,}$/.test(raw);
    const shown = isLong ? raw : shownNumber(raw, format, this.reading.is1904);
    if (shown === undefined)
      throw new FileFault(`cell ${columnName(this.column)}${row} holds a number that is none`, 'save it again with a spreadsheet program');
    if (hasLostDigits(shown)) return this.#unread(rows, row, 'digits', shown);
    rows.texts.text(shown);
    rows.add(this.column, from, format.kind !== 'digits');
  }

  /** The strict form writes days as they are written elsewhere, each with midnight. */
  #isoDay(text: string): string {
    const isDay = this.reading.formats[this.style]?.kind === 'date';
    return isDay ? text.replace(/T00:00(:00(\.0+)?)?Z?$/, '') : text;
  }
}

/** Digits alone, without a zero in front. */
function isPlain(bytes: Buffer, size: number): boolean {
  if (size === 0 || (size > 1 && bytes[0] === 48)) return false;
  for (let i = 0; i < size; i++) if (byteAt(bytes, i) < 48 || byteAt(bytes, i) > 57) return false;
  return true;
}
