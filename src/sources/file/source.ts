import type { SourceConfig } from '../../model/config.js';
import type { PageColumns } from '../../store/columns.js';
import type { Completeness } from '../../model/completeness.js';
import { compileOrders, type OrdersOf } from '../../mapping/rows.js';
import type { Page, PullOptions, Source, SourceFacts } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import type { OpenSource, SourceContext } from '../../contract/system.js';
import { columnPages } from './column-pages.js';
import { fieldsIn } from './mapping.js';
import { type FileOptions, fileOptions } from './options.js';
import { FilePasses, type Pages } from './passes.js';
import { rowPages } from './row-pages.js';
import { idsThatRepeat } from './ids.js';
import { Twice } from '../../mapping/together/twice.js';
import type { Table } from './table.js';
import { isWorthAThread, pullInThread } from './thread.js';

/** An export as a file: CSV, JSON or NDJSON, plain or gzip, or a workbook; as the directory or as an app. */
export const openFile: OpenSource = <R extends Role>(role: R, config: SourceConfig, { onRequest }: SourceContext): Source<RowOf<R>> => {
  return new FileSource(role, config, fileOptions(config), onRequest);
};

/** The pull of one export on the thread that asks for it, its pages as columns. */
export function pullColumns(
  role: Role,
  config: SourceConfig,
  signal: AbortSignal,
  onRequest: SourceContext['onRequest'],
): AsyncGenerator<PageColumns, Completeness, void> {
  return new FileSource(role, config, fileOptions(config), onRequest).columns(signal);
}

class FileSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts = { leavers: 'unknown', total: 'none', notes: [] };
  readonly #passes: FilePasses;

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly options: FileOptions,
    private readonly onRequest: SourceContext['onRequest'],
  ) {
    this.name = config.name;
    this.connector = config.connector;
    this.#passes = new FilePasses(config.name, options, config.dates, onRequest);
  }

  async *pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    if (await isWorthAThread(this.options, options)) return yield* pullInThread(this.role, this.config, options.signal, this.onRequest);
    return yield* this.here(options);
  }

  /** The pull on this thread. */
  here(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const pages: PagesOf<Page<RowOf<R>>> = (twice) => (table, ledger, dates) =>
      rowPages(this.role, this.config, table, ledger, dates, twice, options);
    return this.#passes.told(this.#read(options.signal, pages, options.firstPagesOnly !== true));
  }

  /** The same pull, its pages as columns. */
  columns(signal: AbortSignal): AsyncGenerator<PageColumns, Completeness, void> {
    const pages: PagesOf<PageColumns> = (twice) => (table, ledger, dates) =>
      columnPages(this.role, this.config, table, ledger, dates, twice);
    return this.#passes.told(this.#read(signal, pages, true));
  }

  /** Goes over the file for its ids first: rows of one id are judged as one, wherever they stand. */
  async *#read<Out>(signal: AbortSignal, pages: PagesOf<Out>, isWhole: boolean): AsyncGenerator<Out, Completeness, void> {
    const before = isWhole ? await this.#passes.look(signal, (table) => idsThatRepeat(this.role, this.config.fields, table)) : undefined;
    return yield* this.#passes.read(signal, {
      pages: pages(before?.found ?? new Twice()),
      orders: (table) => this.#orders(table),
      isWhole,
      ...(before === undefined ? {} : { changed: before.changed }),
    });
  }

  #orders(table: Table<unknown>): OrdersOf<unknown> {
    return compileOrders(this.role, fieldsIn(this.role, this.config.fields, table.columns), table.access);
  }
}

type PagesOf<Out> = (twice: Twice) => Pages<Out>['pages'];
