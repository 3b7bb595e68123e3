import { createHash } from 'node:crypto';
import { Ledger } from '../../contract/ledger.js';
import { isRound } from '../../contract/one-of-several.js';
import type { SourceContext } from '../../contract/system.js';
import { dateReading, OPEN_DATES, OrderWanted, type DateReading } from '../../mapping/dates/reading.js';
import type { OrdersOf } from '../../mapping/rows.js';
import type { Completeness } from '../../model/completeness.js';
import { counted } from '../../model/counted.js';
import type { DateOrder } from '../../model/config.js';
import { SourceError } from '../../model/errors.js';
import { FileFault } from '../file/fault.js';
import type { Table } from '../file/table.js';
import { limitsIn } from './limits.js';
import { OPENERS } from './openers.js';
import type { SqlOptions } from './options.js';
import type { SqlSession } from './session.js';

/** What is made of the rows as they are gone through. */
export interface Reading<Out> {
  /** What is read before the rows are: nothing of it is given out. */
  readonly before?: (session: SqlSession) => Promise<void>;
  readonly pages: (table: Table<unknown>, ledger: Ledger, dates: DateReading) => AsyncGenerator<Out>;
  /** How its dates are asked for their order. */
  readonly orders: (table: Table<unknown>) => OrdersOf<unknown>;
  /** Is it read to its end? */
  readonly isWhole: boolean;
  /** Tells pages apart: rows that are gone through again must come as they came. */
  readonly mark: (page: Out) => number;
  readonly mayBeEmpty: boolean;
}

/** No server promises the order of rows. Were the first of them skipped in another one, some would be lost, and others come twice. */
const anotherOrder = (): FileFault =>
  new FileFault(
    'its dates may be read in two ways, and when the rows were asked for again, they came in another order',
    'set dates: to the order of day and month',
    'malformed',
  );

/** One query, gone through as often as it must be, and always in one snapshot: the count, the ids, the dates and the rows are those of one moment. */
export class Snapshot {
  constructor(
    private readonly options: SqlOptions,
    private readonly dates: DateOrder | undefined,
    private readonly paths: readonly string[],
    private readonly onRequest: SourceContext['onRequest'],
  ) {}

  async *read<Out>(signal: AbortSignal, reading: Reading<Out>): AsyncGenerator<Out, Completeness, void> {
    const { options } = this;
    const open = await OPENERS[options.engine.name]();
    let session: SqlSession | undefined;
    try {
      session = await open(options, this.paths, signal);
      return yield* this.#through(session, reading);
    } catch (error) {
      if (signal.aborted) throw new SourceError(options.system, 'aborted', `${options.system}: was stopped; run it again for a whole list`);
      if (!(error instanceof FileFault)) throw error;
      const where = `reading ${options.what} on ${options.shown}`;
      throw new SourceError(options.system, error.fault, `${options.system}: ${where}: ${error.what}; ${error.next}`, { cause: error });
    } finally {
      await session?.close();
    }
  }

  async *#through<Out>(session: SqlSession, reading: Reading<Out>): AsyncGenerator<Out, Completeness, void> {
    // Whoever looks at the first rows alone need not wait for the last.
    const total = reading.isWhole ? await session.count() : undefined;
    if (reading.isWhole) await reading.before?.(session);
    // By page that was given out: what was in it.
    const given: number[] = [];
    const pass = async function* (this: Snapshot, dates: DateReading): AsyncGenerator<Out, Completeness, void> {
      const ledger = new Ledger();
      const seen = new Seen(this.options, this.onRequest);
      let number = 0;
      for await (const page of reading.pages(session.rows(seen.watch), ledger, dates)) {
        const mark = this.dates === undefined ? reading.mark(page) : 0;
        const before = given[number++];
        if (before === undefined) {
          given.push(mark);
          yield page;
        } else if (before !== mark) throw anotherOrder();
      }
      seen.tell(ledger.received, total);
      for (const doubt of session.doubts ?? []) ledger.doubt(doubt);
      prove(ledger, total, this.options.query, reading);
      return ledger.completeness();
    }.bind(this);
    try {
      return yield* pass(this.dates === undefined ? OPEN_DATES : dateReading({ dates: this.dates }));
    } catch (error) {
      if (!(error instanceof OrderWanted)) throw error;
    }
    const table = session.rows(undefined);
    const { see, reading: shown } = reading.orders(table);
    for await (const { records } of table.batches) records.forEach(see);
    return yield* pass(shown());
  }
}

/** The server's own count of the same snapshot proves that all rows of the query came, and not that it selects everybody. Of rows that are taken together, it counts each. */
function prove(
  ledger: Ledger,
  total: number | undefined,
  query: string,
  { isWhole, mayBeEmpty }: Pick<Reading<unknown>, 'isWhole' | 'mayBeEmpty'>,
): void {
  ledger.end('protocol');
  if (!isWhole) return;
  const { received } = ledger;
  if (received === 0 && !mayBeEmpty) ledger.doubt('the query has no rows');
  if (total === received) ledger.declare(ledger.unique);
  else ledger.doubt(`the server counts ${counted(total ?? 0, 'row', 'rows')}, ${received} came`, 'total');
  if (limitsIn(query).has(received))
    ledger.doubt(`the query has ${counted(received, 'row', 'rows')}, as many as its own limit lets through: select without one`);
  else if (received >= 100 && isRound(received)) ledger.remark(`the query has exactly ${received} rows: does a limit in it cut them off?`);
}

/** What evidence keeps of a list: the hash of what came, never the query. */
class Seen {
  readonly #hash = createHash('sha256');
  readonly #at = Date.now();
  #bytes = 0;
  readonly watch: ((bytes: Buffer) => void) | undefined;

  constructor(
    private readonly options: SqlOptions,
    private readonly onRequest: SourceContext['onRequest'],
  ) {
    if (onRequest === undefined) return;
    this.watch = (bytes) => {
      this.#hash.update(bytes);
      this.#bytes += bytes.length;
    };
  }

  tell(rows: number, total: number | undefined): void {
    const { shown, engine, what } = this.options;
    const origin = shown.startsWith(`${engine.name}://`) ? shown : `${engine.name}:${shown}`;
    this.onRequest?.({
      at: this.#at,
      method: 'SELECT',
      origin,
      path: what,
      attempt: 1,
      status: 'read',
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
      rows,
      ...(total === undefined ? {} : { declaredTotal: total }),
    });
  }
}
