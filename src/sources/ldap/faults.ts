import { SourceError, type SourceFault } from '../../model/errors.js';
import { serverText, visible } from '../../http/server-text.js';
import type { LdapOptions } from './options.js';

/** What came back, and what to do about it. */
export interface Outcome {
  readonly fault: SourceFault;
  readonly what: string;
  readonly next: string;
  /** A limit of the server was exceeded: smaller pages may keep to it. */
  readonly limit?: boolean;
}

/** As SourceError: a limit of the server was exceeded. */
export class LimitExceeded extends SourceError {}

/** The one place where a failure becomes text: redacted as a whole, on one line. The library's error is never a cause. */
export function sourceError(options: LdapOptions, purpose: string, { fault, what, next, limit }: Outcome): SourceError {
  const text = `${options.system}: ${purpose} on ${options.address}: ${what}; ${next}`;
  return new (limit === true ? LimitExceeded : SourceError)(options.system, fault, visible(options.redact(text)));
}

/** The result code of an answer (RFC 4511 section 4.1.9), or undefined when none came. */
export function resultCode(error: unknown): number | undefined {
  return codeOf(error, 'number') as number | undefined;
}

/** The code that Node gave to a network or TLS error. */
export function systemCode(error: unknown): string | undefined {
  return codeOf(error, 'string') as string | undefined;
}

function codeOf(error: unknown, type: 'number' | 'string'): unknown {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === type ? code : undefined;
}

/** The server's own words, made safe; ldapts puts ` Code: 0x31` behind them. */
export function diagnostic(error: unknown, redact: (text: string) => string): string | undefined {
  const text = error instanceof Error ? error.message.replace(/ Code: 0x[0-9a-f]+$/i, '') : '';
  return serverText(text, redact);
}

/** Sub-codes that Active Directory puts into the text of an invalidCredentials (Win32 error codes, in hexadecimal). */
const AD_BIND: Readonly<Record<string, readonly [what: string, next: string]>> = {
  '525': ['there is no such user', 'check bind_dn'],
  '52e': ['the password is wrong', 'check bind_dn and password'],
  '52f': ['account restrictions forbid the logon', 'look at the policies of the bind account'],
  '530': ['the logon hours of the bind account forbid it', 'change its logon hours'],
  '531': ['the bind account may not log on from this machine', 'change its "log on to" list'],
  '532': ['the password of the bind account has expired', 'set a new one'],
  '533': ['the bind account is disabled', 'enable it or use another'],
  '534': ['the bind account is not granted this type of logon', 'look at its user rights'],
  '701': ['the bind account has expired', 'extend it or use another'],
  '773': ['the bind account must change its password first', 'change it, or clear "must change password at next logon"'],
  '775': ['the bind account is locked out', 'unlock it, and find what tried wrong passwords'],
};

/** A refused bind. */
export function bindOutcome(error: unknown, options: LdapOptions): Outcome {
  const code = resultCode(error);
  const sub = code === 49 ? /\bdata ([0-9a-f]+)\b/i.exec(diagnostic(error, options.redact) ?? '')?.[1]?.toLowerCase() : undefined;
  const known = sub === undefined || !Object.hasOwn(AD_BIND, sub) ? undefined : AD_BIND[sub];
  if (known !== undefined) return { fault: 'auth', what: `${known[0]} (49, data ${sub})`, next: known[1] };
  switch (code) {
    case 49:
      return { fault: 'auth', what: 'the credentials were refused (49)', next: 'check bind_dn and password' };
    case 32:
    case 34:
      return { fault: 'auth', what: `the bind DN was refused (${code})`, next: 'check how bind_dn is written' };
    case 48:
    case 7:
      return { fault: 'auth', what: `the server does not take a simple bind here (${code})`, next: 'allow simple bind for this account' };
    case 50:
    case 53:
    case 19:
      return { fault: 'auth', what: said(`the bind was refused (${code})`, error, options), next: 'look at the state of the bind account' };
    default:
      return searchOutcome(error, options);
  }
}

const SIZE_LIMITS = 'raise the limit for the bind DN (OpenLDAP: size.prtotal; 389 Directory Server: nsSizeLimit), or narrow base';
const ADMINISTRATIVE_LIMITS =
  'raise the limit for the bind DN (389 Directory Server: nsLookThroughLimit, 5000 entries where nobody raised it; OpenLDAP: size.pr and size.unchecked), or narrow base';

