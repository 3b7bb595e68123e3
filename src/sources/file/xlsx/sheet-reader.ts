import { intAt } from '../../../model/at.js';
import { FileFault } from '../fault.js';
import { CellValue, type CellReading } from './cell.js';
import { columnIn, columnName, wholeNumber } from './cell-names.js';
import { RichText } from './rich-text.js';
import { SparseRows } from './sparse.js';
import { noXml, TOKEN, XmlBytes, type Token } from './xml-bytes.js';

const WORKSHEET = Buffer.from('worksheet');
const SHEET_DATA = Buffer.from('sheetData');
const ROW = Buffer.from('row');
const C = Buffer.from('c');
const V = Buffer.from('v');
const F = Buffer.from('f');
const IS = Buffer.from('is');
const EXT = Buffer.from('extLst');
const R = 114;
const S = 115;
const T = 116;
const HIDDEN = Buffer.from('hidden');

const enum At {
  out,
  sheet,
  data,
  row,
  cell,
  value,
  text,
  done,
}

/** What was counted while a sheet was read. */
export interface SheetCounts {
  /** Rows with something in them that a filter, or somebody, has hidden. */
  hidden: number;
  /** Number of the last row. */
  last: number;
  /** Rows of totals that were left out, and those that hold something else, too. */
  readonly totals: number[];
  readonly mixed: number[];
}

export function newCounts(): SheetCounts {
  return { hidden: 0, last: 0, totals: [], mixed: [] };
}

/** The rows of a sheet, of the bytes that are pushed to it. */
export class SheetReader {
  readonly #xml = new XmlBytes();
  readonly #cell: CellValue;
  readonly #text: RichText;
  #rows = new SparseRows();
  #at: At = At.out;
  /** Tags that are open where nothing is read. */
  #skipped = 0;
  #row = 0;
  #first = 0;
  #isHidden = false;
  #column = -1;
  #hasData = false;

  constructor(
    private readonly reading: CellReading,
    private readonly counts: SheetCounts,
  ) {
    this.#cell = new CellValue(reading);
    this.#text = new RichText(this.#cell.value);
  }

  push(chunk: Buffer): void {
    this.#xml.push(chunk);
  }

  /** Reads on until there are rows enough; undefined: it needs more bytes. */
  take(isLast: boolean): SparseRows | undefined {
    const xml = this.#xml;
    for (;;) {
      if (this.#at === At.data && (this.#rows.isFull || isLast) && this.#rows.rows > 0) return this.#given();
      const token = xml.next();
      if (token === TOKEN.more) return undefined;
      this.#token(token, xml);
    }
  }

  end(): SparseRows {
    if (this.#at !== At.done || !this.#xml.isDone) throw noXml('the sheet ends too early');
    return this.#given();
  }

  #given(): SparseRows {
    const rows = this.#rows;
    this.#rows = new SparseRows();
    return rows;
  }

  #token(token: Token, xml: XmlBytes): void {
    if (this.#skipped > 0) {
      this.#skipped += token === TOKEN.open ? 1 : token === TOKEN.close ? -1 : 0;
      return;
    }
    switch (this.#at) {
      case At.cell:
        return this.#inCell(token, xml);
      case At.value:
        return this.#inValue(token, xml);
      case At.row:
        return this.#inRow(token, xml);
      case At.data:
        return this.#inData(token, xml);
      case At.text:
        if (this.#text.token(token, xml)) {
          this.#cell.bits = this.#text.bits;
          this.#at = At.cell;
        }
        return;
      default:
        return this.#around(token, xml);
    }
  }

  #around(token: Token, xml: XmlBytes): void {
    if (token === TOKEN.text || token === TOKEN.cdata) return;
    if (this.#at === At.done) throw noXml('something stands behind the sheet');
    if (this.#at === At.out) {
      if (token === TOKEN.close || !xml.is(WORKSHEET)) throw noXml('a sheet of it is none');
      this.#at = token === TOKEN.open ? At.sheet : At.done;
    } else if (token === TOKEN.close) this.#at = At.done;
    else if (xml.is(SHEET_DATA)) {
      if (this.#hasData) throw noXml('its rows stand in two places');
      this.#hasData = true;
      if (token === TOKEN.open) this.#at = At.data;
    } else if (token === TOKEN.open) this.#skipped = 1;
  }

  #inData(token: Token, xml: XmlBytes): void {
    if (token === TOKEN.text || token === TOKEN.cdata) return;
    if (token === TOKEN.close) {
      this.#at = At.sheet;
      return;
    }
    if (!xml.is(ROW)) throw unknown(xml);
    this.#beginRow(xml);
    if (token === TOKEN.open) this.#at = At.row;
  }

