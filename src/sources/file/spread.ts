import type { FieldMap, FieldSpec } from '../../model/config.js';
import type { Access } from '../../mapping/rows.js';
import { constOf, hasMap, isEmpty, pathsOf, placesOf } from '../../model/places.js';

/** Fields that are lists: an export may spread one over several columns. */
export const LIST_FIELDS = ['emails', 'aliases', 'roles', 'groups'] as const;
/** What a column of a list of objects is called that holds the entry itself, best first. */
const ENTRY = ['', 'address', 'value', 'email', 'mail', 'displayName', 'display', 'name'];
/** What says more of an entry. */
const BESIDE = ['primary', 'type'];

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

/** The columns over which a list of this name is spread, in order: `aliases.0`, `alias_2`, `Alias 1`, `aliases[0]`, `emails/0/value`, `alias__1`, `Alias #2`. */
export function spreadColumns(name: string, columns: readonly string[]): readonly string[] {
  const found = new Map<number, { columns: string[]; rank: number }>();
  for (const column of columns) {
    const [, plain, bracketed, round, rest = ''] = column.startsWith(name) ? (SUFFIX.exec(column.slice(name.length)) ?? []) : [];
    const at = plain ?? bracketed ?? round;
    if (at === undefined || BESIDE.includes(rest)) continue;
    const known = found.get(Number(at));
    // Under a name that nobody knows it may stand as well: then each of them counts.
    const rank = ENTRY.includes(rest) ? ENTRY.indexOf(rest) : ENTRY.length;
    if (known === undefined || rank < known.rank) found.set(Number(at), { columns: [column], rank });
    else if (rank === ENTRY.length && known.rank === rank) known.columns.push(column);
  }
  return [...found].sort(([a], [b]) => a - b).flatMap(([, { columns: own }]) => own);
}

const SUFFIX = /^(?:(?:[.:/_ -]|__| ?#)?(\d{1,3})|\[(\d{1,3})\]| ?\((\d{1,3})\))(?:(?:[.:/_]|__)([A-Za-z]+))?$/;
/** A place that names one entry of a list that was flattened: its neighbours are of the same list. */
const FLATTENED = /^(.+?)(?:[./]|__)\d{1,3}(?:(?:[./]|__)[A-Za-z]+)?$/;
/** One entry, with what parts it from the names of what it holds. */
const ENTRY_OF = /^(.+?([.:/]|__?)\d{1,3}|.+\[\d{1,3}\])(?:([.:/]|__?)[A-Za-z]+)?$/;

/** Every list of the mapping with all the columns over which the export spreads it. Records with keys of their own are asked one by one (`gathered`). */
export function spreadLists(fields: FieldMap, columns: readonly string[] | undefined): Spread {
  const ranked = new Map<string, readonly SpreadEntry[]>();
  if (columns === undefined) return { fields, ranked };
  const all: Record<string, FieldSpec | null> = { ...fields };
  const named = new Set(columns.filter((column) => column !== ''));
  for (const name of LIST_FIELDS) {
    const spec = fields[name] ?? undefined;
    if (spec === undefined || constOf(spec) !== undefined || hasMap(spec)) continue;
    const places = placesOf(spec).map(({ path }) => path);
    const wide = [...new Set(places.flatMap((path) => widenedPlace(path, columns)))];
    const entries = entriesOf(wide);
    if (entries.some(({ primary, type }) => named.has(primary) || named.has(type))) {
      const place = `${name}, over ${wide.length} columns`;
      ranked.set(place, entries);
      all[name] = place;
    } else if (wide.length !== places.length || wide.some((path, i) => path !== places[i])) all[name] = wide;
  }
  return { fields: all, ranked };
}

/** The columns of this list, and those beside it: of a flattened list the column of its own name holds no more than how many there are. */
function widened(list: string, columns: readonly string[]): readonly string[] {
  const spread = spreadColumns(list, columns);
  const isFlat = spread.some((column) => column.startsWith(list) && /^(?:[./]|__)/.test(column.slice(list.length)));
  return columns.includes(list) && !isFlat ? [list, ...spread] : spread;
}

function widenedPlace(path: string, columns: readonly string[]): readonly string[] {
  const wide = widened(columns.includes(path) ? listNameOf(path) : path, columns);
  return wide.length === 0 ? [path] : wide;
}

function entriesOf(columns: readonly string[]): readonly SpreadEntry[] {
  return columns.map((value) => ({ value, primary: beside(value, 'primary'), type: beside(value, 'type') }));
}

/** `emails.0.primary` beside `emails.0.address`; no column is called '' where the list was not flattened. */
function beside(column: string, name: string): string {
  const [, entry, before, after] = ENTRY_OF.exec(column) ?? [];
  return entry === undefined ? '' : `${entry}${after ?? before ?? '.'}${name}`;
}

/** The entries of a list that is spread over columns, as objects: then the primary one comes first, as in any list. */
export function rankedReader<Raw>(entries: readonly SpreadEntry[], access: Access<Raw>): (record: Raw) => unknown {
  const readers = entries.map(({ value, primary, type }) => [access(value), access(primary), access(type)] as const);
  return (record) =>
    readers
      .map(([value, primary, type]) => ({ value: value(record), primary: primary(record), type: type(record) }))
      .filter(({ value }) => !isEmpty(value));
}

/** Of a record with keys of its own: a list that is none there, with the entries that were flattened into keys beside it (`emails.0.address`). */
export function gathered(path: string, access: Access<unknown>): (record: unknown) => unknown {
  const plain = access(path);
  const name = listNameOf(path);
  const known = new Map<string, readonly SpreadEntry[]>();
  return (record) => {
    const value = plain(record);
    if (typeof record !== 'object' || record === null || (typeof value === 'object' && !isEmpty(value))) return value;
    let keys: string[] | undefined;
    for (const key in record) if (key.length > name.length && isSpreadOf(name, key)) (keys ??= []).push(key);
    if (keys === undefined) return value;
    const isNone = isEmpty(value);
    const form = JSON.stringify([isNone, ...keys]);
    let entries = known.get(form);
    if (entries === undefined) {
      entries = entriesOf(widened(name, isNone ? keys : [name, ...keys]));
      if (known.size < MAX_FORMS) known.set(form, entries);
    }
    return entries.length === 0 ? value : rankedReader(entries, ownKey)(record);
  };
}

const ownKey: Access<object> = (key) => (record) => (record as Readonly<Record<string, unknown>>)[key];

/** Ways in which the records of one file flatten a list: so many are kept. */
const MAX_FORMS = 1000;

/** The names under which a mapping has lists. */
export function listNames(fields: FieldMap): readonly string[] {
  return [...new Set(LIST_FIELDS.flatMap((field) => pathsOf(fields[field])).map(listNameOf))];
}

/** Is this a key of the record over which the list of this name is spread, or one that says more of an entry? */
export function isSpreadOf(name: string, key: string): boolean {
  return key.startsWith(name) && SUFFIX.test(key.slice(name.length));
}

function listNameOf(path: string): string {
  return FLATTENED.exec(path)?.[1] ?? path;
}
