import type { SourceConfig } from '../../model/config.js';
import { SourceError } from '../../model/errors.js';
import { dateReading } from '../../mapping/dates/reading.js';
import { Problems } from '../../mapping/rows.js';
import type { Ledger } from '../../contract/ledger.js';
import type { PullOptions } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import type { Connection } from './connection.js';
import { dnKey } from './dn.js';
import { Managers } from './managers.js';
import type { LdapOptions } from './options.js';
import { noteLeftOut } from './left-out.js';
import { firstPage, type Listing, pages, type PageSize } from './paging.js';
import { completeRanges } from './ranged.js';
import { rawRecord } from './raw-record.js';
import { compileEntries, fieldsOf } from './rows.js';
import type { DirectorySchema, ReadingContext } from './schema.js';

/** Records shown to `onRaw`. */
const SHOWN_RAW = 3;

export interface EntryPullParts<R extends Role> {
  readonly role: R;
  readonly config: SourceConfig;
  readonly options: LdapOptions;
  readonly schema: DirectorySchema;
  readonly filter: string;
  /** Epoch ms. */
  readonly now: number;
  readonly ledger: Ledger;
}

/** One reading of the list: the managers first, then the rows. */
export class EntryPull<R extends Role> {
  readonly #managers = new Managers();
  readonly #counts = new Map<string, number>();
  readonly #context: ReadingContext;
  readonly #problems = new Problems();
  #entries = 0;
  #withoutId = 0;
  #known: number | undefined;
  #bookkeepers: ReadonlySet<string> = new Set();
  readonly #pageSize: PageSize;

  constructor(private readonly parts: EntryPullParts<R>) {
    const { role, now, options } = parts;
    this.#pageSize = { entries: options.pageSize };
    this.#context = {
      role,
      now,
      idOf: (dn) => this.#managers.idOf(dn),
      isBookkeeper: (dn) => this.#bookkeepers.size > 0 && this.#bookkeepers.has(dnKey(dn) ?? ''),
      count: (what) => this.#count(what),
    };
  }

  /** One page of entries that show what the server notes by itself: under which names does it do so? Where it does not say, nobody is taken for one. */
  async learnBookkeepers(connection: Connection): Promise<void> {
    const { schema, filter } = this.parts;
    if (schema.bookkeeping === undefined) return;
    const { attributes, namesIn } = schema.bookkeeping;
    const listing = { ...this.#listing(attributes, 'reading notes of the server,'), filter: `(&${filter}${schema.bookkeeping.filter})` };
    try {
      this.#bookkeepers = namesIn((await firstPage(connection, listing, this.parts.ledger)).entries);
    } catch (error) {
      if (!(error instanceof SourceError) || error.fault === 'aborted') throw error;
    }
  }

  /** What the schema's own filter leaves out, where it is the one in force. */
  async noteLeftOut(connection: Connection): Promise<void> {
    const { options, schema, ledger } = this.parts;
    if (options.filter === undefined) await noteLeftOut(connection, { base: options.base, schema, pageSize: this.#pageSize }, ledger);
  }

  /** A light pass over DN and id alone, so that every manager is known before the first row is made. Costs one more reading. */
  async learnManagers(connection: Connection): Promise<void> {
    const { role, config, options, schema, ledger } = this.parts;
    const fields = fieldsOf(role, config, schema);
    if (fields['manager'] === undefined || fields['manager'] === null) return;
    const id = fields['id'];
    if (id === undefined || id === null) return;
    const { attributes, row } = compileEntries(role, options.system, schema, { fields: { id } }, this.#context, new Problems());
    const list = pages(connection, this.#listing(attributes, 'reading ids,'), ledger);
    let seen = 0;
    let step = await list.next();
    for (; step.done !== true; step = await list.next()) {
      for (const entry of step.value) {
        const found = row(entry);
        if (found !== undefined) this.#managers.add(entry.dn, found.id);
        seen++;
      }
    }
    if (step.value) this.#known = seen;
  }

  /** Rows as they come; true at the end when the protocol ended the list. Rows without an id are left out, and make the list unproven. */
  async *rows(connection: Connection, onRaw: PullOptions['onRaw']): AsyncGenerator<RowOf<R>[], boolean, void> {
    const { role, config, options, schema, ledger } = this.parts;
    const spec = { fields: fieldsOf(role, config, schema), state: config.state ?? schema.state, dates: dateReading(config) };
    const compiled = compileEntries(role, options.system, schema, spec, this.#context, this.#problems);
    const attributes = [...new Map([...compiled.attributes, ...schema.needs].map((name) => [name.toLowerCase(), name])).values()];
    const list = pages(connection, this.#listing(attributes, 'reading'), ledger);
    let shown = 0;
    let step = await list.next();
    for (; step.done !== true; step = await list.next()) {
      const rows: RowOf<R>[] = [];
      for (const came of step.value) {
        this.#entries++;
        const other = schema.excluded(came);
        if (other !== undefined) {
          this.#count(other);
          continue;
        }
        const entry = await completeRanges(connection, came, ledger);
        const row = compiled.row(entry);
        if (row === undefined) this.#withoutId++;
        else rows.push(row);
        if (shown++ < SHOWN_RAW) onRaw?.(rawRecord(entry), row);
      }
      yield rows;
    }
    // What the bind DN may not read is absent for everybody.
    for (const name of this.#entries === 0 ? [] : compiled.neverSeen())
      ledger.remark(`no entry has ${name}, whose absence the config gives a meaning: may the bind DN read it?`, 'words');
    return step.value;
  }

  /** What can be said when the list has ended. */
  sumUp(): void {
    const { schema, ledger } = this.parts;
    const counted = (what: string): number => this.#counts.get(what) ?? 0;
    for (const text of schema.remarks(this.#entries, counted)) ledger.remark(text);
    this.#problems.remarkTo(ledger);
    ledger.unread(this.#problems.unreadDates);
    for (const what of schema.others) {
      if (counted(what) > 0) ledger.remark(`${counted(what)} ${what} were left out: they are not people`, 'left-out');
    }
    if (this.#withoutId > 0) {
      ledger.doubt(
        `${this.#withoutId} entries came without an id and were left out: let the bind DN read it, or set fields.id`,
        'left-out',
      );
    }
    if (this.#known !== undefined && this.#entries < this.#known) {
      ledger.doubt(`the list shrank from ${this.#known} to ${this.#entries} entries while it was read`);
    }
    if (ledger.unique === 0) ledger.doubt('the list is empty: may the bind DN read below base, and does the filter fit?');
  }

  #listing(attributes: readonly string[], purpose: string): Listing {
    const { options, schema, filter } = this.parts;
    return { base: options.base, filter, attributes, binary: schema.binary, pageSize: this.#pageSize, purpose };
  }

  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}
