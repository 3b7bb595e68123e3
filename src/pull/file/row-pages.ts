import type { SourceConfig } from '../../config/config.js';
import type { DateReading } from '../dates/reading.js';
import type { Ledger } from '../ledger.js';
import type { Page, PullOptions, Role, RowOf } from '../source.js';
import { compileMapping, PAGE, Repeated, rowsOf } from './mapping.js';
import type { Table } from './table.js';

/** Records shown to `onRaw`. */
const SHOWN_RAW = 3;

/** The pages of a table as rows. */
export async function* rowPages<R extends Role, Raw>(
  role: R,
  config: SourceConfig,
  table: Table<Raw>,
  ledger: Ledger,
  dates: DateReading,
  { firstPagesOnly, onRaw }: Pick<PullOptions, 'firstPagesOnly' | 'onRaw'> = {},
): AsyncGenerator<Page<RowOf<R>>> {
  const mapping = compileMapping(role, config, table, dates);
  const repeated = new Repeated();
  let shown = 0;
  let stop = false;
  for await (const batch of table.batches) {
    for (let from = 0; from < batch.records.length && !stop; from += PAGE) {
      const rows = rowsOf(batch, from, mapping.row);
      const fresh = ledger.take(rows);
      if (fresh.length < rows.length) {
        const kept = new Set(fresh);
        repeated.add(batch, rows.flatMap((row, index) => (kept.has(row) ? [] : [from + index]))); // prettier-ignore
      }
      for (; onRaw !== undefined && shown < Math.min(SHOWN_RAW, rows.length); shown++) {
        onRaw(table.show(batch.records[shown] as Raw), rows[shown]);
      }
      yield { rows: fresh };
      stop = firstPagesOnly === true;
    }
    if (stop) break;
  }
  repeated.tell(ledger);
  mapping.tell(ledger);
}
