import path from 'node:path';
import type { SourceContext } from '../../contract/system.js';
import { trustedAuthorities } from '../../http/trust.js';
import type { SourceConfig } from '../../model/config.js';
import { UsageError } from '../../model/errors.js';
import { Secret } from '../../model/secret.js';
import { ENGINES, isEngine, type Engine, type EngineName } from './engines.js';

/** What Node's TLS asks for. */
export interface Tls {
  readonly rejectUnauthorized: boolean;
  readonly ca?: readonly string[];
}

/** Where one list is read from, and how. */
export interface SqlOptions {
  /** Of the source, for messages. */
  readonly system: string;
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  /** In place of host and port. */
  readonly socket: string | undefined;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: Secret | undefined;
  /** The file of an SQLite database. */
  readonly file: string | undefined;
  /** `postgresql://db.corp.example:5432/app`: never who reads it. */
  readonly shown: string;
  /** What is read, for messages: `table users`, `the query`. */
  readonly what: string;
  /** One SELECT, without the semicolon at its end. */
  readonly query: string;
  /** Undefined: in the clear. */
  readonly tls: Tls | undefined;
  /** Longest time of one statement, ms. */
  readonly timeout: number | undefined;
  readonly redact: (text: string) => string;
}

/** @throws {UsageError} for what only this source can judge */
export function sqlOptions({ name, options, dir }: SourceConfig, { redact, env }: SourceContext): SqlOptions {
  const url = textAt(options, 'url');
  const parsed = url === undefined ? undefined : new URL(url);
  const file = textAt(options, 'path');
  const engine = engineOf(name, textAt(options, 'engine'), parsed, file);
  const given = parsed?.hostname.replace(/^\[|\]$/g, '') ?? textAt(options, 'host') ?? 'localhost';
  const socket = given.startsWith('/') ? given : undefined;
  const port = Number(parsed?.port) || (typeof options['port'] === 'number' ? options['port'] : engine.port);
  const database = decodeURIComponent(parsed?.pathname.replace(/^\//, '') ?? '') || textAt(options, 'database');
  const table = textAt(options, 'table');
  const query = textAt(options, 'query');
  if ((table === undefined) === (query === undefined)) throw new UsageError(`${name}: expected either query or table; set one of the two`);
  if (engine.name === 'sqlite' && file === undefined) throw new UsageError(`${name}: an SQLite database is a file; set path: to it`);
  if (engine.name !== 'sqlite' && file !== undefined) throw new UsageError(`${name}: path is for SQLite; set url: or host: instead`);
  const isNear = socket !== undefined || isLoopback(given);
  const address = `${engine.name}://${socket ?? (given.includes(':') ? `[${given}]` : given)}${socket === undefined ? `:${port}` : ''}`;
  const { password, timeout } = options;
  return {
    system: name,
    engine,
    host: given,
    port,
    socket,
    database,
    user: textAt(options, 'user'),
    password: password instanceof Secret ? password : undefined,
    file: file === undefined ? undefined : path.resolve(dir, file),
    shown: file ?? (database === undefined ? address : `${address}/${database}`),
    what: table === undefined ? 'the query' : `table ${table}`,
    query: query?.replace(/(?:\s|;)+$/, '') ?? `select * from ${table?.split('.').map(engine.quote).join('.') ?? ''}`,
    tls: tlsOf(name, options, dir, isNear, env),
    timeout: typeof timeout === 'number' ? timeout : undefined,
    redact,
  };
}

function engineOf(name: string, given: string | undefined, url: URL | undefined, file: string | undefined): Engine {
  const scheme = url?.protocol.slice(0, -1);
  const found = given ?? (file === undefined ? scheme : 'sqlite');
  const spelt: Readonly<Record<string, EngineName>> = { postgres: 'postgresql', mssql: 'sqlserver' };
  const known = found === undefined ? undefined : (spelt[found] ?? found);
  if (known === undefined || !isEngine(known)) {
    throw new UsageError(`${name}: cannot tell which database it is; set url:, path: of an SQLite file, or engine: beside host:`);
  }
  return ENGINES[known];
}

/** Verified by default. What stays on this machine may go in the clear. */
function tlsOf(name: string, options: SourceConfig['options'], dir: string, isNear: boolean, env: SourceContext['env']): Tls | undefined {
  const file = textAt(options, 'ca_file');
  const wanted = options['tls'] ?? (!isNear || file !== undefined);
  if (wanted !== true) return undefined;
  const ca = trustedAuthorities(name, file === undefined ? undefined : path.resolve(dir, file), env['NODE_EXTRA_CA_CERTS']);
  return { rejectUnauthorized: options['insecure_skip_verify'] !== true, ...(ca === undefined ? {} : { ca }) };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function textAt(options: SourceConfig['options'], key: string): string | undefined {
  const value = options[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
