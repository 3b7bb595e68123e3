import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { tagsOf } from './xml-part.js';
import { relations, type SheetInfo, type Workbook } from './workbook.js';
import { torn } from './container.js';

/** By row: from which to which column it holds totals of a table, from 0. */
export type Totals = ReadonlyMap<number, readonly [first: number, last: number]>;

/** The rows of totals below the tables of a sheet (ECMA-376 part 1, section 18.5.1.2): they count, and are nobody. */
export async function totalsOf(handle: FileHandle, { parts }: Workbook, { entry }: SheetInfo, signal: AbortSignal): Promise<Totals> {
  const totals = new Map<number, readonly [number, number]>();
  const { dir, base } = path.posix.parse(entry.name);
  const links = parts.get(`${dir}/_rels/${base}.rels`.toLowerCase());
  if (links === undefined) return totals;
  for (const { type, target } of await relations(handle, links, dir, signal)) {
    if (type !== 'table') continue;
    const table = parts.get(target.toLowerCase());
    if (table === undefined) throw torn(`it lacks ${target}`);
    await tagsOf(handle, table, signal, ({ name, attribute, path: { length } }) => {
      if (name !== 'table' || length > 0) return;
      const [, first = '', last = '', end] = /^([A-Z]{1,3})\d+:([A-Z]{1,3})(\d+)$/.exec(attribute('ref') ?? '') ?? [];
      const count = Number(attribute('totalsRowCount') ?? 0);
      for (let row = Number(end); row > Number(end) - count; row--) totals.set(row, [columnOf(first), columnOf(last)]);
    });
  }
  return totals;
}

function columnOf(letters: string): number {
  return Array.from(letters).reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
