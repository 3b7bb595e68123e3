import { codeOf, SourceError, type SourceFault } from '../../model/errors.js';
import { serverText, visible } from '../../http/server-text.js';
import { FileFault } from '../file/fault.js';
import type { SqlOptions } from './options.js';

/** What came back of a database, and what to do about it. */
export interface Outcome {
  readonly fault: SourceFault;
  readonly next: string;
}

/** The one place where a failure becomes text: on one line, redacted, and never with the driver's error as its cause. What was told already is passed on. */
export function sqlError(options: SqlOptions, error: unknown, { fault, next }: Outcome): Error {
  if (error instanceof SourceError || error instanceof FileFault) return error;
  const said = serverText(error instanceof Error ? error.message : error, options.redact) ?? 'an error without a word';
  const code = codeOf(error);
  const what = code === undefined || said.includes(code) ? said : `${said} (${code})`;
  const text = `${options.system}: reading ${options.what} on ${options.shown}: ${what}; ${next}`;
  return new SourceError(options.system, fault, visible(options.redact(text)));
}

const AUTHORITY = /^(?:UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|CERT_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|EPROTO)/;
const GONE = /terminated|timeout expired/i;
const PLAIN = /not support (?:SSL|secure)|does not support TLS|without SSL|encryption is not supported/i;

/** What every connection can run into, whichever database it leads to. */
export function networkOutcome(error: unknown): Outcome | undefined {
  const code = codeOf(error) ?? '';
  const message = error instanceof Error ? error.message : '';
  if (PLAIN.test(message)) return { fault: 'tls', next: 'have TLS switched on at the server; tls: false reads, and logs in, in the clear' };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { fault: 'tls', next: 'name the host as its certificate does' };
  if (AUTHORITY.test(code))
    return {
      fault: 'tls',
      next: 'if its authority is your own, name that certificate in ca_file; tls: false reads, and logs in, in the clear',
    };
  if (code === 'ENOENT') return { fault: 'network', next: 'check host: no server has its socket there' };
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'].includes(code))
    return { fault: 'network', next: 'check host and port, and whether the server takes connections from here' };
  if (['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST'].includes(code) || GONE.test(message))
    return { fault: 'network', next: 'the connection broke off; run it again, and look for a firewall in between' };
  return undefined;
}

/** What to do about a query that cannot be run as it is written. */
export const WRONG_QUERY: Outcome = { fault: 'refused', next: 'correct query or table: what is read is one SELECT' };
export const WRITES: Outcome = { fault: 'refused', next: 'only what reads is let through: take away from query what writes or locks' };
export const TOO_LONG: Outcome = { fault: 'timeout', next: 'raise timeout, or make the query cheaper' };
export const NO_LOGIN: Outcome = { fault: 'auth', next: 'check user and password, and from where that user may log in' };
export const NO_DATABASE: Outcome = { fault: 'not-found', next: 'check database' };
export const NO_RIGHT: Outcome = { fault: 'permission', next: 'grant SELECT on what it reads to the user of the config, and nothing else' };
export const NO_TABLE: Outcome = {
  fault: 'not-found',
  next: 'check how the table and its schema are written, and whether this user may see it',
};
