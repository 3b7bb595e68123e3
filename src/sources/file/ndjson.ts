import { MAX_LEVELS, nestsTooDeep } from '../../contract/json-depth.js';
import { jsonPath, stepsOf } from '../../mapping/json-path.js';
import type { Block } from './blocks.js';
import type { Cells } from '../../mapping/bytes/cells.js';
import { FileFault } from './fault.js';
import { JsonScan } from '../../mapping/bytes/json-scan.js';
import { isSpreadOf } from './spread.js';
import type { Batch, Scanner, Table } from './table.js';
import { numberAt } from '../../model/at.js';

const OPEN = 123;

/** Reads one JSON object per line (NDJSON, JSON Lines). Blank lines do not count. */
export function readNdjson(blocks: AsyncIterable<Block>): Table<unknown> {
  return {
    access: jsonPath,
    batches: batchesOf(blocks),
    scanner: (paths, lists = []) => new LineScanner(paths, lists),
    show: (record) => record,
  };
}

async function* batchesOf(blocks: AsyncIterable<Block>): AsyncGenerator<Batch<unknown>, void, void> {
  for await (const block of blocks) yield new Lines(block);
}

class Lines implements Batch<unknown> {
  #records: unknown[] | undefined;
  readonly #lines: number[] = [];

  constructor(readonly block: Block) {}

  get records(): readonly unknown[] {
    if (this.#records !== undefined) return this.#records;
    const { bytes, line } = this.block;
    const records: unknown[] = [];
    for (let from = 0, at = line; from < bytes.length; at++) {
      const end = endOf(bytes, from);
      const record = recordIn(this.block, from, end, at);
      from = end + 1;
      if (record === undefined) continue;
      records.push(record);
      this.#lines.push(at);
    }
    return (this.#records = records);
  }

  place(index: number): string {
    return `line ${this.records.length > index ? this.#lines[index] : '?'}`;
  }
}

/** Finds the cells of objects without parsing them (see columns/json-scan.ts). */
class LineScanner implements Scanner<unknown> {
  readonly #scan: JsonScan;
  readonly #slots: ReadonlyMap<string, number>;
  #block: Block | undefined;
  /** Where lines that are not empty begin and end, and their numbers. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #line: number[] = [];

  constructor(paths: readonly string[], lists: readonly string[]) {
    const plain = [...new Set(paths)].flatMap((path) => {
      const steps = stepsOf(path);
      return steps === undefined ? [] : [{ path, steps }];
    });
    this.#scan = new JsonScan(
      plain.map(({ steps }) => steps),
      (key) => lists.some((name) => isSpreadOf(name, key)),
    );
    this.#slots = new Map(plain.map(({ path }, slot) => [path, slot]));
  }

  get cells(): Cells {
    return this.#scan.cells;
  }

  slotOf(path: string): number | undefined {
    return this.#slots.get(path);
  }

  saw(path: string): boolean {
    return this.#scan.saw(this.#slots.get(path) ?? -1);
  }

  open(block: Block): number {
    this.#block = block;
    const { bytes } = block;
    for (const list of [this.#from, this.#to, this.#line]) list.length = 0;
    for (let from = 0, at = block.line; from < bytes.length; at++) {
      const end = endOf(bytes, from);
      // A line that is blank to `recordIn` is none here either.
      if (bytes[from] === OPEN || bytes.toString('utf8', from, end).trim() !== '') {
        this.#from.push(from);
        this.#to.push(end);
        this.#line.push(at);
      }
      from = end + 1;
    }
    return this.#from.length;
  }

  find(index: number): number {
    return this.#scan.line((this.#block as Block).bytes, numberAt(this.#from, index), numberAt(this.#to, index)) ? 0 : -1;
  }

  record(index: number): unknown {
    return recordIn(this.#block as Block, numberAt(this.#from, index), numberAt(this.#to, index), numberAt(this.#line, index));
  }
}

/** Where the line that begins here ends. */
function endOf(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(10, from);
  return end < 0 ? bytes.length : end;
}

/** The record on a line; undefined when the line is blank. */
function recordIn({ bytes, ascii, ended }: Block, from: number, to: number, line: number): unknown {
  const text = ascii ? bytes.toString('latin1', from, to) : bytes.toString('utf8', from, to);
  return text.length < 2 && text.trim() === '' ? undefined : parse(text, line, ended);
}

function parse(text: string, line: number, ended: boolean): unknown {
  let record: unknown;
  if (nestsTooDeep(text)) throw new FileFault(`line ${line} has more than ${MAX_LEVELS} levels`, 'export plain records');
  try {
    record = JSON.parse(text);
  } catch (error) {
    if (text.trim() === '') return undefined;
    // The engine's message quotes the line, which is about people.
    if (!ended) throw new FileFault(`the last line, ${line}, is cut off`, 'export the file again', 'malformed', { cause: error });
    throw new FileFault(`line ${line} is no JSON`, 'write one JSON object on each line, or set format: json for a document', 'malformed', {
      cause: error,
    });
  }
  if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record;
  throw new FileFault(`line ${line} is no JSON object`, 'write one JSON object on each line');
}
