import type { SourceConfig } from '../../model/config.js';
import type { PageColumns } from '../../store/columns.js';
import type { Completeness } from '../../model/completeness.js';
import { SourceError } from '../../model/errors.js';
import { dateReading, OrderWanted, type DateReading } from '../../mapping/dates/reading.js';
import { compileOrders } from '../../mapping/rows.js';
import { Ledger } from '../../contract/ledger.js';
import { isRound } from '../../contract/one-of-several.js';
import type { Page, PullOptions, Source, SourceFacts } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import type { OpenSource, SourceContext } from '../../contract/system.js';
import { blocksOf, type Block } from './blocks.js';
import { openBytes } from './bytes.js';
import { columnPages } from './column-pages.js';
import { readCsv } from './csv.js';
import { FileFault } from './fault.js';
import { readJson } from './json.js';
import { fieldsIn } from './mapping.js';
import { readNdjson } from './ndjson.js';
import { type FileOptions, fileOptions } from './options.js';
import { rowPages } from './row-pages.js';
import { idsThatRepeat } from './ids.js';
import { FileSeen } from './seen.js';
import { Twice } from '../../mapping/together/twice.js';
import type { Notes, Table } from './table.js';
import { isWorthAThread, pullInThread } from './thread.js';

/** An export as a file: CSV, JSON or NDJSON, plain or gzip; as the directory or as an app. */
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

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly options: FileOptions,
    private readonly onRequest: SourceContext['onRequest'],
  ) {
    this.name = config.name;
    this.connector = config.connector;
  }

  async *pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    if (await isWorthAThread(this.options.path, options))
      return yield* pullInThread(this.role, this.config, options.signal, this.onRequest);
    return yield* this.here(options);
  }

  /** The pull on this thread. */
  here(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const pages: Pages<Page<RowOf<R>>> = (table, ledger, dates, twice) =>
      rowPages(this.role, this.config, table, ledger, dates, twice, options);
    return this.#told(this.#read(options.signal, pages, options.firstPagesOnly !== true));
  }

  /** The same pull, its pages as columns. */
  columns(signal: AbortSignal): AsyncGenerator<PageColumns, Completeness, void> {
    const pages: Pages<PageColumns> = (table, ledger, dates, twice) => columnPages(this.role, this.config, table, ledger, dates, twice);
    return this.#told(this.#read(signal, pages));
  }

  async *#told<Out>(pages: AsyncGenerator<Out, Completeness, void>): AsyncGenerator<Out, Completeness, void> {
    try {
      return yield* pages;
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      const text = `${this.name}: reading ${this.options.shown}: ${error.what}; ${error.next}`;
      throw new SourceError(this.name, error.fault, text, { cause: error });
    }
  }

  /**
   * The pages of the file. Where a date could be two days, its column is asked: the file is gone through for what its dates show, and then read once more
   * from the beginning; the pages that came before are the same, for nothing in them could be two things.
   */
  async *#read<Out>(signal: AbortSignal, pages: Pages<Out>, isWhole = true): AsyncGenerator<Out, Completeness, void> {
    const before = isWhole ? await this.#idsThatRepeat(signal) : NOT_LOOKED_AT;
    const pass = { signal, pages, isWhole, given: 0, doubts: new Set<string>(), ...before };
    const first = this.config.dates === undefined ? OPEN_DATES : dateReading(this.config);
    try {
      return yield* this.#pass(pass, first);
    } catch (error) {
      if (!(error instanceof OrderWanted)) throw error;
    }
    return yield* this.#pass(pass, await this.#shownOrders(pass));
  }

  /** Goes over the file for its ids alone: rows of one id are judged as one, wherever they stand. What cannot be read is told by the reading itself. */
  async #idsThatRepeat(signal: AbortSignal): Promise<LookedAt> {
    const file = await openBytes(this.options.path, this.options.encoding, signal);
    const { changed } = file;
    try {
      const table = await tableOf(blocksOf(file.chunks), this.options, new Ledger());
      return { twice: table === undefined ? new Twice() : await idsThatRepeat(this.role, this.config.fields, table), changed };
    } catch (error) {
      if (error instanceof FileFault) return { twice: new Twice(), changed };
      throw error;
    } finally {
      await file.close();
    }
  }

  async *#pass<Out>(pass: Pass<Out>, dates: DateReading): AsyncGenerator<Out, Completeness, void> {
    const ledger = new Ledger();
    const seen = this.onRequest === undefined ? undefined : new FileSeen(this.options.shown);
    const file = await openBytes(this.options.path, this.options.encoding, pass.signal, seen?.watch);
    let skip = pass.given;
    try {
      const table = await tableOf(blocksOf(file.chunks), this.options, ledger);
      for await (const page of table === undefined ? [] : pass.pages(table, ledger, dates, pass.twice)) {
        if (skip-- > 0) continue;
        pass.given++;
        yield page;
      }
      if (ledger.received === 0) ledger.doubt('the file holds no rows');
      if (pass.isWhole) noteCut(ledger, this.options.format);
    } finally {
      const changed = (await pass.changed()) ?? (await file.changed());
      if (changed !== undefined) pass.doubts.add(`the file changed while it was read: ${changed}`);
      await file.close();
    }
    for (const doubt of pass.doubts) ledger.doubt(doubt);
    ledger.end('protocol');
    if (seen !== undefined) this.onRequest?.(seen.request(ledger.received));
    return ledger.completeness();
  }

  /** What the dates of all rows show of their order. */
  async #shownOrders({ signal, doubts }: Pass<unknown>): Promise<DateReading> {
    const file = await openBytes(this.options.path, this.options.encoding, signal);
    try {
      const table = await tableOf(blocksOf(file.chunks), this.options, new Ledger());
      if (table === undefined) return dateReading({});
      const { see, reading } = compileOrders(this.role, fieldsIn(this.role, this.config.fields, table.columns), table.access);
      for await (const { records } of table.batches) records.forEach(see);
      return reading();
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      // The pass that reads the rows says it, with those that stand before the fault.
      return dateReading({});
    } finally {
      const changed = await file.changed();
      if (changed !== undefined) doubts.add(`the file changed while it was read: ${changed}`);
      await file.close();
    }
  }
}

