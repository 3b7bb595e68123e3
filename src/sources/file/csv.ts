import type { Block } from './blocks.js';
import { CELL, type Cells as Found } from '../../mapping/bytes/cells.js';
import { columnsOf } from './csv-header.js';
import { type Cells, csvPieces, type Piece } from './csv-records.js';
import { CsvScan } from './csv-scan.js';
import { FileFault } from './fault.js';
import type { Batch, Notes, Scanner, Table } from './table.js';
import { itemAt } from '../../model/at.js';

/** Reads CSV (RFC 4180, and what spreadsheets make of it): the first record names the columns. Undefined: the file is empty. */
export async function readCsv(
  blocks: AsyncIterable<Block>,
  delimiter: string | undefined,
  notes: Notes,
): Promise<Table<Cells> | undefined> {
  const pieces = csvPieces(blocks, delimiter, notes);
  const first = await firstPiece(pieces);
  if (first === undefined) return undefined;
  const columns = columnsOf(itemAt(first.records, 0), `line ${first.lineOf(0)}`);
  return {
    columns,
    access: (path) => {
      const index = columns.indexOf(path);
      return index < 0 ? () => undefined : (cells) => cells[index];
    },
    batches: batchesOf(first, pieces, columns.length),
    scanner: () => new BlockScanner(first.delimiter, columns),
    show: (cells) => Object.fromEntries(columns.map((name, index) => [name === '' ? `column ${index + 1}` : name, cells[index]])),
  };
}

async function firstPiece(pieces: AsyncGenerator<Piece, void, void>): Promise<Piece | undefined> {
  for (;;) {
    const step = await pieces.next();
    if (step.done === true) return undefined;
    if (step.value.records.length > 0) return step.value;
  }
}

async function* batchesOf(first: Piece, pieces: AsyncIterable<Piece>, width: number): AsyncGenerator<Batch<Cells>, void, void> {
  const rest = { records: first.records.slice(1), lineOf: (index: number) => first.lineOf(index + 1) };
  yield { records: even(rest, width), place: (index) => `line ${rest.lineOf(index)}` };
  for await (const piece of pieces) yield batchOf(piece, width);
}

function batchOf(piece: Piece, width: number): Batch<Cells> {
  // Not before they are asked for, and then once: who goes through them asks at every row.
  let records: readonly Cells[] | undefined;
  return {
    get records() {
      return (records ??= even(piece, width));
    },
    block: piece.block,
    done: () => piece.done(),
    place: (index) => `line ${piece.lineOf(index)}`,
  };
}

/** Every record has as many cells as the header. */
function even(piece: Pick<Piece, 'records' | 'lineOf'>, width: number): readonly Cells[] {
  const { records } = piece;
  const ragged = records.findIndex((cells) => cells.length !== width);
  if (ragged < 0) return records;
  const cells = itemAt(records, ragged).length;
  const what = `line ${piece.lineOf(ragged)} has ${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${width}`;
  throw new FileFault(what, 'look for an unquoted delimiter, an unclosed quote, or an export that was cut off');
}

/** Finds the cells of plain lines without parsing them (see csv-scan.ts). */
class BlockScanner implements Scanner<Cells> {
  readonly #scan: CsvScan;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(
    delimiter: string,
    private readonly columns: readonly string[],
  ) {
    this.#scan = new CsvScan(delimiter, columns.length);
  }

  get cells(): Found {
    return this.#scan.cells;
  }

  slotOf(path: string): number | null {
    const index = this.columns.indexOf(path);
    return index < 0 ? null : index;
  }

  saw(): boolean {
    return true;
  }

  open({ bytes }: Block): number {
    this.#bytes = bytes;
    return this.#scan.block(bytes);
  }

  find(index: number): number {
    return index * this.columns.length;
  }

  record(index: number): Cells {
    const { from, to, kind } = this.#scan.cells;
    const first = index * this.columns.length;
    return this.columns.map((_, i) =>
      this.#bytes.toString(kind[first + i] === CELL.ascii ? 'latin1' : 'utf8', from[first + i], to[first + i]),
    );
  }
}
