import { z } from 'zod';
import type { ConnectorOptions } from './connector-options.js';
import { catalogueOptions, http } from './manifests.js';
import { duration, headerSecret, secret, text } from './scalars.js';

const wholeNumber = (from: number, to: number): z.ZodInt => z.int().min(from).max(to);

export const file: ConnectorOptions = {
  shape: {
    path: text.describe('The export: .csv, .tsv, .json, .ndjson, .jsonl, or one of them with .gz; .xlsx'),
    format: z.enum(['csv', 'json', 'ndjson', 'xlsx']).optional().describe('Where the extension does not tell'),
    delimiter: z.string().length(1, 'expected one character').optional().describe('CSV: found out from the header line when absent'),
    encoding: z.enum(['utf-8', 'latin1', 'windows-1252', 'utf-16le']).prefault('utf-8'),
    records: text.optional().describe('JSON: path of the array inside the document'),
    sheet: z
      .union([text, wholeNumber(1, 10_000)])
      .optional()
      .describe('Spreadsheet: the name of the sheet, or the number of its tab; the only one with rows when absent'),
  },
  paths: ['path'],
};

const ldap: ConnectorOptions = {
  shape: {
    url: text.describe('ldaps://host:636, or ldap:// with starttls'),
    bind_dn: text,
    password: secret,
    base: text.describe('Search base, such as OU=People,DC=corp,DC=example'),
    schema: z.enum(['active-directory', 'inetorgperson']),
    filter: text.optional().describe('RFC 4515 filter; the default reads all people, disabled ones too'),
    starttls: z.boolean().optional(),
    ca_file: text.optional().describe('PEM; trusted beside the built-in roots'),
    page_size: wholeNumber(1, 10_000).prefault(500),
    time_limit: duration.optional().describe('Longest time the server may search'),
    log_base: text.optional().describe('Where OpenLDAP keeps its log (logdb of slapo-accesslog); default cn=accesslog'),
    insecure_skip_verify: z.boolean().optional(),
  },
  paths: ['ca_file'],
  protocols: ['ldap:', 'ldaps:'],
  rules: (options) =>
    options.starttls === true && String(options.url).startsWith('ldaps:')
      ? [['starttls', 'ldaps:// is encrypted from the start; starttls belongs to ldap://']]
      : [],
};

const scim: ConnectorOptions = {
  shape: {
    url: text.describe('The base URL, without /Users'),
    token: secret.optional().describe('Bearer token'),
    username: text.optional(),
    password: secret.optional(),
    headers: z.record(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'not a header name'), headerSecret).optional(),
    page_size: wholeNumber(1, 10_000).prefault(100),
    concurrency: wholeNumber(1, 32).prefault(4).describe('Pages in flight, where the total is known'),
    paging: z.enum(['auto', 'index', 'cursor']).prefault('auto'),
    ca_file: text.optional().describe('PEM; trusted beside the built-in roots'),
    timeout: duration.optional().describe('Longest time of one request'),
    confirm: z.boolean().optional().describe('Read candidate findings again by id before they are reported'),
  },
  paths: ['ca_file'],
  protocols: ['https:', 'http:'],
  rules: ({ token, username, password }) => [
    ...(token !== undefined && (username !== undefined || password !== undefined)
      ? [['token', 'expected either token, or username and password, got both'] as const]
      : []),
    ...(username !== undefined && password === undefined ? [['username', 'username needs a password beside it'] as const] : []),
    ...(username === undefined && password !== undefined ? [['password', 'password needs a username beside it'] as const] : []),
  ],
};

export const sql: ConnectorOptions = {
  shape: {
    url: text.optional().describe('postgresql://host:5432/database; also mysql, mariadb, sqlserver, oracle'),
    engine: z.enum(['postgresql', 'mysql', 'mariadb', 'sqlite', 'sqlserver', 'oracle']).optional().describe('Where no url tells it'),
    host: text.optional().describe('In place of url; a path is the folder of a socket (PostgreSQL), or the socket (MySQL)'),
    port: wholeNumber(1, 65_535).optional(),
    database: text.optional(),
    path: text.optional().describe('SQLite: the file'),
    user: text.optional(),
    password: secret.optional(),
    query: z.string().min(1, 'expected text, got an empty string').max(100_000).optional().describe('One SELECT'),
    table: text.optional().describe('In place of query: all rows of this table or view, such as public.users'),
    tls: z.boolean().optional().describe('Default: true, but false on this machine; false reads in the clear'),
    ca_file: text.optional().describe('PEM; trusted beside the built-in roots'),
    insecure_skip_verify: z.boolean().optional(),
    timeout: duration.optional().describe('Longest time of one statement'),
  },
  paths: ['ca_file'],
  protocols: ['postgresql:', 'postgres:', 'mysql:', 'mariadb:', 'sqlserver:', 'mssql:', 'oracle:'],
  rules: ({ url, host, path, query, table, engine }) => [
    ...((query === undefined) === (table === undefined) ? [['query', 'expected either query or table'] as const] : []),
    ...([url, host, path].filter((given) => given !== undefined).length === 1
      ? []
      : [['url', 'expected one of url, host, and path (of an SQLite file)'] as const]),
    ...(host !== undefined && engine === undefined ? [['engine', 'missing; expected beside host: which database it is'] as const] : []),
    ...(path !== undefined && engine !== undefined && engine !== 'sqlite' ? [['path', 'path is for SQLite'] as const] : []),
  ],
};

const unix: ConnectorOptions = {
  shape: {
    path: text.describe('A copy of /etc/passwd'),
    shadow: text.optional().describe('A copy of /etc/shadow: without it, no status is known'),
    lastlog: text.optional().describe('What LC_ALL=C lastlog (or lastlog2) printed'),
    uid_min: wholeNumber(0, 4_294_967_294).optional().describe('Below it are accounts of the system; default 1000'),
  },
  paths: [],
};

/** The logins of a database: the query is known, and so is what it means. */
const { engine: _engine, path: _path, query: _query, table: _table, ...connection } = sql.shape;
const logins: ConnectorOptions = {
  shape: connection,
  paths: ['ca_file'],
  ...(sql.protocols === undefined ? {} : { protocols: sql.protocols }),
  rules: ({ url, host }) => ((url === undefined) === (host === undefined) ? [['url', 'expected either url or host']] : []),
};

/** The systems of the catalogue, by name; each manifest is read when its options are asked for. */
export const CATALOGUE: Readonly<Record<string, ConnectorOptions>> = catalogueOptions();

/** Connector name (sources/registry.ts) -> its options. A further connector is one more line here, or a file of the catalogue. */
export const CONNECTOR_OPTIONS: Readonly<Record<string, ConnectorOptions>> = Object.defineProperties(
  { file, ldap, scim, sql, unix, http, mariadb: logins, postgresql: logins },
  Object.getOwnPropertyDescriptors(CATALOGUE),
);

/** What is wrong with the URL of a source, or undefined. Says nothing of its parts: they may hold a secret. */
export function urlMistake(url: string, protocols: readonly string[]): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const wanted = protocols.map((protocol) => `${protocol}//…`).join(' or ');
  if (parsed === undefined || !protocols.includes(parsed.protocol) || parsed.hostname === '') return `expected a URL ${wanted}`;
  if (parsed.username !== '' || parsed.password !== '') return 'a URL must not hold credentials; use the options for them';
  if (parsed.search !== '' || parsed.hash !== '') return 'expected a base URL without ?query and #fragment';
  if (parsed.protocol.startsWith('ldap') && !['', '/'].includes(parsed.pathname))
    return 'expected a host and a port only; base and filter are options';
  return undefined;
}
