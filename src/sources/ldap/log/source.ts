import type { Completeness } from '../../../model/completeness.js';
import type { LogConfig } from '../../../model/config.js';
import { SourceError } from '../../../model/errors.js';
import type { LogEntry, LogFacts, LogWindow } from '../../../model/log.js';
import { Ledger } from '../../../contract/ledger.js';
import type { LogSource, Page } from '../../../contract/source.js';
import type { OpenLog } from '../../../contract/system.js';
import { Connection } from '../connection.js';
import type { DirectoryEntry } from '../entry.js';
import { sourceError } from '../faults.js';
import { type LdapOptions, ldapOptions } from '../options.js';
import { pages } from '../paging.js';
import { type LdapWorld, ldapWorld } from '../world.js';
import { compileAuditEntries } from './entries.js';
import { ATTRIBUTES_OF_LOG, readRecord } from './record.js';

const WRITES = ['auditAdd', 'auditModify', 'auditDelete', 'auditModRDN'].map((name) => `(objectClass=${name})`).join('');

/** The log of OpenLDAP: slapo-accesslog(5), a database of its own beside that of the people. */
export const openLdapLog: OpenLog = (config, context) => ldapLog(config, ldapOptions(config, context), ldapWorld);

/** As `openLdapLog`, in a world of one's own. */
export function ldapLog(config: LogConfig, options: LdapOptions, world: LdapWorld): LogSource {
  return new AccessLog(config, options, world);
}

type Options = Parameters<LogSource['pull']>[0];

class AccessLog implements LogSource {
  readonly name: string;
  readonly connector: string;
  readonly log: LogFacts;
  /** The log's, for messages name the base that was read. */
  readonly #options: LdapOptions;
  readonly #open = new Set<Connection>();

  constructor(
    private readonly config: LogConfig,
    private readonly people: LdapOptions,
    private readonly world: LdapWorld,
  ) {
    this.name = config.name;
    this.connector = config.connector;
    this.#options = { ...people, base: people.logBase };
    this.log = {
      lateness: 0,
      // Which operations are logged, only the server's configuration says.
      tellsUpdates: false,
      notes: [
        `needs: read access to ${this.#options.base}, and logops writes`,
        'hides: what logops, logbase and logsuccess leave out, and what logpurge has removed; it reaches back to its first entry',
      ],
    };
  }

  async *pull({ signal, window, firstPagesOnly, onRaw }: Options): AsyncGenerator<Page<LogEntry>, Completeness, void> {
    const ledger = new Ledger();
    const mapping = compileAuditEntries(this.config, this.people.base);
    const connection = await Connection.open(this.#options, this.world, signal);
    this.#open.add(connection);
    try {
      const list = this.#records(connection, window, ledger);
      let step = await list.next();
      for (; step.done !== true; step = await list.next()) {
        const records = ledger.take(step.value.map((entry) => ({ ...readRecord(entry), entry })));
        if (records.some((record) => mapping.movesBase(record)))
          ledger.doubt(`${this.people.base}, or what is above it, was renamed: whose the older entries are is not known`);
        const rows = records.map((record) => ({ record, entries: mapping.of(record) }));
        if (onRaw !== undefined) for (const { record, entries } of rows) for (const one of entries) onRaw(mapping.shown(record.entry), one);
        yield { rows: rows.flatMap(({ entries }) => entries) };
        if (firstPagesOnly !== true) continue;
        ledger.doubt('only the first page was read', 'first-pages');
        break;
      }
      if (step.done === true && step.value) ledger.end('protocol');
      if (ledger.unique === 0)
        ledger.doubt(`the log is empty: may the bind DN read below ${this.#options.base}, and does logops name writes?`);
      return ledger.completeness();
    } finally {
      this.#open.delete(connection);
      await connection.close();
    }
  }

  async *#records(connection: Connection, window: LogWindow, ledger: Ledger): AsyncGenerator<readonly DirectoryEntry[], boolean, void> {
    const { base, pageSize } = this.#options;
    const filter = `(&(|${WRITES})(reqStart>=${generalizedTime(window.since)})(reqStart<=${generalizedTime(window.until)}))`;
    const listing = {
      base,
      filter,
      attributes: ATTRIBUTES_OF_LOG,
      binary: [],
      pageSize: { entries: pageSize },
      purpose: 'reading the log,',
    };
    try {
      return yield* pages(connection, listing, ledger);
    } catch (error) {
      // slapd says "no such object" of what may not be seen, too.
      if (!(error instanceof SourceError) || (error.fault !== 'not-found' && error.fault !== 'permission')) throw error;
      throw sourceError(this.#options, 'reading the log', {
        fault: error.fault,
        what: `there is no ${base} that the bind DN may read`,
        next: 'load slapo-accesslog, write its logdb as log_base, and grant the bind DN read access to that database; or leave `log` out',
      });
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.close()));
  }
}

/** RFC 4517 section 3.3.13, with microseconds as the log has them. */
function generalizedTime(at: number): string {
  const digits = new Date(at).toISOString().replace(/\D/g, '');
  return `${digits.slice(0, 14)}.${digits.slice(14)}000Z`;
}
