import { FilterParser } from 'ldapts';
import type { SourceConfig } from '../../model/config.js';
import type { Completeness } from '../../model/completeness.js';
import { SourceError, UsageError } from '../../model/errors.js';
import { Ledger } from '../../contract/ledger.js';
import { tellPrincipal } from '../../contract/principal.js';
import { joined, unheard, type Again } from '../../mapping/together/joined.js';
import type { Page, PullOptions, Source, SourceFacts } from '../../contract/source.js';
import type { Role, RowOf } from '../../model/role.js';
import type { OpenSource } from '../../contract/system.js';
import { activeDirectory } from './active-directory.js';
import { Connection } from './connection.js';
import { withCharacters } from './filter-octets.js';
import { inetOrgPerson } from './inetorgperson.js';
import { type LdapOptions, ldapOptions } from './options.js';
import { EntryPull } from './entry-pull.js';
import { type LdapWorld, ldapWorld } from './world.js';
import type { DirectorySchema } from './schema.js';

const SCHEMAS: Readonly<Record<LdapOptions['schema'], DirectorySchema>> = {
  'active-directory': activeDirectory,
  inetorgperson: inetOrgPerson,
};

/** LDAP (RFC 4511): Active Directory, OpenLDAP, 389 Directory Server and their like, as the directory or as an app. */
export const openLdap: OpenSource = <R extends Role>(role: R, config: SourceConfig, context: Parameters<OpenSource>[2]): Source<RowOf<R>> =>
  ldapSource(role, config, ldapOptions(config, context), ldapWorld);

/**
 * As `openLdap`, in a world of one's own: tests bring a clock that never makes them wait.
 *
 * @throws {UsageError} when the filter is none (RFC 4515)
 */
export function ldapSource<R extends Role>(role: R, config: SourceConfig, options: LdapOptions, world: LdapWorld): Source<RowOf<R>> {
  return new LdapSource(role, config, options, world);
}

/** Pages that show whether a list can be read. */
const FIRST_PAGES = 2;

class LdapSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts;
  readonly #schema: DirectorySchema;
  readonly #filter: string;
  readonly #open = new Set<Connection>();

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly options: LdapOptions,
    private readonly world: LdapWorld,
  ) {
    this.name = config.name;
    this.connector = config.connector;
    this.#schema = SCHEMAS[options.schema];
    this.#filter = checkedFilter(options, this.#schema);
    this.facts = factsOf(options, this.#schema);
  }

  pull(options: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    return options.firstPagesOnly === true ? this.#rows(options, unheard) : joined(this.role, (again) => this.#rows(options, again));
  }

  async *#rows({ signal, firstPagesOnly, onRaw }: PullOptions, again: Again<R>): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const { role, config, options, world } = this;
    const ledger = new Ledger();
    const now = options.asOf ?? world.now();
    const pull = new EntryPull({ role, config, options, schema: this.#schema, filter: this.#filter, now, ledger });
    const connection = await Connection.open(options, world, signal);
    this.#open.add(connection);
    try {
      // The first pages show managers as they are written: the list of ids costs a whole reading.
      if (firstPagesOnly !== true) await pull.learnManagers(connection);
      await pull.learnBookkeepers(connection);
      const list = pull.rows(connection, onRaw);
      let step = await list.next();
      for (let number = 1; step.done !== true; step = await list.next(), number++) {
        yield { rows: ledger.take(step.value, again) };
        if (firstPagesOnly !== true || number < FIRST_PAGES) continue;
        await pull.noteLeftOut(connection);
        return ledger.completeness();
      }
      if (step.value) ledger.end('protocol');
      pull.sumUp();
      await pull.noteLeftOut(connection);
      if (!options.verify) ledger.remark('the TLS certificate was not verified (insecure_skip_verify)');
      await tellPrincipal(options.onPrincipal, () => connection.whoAmI());
      return ledger.completeness();
    } finally {
      this.#open.delete(connection);
      await connection.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }
}

function checkedFilter({ system, filter }: LdapOptions, schema: DirectorySchema): string {
  if (filter === undefined) return schema.filter;
  const written = withCharacters(filter);
  if (written === undefined)
    throw new UsageError(
      `${system}: the filter compares with octets that are no text (an objectGUID?), which cannot be sent: use another attribute`,
    );
  try {
    FilterParser.parseString(written);
    return written;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new UsageError(`${system}: the filter is no LDAP filter (RFC 4515): write it as (&(objectClass=person)(l=Berlin))`);
  }
}

/** What a filter of one's own does to leavers, only the data can show; unless it says so. */
function factsOf({ filter, verify }: LdapOptions, schema: DirectorySchema): SourceFacts {
  const hidden = filter !== undefined && schema.hidesDisabled(filter);
  return {
    leavers: hidden ? 'hidden' : filter === undefined && schema.listsDisabled ? 'listed' : 'unknown',
    total: 'none',
    ...(schema.loginDelay === undefined ? {} : { loginDelay: schema.loginDelay }),
    notes: [
      ...(hidden ? ['the filter leaves disabled people out: take that part away, they are the leavers'] : []),
      ...schema.notes,
      ...(verify ? [] : ['the TLS certificate is not verified (insecure_skip_verify)']),
    ],
  };
}
