import type { SourceConfig } from '../../model/config.js';
import { OrderWanted, type DateReading } from '../../mapping/dates/reading.js';
import type { Ledger } from '../../contract/ledger.js';
import { hashText } from '../../store/hash.js';
import type { Page, PullOptions } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import { Together } from '../../mapping/together/together.js';
import type { Twice } from '../../mapping/together/twice.js';
import { compileMapping, PAGE, rawOf, Repeated, rowsOf } from './mapping.js';
import type { Table } from './table.js';
import { itemAt } from '../../model/at.js';

/** Records shown to `onRaw`. */
const SHOWN_RAW = 3;

/** The pages of a table as rows. `twice`: ids that stand on several of them. */
export async function* rowPages<R extends Role, Raw>(
  role: R,
  config: SourceConfig,
  table: Table<Raw>,
  ledger: Ledger,
  dates: DateReading,
  twice: Twice,
  { firstPagesOnly, onRaw }: Pick<PullOptions, 'firstPagesOnly' | 'onRaw'> = {},
): AsyncGenerator<Page<RowOf<R>>> {
  const mapping = compileMapping(role, config, table, dates);
  const repeated = new Repeated();
  const together = new Together(role);
  let shown = 0;
  let stop = false;
  try {
    for await (const batch of table.batches) {
      for (let from = 0; from < batch.records.length && !stop; from += PAGE) {
        const rows = rowsOf(batch, from, mapping.row);
        ledger.count(rows.length, 1);
        const fresh = twice.isEmpty
          ? rows
          : rows.filter((row, at) => {
              if (!twice.has(hashText(row.id))) return true;
              if (!together.add(row, rawOf(table, itemAt(batch.records, from + at)))) repeated.add(batch, [from + at]);
              return false;
            });
        ledger.alone(fresh.length);
        for (; onRaw !== undefined && shown < Math.min(SHOWN_RAW, rows.length); shown++) {
          onRaw(table.show(itemAt(batch.records, shown)), rows[shown]);
        }
        yield { rows: fresh };
        stop = firstPagesOnly === true;
      }
      if (stop) break;
    }
  } catch (error) {
    // What was read before stays valid as sightings; where the file is read once more, it comes again.
    if (!together.isEmpty && !(error instanceof OrderWanted)) yield { rows: together.merge(ledger) };
    throw error;
  }
  if (!together.isEmpty) yield { rows: together.merge(ledger) };
  repeated.tell(ledger);
  mapping.tell(ledger);
}
