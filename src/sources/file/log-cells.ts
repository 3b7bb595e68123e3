import { planEntries } from '../../mapping/bytes/entry-plan.js';
import type { DateReading } from '../../mapping/dates/reading.js';
import { pathsOf } from '../../model/places.js';
import type { LogEntry } from '../../model/log.js';
import { FileFault } from './fault.js';
import type { LogMapping } from './log-mapping.js';
import type { Batch, Table } from './table.js';

/** Entries that are made of the bytes of a batch, where these are plain. */
export interface LogCells<Raw> {
  /** Undefined: the batch must be read the plain way. */
  entries(batch: Batch<Raw>): readonly LogEntry[] | undefined;
  /** At the end: tells the mapping which of its places were there. */
  tellSeen(): void;
}

/**
 * The entries of a table cell by cell: a record that is out of the ordinary goes through the parser and the mapping, and so does a whole batch that cannot be
 * read, so that what is said of it is the same (test/sources/file/log-cells.test.ts). Undefined: the mapping, or the format, has no plain cells.
 */
export function cellsOf<Raw>(
  { fields, entry, places }: LogMapping<Raw>,
  table: Table<Raw>,
  dates: DateReading,
  app: string | undefined,
): LogCells<Raw> | undefined {
  const scanner = table.scanner(Object.values(fields).flatMap(pathsOf));
  const plan = scanner === undefined ? undefined : planEntries(fields, (path) => scanner.slotOf(path), dates, app);
  if (scanner === undefined || plan === undefined) return undefined;
  return {
    entries(batch) {
      const { block } = batch;
      const size = block === undefined ? -1 : scanner.open(block);
      if (block === undefined || size < 0) return undefined;
      const entries: LogEntry[] = [];
      for (let index = 0; index < size; index++) {
        const base = scanner.find(index);
        const plain = base < 0 ? undefined : plan.entry(block.bytes, scanner.cells, base);
        if (plain !== undefined) {
          entries.push(plain);
          continue;
        }
        try {
          const record = scanner.record(index);
          if (record === undefined) return undefined;
          entries.push(entry(record));
        } catch (error) {
          // The plain way says it with the right line.
          if (error instanceof FileFault) return undefined;
          throw error;
        }
      }
      batch.done?.();
      return entries;
    },
    tellSeen() {
      for (const path of places.unseen) if (scanner.saw(path)) places.unseen.delete(path);
    },
  };
}
