import { BlockList, isIP } from 'node:net';
import { UsageError } from '../model/errors.js';
import { bareHost, isLoopback } from './origin.js';

type Env = Readonly<Record<string, string | undefined>>;

export interface Proxy {
  /** May hold credentials: never print it. */
  readonly url: URL;
  /** Host and port, and the variable that named it, for messages. */
  readonly label: string;
}

/**
 * The proxy that the environment names for a target, by curl's rules: `HTTPS_PROXY` or `HTTP_PROXY` by the target's scheme, then
 * `ALL_PROXY`; lower-case names first; `NO_PROXY` excepts. A loopback target is never proxied: a proxy's loopback is another machine's.
 */
export function proxyFor(target: URL, env: Env): Proxy | undefined {
  if (isLoopback(target) || isExcepted(target, lookUp(env, 'no_proxy')?.value ?? '')) return undefined;
  const found = lookUp(env, target.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? lookUp(env, 'all_proxy');
  if (found === undefined) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(found.value) ? found.value : `http://${found.value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${found.name} is no http(s) proxy address: write it as http://host:port (socks is not supported)`);
  }
  if (![url.username, url.password].every(isDecodable)) {
    throw new UsageError(`${found.name} holds a user name or password with a stray "%": write it as "%25"`);
  }
  return { url, label: `proxy ${url.host} (${found.name})` };
}

function lookUp(env: Env, name: string): { readonly name: string; readonly value: string } | undefined {
  for (const key of [name, name.toUpperCase()]) {
    const value = env[key]?.trim();
    if (value) return { name: key, value };
  }
  return undefined;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** `*`, `host`, `.suffix`, `*.suffix`, each with an optional `:port`; addresses and CIDR blocks for targets that are addresses. */
function isExcepted(target: URL, list: string): boolean {
  const host = bareHost(target).replace(/\.$/, '');
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((rule) => rule === '*' || (isIP(host) === 0 ? matchesName(rule, host, port) : matchesAddress(rule, host, port)));
}

function matchesName(rule: string, host: string, port: string): boolean {
  const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(rule) ?? [];
  if (only !== undefined && only !== port) return false;
  const suffix = name.replace(/^\*?\./, '').replace(/\.$/, '');
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
}

function matchesAddress(rule: string, host: string, port: string): boolean {
  const ported = isIP(rule.split('/')[0] ?? '') === 0 ? /^(.+):(\d+)$/.exec(rule) : null;
  if (ported !== null && ported[2] !== port) return false;
  const [address = '', bits] = (ported?.[1] ?? rule).replace(/[[\]]/g, '').split('/');
  const version = isIP(address);
  const longest = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? longest : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
  if (version === 0 || prefix > longest) return false;
  const block = new BlockList();
  block.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
  return block.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}
