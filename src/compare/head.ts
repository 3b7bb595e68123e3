import { stat } from 'node:fs/promises';
import path from 'node:path';
import { jsonPath } from '../mapping/json-path.js';
import type { SourceConfig } from '../model/config.js';
import { FILES } from '../sources/registry.js';

/** The beginning of a file: what can be said of it before a config says how it is read. */
export interface Head {
  /** The names of its columns; of records with keys of their own, the places that they have. */
  readonly columns: readonly string[];
  /** Cells as texts, in the order of the columns. */
  readonly cells: readonly (readonly string[])[];
  /** It has no further rows. */
  readonly isWhole: boolean;
  /** Where the file lets a column without mapping be read under the name of a field: those fields. */
  readonly defaults: readonly string[];
}

/** Of a file that cannot be asked for its size, reading it says why. */
async function rowsOf({ options, dir }: SourceConfig): Promise<number> {
  const found = await stat(path.resolve(dir, String(options.path))).catch(() => undefined);
  return (found?.size ?? 0) > LARGE.bytes ? LARGE.rows : ROWS;
}

type Row = Readonly<Record<string, unknown>>;

/** Rows that are looked at, fewer of a file that hardly has no more, and cells: a header may have thousands of columns. */
const ROWS = 10_000;
const LARGE = { bytes: 8 << 20, rows: 2000 };
const FIRST = 200;
const CELLS = 400_000;
/** Places of records with keys of their own, and how deep they lie. */
const PLACES = 500;
const DEEPEST = 4;

/** The first rows of a file. @throws {LifegapError} */
export async function headOf(config: SourceConfig, role: 'person' | 'account'): Promise<Head> {
  const [peek, defaultFields] = await Promise.all([FILES.peek(), FILES.defaultFields()]);
  let peeked = await peek(config, FIRST + 1);
  let most = FIRST;
  const width = peeked.columns?.length ?? 1;
  const wanted = Math.min(await rowsOf(config), Math.floor(CELLS / Math.max(1, width)));
  if (peeked.rows.length > FIRST && wanted > FIRST) {
    most = wanted;
    peeked = await peek(config, wanted + 1);
  }
  const rows = peeked.rows.slice(0, most);
  const columns = peeked.columns ?? placesIn(rows);
  const read = columns.map((column) => readerOf(column, peeked.columns !== undefined));
  return {
    columns,
    cells: rows.map((row) => read.map((one) => textOf(one(row)))),
    isWhole: peeked.rows.length <= most,
    defaults: Object.keys(defaultFields(role, columns)),
  };
}

function readerOf(column: string, isColumn: boolean): (row: Row) => unknown {
  if (column === '') return () => undefined;
  if (isColumn) return (row) => (Object.hasOwn(row, column) ? row[column] : undefined);
  try {
    return jsonPath(column);
  } catch {
    // A key that is no path: a config could not name it either.
    return () => undefined;
  }
}

/** `profile.email`, `emails.value`: what a config may name. The keys of the records themselves are among them. */
function placesIn(rows: readonly Row[]): readonly string[] {
  const places = new Set<string>();
  for (const row of rows) {
    for (const key of Object.keys(row)) if (places.size < PLACES) places.add(key);
    gather(row, '', 0, places);
  }
  return [...places];
}

function gather(value: unknown, place: string, depth: number, places: Set<string>): void {
  if (places.size >= PLACES || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 10)) if (typeof one === 'object' && one !== null) gather(one, place, depth + 1, places);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      const below = place === '' ? key : `${place}.${key}`;
      if (typeof one === 'object' && one !== null) gather(one, below, depth + 1, places);
      if (typeof one !== 'object' || one === null || isPlainList(one)) places.add(below);
    }
  }
}

function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && !value.some((one) => typeof one === 'object' && one !== null);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value))
    return value
      .map(textOf)
      .filter((text) => text !== '')
      .join('; ');
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
}
