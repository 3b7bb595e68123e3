import { createHash } from 'node:crypto';
import { SourceError } from '../../model/errors.js';
import type { LogEntry, LogWindow } from '../../model/log.js';
import type { Ledger } from '../../contract/ledger.js';
import { jsonPath } from '../../mapping/json-path.js';
import { readPages, type ListPlan, type Reading } from '../ask/read-pages.js';
import type { LogForm } from '../form/log.js';
import type { Values } from '../form/template.js';
import { compileAny, type Holds } from '../form/tests.js';
import { NewestFirst } from './newest-first.js';
import { requestFor, windowValues } from './window.js';

const MINUTE = 60_000;
/** What a permission, a licence or a credential that is lacking comes as. */
const BARRED = ['auth', 'permission', 'not-found'];

/** A record of a log, and what it tells. */
export interface Recorded {
  /** What tells it from other records. */
  readonly id: string;
  readonly entries: readonly LogEntry[];
  readonly record: unknown;
}

/** Reads a log, span by span, each as a list of its own. */
export class SliceReader {
  /** Records that the manifest leaves out. */
  left = 0;
  readonly #isEntry: Holds;
  readonly #idAt: ((record: unknown) => unknown) | undefined;

  constructor(
    private readonly form: LogForm,
    private readonly plan: { readonly name: string; readonly values: Values },
    private readonly toEntries: (record: unknown) => readonly LogEntry[],
    private readonly reading: Reading,
  ) {
    const { keep, drop, fields } = form;
    const kept = keep === undefined ? () => true : compileAny(keep, true);
    const dropped = drop === undefined ? () => false : compileAny(drop);
    this.#isEntry = (record) => kept(record) && !dropped(record);
    this.#idAt = typeof fields.id === 'string' ? jsonPath(fields.id) : undefined;
  }

  /** The records of the span that are new to its ledger, page by page. @throws {SourceError} when a page cannot be had */
  async *read(slice: LogWindow, ledger: Ledger): AsyncGenerator<readonly Recorded[], void, void> {
    const { request, paging, records, window = {}, late_minutes: late = 0 } = this.form;
    const written = windowValues(slice, window);
    const plan: ListPlan = {
      name: this.plan.name,
      request: requestFor(request, written, window),
      paging,
      records,
      values: { ...this.plan.values, ...written },
      idOf: (record) => this.#nameOf(record),
    };
    const order = window.newest_first === true ? new NewestFirst(slice.since, late * MINUTE) : undefined;
    try {
      for await (const page of readPages(plan, ledger, this.reading)) {
        const all = page.map((record) => ({ id: this.#nameOf(record), entries: this.#entriesOf(record), record }));
        yield ledger.take(all).filter(({ record }) => this.#isEntry(record));
        // What the system gives no more of is asked for again in shorter spans, and not beyond its end.
        if (window.cap !== undefined && ledger.received >= window.cap) return;
        if (order?.isPast(all.flatMap(({ entries }) => entries)) === true) {
          ledger.end('protocol');
          break;
        }
      }
    } catch (error) {
      throw this.#needing(error);
    }
    if (order?.isSorted === false)
      ledger.doubt('older entries came before newer ones, where the manifest says that the newest come first: some may be left out');
  }

  #entriesOf(record: unknown): readonly LogEntry[] {
    if (this.#isEntry(record)) return this.toEntries(record);
    this.left++;
    return [];
  }

  #nameOf(record: unknown): string {
    const id = this.#idAt?.(record);
    if ((typeof id === 'string' && id !== '') || typeof id === 'number') return String(id);
    return createHash('sha256').update(JSON.stringify(record)).digest('base64');
  }

  #needing(error: unknown): unknown {
    if (!(error instanceof SourceError) || !BARRED.includes(error.fault)) return error;
    const { system, fault, message } = error;
    return new SourceError(system, fault, `${message}; its log needs: ${this.form.permission}`, { cause: error });
  }
}
