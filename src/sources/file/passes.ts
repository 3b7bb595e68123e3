import type { DateOrder } from '../../model/config.js';
import type { Completeness } from '../../model/completeness.js';
import { dateReading, OPEN_DATES, OrderWanted, type DateReading } from '../../mapping/dates/reading.js';
import type { OrdersOf } from '../../mapping/rows.js';
import { Ledger } from '../../contract/ledger.js';
import { isRound } from '../../contract/one-of-several.js';
import type { SourceContext } from '../../contract/system.js';
import { openBytes } from './bytes.js';
import { faultOf, FileFault } from './fault.js';
import type { FileOptions } from './options.js';
import { FileSeen } from './seen.js';
import type { Table } from './table.js';
import { tableOf } from './tables.js';

/** What is made of a file as it is gone through. */
export interface Pages<Out> {
  readonly pages: (table: Table<unknown>, ledger: Ledger, dates: DateReading) => AsyncGenerator<Out>;
  /** How its dates are asked for their order. */
  readonly orders: (table: Table<unknown>) => OrdersOf<unknown>;
  /** Is it read to its end? */
  readonly isWhole: boolean;
  /** May it hold no rows? One file of many often does. */
  readonly mayBeEmpty?: boolean;
  /** What has changed of the file since it was looked at before. */
  readonly changed?: () => Promise<string | undefined>;
}

interface Pass<Out> extends Pages<Out> {
  readonly signal: AbortSignal;
  /** Pages that were given out. */
  given: number;
  readonly doubts: Set<string>;
}

/** One export, gone through as often as its dates ask for. */
export class FilePasses {
  constructor(
    /** Of its source, for messages. */
    private readonly name: string,
    private readonly options: FileOptions,
    private readonly dates: DateOrder | undefined,
    private readonly onRequest: SourceContext['onRequest'],
  ) {}

  /**
   * The pages of the file. Where a date could be two days, its column is asked: the file is gone through for what its dates show, and then read once more
   * from the beginning; the pages that came before are the same, for nothing in them could be two things.
   */
  async *read<Out>(signal: AbortSignal, pages: Pages<Out>): AsyncGenerator<Out, Completeness, void> {
    const pass: Pass<Out> = { ...pages, signal, given: 0, doubts: new Set<string>() };
    const first = this.dates === undefined ? OPEN_DATES : dateReading({ dates: this.dates });
    try {
      return yield* this.#pass(pass, first);
    } catch (error) {
      if (!(error instanceof OrderWanted)) throw error;
    }
    return yield* this.#pass(pass, await this.#shownOrders(pass));
  }

  /** What `look` makes of the file, and how to ask later what has changed of it. A fault is that of the reading itself, which tells it. */
  async look<Found>(
    signal: AbortSignal,
    look: (table: Table<unknown>) => Promise<Found>,
  ): Promise<{ readonly found: Found | undefined; readonly changed: () => Promise<string | undefined> }> {
    const file = await openBytes(this.options.path, this.options.encoding, signal);
    const { changed } = file;
    try {
      const table = await tableOf(file, this.options, new Ledger());
      return { found: table === undefined ? undefined : await look(table), changed };
    } catch (error) {
      if (error instanceof FileFault) return { found: undefined, changed };
      throw error;
    } finally {
      await file.close();
    }
  }

  /** A fault of the file is one of its source. */
  async *told<Out>(pages: AsyncGenerator<Out, Completeness, void>): AsyncGenerator<Out, Completeness, void> {
    try {
      return yield* pages;
    } catch (error) {
      throw error instanceof FileFault ? faultOf(this.name, this.options.shown, error) : error;
    }
  }

  async *#pass<Out>(pass: Pass<Out>, dates: DateReading): AsyncGenerator<Out, Completeness, void> {
    const ledger = new Ledger();
    const seen = this.onRequest === undefined ? undefined : new FileSeen(this.options.shown);
    const file = await openBytes(this.options.path, this.options.encoding, pass.signal, seen?.watch);
    let skip = pass.given;
    try {
      const table = await tableOf(file, this.options, ledger);
      for await (const page of table === undefined ? [] : pass.pages(table, ledger, dates)) {
        if (skip-- > 0) continue;
        pass.given++;
        yield page;
      }
      if (ledger.received === 0 && pass.mayBeEmpty !== true) ledger.doubt('the file holds no rows');
      if (pass.isWhole) noteCut(ledger, this.options.format);
    } finally {
      const changed = (await pass.changed?.()) ?? (await file.changed());
      if (changed !== undefined) pass.doubts.add(`the file changed while it was read: ${changed}`);
      await file.close();
    }
    for (const doubt of pass.doubts) ledger.doubt(doubt);
    ledger.end('protocol');
    if (seen !== undefined) this.onRequest?.(seen.request(ledger.received));
    return ledger.completeness();
  }

  /** What the dates of all rows show of their order. Of a file with a fault, nothing: the pass that reads the rows says it, with those that stand before it. */
  async #shownOrders({ signal, doubts, orders }: Pass<unknown>): Promise<DateReading> {
    const { found, changed } = await this.look(signal, async (table) => {
      const { see, reading } = orders(table);
      for await (const { records } of table.batches) records.forEach(see);
      return reading();
    });
    const later = await changed();
    if (later !== undefined) doubts.add(`the file changed while it was read: ${later}`);
    return found ?? dateReading({});
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
