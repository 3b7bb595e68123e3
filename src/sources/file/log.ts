import type { Completeness } from '../../model/completeness.js';
import type { LogConfig } from '../../model/config.js';
import type { LogEntry, LogFacts } from '../../model/log.js';
import type { DateReading } from '../../mapping/dates/reading.js';
import { compileOrdersOf } from '../../mapping/rows.js';
import type { Ledger } from '../../contract/ledger.js';
import type { LogSource, Page, PullOptions } from '../../contract/source.js';
import type { OpenLog, SourceContext } from '../../contract/system.js';
import { cellsOf } from './log-cells.js';
import { compileLog, logFieldsIn } from './log-mapping.js';
import { PAGE } from './mapping.js';
import { fileOptions } from './options.js';
import { FilePasses } from './passes.js';
import type { Table } from './table.js';
import { itemAt } from '../../model/at.js';

/** An export of a log: CSV, JSON or NDJSON, plain or gzip. Whose log it is, the config says. */
export const openFileLog: OpenLog = (config, { onRequest }) => new FileLog(config, onRequest);

class FileLog implements LogSource {
  readonly name: string;
  readonly connector: string;
  /** How far it reaches back, its first entry says; what was left out when it was exported, nobody does. */
  readonly log: LogFacts = { lateness: 0, tellsUpdates: false, notes: [] };
  readonly #passes: FilePasses;

  constructor(
    private readonly config: LogConfig,
    onRequest: SourceContext['onRequest'],
  ) {
    this.name = config.name;
    this.connector = config.connector;
    this.#passes = new FilePasses(config.name, fileOptions(config), config.dates, onRequest);
  }

  pull(options: PullOptions): AsyncGenerator<Page<LogEntry>, Completeness, void> {
    const { fields, app } = this.config;
    const pages = this.#passes.read(options.signal, {
      pages: (table, ledger, dates) => logPages({ fields, app }, table, ledger, dates, options),
      orders: (table) => compileOrdersOf(['at'], logFieldsIn(fields, table.columns), table.access),
      isWhole: options.firstPagesOnly !== true,
    });
    return this.#passes.told(pages);
  }
}

async function* logPages<Raw>(
  { fields, app }: { readonly fields: LogConfig['fields']; readonly app: string | undefined },
  table: Table<Raw>,
  ledger: Ledger,
  dates: DateReading,
  { firstPagesOnly, onRaw, inFull }: Pick<PullOptions, 'firstPagesOnly' | 'onRaw' | 'inFull'>,
): AsyncGenerator<Page<LogEntry>> {
  // Whoever looks at single entries looks at all of them.
  const isShown = firstPagesOnly === true || onRaw !== undefined || inFull === true;
  const mapping = compileLog(fields, table, dates, { app, isShort: !isShown });
  const cells = isShown ? undefined : cellsOf(mapping, table, dates, app);
  let isFirst = true;
  let isMute = firstPagesOnly !== true;
  for await (const batch of table.batches) {
    const entries = cells?.entries(batch) ?? batch.records.map(mapping.entry);
    isMute &&= entries.every(({ action }) => action === 'other');
    for (let from = 0; from < entries.length; from += PAGE) {
      const rows = entries.slice(from, from + PAGE);
      ledger.count(rows.length, 1);
      ledger.alone(rows.length);
      if (onRaw !== undefined && isFirst) rows.forEach((row, i) => onRaw(table.show(itemAt(batch.records, from + i)), row));
      isFirst = false;
      yield { rows };
      if (firstPagesOnly === true) break;
    }
    if (firstPagesOnly === true && ledger.received > 0) break;
  }
  cells?.tellSeen();
  mapping.tell(ledger, isMute);
}
