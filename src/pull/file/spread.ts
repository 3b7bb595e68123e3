import type { FieldMap, FieldSpec } from '../../config/config.js';
import { constOf, hasMap, placesOf } from '../places.js';

/** Fields that are lists: an export may spread one over several columns. */
export const LIST_FIELDS = ['emails', 'aliases', 'roles', 'groups'] as const;
/** What a column of a list of objects is called that holds the entry itself, best first. */
const ENTRY = ['', '.address', '.value', '.email', '.mail', '.displayName', '.display', '.name'];

/** One list over several columns: `emails.0.address` with `emails.0.primary` and `emails.0.type` beside it. */
export interface SpreadEntry {
  readonly value: string;
  readonly primary: string;
  readonly type: string;
}

export interface Spread {
  readonly fields: FieldMap;
  /** Lists whose columns say which entry is the primary one, by the place that stands for them in `fields`. */
  readonly ranked: ReadonlyMap<string, readonly SpreadEntry[]>;
}

/** The columns over which a list of this name is spread, in order: `aliases.0`, `alias_2`, `Alias 1`, `aliases[0]`. */
export function spreadColumns(name: string, columns: readonly string[]): readonly string[] {
  const found = new Map<number, { column: string; rank: number }>();
  for (const column of columns) {
    const [, plain, bracketed, rest = ''] = column.startsWith(name) ? (SUFFIX.exec(column.slice(name.length)) ?? []) : [];
    const at = plain ?? bracketed;
    const rank = ENTRY.indexOf(rest);
    if (at === undefined || rank < 0) continue;
    const known = found.get(Number(at));
    if (known === undefined || rank < known.rank) found.set(Number(at), { column, rank });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, { column }]) => column);
}

const SUFFIX = /^(?:[._ -]?(\d{1,3})|\[(\d{1,3})\])(\.[A-Za-z]+)?$/;
/** A place that names one entry of a list that was flattened: its neighbours are of the same list. */
const FLATTENED = /^(.+)\.\d{1,3}(?:\.[A-Za-z]+)?$/;

/** Every list of the mapping with all the columns over which the export spreads it. Of other formats, as it is: a list is a list there. */
export function spreadLists(fields: FieldMap, columns: readonly string[] | undefined): Spread {
  const ranked = new Map<string, readonly SpreadEntry[]>();
  if (columns === undefined) return { fields, ranked };
  const all: Record<string, FieldSpec | null> = { ...fields };
  const named = new Set(columns.filter((column) => column !== ''));
  for (const name of LIST_FIELDS) {
    const spec = fields[name] ?? undefined;
    if (spec === undefined || constOf(spec) !== undefined || hasMap(spec)) continue;
    const places = placesOf(spec).map(({ path }) => path);
    const wide = [...new Set(places.flatMap((path) => widened(path, columns)))];
    const entries = wide.map((value) => ({ value, primary: beside(value, 'primary'), type: beside(value, 'type') }));
    if (entries.some(({ primary, type }) => named.has(primary) || named.has(type))) {
      const place = `${name}, over ${wide.length} columns`;
      ranked.set(place, entries);
      all[name] = place;
    } else if (wide.length !== places.length || wide.some((path, i) => path !== places[i])) all[name] = wide;
  }
  return { fields: all, ranked };
}

/** The columns of a list of this name, and those beside it: of a flattened list the column itself holds no more than how many there are. */
function widened(path: string, columns: readonly string[]): readonly string[] {
  const list = columns.includes(path) ? (FLATTENED.exec(path)?.[1] ?? path) : path;
  const spread = spreadColumns(list, columns);
  if (spread.length === 0) return [path];
  return columns.includes(list) && !spread.some((column) => column.startsWith(`${list}.`)) ? [list, ...spread] : spread;
}

/** `emails.0.primary` beside `emails.0.address`; no column is called '' where the list was not flattened. */
function beside(column: string, name: string): string {
  const [, entry] = /^(.+\.\d{1,3})(?:\.[A-Za-z]+)?$/.exec(column) ?? [];
  return entry === undefined ? '' : `${entry}.${name}`;
}
