import { duration, Fault } from './fault.js';
import type { Proxy } from './proxy.js';

/** How far a request got before it failed. */
export interface Progress {
  /** The connection, TLS included, stands. */
  connected: boolean;
  /** What a proxy answered to CONNECT. */
  proxyStatus?: number;
  /** The code that Node gave, before anything wrapped it. */
  code?: string | undefined;
}

/** Node gives one code, EPROTO, for all failures of a handshake; OpenSSL's own reason stands in the message alone. */
export function errorCode(error: NodeJS.ErrnoException): string | undefined {
  const reason = error.code === 'EPROTO' ? /SSL routines:[^:]*:([^:]+):/.exec(error.message)?.[1] : undefined;
  return reason === undefined ? error.code : `ERR_SSL_${reason.trim().replace(/\W+/g, '_').toUpperCase()}`;
}

/** A request that got no answer. Which codes are worth another attempt is written down here and nowhere else. */
export function networkFault(code: string, progress: Progress, proxy: Proxy | undefined): Fault {
  if (code.startsWith('HPE_')) return brokenHttp(code);
  if (proxy !== undefined && progress.proxyStatus === undefined) return deadProxy(code, proxy);
  if (isTls(code)) return tlsFault(code);
  switch (code) {
    case 'ENOTFOUND':
      return new Fault('network', code, 'has a host name that does not resolve (ENOTFOUND)', 'check the configured url and the DNS');
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return new Fault(
        'network',
        code,
        `could not be reached (${code})`,
        'check the configured url, the port, and whether a proxy is needed',
        { repeat: 2 },
      );
    case 'EAI_AGAIN':
      return new Fault('network', code, 'has a host name that could not be resolved for now (EAI_AGAIN)', 'check the DNS', {
        repeat: Infinity,
      });
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ETIMEDOUT':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return new Fault(
        'network',
        code,
        `broke off before it answered (${code})`,
        'try again; if it stays, look for a firewall or a gateway in between',
        {
          repeat: Infinity,
        },
      );
    default:
      return new Fault('network', code, `failed (${code})`, 'check the configured url and the network');
  }
}

function deadProxy(code: string, proxy: Proxy): Fault {
  const next = 'check that the proxy runs, or except the host in NO_PROXY';
  if (isTls(code)) return new Fault('tls', 'proxy', `could not be reached: TLS with ${proxy.label} failed (${code})`, next);
  const repeat = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code) ? 2 : Infinity;
  return new Fault(
    'network',
    'proxy',
    `could not be reached: ${proxy.label} is dead or hung up (${code})`,
    next,
    code === 'ENOTFOUND' ? {} : { repeat },
  );
}

/** A proxy that answers CONNECT with anything but 200 speaks for itself, not for the system behind it. */
export function proxyRefusal(status: number, proxy: Proxy): Fault {
  if (status === 407) {
    const next = 'check the user name and password in that variable';
    return new Fault('auth', 'proxy', `was not reached: ${proxy.label} wants credentials or refused them (407)`, next, { status });
  }
  if (status >= 500) {
    const next = 'check the configured url, or except the host in NO_PROXY';
    return new Fault('network', 'proxy', `was not reached: ${proxy.label} could not connect to it (${status})`, next, {
      status,
      repeat: Infinity,
    });
  }
  const next = 'allow the host there, or except it in NO_PROXY';
  return new Fault('refused', 'proxy', `was not reached: ${proxy.label} refused the way to it (${status})`, next, { status });
}

function isTls(code: string): boolean {
  return /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|EPROTO$)/.test(code);
}

/** Names of OpenSSL's verification results as Node passes them on (node:tls, "X509 certificate error codes"). */
function tlsFault(code: string): Fault {
  const fault = (what: string, next: string): Fault => new Fault('tls', code, `${what} (${code})`, next);
  if (code === 'CERT_HAS_EXPIRED') {
    return fault(
      'has a certificate that has expired',
      'have it renewed; ca_file does not help here; if it is valid, check the clock of this machine',
    );
  }
  if (code === 'CERT_NOT_YET_VALID') return fault('has a certificate that is not valid yet', 'check the clock of this machine');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    return fault(
      'has a certificate for another host name',
      'use the name in the certificate as the configured url; ca_file does not help here',
    );
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code)) {
    return fault('does not speak TLS on this port', 'check the port, and whether the url should begin with http://');
  }
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/.test(code)) {
    return fault('offers no TLS version that is safe', 'TLS 1.2 or later is needed: have the server updated');
  }
  if (/^EPROTO$|^ERR_SSL/.test(code)) {
    return fault('broke off the TLS handshake', 'it may want a client certificate, which is not supported, or share no cipher');
  }
  return fault('has a certificate that no trusted authority vouches for', 'if its authority is your own, name that certificate in ca_file');
}

/** The answer breaks HTTP itself (two lengths, an oversized header): trying again cannot help. */
export function brokenHttp(code: string): Fault {
  return new Fault(
    'malformed',
    'http',
    `answered with broken HTTP (${code})`,
    'look at what stands between: a proxy or a gateway that rewrites answers',
  );
}

export function stalled(phase: 'connect' | 'idle' | 'total', ms: number, via: Proxy | undefined): Fault {
  const { what, next } = {
    connect: {
      what: `could not be connected to within ${duration(ms)}${via === undefined ? '' : ` through ${via.label}`}`,
      next: 'check the configured url, the network and whether a proxy is needed',
    },
    idle: { what: `sent nothing for ${duration(ms)}`, next: 'the system hangs: ask for smaller pages, or try again later' },
    total: {
      what: `did not finish its answer within ${duration(ms)}`,
      next: 'the system is too slow: ask for smaller pages, or try again later',
    },
  }[phase];
  // Every repetition may cost the whole time again: two are enough to tell a hiccup from a fault.
  return new Fault('timeout', phase, what, next, { repeat: phase === 'total' ? 1 : 2 });
}
