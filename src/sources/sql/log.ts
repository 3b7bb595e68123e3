import { crc32 } from 'node:zlib';
import type { LogSource, Page, PullOptions } from '../../contract/source.js';
import type { OpenLog, SourceContext } from '../../contract/system.js';
import type { Completeness } from '../../model/completeness.js';
import type { LogConfig } from '../../model/config.js';
import type { LogEntry, LogFacts } from '../../model/log.js';
import { logFile } from '../file/log-pages.js';
import { pathsIn } from './columns.js';
import { notesOn } from './engines.js';
import { sqlOptions } from './options.js';
import { Snapshot } from './snapshot.js';

/** A log that is rows of a query. Whose log it is, the config says. */
export const openSqlLog: OpenLog = (config, context) => new SqlLog(config, context);

/** How far it reaches back, its first entry says; what is deleted from the table, nobody does. */
const FACTS = { lateness: 0, tellsUpdates: false };

const toldApart = ({ id, at, action, accountId, userName, email }: LogEntry): string =>
  [id, at?.at, action, accountId, userName, email].join('\t');

class SqlLog implements LogSource {
  readonly name: string;
  readonly connector: string;
  readonly log: LogFacts;
  readonly #snapshot: Snapshot;

  constructor(
    private readonly config: LogConfig,
    context: SourceContext,
  ) {
    this.name = config.name;
    this.connector = config.connector;
    const options = sqlOptions(config, context);
    this.log = { ...FACTS, notes: notesOn(options.engine) };
    this.#snapshot = new Snapshot(options, config.dates, pathsIn(config.fields, undefined), context.onRequest);
  }

  pull(options: PullOptions): AsyncGenerator<Page<LogEntry>, Completeness, void> {
    const { pages, orders, isWhole } = logFile(this.config, options);
    return this.#snapshot.read(options.signal, {
      pages,
      orders,
      isWhole,
      mark: ({ rows }) => crc32(rows.map(toldApart).join('\n')),
      mayBeEmpty: false,
    });
  }
}
