import { anyTable, type Batch, type Table } from '../file/table.js';
import type { QueryColumns } from './columns.js';

/** The cells of a row; undefined: NULL. */
export type TextRecord = readonly (string | undefined)[];

/** Rows whose cells are texts. */
export function textTable(columns: QueryColumns, batches: AsyncIterable<readonly TextRecord[]>): Table<unknown> {
  return anyTable<TextRecord>({
    columns: columns.names,
    access: columns.access((record: TextRecord, index) => record[index]),
    batches: placed(batches),
    scanner: () => undefined,
    show: (record) => Object.fromEntries(columns.columns.map((name, index) => [name, record[index] ?? null])),
  });
}

async function* placed(batches: AsyncIterable<readonly TextRecord[]>): AsyncGenerator<Batch<TextRecord>> {
  let first = 1;
  for await (const records of batches) {
    const line = first;
    yield { records, place: (index) => `row ${line + index}` };
    first += records.length;
  }
}

/** What bytes are is not known: they stay as bytes, so that two of them can be told apart. */
export function hexOf(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}

/** Evidence of rows that came one by one: each as a line of JSON. */
export function lineOf(record: TextRecord): Buffer {
  return Buffer.from(`${JSON.stringify(record.map((cell) => cell ?? null))}\n`);
}