/** Rows of a sheet, its header among them: Excel up to 2003, and since. What is more is lost when a file is saved there. */
const SHEETS = [65_536, 1_048_576];

/** Exports are cut at round numbers too, but as often a company is that large: that is said, and proves nothing. */
function noteCut(ledger: Ledger, format: FileOptions['format']): void {
  const { received, declaredTotal } = ledger;
  const sheet = format === 'csv' ? SHEETS.find((rows) => received + 1 === rows) : undefined;
  if (sheet !== undefined)
    ledger.doubt(
      `the file has exactly ${sheet} lines, as many as a sheet of a spreadsheet holds: what did not fit is lost; export it again`,
    );
  else if (declaredTotal === undefined && received >= 1000 && isRound(received))
    ledger.remark(`the file has exactly ${received} rows: some exports are cut at such a number`);
}

type Pages<Out> = (table: Table<unknown>, ledger: Ledger, dates: DateReading, twice: Twice) => AsyncGenerator<Out>;

/** What is known of the file before its rows are read, and what has changed of it since. */
interface LookedAt {
  readonly twice: Twice;
  readonly changed: () => Promise<string | undefined>;
}

interface Pass<Out> extends LookedAt {
  readonly signal: AbortSignal;
  readonly pages: Pages<Out>;
  /** Is it read to its end? */
  readonly isWhole: boolean;
  /** Pages that were given out. */
  given: number;
  readonly doubts: Set<string>;
}

/** Nothing is known yet, and the file can be asked. */
const OPEN_DATES: DateReading = { orders: () => ({ given: false, plain: undefined, dotted: undefined }), canAsk: true };
const NOT_LOOKED_AT: LookedAt = { twice: new Twice(), changed: () => Promise.resolve(undefined) };

async function tableOf(blocks: AsyncIterable<Block>, options: FileOptions, notes: Notes): Promise<Table<unknown> | undefined> {
  if (options.format === 'ndjson') return readNdjson(blocks);
  if (options.format === 'json') return readJson(blocks, options.records, notes);
  return (await readCsv(blocks, options.delimiter, notes)) as Table<unknown> | undefined;
}