  #inRow(token: Token, xml: XmlBytes): void {
    if (token === TOKEN.text || token === TOKEN.cdata) return;
    if (token === TOKEN.close) {
      this.#leaveTotals();
      if (this.#rows.end(this.#first, this.#row) && this.#isHidden) this.counts.hidden++;
      this.#at = At.data;
      return;
    }
    if (!xml.is(C)) {
      if (!xml.is(EXT)) throw unknown(xml);
      if (token === TOKEN.open) this.#skipped = 1;
      return;
    }
    this.#beginCell(xml);
    if (token === TOKEN.open) this.#at = At.cell;
  }

  /** A row of totals is left out, where it is nothing else. */
  #leaveTotals(): void {
    const span = this.reading.totals?.get(this.#row);
    const rows = this.#rows;
    if (span === undefined || rows.cells === this.#first) return;
    const isWithin = intAt(rows.column, this.#first) >= span[0] && intAt(rows.column, rows.cells - 1) <= span[1];
    if (isWithin) rows.drop(this.#first);
    (isWithin ? this.counts.totals : this.counts.mixed).push(this.#row);
  }

  #inCell(token: Token, xml: XmlBytes): void {
    if (token === TOKEN.text || token === TOKEN.cdata) return;
    const cell = this.#cell;
    if (token === TOKEN.close) {
      cell.end(this.#rows, this.#row);
      this.#at = At.row;
    } else if (xml.is(V)) {
      // An empty one says of a text that it is empty, and of anything else nothing.
      cell.hasValue = token === TOKEN.open;
      if (token === TOKEN.open) this.#at = At.value;
    } else if (xml.is(F)) {
      cell.hasFormula = true;
      if (token === TOKEN.open) this.#skipped = 1;
    } else if (xml.is(IS)) {
      cell.hasValue = token === TOKEN.open;
      cell.type = 'inlineStr';
      this.#text.begin();
      if (token === TOKEN.open) this.#at = At.text;
    } else if (!xml.is(EXT)) throw unknown(xml);
    else if (token === TOKEN.open) this.#skipped = 1;
  }

  #inValue(token: Token, xml: XmlBytes): void {
    const cell = this.#cell;
    if (token === TOKEN.text || token === TOKEN.cdata) cell.bits |= cell.value.copyXml(xml.bytes, xml.from, xml.to, token === TOKEN.cdata);
    else if (token === TOKEN.close) {
      if (cell.type === 'str') cell.bits |= cell.value.unescape(0);
      else cell.value.trim(0);
      cell.hasValue = cell.value.at > 0 || cell.type === 'str';
      this.#at = At.cell;
    } else throw unknown(xml);
  }

  #beginRow(xml: XmlBytes): void {
    let number = -2;
    this.#isHidden = false;
    xml.attributes((from, to, begin, end) => {
      if (to - from === 1 && xml.bytes[from] === R) number = wholeNumber(xml.bytes, begin, end);
      else if (xml.bytes.compare(HIDDEN, 0, HIDDEN.length, from, to) === 0)
        this.#isHidden = xml.bytes[begin] === 49 || xml.bytes[begin] === T;
    });
    if (number === -2) number = this.#row + 1;
    if (number <= this.#row)
      throw new FileFault(`row ${number} of the sheet comes behind row ${this.#row}`, 'save it again with a spreadsheet program');
    this.#row = number;
    this.counts.last = number;
    this.#column = -1;
    this.#first = this.#rows.cells;
  }

  readonly #attribute = (from: number, to: number, begin: number, end: number): void => {
    if (to - from !== 1) return;
    const { bytes } = this.#xml;
    switch (bytes[from]) {
      case R:
        this.#cell.column = columnIn(bytes, begin, end, this.#row);
        if (this.#cell.column < 0)
          throw new FileFault(`row ${this.#row} of the sheet has a cell of another row`, 'save it again with a spreadsheet program');
        return;
      case S:
        this.#cell.style = wholeNumber(bytes, begin, end);
        return;
      case T:
        if (end - begin === 1 && bytes[begin] === S) this.#cell.type = 's';
        else this.#cell.setType(bytes, begin, end);
        return;
      default:
    }
  };

  #beginCell(xml: XmlBytes): void {
    const cell = this.#cell;
    cell.begin();
    xml.attributes(this.#attribute);
    if (cell.column < 0) cell.column = this.#column + 1;
    if (cell.column <= this.#column)
      throw new FileFault(
        `cell ${columnName(cell.column)}${this.#row} of the sheet comes behind ${columnName(this.#column)}${this.#row}`,
        'save it again with a spreadsheet program',
      );
    this.#column = cell.column;
  }
}

function unknown(xml: XmlBytes): FileFault {
  return new FileFault(
    `the rows of the sheet hold something that is not known (${JSON.stringify(xml.name.slice(0, 40))})`,
    'save it again with a spreadsheet program',
  );
}
