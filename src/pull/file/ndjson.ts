import { jsonPath } from '../json-path.js';
import type { Block } from './blocks.js';
import { FileFault } from './fault.js';
import type { Batch, Table } from './table.js';

/** Reads one JSON object per line (NDJSON, JSON Lines). Blank lines do not count. */
export function readNdjson(blocks: AsyncIterable<Block>): Table<unknown> {
  return { access: jsonPath, batches: batchesOf(blocks), show: (record) => record };
}

async function* batchesOf(blocks: AsyncIterable<Block>): AsyncGenerator<Batch<unknown>, void, void> {
  for await (const block of blocks) yield batchOf(block);
}

function batchOf({ bytes, ascii, line, ended }: Block): Batch<unknown> {
  const records: unknown[] = [];
  const lines: number[] = [];
  for (let from = 0, at = line; from < bytes.length; at++) {
    const found = bytes.indexOf(10, from);
    const end = found < 0 ? bytes.length : found;
    const text = ascii ? bytes.toString('latin1', from, end) : bytes.toString('utf8', from, end);
    from = end + 1;
    if (text.length < 2 && text.trim() === '') continue;
    const record = parse(text, at, ended);
    if (record === undefined) continue;
    records.push(record);
    lines.push(at);
  }
  return { records, place: (index) => `line ${lines[index]}` };
}

function parse(text: string, line: number, ended: boolean): unknown {
  let record: unknown;
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
