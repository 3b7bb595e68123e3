import type { Block } from './blocks.js';
import { columnsOf } from './csv-header.js';
import { type Cells, csvPieces, type Piece } from './csv-records.js';
import { FileFault } from './fault.js';
import type { Batch, Notes, Table } from './table.js';

/** Reads CSV (RFC 4180, and what spreadsheets make of it): the first record names the columns. Undefined: the file is empty. */
export async function readCsv(
  blocks: AsyncIterable<Block>,
  delimiter: string | undefined,
  notes: Notes,
): Promise<Table<Cells> | undefined> {
  const pieces = csvPieces(blocks, delimiter, notes);
  const first = await firstPiece(pieces);
  if (first === undefined) return undefined;
  const columns = columnsOf(first.records[0] as Cells, first.lineOf(0));
  return {
    columns,
    access: (path) => {
      const index = columns.indexOf(path);
      return index < 0 ? () => undefined : (cells) => cells[index];
    },
    batches: batchesOf(first, pieces, columns.length),
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
  yield batchOf({ records: first.records.slice(1), lineOf: (index) => first.lineOf(index + 1) }, width);
  for await (const piece of pieces) yield batchOf(piece, width);
}

function batchOf({ records, lineOf }: Piece, width: number): Batch<Cells> {
  const ragged = records.findIndex((cells) => cells.length !== width);
  if (ragged >= 0) {
    const cells = (records[ragged] as Cells).length;
    const what = `line ${lineOf(ragged)} has ${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${width}`;
    throw new FileFault(what, 'look for an unquoted delimiter, an unclosed quote, or an export that was cut off');
  }
  return { records, place: (index) => `line ${lineOf(index)}` };
}
