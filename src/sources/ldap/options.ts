import type { PrincipalSeen, RequestSeen } from '../../model/request-seen.js';
import { resolve } from 'node:path';
import type { SourceConfig } from '../../model/config.js';
import { UsageError } from '../../model/errors.js';
import { Secret } from '../../model/secret.js';
import type { SourceContext } from '../../contract/system.js';

export interface LdapOptions {
  readonly system: string;
  readonly host: string;
  readonly port: number;
  readonly security: 'ldaps' | 'starttls' | 'none';
  /** `ldaps://dc1.corp.example:636`, for messages. */
  readonly address: string;
  readonly bindDn: string;
  readonly password: Secret;
  readonly base: string;
  /** Where the log is kept. */
  readonly logBase: string;
  readonly schema: 'active-directory' | 'inetorgperson';
  readonly filter?: string;
  readonly caFile?: string;
  readonly pageSize: number;
  /** The server's longest time for one page, seconds; 0 leaves it to the server. */
  readonly timeLimit: number;
  readonly verify: boolean;
  /** What has ended by then is over; absent: by now. */
  readonly asOf?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly redact: (text: string) => string;
  readonly trace?: (line: string) => void;
  readonly onRequest?: (request: RequestSeen) => void;
  readonly onPrincipal?: (principal: PrincipalSeen) => void;
}

const DEFAULT_PAGE = 500;
/** As slapd's own guide calls it. */
const DEFAULT_LOG_BASE = 'cn=accesslog';

/**
 * Reads the options, which the config schema has validated (`time_limit` in ms).
 *
 * @throws {UsageError} for what only this source can judge: an LDAP URL with more than a place in it, an empty password
 */
export function ldapOptions({ name, options, dir }: SourceConfig, context: SourceContext): LdapOptions {
  const url = placeOf(name, String(options['url']));
  const starttls = options['starttls'] === true;
  if (starttls && url.protocol === 'ldaps:') {
    throw new UsageError(`${name}: ldaps:// is encrypted from the start: take starttls away, or write ldap://`);
  }
  const { schema, filter, ca_file: caFile, page_size: pageSize, time_limit: timeLimit, log_base: logBase } = options;
  const password = options['password'] instanceof Secret ? options['password'] : new Secret('');
  // RFC 4513 section 5.1.2: a name without a password is an anonymous bind, and anonymous often sees a part of the list.
  if (password.reveal() === '') throw new UsageError(`${name}: the password is empty: the server would take the bind for an anonymous one`);
  return {
    system: name,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'ldaps:' ? 636 : 389),
    security: url.protocol === 'ldaps:' ? 'ldaps' : starttls ? 'starttls' : 'none',
    address: `${url.protocol}//${url.host}`,
    bindDn: String(options['bind_dn']),
    password,
    base: String(options['base']),
    logBase: typeof logBase === 'string' ? logBase : DEFAULT_LOG_BASE,
    schema: schema === 'active-directory' ? schema : 'inetorgperson',
    ...(typeof filter === 'string' ? { filter } : {}),
    ...(typeof caFile === 'string' ? { caFile: resolve(dir, caFile) } : {}),
    pageSize: typeof pageSize === 'number' ? pageSize : DEFAULT_PAGE,
    timeLimit: typeof timeLimit === 'number' ? Math.ceil(timeLimit / 1000) : 0,
    verify: options['insecure_skip_verify'] !== true,
    env: context.env,
    redact: context.redact,
    ...(context.asOf === undefined ? {} : { asOf: context.asOf }),
    ...(context.trace === undefined ? {} : { trace: context.trace }),
    ...(context.onRequest === undefined ? {} : { onRequest: context.onRequest }),
    ...(context.onPrincipal === undefined ? {} : { onPrincipal: context.onPrincipal }),
  };
}

/** An LDAP URL can carry a base, attributes and a filter (RFC 4516); here those are options of their own. */
function placeOf(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'ldap:' && url.protocol !== 'ldaps:') || url.hostname === '') {
    throw new UsageError(`${name}: the url is no LDAP URL: write it as ldaps://host:636`);
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname)) {
    throw new UsageError(`${name}: the url holds more than a host and a port: base, filter and credentials are options of their own`);
  }
  return url;
}
