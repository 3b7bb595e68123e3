import type { LogConfig } from '../../model/config.js';
import type { LogEntry } from '../../model/log.js';
import { compileOrdersOf } from '../../mapping/rows.js';
import type { DateReading } from '../../mapping/dates/reading.js';
import type { Ledger } from '../../contract/ledger.js';
import type { Page, PullOptions } from '../../contract/source.js';
import { cellsOf } from './log-cells.js';
import { compileLog, logFieldsIn, type Together } from './log-mapping.js';
import { PAGE } from './mapping.js';
import type { Pages } from './passes.js';
import { splunkRows } from './splunk.js';
import type { Table } from './table.js';
import { itemAt } from '../../model/at.js';

/** How one file of a log is gone through. `together`: there are more of them. */
export function logFile(config: LogConfig, options: PullOptions, together?: Together): Pages<Page<LogEntry>> {
  return {
    pages: (table, ledger, dates) => logPages(config, table, ledger, dates, options, together),
    orders: (table) => compileOrdersOf(['at'], logFieldsIn(config.fields, table.columns), table.access),
    isWhole: options.firstPagesOnly !== true,
    mayBeEmpty: together !== undefined,
  };
}

async function* logPages<Raw>(
  { fields, app }: Pick<LogConfig, 'fields' | 'app'>,
  table: Table<Raw>,
  ledger: Ledger,
  dates: DateReading,
  { firstPagesOnly, onRaw, inFull }: Pick<PullOptions, 'firstPagesOnly' | 'onRaw' | 'inFull'>,
  together?: Together,
): AsyncGenerator<Page<LogEntry>> {
  // Whoever looks at single entries looks at all of them.
  const isShown = firstPagesOnly === true || onRaw !== undefined || inFull === true;
  const mapping = compileLog(fields, table, dates, { app, isShort: !isShown });
  const splunk = splunkRows(mapping.fields, table);
  const cells = isShown || splunk !== undefined ? undefined : cellsOf(mapping, table, dates, app);
  let isFirst = true;
  let isMute = firstPagesOnly !== true;
  for await (const batch of table.batches) {
    const plain = cells?.entries(batch);
    // Where cells are read, nobody asks for the records.
    const records = plain === undefined ? (splunk?.final(batch.records) ?? batch.records) : [];
    const entries = plain ?? records.map(mapping.entry);
    isMute &&= entries.every(({ action }) => action === 'other');
    for (let from = 0; from < entries.length; from += PAGE) {
      const rows = entries.slice(from, from + PAGE);
      ledger.count(rows.length, 1);
      ledger.alone(rows.length);
      if (onRaw !== undefined && isFirst) rows.forEach((row, i) => onRaw(table.show(itemAt(records, from + i)), row));
      isFirst = false;
      yield { rows };
      if (firstPagesOnly === true) break;
    }
    if (firstPagesOnly === true && ledger.received > 0) break;
  }
  cells?.tellSeen();
  splunk?.tell(ledger);
  mapping.tell(ledger, isMute, together);
}