/** Anything else that a server answers instead of a result. */
export function searchOutcome(error: unknown, options: LdapOptions): Outcome {
  const code = resultCode(error);
  const outcome = (fault: SourceFault, what: string, next: string): Outcome => ({
    fault,
    what: said(`${what} (${code})`, error, options),
    next,
  });
  switch (code) {
    case 1:
      return outcome('server', 'the server reports an operations error', 'check that the bind DN may search here, and the server log');
    case 3:
      return outcome(
        'timeout',
        'the time limit was exceeded before the list ended',
        'raise time_limit or the server limit, or lower page_size',
      );
    case 4:
      return { ...outcome('refused', 'the size limit was exceeded before the list ended', SIZE_LIMITS), limit: true };
    case 8:
    case 13:
      return outcome('refused', 'the server wants an encrypted connection', 'use ldaps:// or starttls: true');
    case 10:
      return outcome('refused', 'the base is kept by another server', 'point url at the server that holds it: referrals are not followed');
    case 11:
      return { ...outcome('refused', 'an administrative limit was exceeded before the list ended', ADMINISTRATIVE_LIMITS), limit: true };
    case 12:
      return outcome('refused', 'the server refuses the paged results control (RFC 2696)', 'have it enabled for the bind DN');
    case 32:
      return outcome('not-found', `there is no entry ${options.base}`, 'check base, and that the bind DN may see it');
    case 34:
      return outcome('not-found', 'the base is no distinguished name', 'write base as OU=People,DC=corp,DC=example');
    case 50:
      return outcome('permission', 'the bind DN may not do this', 'grant it read access below base');
    case 51:
    case 52:
      return outcome('server', 'the server is busy or shutting down', 'try again later');
    case 53:
      return outcome('refused', 'the server is unwilling', 'look at its limits for paged searches and the bind DN');
    case undefined:
      return networkOutcome(error);
    default:
      return outcome('server', 'the server refused', 'look the code up in RFC 4511, and the server log');
  }
}

function said(what: string, error: unknown, options: LdapOptions): string {
  const text = diagnostic(error, options.redact);
  return text === undefined ? what : `${what}, saying "${text}"`;
}

/** The connection failed or ended. A list is never continued on another one: paging belongs to the connection (RFC 2696 section 3). */
export function networkOutcome(error: unknown): Outcome {
  const code = systemCode(error);
  if (code !== undefined && TLS_CODE.test(code)) return tlsOutcome(code);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { fault: 'network', what: `the host name does not resolve (${code})`, next: 'check url and the DNS' };
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return { fault: 'network', what: `it could not be reached (${code})`, next: 'check url, the port and the firewall' };
    default:
      return {
        fault: 'network',
        what: `the connection was lost${code === undefined ? '' : ` (${code})`}`,
        next: 'run again; if it stays, look at the server log, and whether the port speaks what url says (ldap or ldaps)',
      };
  }
}

const TLS_CODE = /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|EPROTO$)/;

/** Names of OpenSSL's verification results as Node passes them on (node:tls, "X509 certificate error codes"). */
function tlsOutcome(code: string): Outcome {
  const tls = (what: string, next: string): Outcome => ({ fault: 'tls', what: `${what} (${code})`, next });
  if (code === 'CERT_HAS_EXPIRED')
    return tls('the certificate has expired', 'have it renewed; if it is valid, check the clock of this machine');
  if (code === 'CERT_NOT_YET_VALID') return tls('the certificate is not valid yet', 'check the clock of this machine');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return tls('the certificate is for another host name', 'use a name of the certificate in url; ca_file does not help here');
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|EPROTO/.test(code)) {
    return tls('the port does not speak TLS', 'check the port: ldaps is 636; on 389 use ldap:// with starttls: true');
  }
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/.test(code))
    return tls('no TLS version is shared', 'TLS 1.2 or later is needed: update the server');
  if (/HANDSHAKE_FAILURE|CERTIFICATE_REQUIRED|BAD_CERTIFICATE/.test(code)) {
    return tls('the TLS handshake was broken off', 'the server may want a client certificate, which is not supported');
  }
  return tls('no trusted authority vouches for the certificate', 'name the CA certificate of the directory in ca_file');
}
