import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/errors.js';
import { createHttpClient } from '../../src/http/client.js';
import { openBase, resolveWithin, withQuery } from '../../src/http/origin.js';
import { bench, closing } from './bench.js';
import { json, raw, startFaultServer, type Answer } from './fault-server.js';

const ok = json({ Resources: [] });
const to = (location: string, status = 302): Answer => raw(status, { location });

describe('where a link may lead', () => {
  const base = openBase('hr', 'https://good.example/scim/v2');
  it.each([
    ['Users', 'https://good.example/scim/v2/Users'],
    ['Users?startIndex=1#top', 'https://good.example/scim/v2/Users?startIndex=1'],
    ['', 'https://good.example/scim/v2'],
    ['?cursor=a%2Fb', 'https://good.example/scim/v2?cursor=a%2Fb'],
    ['/scim/v2/Users', 'https://good.example/scim/v2/Users'],
    ['https://good.example:443/scim/v2/Users', 'https://good.example/scim/v2/Users'],
    ['HTTPS://GOOD.example/scim/v2/Users', 'https://good.example/scim/v2/Users'],
  ])('%j', (link, href) => expect(resolveWithin(base, link).href).toBe(href));

  it.each([
    'https://evil.example/scim/v2/Users?token=hush',
    'https://good.example:8443/scim/v2/Users',
    'http://good.example/scim/v2/Users',
    '//evil.example/scim/v2/Users',
    '\\\\evil.example/scim/v2/Users',
    'https://good.example@evil.example/scim/v2/Users',
    'https://someone:hush@good.example/scim/v2/Users',
    'https://gооd.example/scim/v2/Users',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'data:application/json,{}',
    'javascript:alert(1)',
    'https://',
    '/Users',
    '../v1/Users',
    '%2e%2e/v1/Users',
    'https://good.example/scim/v22/Users',
  ])('%j is refused', (link) => {
    expect(() => resolveWithin(base, link)).toThrow(/^(refused to follow a link to [a-z]+|was given a link that is no URL)/);
    expect(() => resolveWithin(base, link)).not.toThrow(/hush/);
  });

  it('adds parameters without touching those of the server', () => {
    const url = new URL('https://good.example/scim/v2/Users?sig=a%2Bb+c%20d');
    expect(withQuery(url, { filter: 'a eq "b c"', count: 100 }).href).toBe(`${url.href}&filter=a%20eq%20%22b%20c%22&count=100`);
  });

  it('no request leaves, and the message names the origin without the query', async () => {
    const { fails, server, trace } = await bench([ok]);
    const other = closing(await startFaultServer([ok]));
    const error = await fails(`${other.origin}/scim/v2/Users?token=hush`);
    expect(error.fault).toBe('refused');
    expect(error.message).toBe(
      `hr: reading page 3 of Users: refused to follow a link to ${other.origin}; requests and the token stay within ${server.origin}: if the system has moved, change the configured url`,
    );
    expect([server.seen.length, other.seen.length, trace.length]).toEqual([0, 0, 0]);
  });
});

describe('redirects', () => {
  it('within the origin are followed, with the credentials', async () => {
    const { get, server } = await bench([to('Users/', 308), to('/elsewhere?x=1', 301), ok]);
    const { url } = await get();
    expect(url).toBe(`${server.origin}/elsewhere?x=1`);
    expect(server.seen.map((seen) => seen.url)).toEqual(['/scim/v2/Users', '/scim/v2/Users/', '/elsewhere?x=1']);
    expect(server.seen[2]?.headers['authorization']).toBe(server.seen[0]?.headers['authorization']);
  });

  it('to another origin fail, and nothing is sent there', async () => {
    const other = closing(await startFaultServer([ok]));
    const { fails, server } = await bench([to(`${other.origin}/login?token=hush`)]);
    const error = await fails();
    expect(error.fault).toBe('redirect');
    expect(error.message).toContain(`answered 302: refused to follow a redirect to ${other.origin};`);
    expect(error.message).not.toContain('hush');
    expect([server.seen.length, other.seen.length]).toEqual([1, 0]);
  });

  it.each([
    ['file:///etc/passwd', 'a file: address'],
    ['//169.254.169.254/', 'http://169.254.169.254'],
    ['http://', 'no URL'],
    ['', 'answered 302'],
  ])('to %j fail', async (location, words) => {
    const { fails, server } = await bench([to(location)]);
    expect((await fails()).message).toContain(words);
    expect(server.seen.length).toBeLessThanOrEqual(2);
  });

  it('without a Location fail', async () => {
    const { fails } = await bench([raw(302)]);
    expect((await fails()).fault).toBe('redirect');
  });

  it('in a loop, or without end, fail', async () => {
    const loop = await bench([to('/a'), to('/b'), to('/a')]);
    expect((await loop.fails()).message).toContain('redirects that lead nowhere');
    expect(loop.server.seen).toHaveLength(3);
    const endless = await bench((_seen, number) => to(`/hop/${number}`));
    expect((await endless.fails()).fault).toBe('redirect');
    expect(endless.server.seen).toHaveLength(6);
  });

  it('are followed for GET alone', async () => {
    const { fails, server } = await bench([to('/a', 307), ok]);
    expect((await fails('Users', { method: 'POST', json: {} })).message).toContain('followed for GET alone');
    expect(server.seen).toHaveLength(1);
  });
});

describe('the configured address and headers', () => {
  const open = (baseUrl: string, headers = {}) =>
    closing(createHttpClient({ system: 'hr', baseUrl, headers, env: {}, redact: (text) => text }));
  it.each(['good.example', 'ftp://good.example', 'https://u:hush@good.example', 'https://good.example/?key=hush', ''])(
    '%j is refused',
    (url) => {
      expect(() => open(url)).toThrow(UsageError);
      expect(() => open(url)).not.toThrow(/hush/);
    },
  );

  it('plain http is a warning, except on loopback', () => {
    expect(open('https://good.example').warnings).toEqual([]);
    expect(open('http://127.0.0.1:8080').warnings).toEqual([]);
    expect(open('http://[::1]:8080').warnings).toEqual([]);
    expect(open('http://localhost').warnings).toEqual([]);
    expect(open('http://good.example').warnings).toEqual([
      'hr: http://good.example is plain http: the token and the list travel in the clear; use https',
    ]);
  });

  it('a secret with a line break is refused unseen, not sent without it', () => {
    expect(() => open('https://good.example', { Authorization: 'Bearer hush\n' })).toThrow(/header authorization .* line break/);
    expect(() => open('https://good.example', { Authorization: 'Bearer hush\n' })).not.toThrow(/hush/);
  });
});
