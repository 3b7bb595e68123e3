import Papa from 'papaparse';
import { type Block, MAX_RECORD, tooLong } from './blocks.js';
import { startOf } from './csv-header.js';
import { closeUp } from './csv-quotes.js';
import { FileFault } from './fault.js';
import type { Notes } from './table.js';
import { itemAt } from '../../model/at.js';

export type Cells = string[];

/** Records that stand together; blank lines are left out. */
export interface Piece {
  /** Parsed when first asked for. */
  readonly records: readonly Cells[];
  /** The bytes of these records, where they are a block of their own. */
  readonly block?: Block | undefined;
  readonly delimiter: string;
  /** The block was read by its cells: every quote in it is closed, and nobody will ask for `records`. */
  done(): void;
  /** Physical line on which a record begins, from 1: line breaks inside quotes count. Parses again: for messages only. */
  lineOf(index: number): number;
}

const QUOTE = 0x22;

/** Parses CSV block by block. A record whose quotes are still open at the end of a block waits for the next one. */
export async function* csvPieces(blocks: AsyncIterable<Block>, given: string | undefined, notes: Notes): AsyncGenerator<Piece, void, void> {
  let delimiter: string | undefined;
  let open = '';
  let line = 1;
  let ended = true;
  for await (const block of blocks) {
    if (open === '') line = block.line;
    ({ ended } = block);
    if (open !== '' && !block.bytes.includes(QUOTE)) {
      // Nothing in it closes the record: to parse all of that again for each block takes the square of its length.
      open += textOf(block);
      if (open.length > MAX_RECORD) throw tooLong(line);
      continue;
    }
    let piece: TextPiece;
    if (delimiter === undefined) {
      const text = textOf(block);
      const start = startOf(text);
      delimiter = given ?? start.delimiter;
      if (start.skip > 0) line++;
      piece = new TextPiece(() => text.slice(start.skip), delimiter, line);
    } else {
      const before = open;
      piece = new TextPiece(() => before + textOf(block), delimiter, line, before === '' ? block : undefined);
    }
    yield piece;
    open = piece.open();
    line = block.line + block.breaks - breaksIn(open, open.length);
    if (open.length > MAX_RECORD) throw tooLong(line);
  }
  if (open !== '') throw new FileFault(`the quote that opens on line ${line} is never closed`, 'close it, or export the file again');
  if (!ended) notes.remark('the last line has no line break: was the file written to its end?');
}

function textOf({ ascii, bytes }: Block): string {
  return ascii ? bytes.toString('latin1') : bytes.toString('utf8');
}

interface ParsedPiece {
  readonly text: string;
  readonly data: readonly Cells[];
  readonly records: readonly Cells[];
  readonly open: string;
}

class TextPiece implements Piece {
  #parsed: ParsedPiece | undefined;
  #done = false;

  constructor(
    private readonly read: () => string,
    readonly delimiter: string,
    private readonly line: number,
    readonly block?: Block,
  ) {}

  get records(): readonly Cells[] {
    return this.#parse().records;
  }

  done(): void {
    this.#done = true;
  }

  /** What is left of the piece: a record whose quotes are not closed. */
  open(): string {
    return this.#done ? '' : this.#parse().open;
  }

  lineOf(index: number): number {
    const { text, data, records } = this.#parse();
    const before = records.length === data.length ? index : data.indexOf(itemAt(records, index));
    return this.line + breaksIn(text, offsetOf(before, text, this.delimiter));
  }

  #parse(): ParsedPiece {
    if (this.#parsed !== undefined) return this.#parsed;
    const text = closeUp(this.read(), this.delimiter);
    const { data, openFrom } = parse(text, this.delimiter, this.line);
    return (this.#parsed = { text, data, records: recordsOf(data), open: openFrom === undefined ? '' : text.slice(openFrom) });
  }
}

interface Parsed {
  readonly data: Cells[];
  /** Where the last record begins, when its quotes are not closed yet. */
  readonly openFrom?: number;
}

function parse(text: string, delimiter: string, line: number): Parsed {
  // With the last line break gone, the last record is the last line, and its closing quote the last character.
  const { data, errors } = Papa.parse<Cells>(text.replace(/\r?\n$/, ''), { delimiter, newline: '\n' });
  const broken = errors.find(({ code }) => code === 'InvalidQuotes');
  if (broken !== undefined) {
    const what = `line ${line + breaksIn(text, broken.index ?? 0)} has a quoted cell that goes on behind its closing quote`;
    throw new FileFault(what, 'write quotes inside a quoted cell twice, as in "5"" pipe"');
  }
  if (errors.length === 0) return { data };
  return { data: data.slice(0, -1), openFrom: offsetOf(data.length - 1, text, delimiter) };
}

function recordsOf(data: readonly Cells[]): readonly Cells[] {
  const records: Cells[] = [];
  for (const cells of data) {
    const last = itemAt(cells, cells.length - 1);
    // Lines may end in CR LF; the parser splits at LF, so that files that mix the two are read too.
    if (last.charCodeAt(last.length - 1) === 13) cells[cells.length - 1] = last.slice(0, -1);
    if (cells.length > 1 || cells[0] !== '') records.push(cells);
  }
  return records;
}

/** Where the record after so many others begins. */
function offsetOf(records: number, text: string, delimiter: string): number {
  if (records === 0) return 0;
  return Papa.parse<Cells>(text, { delimiter, newline: '\n', preview: records, fastMode: false }).meta.cursor;
}

function breaksIn(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
