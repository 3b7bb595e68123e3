import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ledger } from '../../contract/ledger.js';
import type { Page, PullOptions, Source, SourceFacts } from '../../contract/source.js';
import type { OpenSource, SourceContext } from '../../contract/system.js';
import { dateReading } from '../../mapping/dates/reading.js';
import { compileRows, Problems } from '../../mapping/rows.js';
import type { Completeness } from '../../model/completeness.js';
import type { FieldMap, SourceConfig } from '../../model/config.js';
import { codeOf, SourceError, UsageError } from '../../model/errors.js';
import type { Role, RowOf } from '../../model/role.js';
import { type BadLine, hostAccounts, type HostAccount, type HostFile, type HostFiles } from './accounts.js';

/** The accounts of a Unix host: copies of /etc/passwd and /etc/shadow, and what lastlog prints. */
export const openUnix: OpenSource = <R extends Role>(role: R, config: SourceConfig, context: SourceContext): Source<RowOf<R>> => {
  if (role === 'person') throw new UsageError(`${config.name}: a host has accounts, and no people; set it under apps`);
  return new UnixSource(role, config, context);
};

const FIELDS: FieldMap = {
  id: 'name',
  userName: 'name',
  displayName: 'gecos',
  uid: 'uid',
  kind: 'kind',
  admin: 'admin',
  lastLoginAt: 'lastlog',
  deactivatedAt: 'expired',
};
const UID_MIN = 1000;
const PAGE = 1000;

class UnixSource<R extends Role> implements Source<RowOf<R>> {
  readonly name: string;
  readonly connector: string;
  readonly facts: SourceFacts;

  constructor(
    private readonly role: R,
    private readonly config: SourceConfig,
    private readonly context: Pick<SourceContext, 'onRequest' | 'asOf'>,
  ) {
    const { name, connector, options } = config;
    this.name = name;
    this.connector = connector;
    this.facts = {
      leavers: 'unknown',
      total: 'none',
      notes: [
        'accounts of LDAP, SSSD or NIS are not in these files',
        ...(options['shadow'] === undefined ? ['without shadow: nobody knows which accounts are locked or expired'] : []),
        ...(options['lastlog'] === undefined ? ['without lastlog: nobody knows who logged in'] : []),
        'keys in ~/.ssh/authorized_keys let in whose password is locked',
      ],
    };
  }

  async *pull({ signal, onRaw }: PullOptions): AsyncGenerator<Page<RowOf<R>>, Completeness, void> {
    const { fields, state, dates } = this.config;
    const ledger = new Ledger();
    const uidMin = Number(this.config.options['uid_min'] ?? UID_MIN);
    const now = this.context.asOf ?? Date.now();
    const records = hostAccounts(await this.#files(signal), { uidMin, now }, ledger, (file, bad) => this.#malformed(file, bad));
    const problems = new Problems();
    const access = (column: string) => (record: HostAccount) => record[column as keyof HostAccount];
    const spec = { fields: { ...FIELDS, ...fields }, state: state ?? 'status', dates: dateReading(dates === undefined ? {} : { dates }) };
    const row = compileRows(this.role, spec, access, problems);
    for (let from = 0; from < records.length; from += PAGE) {
      const shown = records.slice(from, from + PAGE);
      const rows = shown.map(row);
      if (onRaw !== undefined && from === 0) shown.slice(0, 3).forEach((record, at) => onRaw(record, rows[at]));
      yield { rows: ledger.take(rows) };
    }
    if (records.length === 0) ledger.doubt('the file holds no accounts');
    problems.remarkTo(ledger);
    ledger.unread(problems.unreadDates);
    ledger.end('protocol');
    return ledger.completeness();
  }

  async #files(signal: AbortSignal): Promise<HostFiles> {
    const { path: passwdPath, shadow: shadowPath, lastlog: lastlogPath } = this.config.options;
    const passwd = await this.#read(passwdPath, signal);
    const shadow = await this.#read(shadowPath, signal);
    const lastlog = await this.#read(lastlogPath, signal);
    if (passwd === undefined) throw new UsageError(`${this.name}: set path: to a copy of /etc/passwd`);
    return { passwd, shadow, lastlog };
  }

  async #read(given: unknown, signal: AbortSignal): Promise<HostFile | undefined> {
    if (typeof given !== 'string') return undefined;
    const file = path.resolve(this.config.dir, given);
    const inside = path.relative(this.config.dir, file);
    const shown = inside.startsWith('..') || path.isAbsolute(inside) ? file : inside;
    const at = Date.now();
    try {
      const bytes = await readFile(file, { signal });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      this.context.onRequest?.({
        at,
        method: 'READ',
        origin: 'file:',
        path: shown,
        attempt: 1,
        status: 'read',
        bytes: bytes.length,
        sha256,
      });
      return { shown, text: bytes.toString('utf8') };
    } catch (error) {
      if (signal.aborted) throw new SourceError(this.name, 'aborted', `${this.name}: was stopped; run it again for a whole list`);
      const code = codeOf(error) ?? 'unknown error';
      const next = code === 'EACCES' ? 'let this user read the copy, and nobody else' : 'check its path';
      throw new SourceError(this.name, 'file', `${this.name}: reading ${shown}: it could not be read (${code}); ${next}`, { cause: error });
    }
  }

  #malformed({ shown }: HostFile, { line, what }: BadLine): SourceError {
    return new SourceError(this.name, 'malformed', `${this.name}: reading ${shown}: line ${line} ${what}; copy the file again`);
  }
}
