import type { SourceConfig } from '../../model/config.js';
import type { PageColumns } from '../../store/columns.js';
import { hashAt } from '../../store/text-bytes.js';
import { OrderWanted, type DateReading } from '../../mapping/dates/reading.js';
import { pathsOf } from '../../model/places.js';
import { RowError } from '../../mapping/rows.js';
import type { Ledger } from '../../contract/ledger.js';
import type { Role } from '../../model/role.js';
import { Together } from '../../mapping/together/together.js';
import type { Twice } from '../../mapping/together/twice.js';
import { ColumnBuilder } from '../../store/column-builder.js';
import { FileFault } from './fault.js';
import { compileMapping, PAGE, rawOf, Repeated, rowsOf, type Mapping } from './mapping.js';
import { planRows, type RowPlan } from '../../mapping/bytes/row-plan.js';
import { listNames } from './spread.js';
import type { Batch, Scanner, Table } from './table.js';
import { itemAt } from '../../model/at.js';

/** Rows of a page on its way; pages of the report are counted as they are read. */
const ROWS = 2000;

/**
 * The pages of a table as columns. What stands plainly in the bytes goes from there into the columns; any other record goes
 * through the parser and the mapping, and any block that cannot be read goes through them whole, so that what is said of it is
 * the same. The rows, the proof and the messages are those of the plain way (test/sources/file/columns.test.ts).
 */
export async function* columnPages<Raw>(
  role: Role,
  config: SourceConfig,
  table: Table<Raw>,
  ledger: Ledger,
  dates: DateReading,
  twice: Twice,
): AsyncGenerator<PageColumns> {
  const mapping = compileMapping(role, config, table, dates);
  const builder = new ColumnBuilder(role);
  const repeated = new Repeated();
  const together = new Together(role);
  let quiet: Mapping<Role, Raw> | undefined;
  const { fields } = mapping;
  const { state } = config;
  const scanner = table.scanner([...Object.values(fields), state].flatMap(pathsOf), listNames(fields));
  const plan =
    scanner === undefined
      ? undefined
      : planRows(role, { fields, state, dates }, (path) => (mapping.isOwn(path) ? undefined : scanner.slotOf(path)), builder);
  const commit = (batch: Batch<Raw>, from: number, first: number): void => {
    const received = builder.rows - from;
    ledger.count(received, Math.ceil(received / PAGE));
    const gone = twice.isEmpty ? [] : builder.sift(from, (bytes, at, hash) => !twice.has(hash === 0 ? hashAt(bytes, at) : hash));
    ledger.alone(received - gone.length);
    for (const index of gone) {
      const record = itemAt(batch.records, first + index);
      // What is odd about its values has been said.
      quiet ??= compileMapping(role, config, table, dates);
      if (!together.add(quiet.row(record), rawOf(table, record))) repeated.add(batch, [first + index]);
    }
  };
  try {
    for await (const batch of table.batches) {
      const from = builder.rows;
      if (scanner !== undefined && plan !== undefined && byCells(batch, scanner, plan, mapping, builder)) {
        commit(batch, from, 0);
        batch.done?.();
      } else {
        for (let at = 0; at < batch.records.length; at += PAGE) {
          const begun = builder.rows;
          for (const row of rowsOf(batch, at, mapping.row)) builder.add(row);
          commit(batch, begun, at);
        }
      }
      if (builder.rows >= ROWS) yield builder.take();
    }
  } catch (error) {
    // What was read before stays valid as sightings; where the file is read once more, it comes again.
    if (error instanceof OrderWanted) throw error;
    for (const row of together.merge(ledger)) builder.add(row);
    if (builder.rows > 0) yield builder.take();
    throw error;
  }
  for (const path of mapping.unseen) if (scanner?.saw(path) === true) mapping.unseen.delete(path);
  for (const row of together.merge(ledger)) builder.add(row);
  if (builder.rows > 0) yield builder.take();
  repeated.tell(ledger);
  mapping.tell(ledger);
}

/** Reads a batch by its cells. False, and nothing is added: it must be read the plain way. */
export function byCells<R extends Role, Raw>(
  { block }: Batch<Raw>,
  scanner: Scanner<Raw>,
  plan: RowPlan,
  { row }: Pick<Mapping<R, Raw>, 'row'>,
  builder: ColumnBuilder<R>,
): boolean {
  if (block === undefined) return false;
  const { rows, place } = builder;
  const size = scanner.open(block);
  for (let index = 0; index < size; index++) {
    const base = scanner.find(index);
    const begun = builder.place;
    if (base >= 0 && plan.fill(block.bytes, scanner.cells, base)) continue;
    builder.undo(builder.rows, begun);
    try {
      const record = scanner.record(index);
      if (record === undefined) throw new RowError('a blank line');
      builder.add(row(record));
    } catch (error) {
      // Whatever it is, the plain way says it with the right line.
      if (!(error instanceof RowError || error instanceof FileFault)) throw error;
      builder.undo(rows, place);
      return false;
    }
  }
  return size >= 0;
}
