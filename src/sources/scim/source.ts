import type { SourceConfig } from '../../model/config.js';
import type { Completeness } from '../../model/completeness.js';
import { IdSet } from '../../store/id-set.js';
import { createHttpClient, type HttpClient } from '../../http/client.js';
import { Ledger } from '../../contract/ledger.js';
import { ASKED_BY_FILTER, type About, type Page, type PullOptions, type Source, type SourceFacts } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import type { OpenSource, SourceContext } from '../../contract/system.js';
import { joined, unheard, type Again } from '../../mapping/together/joined.js';
import { byFilter, isAbout } from './by-filter.js';
import { tellPrincipal } from '../../contract/principal.js';
import type { ScimResource } from './list-response.js';
import { readMe } from './me.js';
import { type ScimOptions, scimOptions } from './options.js';
import { readList } from './read-list.js';
import { MAX_PAGES } from './reading.js';
import { compileUsers } from './rows.js';
import { type Declared, readServiceProviderConfig } from './service-provider-config.js';
import { UsersEndpoint } from './users-endpoint.js';

/** Records shown to `onRaw`. */
const SHOWN_RAW = 3;

/** SCIM 2.0 (RFC 7643, 7644, 9865), as the directory or as an app. */
export const openScim: OpenSource = <R extends Role>(role: R, config: SourceConfig, context: SourceContext): Source<RowOf<R>> => {
  const options = scimOptions(config, context);
  return scimSource(role, config, options, createHttpClient(options.http));
};

/** As `openScim`, over a client of one's own: tests bring one whose clock is theirs. */
export function scimSource<R extends Role>(role: R, config: SourceConfig, options: ScimOptions, http: HttpClient): Source<RowOf<R>> {
  return new ScimSource(role, config, options, http);
}

class ScimSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  /** Absent where it is switched off, and where the config takes ids from another field: a row's id is then no SCIM id. */
  readonly confirm?: (ids: readonly string[], options: PullOptions) => Promise<RowOf<R>[]>;
  readonly #endpoint: UsersEndpoint;
  readonly #ownIds: boolean;
  #declared: Declared | undefined;
  #total: SourceFacts['total'] = 'unknown';

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly options: ScimOptions,
    private readonly http: HttpClient,
  ) {
    this.name = config.name;
    this.connector = config.connector;
    this.#endpoint = new UsersEndpoint(config.name, this.http);
    this.#ownIds = Object.hasOwn(config.fields, 'id');
    if (options.confirm && !this.#ownIds) this.confirm = (ids, pull) => this.#confirm(ids, pull);
  }

  /** What is known so far; before the first page is read, nearly nothing. */
  get facts(): SourceFacts {
    return { leavers: 'unknown', total: this.#total, notes: [...(this.http.warnings ?? []), ...(this.#declared?.notes ?? [])] };
  }

  pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    // A server's own id should stand but once, and stands again where pages overlap; what the config takes as id may stand on several.
    return options.firstPagesOnly === true ? this.#rows(options, unheard) : joined(this.role, (again) => this.#rows(options, again));
  }

  async *#rows({ signal, firstPagesOnly, onRaw, about }: PullOptions, again: Again<R>): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const declared = (this.#declared ??= await readServiceProviderConfig(this.http, signal));
    const here = about === undefined || declared.filter === false ? undefined : await this.#waysIn(about, signal);
    if (here !== undefined) {
      const ledger = new Ledger();
      yield { rows: ledger.take(here) };
      ledger.doubt(ASKED_BY_FILTER, 'one-person');
      ledger.end('protocol');
      return ledger.completeness();
    }
    await tellPrincipal(this.options.onPrincipal, () => readMe(this.http, signal));
    const users = compileUsers(this.role, this.config);
    const ids = this.#ownIds ? new IdSet() : undefined;
    const { paging, concurrency } = this.options;
    const count = Math.min(this.options.count, declared.maxPageSize ?? Infinity);
    const attempt = (ledger: Ledger) => {
      const twice = (user: ScimResource): void => again(users.row(user));
      return { endpoint: this.#endpoint, ask: { signal, notes: ledger }, ledger, count, concurrency, maxPages: MAX_PAGES, again: twice };
    };
    const list = readList({ paging, declared, firstPagesOnly: firstPagesOnly === true, attempt });
    let shown = 0;
    let repeated = 0;
    let step = await list.next();
    for (; step.done !== true; step = await list.next()) {
      const rows: RowOf<R>[] = [];
      for (const user of step.value) {
        const row = users.row(user);
        if (ids === undefined || ids.add(row.id)) rows.push(row);
        else {
          repeated++;
          again(row);
        }
        if (shown++ < SHOWN_RAW) onRaw?.(user.raw, row);
      }
      yield { rows };
    }
    const ledger = step.value;
    this.#total = ledger.declaredTotal === undefined ? 'none' : 'declared';
    users.tell(ledger);
    ledger.unread(users.unread());
    if (repeated > 0) ledger.doubt(`the value that the config takes as id repeats in ${repeated} of ${ledger.unique} users`);
    if (ledger.unique === 0) {
      // A token that may see nothing gets an empty list too; as a directory, it would make everybody a leaver.
      if (this.role === 'person') ledger.doubt('the directory lists nobody: may this token see its people?');
      else ledger.remark('the list is empty');
    }
    return ledger.completeness();
  }

  /** One person's users by filter, where one of them lets the person in; undefined where only the whole list can tell. */
  async #waysIn(about: About, signal: AbortSignal): Promise<RowOf<R>[] | undefined> {
    const found = await byFilter(this.#endpoint, about, this.options.count, { signal, notes: { remark: ignore, doubt: ignore } });
    if (found === undefined) return undefined;
    const users = compileUsers(this.role, this.config);
    // A server that takes no notice of the filter answers with anybody.
    const rows = found.map((user) => users.row(user)).filter((row) => isAbout(row, about));
    return rows.some((row) => 'status' in row && row.status === 'active') ? rows : undefined;
  }

  close(): Promise<void> {
    return this.http.close();
  }

  async #confirm(ids: readonly string[], { signal }: PullOptions): Promise<RowOf<R>[]> {
    const users = compileUsers(this.role, this.config);
    const stop = new AbortController();
    const ask = { signal: AbortSignal.any([signal, stop.signal]), notes: { remark: ignore, doubt: ignore } };
    const found = new Map<number, RowOf<R>>();
    const queue = ids.entries();
    const work = async (): Promise<void> => {
      for (const [index, id] of queue) {
        const user = await this.#endpoint.byId(id, ask);
        if (user !== undefined) found.set(index, users.row(user));
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(this.options.concurrency, ids.length) }, work));
    } finally {
      stop.abort();
    }
    return [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
  }
}

/** What is odd about a record was noted when the list was read. */
function ignore(): void {}
