import { BlockList, isIP } from 'node:net';
import { UsageError } from '../model/errors.js';
import { Fault } from './fault.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Host name without the brackets of an IPv6 literal. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function isLoopback(url: URL): boolean {
  const host = bareHost(url);
  const version = isIP(host);
  if (version === 0) return host === 'localhost' || host.endsWith('.localhost');
  return LOOPBACK.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

/** The configured place that all requests stay within. */
export interface Base {
  readonly url: URL;
  readonly origin: string;
  /** Ends with a slash. */
  readonly folder: string;
}

/** @throws {UsageError} when the configured address cannot be one; what it holds is not shown, it may be a credential. */
export function openBase(system: string, baseUrl: string): Base {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new UsageError(`${system}: the address is no http(s) URL: write it as https://host/path`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${system}: the address of ${url.origin} holds a user name or password: take it out, and give it as a secret option`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(`${system}: the address of ${url.origin} holds a query or a fragment: take it out`);
  }
  return { url, origin: url.origin, folder: url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/` };
}

/**
 * Where a request goes: `link` may come from a server, so it is resolved (RFC 3986 section 5) and must stay within the
 * configured origin and path. An empty link is the base itself.
 *
 * @throws {Fault} `refused`, naming the origin alone: a link may carry a token in its query.
 */
export function resolveWithin(base: Base, link: string): URL {
  const from = link === '' || link.startsWith('?') ? base.url : new URL(base.folder, base.origin);
  const url = sameOrigin(base, link, from, 'refused', 'a link');
  const path = url.pathname;
  if (path !== base.url.pathname && !path.startsWith(base.folder)) {
    throw new Fault(
      'refused',
      'link',
      `refused to follow a link to ${base.origin}${path}`,
      `requests stay below ${base.origin}${base.folder}: check the configured url`,
    );
  }
  return url;
}

/** @throws {Fault} when the target is on another origin, or no http(s) URL at all. */
export function sameOrigin(base: Base, link: string, from: URL, fault: 'refused' | 'redirect', what: string): URL {
  const url = URL.canParse(link, from.href) ? new URL(link, from.href) : undefined;
  if (url === undefined) throw new Fault(fault, 'link', `was given ${what} that is no URL`, 'report it to whoever runs the system');
  url.hash = '';
  if (url.origin === base.origin && url.username === '' && url.password === '') return url;
  const place = url.origin === 'null' ? `a ${url.protocol} address` : url.origin;
  const why = url.origin === base.origin ? ' with a user name in it' : '';
  throw new Fault(
    fault,
    'link',
    `refused to follow ${what} to ${place}${why}`,
    `requests and the token stay within ${base.origin}: if the system has moved, change the configured url`,
  );
}

/** Adds parameters without touching those that a server wrote. `%20`, not `+`: not every server decodes forms. */
export function withQuery(url: URL, query: Readonly<Record<string, string | number>> | undefined): URL {
  const added = Object.entries(query ?? {}).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  if (added.length === 0) return url;
  const full = new URL(url.href);
  full.search = [url.search.replace(/^\?/, ''), ...added].filter(Boolean).join('&');
  return full;
}
