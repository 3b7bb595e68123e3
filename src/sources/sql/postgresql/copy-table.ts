import { byteAt } from '../../../model/at.js';
import { CELL, Cells } from '../../../mapping/bytes/cells.js';
import type { Block } from '../../file/blocks.js';
import { anyTable, type Batch, type Scanner, type Table } from '../../file/table.js';
import type { QueryColumns } from '../columns.js';
import type { Rows } from './copy-out.js';
import { isoEnd } from './iso.js';

/** The cells of a row; undefined: NULL. */
export type CopyRecord = readonly (string | undefined)[];

const TAB = 9;
const LF = 10;
const BACKSLASH = 92;
const N = 78;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Rows as COPY writes them in its text format: a tab between cells, a line feed behind a row, `\N` for NULL. `moments`: columns of dates with a time. */
export function copyTable(columns: QueryColumns, moments: readonly boolean[], blocks: AsyncIterable<Rows>): Table<unknown> {
  return anyTable<CopyRecord>({
    columns: columns.names,
    access: columns.access((record: CopyRecord, index) => record[index]),
    batches: batches(new CopyScanner(columns, moments), blocks),
    scanner: () => new CopyScanner(columns, moments),
    show: (record) => Object.fromEntries(columns.columns.map((name, index) => [name, record[index] ?? null])),
  });
}

async function* batches(scanner: CopyScanner, blocks: AsyncIterable<Rows>): AsyncGenerator<Batch<CopyRecord>> {
  let first = 1;
  for await (const { bytes, rows } of blocks) {
    const line = first;
    let records: CopyRecord[] | undefined;
    const block: Block = { bytes, ascii: false, line, breaks: rows, ended: true };
    yield {
      block,
      get records() {
        if (records === undefined) {
          scanner.open(block);
          records = Array.from({ length: rows }, (_, index) => scanner.record(index));
        }
        return records;
      },
      place: (index) => `row ${line + index}`,
    };
    first += rows;
  }
}

/** Finds the cells of rows. The server made them: each has as many as there are columns. */
class CopyScanner implements Scanner<CopyRecord> {
  readonly cells: Cells;
  readonly #width: number;
  #plain = new Uint8Array(1024);
  #bytes: Buffer = Buffer.alloc(0);

  constructor(
    private readonly columns: QueryColumns,
    private readonly moments: readonly boolean[],
  ) {
    this.#width = Math.max(1, columns.columns.length);
    this.cells = new Cells(this.#width * 1024);
  }

  /** A path into JSON is more than the text of a cell. */
  slotOf(path: string): number | undefined | null {
    return this.columns.names.includes(path) ? this.columns.plain(path) : null;
  }

  saw(): boolean {
    return true;
  }

  open({ bytes }: Block): number {
    const { cells, moments } = this;
    const width = this.#width;
    const size = bytes.length;
    let rows = 0;
    this.#bytes = bytes;
    for (let at = 0, count = 0; at < size; rows++) {
      if (count + width > cells.from.length) cells.grow();
      if (rows === this.#plain.length) this.#plain = grown(this.#plain);
      const { from, to, kind } = cells;
      let plain = 1;
      for (let column = 0; column < width; column++, count++, at++) {
        const begin = at;
        let bits = 0;
        let c = byteAt(bytes, at);
        for (; c !== TAB && c !== LF; c = byteAt(bytes, ++at)) {
          bits |= c;
          if (c === BACKSLASH) break;
        }
        let end = at;
        let what: number = bits < 128 ? CELL.ascii : CELL.utf8;
        if (c === BACKSLASH) {
          if (begin === at && bytes[at + 1] === N) {
            what = CELL.absent;
            at += 2;
          } else {
            plain = 0;
            for (; c !== TAB && c !== LF; c = byteAt(bytes, ++at)) if (c === BACKSLASH) at++;
            end = at;
            what = CELL.escaped;
          }
        } else if (moments[column] === true) end = isoEnd(bytes, begin, end);
        from[count] = begin;
        to[count] = end;
        kind[count] = what;
      }
      this.#plain[rows] = plain;
    }
    return rows;
  }

  find(index: number): number {
    return this.#plain[index] === 1 ? index * this.#width : -1;
  }

  record(index: number): CopyRecord {
    const { from, to, kind } = this.cells;
    const first = index * this.#width;
    const record: (string | undefined)[] = [];
    for (let cell = first; cell < first + this.#width; cell++) {
      const what = kind[cell];
      if (what === CELL.absent) record.push(undefined);
      else {
        const text = this.#bytes.toString(what === CELL.ascii ? 'latin1' : 'utf8', from[cell], to[cell]);
        record.push(what === CELL.escaped ? text.replace(/\\([\s\S])/g, (_, letter: string) => ESCAPES[letter] ?? letter) : text);
      }
    }
    return record;
  }
}

function grown(plain: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(plain.length * 2);
  larger.set(plain);
  return larger;
}
