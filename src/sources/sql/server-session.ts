import type { Table } from '../file/table.js';
import type { QueryColumns } from './columns.js';
import { sqlError, type Outcome } from './fault.js';
import type { SqlOptions } from './options.js';
import { asTable, type SqlSession, type Watch } from './session.js';

/** What the sessions of all servers share: they know their columns once they have begun, and their errors are told in one way. */
export abstract class ServerSession implements SqlSession {
  #columns: QueryColumns | undefined;
  readonly doubts: string[] = [];
  protected readonly counting: string = 'count(*)';

  constructor(
    protected readonly options: SqlOptions,
    private readonly outcomeOf: (error: unknown) => Outcome,
  ) {}

  get columns(): QueryColumns {
    if (this.#columns === undefined) throw new Error('the session has not begun');
    return this.#columns;
  }

  protected begun(columns: QueryColumns): void {
    this.#columns = columns;
  }

  async count(): Promise<number> {
    try {
      return Number(await this.value(`select ${this.counting} from ${asTable(this.options.query)}`));
    } catch (error) {
      throw this.failure(error);
    }
  }

  protected failure(error: unknown): Error {
    return sqlError(this.options, error, this.outcomeOf(error));
  }

  /** The one value that a query gives. */
  protected abstract value(sql: string): Promise<unknown>;
  abstract rows(watch: Watch | undefined, only?: readonly string[]): Table<unknown>;
  abstract close(): Promise<void>;
}
