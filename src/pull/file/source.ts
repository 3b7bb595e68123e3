import type { SourceConfig } from '../../config/config.js';
import type { Completeness } from '../../model/completeness.js';
import { SourceError } from '../../model/errors.js';
import { compileRows, Problems, RowError } from '../fields.js';
import { Ledger } from '../ledger.js';
import { sampleOf } from '../problems.js';
import type { Page, PullOptions, Role, RowOf, Source, SourceFacts } from '../source.js';
import type { OpenSource } from '../sources.js';
import { blocksOf, type Block } from './blocks.js';
import { openBytes } from './bytes.js';
import { readCsv } from './csv.js';
import { defaultFields, namedPaths } from './default-fields.js';
import { FileFault } from './fault.js';
import { readJson } from './json.js';
import { readNdjson } from './ndjson.js';
import { type FileOptions, fileOptions } from './options.js';
import type { Batch, Notes, Table } from './table.js';
import { isWorthAThread, pullInThread } from './thread.js';

const PAGE = 1000;
/** Records shown to `onRaw`. */
const SHOWN_RAW = 3;
/** Lines named of rows that repeat an id; columns named of a file that lacks one. */
const NAMED_LINES = 3;
const NAMED_COLUMNS = 30;

/** An export as a file: CSV, JSON or NDJSON, plain or gzip; as the directory or as an app. */
export const openFile: OpenSource = <R extends Role>(role: R, config: SourceConfig): Source<RowOf<R>> => {
  return new FileSource(role, config, fileOptions(config));
};

/** The pull of one export on the thread that asks for it. */
export function pullHere<R extends Role>(
  role: R,
  config: SourceConfig,
  options: PullOptions,
): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
  return new FileSource(role, config, fileOptions(config)).here(options);
}

class FileSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts = { leavers: 'unknown', total: 'none', notes: [] };

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly options: FileOptions,
  ) {
    this.name = config.name;
    this.connector = config.connector;
  }

  async *pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    if (await isWorthAThread(this.options.path, options)) return yield* pullInThread(this.role, this.config, options.signal);
    return yield* this.here(options);
  }

  /** The pull on this thread. */
  async *here(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    try {
      return yield* this.#pull(options);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      const text = `${this.name}: reading ${this.options.shown}: ${error.what}; ${error.next}`;
      throw new SourceError(this.name, error.fault, text, { cause: error });
    }
  }

  async *#pull({ signal, firstPageOnly, onRaw }: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const ledger = new Ledger();
    const file = await openBytes(this.options.path, this.options.encoding, signal);
    try {
      const table = await tableOf(blocksOf(file.chunks), this.options, ledger);
      if (table !== undefined) yield* this.#pages(table, ledger, firstPageOnly === true, onRaw);
      if (ledger.received === 0) ledger.doubt('the file holds no rows');
      const changed = await file.changed();
      if (changed !== undefined) ledger.doubt(`the file changed while it was read: ${changed}`);
    } finally {
      await file.close();
    }
    ledger.end('protocol');
    return ledger.completeness();
  }

  async *#pages<Raw>(table: Table<Raw>, ledger: Ledger, firstOnly: boolean, onRaw: PullOptions['onRaw']): AsyncGenerator<Page<RowOf<R>>> {
    const problems = new Problems();
    const mapping = this.#compile(table, problems);
    const repeated: string[] = [];
    let shown = 0;
    let stop = false;
    for await (const batch of table.batches) {
      for (let from = 0; from < batch.records.length && !stop; from += PAGE) {
        const rows = rowsOf(batch, from, mapping.row);
        const fresh = ledger.take(rows);
        if (fresh.length < rows.length) {
          for (const index of placesOf(rows, fresh, NAMED_LINES - repeated.length)) repeated.push(batch.place(from + index));
        }
        for (; onRaw !== undefined && shown < Math.min(SHOWN_RAW, rows.length); shown++) {
          onRaw(table.show(batch.records[shown] as Raw), rows[shown]);
        }
        yield { rows: fresh };
        stop = firstOnly;
      }
      if (stop) break;
    }
    if (repeated.length > 0)
      ledger.doubt(`ids repeat: ${repeated.join(', ')}${ledger.received - ledger.unique > repeated.length ? ', …' : ''}`);
    for (const text of [...problems.sentences(), ...(ledger.received > 0 ? mapping.neverSeen() : [])]) ledger.remark(text);
  }

  #compile<Raw>(table: Table<Raw>, problems: Problems): { readonly row: (record: Raw) => RowOf<R>; neverSeen(): string[] } {
    const { fields, state } = this.config;
    const named = namedPaths(fields, state, this.role === 'person' ? 'state' : 'status');
    const { columns } = table;
    const paths = new Set([...named.values()].flat());
    const lacking = columns === undefined ? [] : [...paths].filter((path) => !columns.includes(path));
    if (lacking.length > 0)
      throw new FileFault(`it has no column ${lacking.map(sampleOf).join(', ')}`, `the columns are ${listed(columns ?? [])}`);
    const all = { ...defaultFields(this.role, columns), ...fields };
    if ((all.id ?? null) === null)
      throw new FileFault(
        'no field is mapped to id',
        columns === undefined ? 'set fields: { id: … }' : `set fields: { id: … } to one of ${listed(columns)}`,
      );
    const unseen = new Set(columns === undefined ? paths : []);
    const access = (path: string): ((record: Raw) => unknown) => {
      const read = table.access(path);
      if (!unseen.has(path)) return read;
      return (record) => {
        const value = read(record);
        if (value !== undefined) unseen.delete(path);
        return value;
      };
    };
    return {
      row: compileRows(this.role, { fields: all, state }, access, problems),
      // Of several places only the first that has a value is asked: the field is missing when none ever had one.
      neverSeen: () => {
        const missing = [...named].filter(([, places]) => places.every((path) => unseen.has(path)));
        return missing.map(([field, places]) => `${field}: no record has ${places.map(sampleOf).join(' or ')}`);
      },
    };
  }
}

async function tableOf(blocks: AsyncIterable<Block>, options: FileOptions, notes: Notes): Promise<Table<unknown> | undefined> {
  if (options.format === 'ndjson') return readNdjson(blocks);
  if (options.format === 'json') return readJson(blocks, options.records, notes);
  return (await readCsv(blocks, options.delimiter, notes)) as Table<unknown> | undefined;
}

function rowsOf<Raw, Row>({ records, place }: Batch<Raw>, from: number, row: (record: Raw) => Row): Row[] {
  const rows: Row[] = [];
  const end = Math.min(from + PAGE, records.length);
  for (let index = from; index < end; index++) {
    try {
      rows.push(row(records[index] as Raw));
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new FileFault(`${place(index)}: ${error.message}`, 'correct the export, or fields: of the config', 'malformed', {
        cause: error,
      });
    }
  }
  return rows;
}

/** Indices of the first rows that are not among the fresh ones. */
function placesOf<Row>(rows: readonly Row[], fresh: readonly Row[], most: number): number[] {
  const kept = new Set(fresh);
  return rows.flatMap((row, index) => (kept.has(row) ? [] : [index])).slice(0, most);
}

function listed(columns: readonly string[]): string {
  const names = columns.filter((name) => name !== '').map(sampleOf);
  return names.length > NAMED_COLUMNS ? `${names.slice(0, NAMED_COLUMNS).join(', ')}, …` : names.join(', ');
}
