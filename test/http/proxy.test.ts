import { createServer, type AddressInfo } from 'node:net';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/http/proxy.js';
import { against, bench, closing, NO_SUCH_HOST, TOKEN } from './bench.js';
import { Authority, type Pair } from './certificates.js';
import { startConnectProxy } from './connect-proxy.js';
import { json, startFaultServer } from './fault-server.js';

const ok = json({ Resources: [] });
let authority: Authority;
let app: Pair;

beforeAll(() => {
  authority = new Authority();
  app = authority.issue('DNS:app.test');
});
afterAll(() => rmSync(authority.folder, { recursive: true }));

const throughProxy = async (options: { readonly tls?: Pair; readonly status?: number } = {}) => {
  const target = closing(await startFaultServer([ok], options.tls));
  const proxy = closing(await startConnectProxy(target.port, options.status));
  const scheme = options.tls === undefined ? 'http' : 'https';
  const set = against(target, {
    baseUrl: `${scheme}://app.test/scim/v2`,
    caFile: authority.file,
    env: { [`${scheme}_proxy`]: `http://user:hush%40@127.0.0.1:${proxy.port}` },
  });
  return { ...set, proxy };
};

describe('through a proxy', () => {
  it('one tunnel carries many TLS requests, and the token stays inside', async () => {
    const { get, proxy, server } = await throughProxy({ tls: app });
    for (let page = 0; page < 10; page++) expect((await get()).status).toBe(200);
    expect(proxy.tunnels).toEqual(['app.test:443']);
    expect(server.seen[9]?.headers['authorization']).toBe(`Bearer ${TOKEN}`);
    expect(server.seen[9]?.headers['proxy-authorization']).toBeUndefined();
    expect(proxy.heard.join('\n')).not.toContain(TOKEN);
    expect(proxy.heard).toContain(`Basic ${Buffer.from('user:hush@').toString('base64')}`);
  });

  it('plain http goes through a tunnel as well', async () => {
    const { get, proxy } = await throughProxy();
    expect((await get()).status).toBe(200);
    expect(proxy.tunnels).toEqual(['app.test:80']);
  });

  it('the certificate of the target is still checked', async () => {
    const { fails } = await throughProxy({ tls: authority.issue('DNS:other.test') });
    const error = await fails();
    expect([error.fault, error.message.includes('ERR_TLS_CERT_ALTNAME_INVALID')]).toEqual(['tls', true]);
  });

  it.each([
    [407, 'auth', 1, 'wants credentials or refused them (407)'],
    [403, 'refused', 1, 'refused the way to it (403)'],
    [502, 'network', 6, 'could not connect to it (502)'],
  ])('a proxy that answers %d', async (status, fault, attempts, words) => {
    const { fails, proxy, server } = await throughProxy({ tls: app, status });
    const error = await fails();
    expect(error.fault).toBe(fault);
    expect(error.message).toContain(`proxy 127.0.0.1:${proxy.port} (https_proxy) ${words}`);
    expect(error.message).not.toContain('hush');
    expect([proxy.tunnels.length, server.seen.length]).toEqual([attempts, 0]);
  });

  it('a dead proxy', async () => {
    const { fails, proxy, trace } = await throughProxy({ tls: app });
    await proxy.close();
    const error = await fails();
    expect(error.message).toContain(`proxy 127.0.0.1:${proxy.port} (https_proxy) is dead or hung up (ECONNREFUSED)`);
    expect(error.message).toContain('NO_PROXY');
    expect(error.message).not.toContain('hush');
    expect(trace).toHaveLength(3);
  });

  it('a proxy that takes the connection and says nothing: the connect clock runs out', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const { fails, client } = await bench([ok], {
      baseUrl: 'https://app.test',
      env: { HTTPS_PROXY: `127.0.0.1:${port}` },
      timeouts: { connectMs: 40 },
    });
    const error = await fails();
    expect(error.fault).toBe('timeout');
    expect(error.message).toContain(`could not be connected to within 40 ms through proxy 127.0.0.1:${port} (HTTPS_PROXY)`);
    // Ends only when the client has let go of its half-open tunnels.
    await client.close();
    await new Promise<void>((resolve) => mute.close(() => resolve()));
  });

  it('the environment of the process itself names no proxy: only `env` does', async () => {
    const before = process.env['HTTP_PROXY'];
    process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    try {
      const { fails, trace } = await bench([ok], { baseUrl: `http://${NO_SUCH_HOST}`, env: {} });
      expect((await fails()).message).toContain('ENOTFOUND');
      expect(trace).toHaveLength(1);
    } finally {
      if (before === undefined) delete process.env['HTTP_PROXY'];
      else process.env['HTTP_PROXY'] = before;
    }
  });

  it('loopback is never proxied', async () => {
    const { get } = await bench([ok], { env: { HTTP_PROXY: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1' } });
    expect((await get()).status).toBe(200);
  });
});

describe('which proxy', () => {
  const named = (target: string, env: Record<string, string>): string | undefined => proxyFor(new URL(target), env)?.url.host;

  it('by scheme, lower case first, ALL_PROXY last', () => {
    expect(named('https://a.example', { HTTPS_PROXY: 'http://up:1', https_proxy: 'http://low:1', ALL_PROXY: 'all:1' })).toBe('low:1');
    expect(named('http://a.example', { HTTPS_PROXY: 'http://up:1', ALL_PROXY: 'all:1' })).toBe('all:1');
    expect(named('http://a.example', { HTTP_PROXY: 'plain:3128' })).toBe('plain:3128');
    expect(named('http://a.example', { HTTP_PROXY: ' ' })).toBeUndefined();
    expect(named('https://a.example', {})).toBeUndefined();
  });

  it.each([
    ['https://a.example', '*'],
    ['https://a.example', 'b.test, A.EXAMPLE'],
    ['https://x.a.example', 'a.example'],
    ['https://x.a.example', '.a.example'],
    ['https://x.a.example', '*.a.example'],
    ['https://a.example', 'a.example:443'],
    ['http://a.example:8080', 'a.example:8080'],
    ['https://10.1.2.3', '10.0.0.0/8'],
    ['https://10.1.2.3', '10.1.2.3'],
    ['https://10.1.2.3:8443', '10.1.2.3:8443'],
    ['https://[fd00::1]', 'fd00::/8'],
    ['https://[fd00::1]', '[fd00::1]:443'],
  ])('%s is excepted by %j', (target, list) => {
    expect(named(target, { HTTPS_PROXY: 'p:1', HTTP_PROXY: 'p:1', NO_PROXY: list })).toBeUndefined();
  });

  it.each([
    ['https://aa.example', 'a.example'],
    ['https://a.example', 'a.example:8443'],
    ['https://11.1.2.3', '10.0.0.0/8'],
    ['https://10.1.2.3', '10.0.0.0/99'],
    ['https://10.1.2.3', '.3'],
    ['https://10.1.2.3', '10.1.2.3:8443'],
    ['https://[fd00::1]', '10.0.0.0/8'],
    ['https://a.example', ' , '],
  ])('%s is not excepted by %j', (target, list) => {
    expect(named(target, { HTTPS_PROXY: 'p:1', no_proxy: list })).toBe('p:1');
  });

  it.each(['socks5://p:1', 'http://u:%@p:1', 'http://'])('%s is a mistake that is named without its password', (value) => {
    expect(() => named('https://a.example', { HTTPS_PROXY: value })).toThrow(/^HTTPS_PROXY /);
  });
});
