import type { FieldMap, SourceConfig } from '../../model/config.js';
import type { DateReading } from '../../mapping/dates/reading.js';
import { type Access, compileRows, Problems, RowError } from '../../mapping/rows.js';
import type { Ledger } from '../../contract/ledger.js';
import type { Role, RowOf } from '../../model/role.js';
import { defaultFields } from './default-fields.js';
import { FileFault } from './fault.js';
import { listed, namedPaths, NamedPlaces } from './named-places.js';
import { gathered, LIST_FIELDS, rankedReader, spreadColumns, spreadLists } from './spread.js';
import type { Batch, Notes, Table } from './table.js';
import { itemAt } from '../../model/at.js';

/** Most rows of a page. */
export const PAGE = 1000;
/** Lines named of rows that repeat an id. */
const NAMED_LINES = 3;

/** The mapping of one file. */
export interface Mapping<R extends Role, Raw> {
  /** All fields, those that the config does not name too. */
  readonly fields: FieldMap;
  readonly row: (record: Raw) => RowOf<R>;
  /** Fields of the config whose places no row has shown yet. */
  readonly unseen: Set<string>;
  /** Is it no column, and read in a way of its own? */
  readonly isOwn: (path: string) => boolean;
  /** At the end: what was odd about the values, and which fields never came. */
  tell(ledger: Ledger): void;
}

/** `dates`: how they are read. */
export function compileMapping<R extends Role, Raw>(
  role: R,
  { fields, state }: SourceConfig,
  table: Table<Raw>,
  dates: DateReading,
): Mapping<R, Raw> {
  const problems = new Problems();
  const named = namedPaths(fields, state, role === 'person' ? 'state' : 'status');
  const { columns } = table;
  const isSpreadList = (path: string, all: readonly string[]): boolean =>
    LIST_FIELDS.some((name) => named.get(name)?.includes(path) === true) && spreadColumns(path, all).length > 0;
  const places = new NamedPlaces(named, columns, isSpreadList);
  const { fields: all, ranked } = spreadLists(fieldsIn(role, fields, columns), columns);
  if ((all.id ?? null) === null)
    throw new FileFault(
      'no field is mapped to id',
      columns === undefined ? 'set fields: { id: … }' : `set fields: { id: … } to one of ${listed(columns)}`,
    );
  const plain = (path: string, ofList = false): ((record: Raw) => unknown) =>
    ofList && columns === undefined ? gathered(path, table.access as Access<unknown>) : table.access(path);
  const access: Access<Raw> = (path, ofList) => {
    const entries = ranked.get(path);
    const read = entries === undefined ? plain(path, ofList) : rankedReader(entries, table.access);
    return places.watch(path, read);
  };
  return {
    fields: all,
    row: compileRows(role, { fields: all, state, dates }, access, problems),
    unseen: places.unseen,
    isOwn: (path) => ranked.has(path),
    tell(ledger) {
      problems.remarkTo(ledger);
      for (const [, text] of ledger.received > 0 ? places.missing() : []) ledger.remark(text);
      ledger.unread(problems.unreadDates);
    },
  };
}

/** All fields, those that the config does not name too. */
export function fieldsIn(role: Role, fields: FieldMap, columns: readonly string[] | undefined): FieldMap {
  return { ...defaultFields(role, columns), ...fields };
}

/** The rows of a page: some records of the batch. */
export function rowsOf<Raw, Row>(batch: Batch<Raw>, from: number, row: (record: Raw) => Row): Row[] {
  const rows: Row[] = [];
  const end = Math.min(from + PAGE, batch.records.length);
  for (let index = from; index < end; index++) {
    try {
      rows.push(row(itemAt(batch.records, index)));
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new FileFault(`${batch.place(index)}: ${error.message}`, 'correct the export, or fields: of the config', 'malformed', {
        cause: error,
      });
    }
  }
  return rows;
}

/** A record as it stands in the file: two that are the same to the letter are one that came twice. */
export function rawOf<Raw>(table: Table<Raw>, record: Raw): string {
  return JSON.stringify(table.show(record));
}

/** The first lines on which an id stands that came before. */
export class Repeated {
  readonly #places: string[] = [];
  #rows = 0;

  add(batch: Pick<Batch<unknown>, 'place'>, records: readonly number[]): void {
    this.#rows += records.length;
    for (const index of records.slice(0, NAMED_LINES - this.#places.length)) this.#places.push(batch.place(index));
  }

  tell(ledger: Notes): void {
    if (this.#places.length === 0) return;
    ledger.doubt(`ids repeat: ${this.#places.join(', ')}${this.#rows > this.#places.length ? ', …' : ''}`);
  }
}
