import { crc32 } from 'node:zlib';
import { ColumnPage, type Page, type PullOptions, type Source, type SourceFacts } from '../../contract/source.js';
import type { OpenSource, SourceContext } from '../../contract/system.js';
import { compileOrders } from '../../mapping/rows.js';
import { Twice } from '../../mapping/together/twice.js';
import type { Completeness } from '../../model/completeness.js';
import type { SourceConfig } from '../../model/config.js';
import type { Role, RowOf } from '../../model/role.js';
import { Columns, type PageColumns } from '../../store/columns.js';
import { columnPages } from '../file/column-pages.js';
import { idsThatRepeat } from '../file/ids.js';
import { fieldsIn } from '../file/mapping.js';
import { rowPages } from '../file/row-pages.js';
import { pathsOf } from '../../model/places.js';
import { pathsIn } from './columns.js';
import { notesOn } from './engines.js';
import { sqlOptions } from './options.js';
import { Snapshot, type Reading } from './snapshot.js';
import type { SqlSession } from './session.js';

/** People or accounts that are rows of a query: PostgreSQL, MySQL, MariaDB, SQLite, SQL Server, Oracle. */
export const openSql: OpenSource = <R extends Role>(role: R, config: SourceConfig, context: SourceContext): Source<RowOf<R>> =>
  new SqlSource(role, config, context);

class SqlSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts;
  readonly #snapshot: Snapshot;
  #twice = new Twice();

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    context: SourceContext,
  ) {
    this.name = config.name;
    this.connector = config.connector;
    const options = sqlOptions(config, context);
    this.facts = {
      leavers: 'unknown',
      total: 'declared',
      notes: ['the user needs SELECT on what the query reads, and nothing else', ...notesOn(options.engine)],
    };
    this.#snapshot = new Snapshot(options, config.dates, pathsIn(config.fields, config.state), context.onRequest);
  }

  async *pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const { role, config } = this;
    const isWhole = options.firstPagesOnly !== true;
    this.#twice = new Twice();
    const shared: Omit<Reading<never>, 'pages' | 'mark'> = {
      before: async (session) => void (this.#twice = await this.#repeated(session)),
      orders: (table) => compileOrders(role, fieldsIn(role, config.fields, table.columns), table.access),
      isWhole,
      mayBeEmpty: false,
    };
    if (!isWhole || options.onRaw !== undefined) {
      return yield* this.#snapshot.read(options.signal, {
        ...shared,
        mark: ({ rows }) => crc32(rows.map(({ id }) => id).join('\n')),
        pages: (table, ledger, dates) => rowPages(role, config, table, ledger, dates, this.#twice, options),
      });
    }
    const words: string[][] = [];
    const pages = this.#snapshot.read(options.signal, {
      ...shared,
      mark: ({ bytes }: PageColumns) => crc32(bytes),
      pages: (table, ledger, dates) => columnPages(role, config, table, ledger, dates, this.#twice),
    });
    try {
      for (;;) {
        const step = await pages.next();
        if (step.done === true) return step.value;
        yield new ColumnPage(role, new Columns(step.value, words));
      }
    } finally {
      await pages.return(undefined as never);
    }
  }

  /** Goes over the ids first: rows of one id are judged as one, wherever they stand. */
  #repeated(session: SqlSession): Promise<Twice> {
    const { id } = fieldsIn(this.role, this.config.fields, session.columns.names);
    const paths = pathsOf(id);
    const isPlain = paths.every((path) => session.columns.plain(path) !== undefined);
    return idsThatRepeat(this.role, this.config.fields, session.rows(undefined, isPlain ? paths : undefined));
  }
}
