import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/model/secret.js';
import { pullAll, pullFrom, type Setup, sourceFor } from './pull.js';
import { type Answer, type FakeScim, listOf, raw, refuse, type Routes, startScim, users } from './scim-server.js';

const signal = new AbortController().signal;

async function start(routes: Routes): Promise<FakeScim> {
  const server = await startScim(routes);
  onTestFinished(server.close);
  return server;
}

describe('credentials', () => {
  const seen = async (setup: Setup): Promise<Record<string, unknown>> => {
    let headers: Record<string, unknown> = {};
    await pullFrom(
      {
        list: () => (response, request) => {
          headers = request.headers;
          response.end('{"totalResults":0}');
        },
      },
      setup,
    );
    return headers;
  };

  it('a bearer token', async () => {
    expect(await seen({})).toMatchObject({
      authorization: 'Bearer t0p-s3cret',
      accept: expect.stringContaining('application/scim+json') as unknown,
    });
  });

  it('user name and password, with letters beyond ASCII as UTF-8 (RFC 7617)', async () => {
    const headers = await seen({ options: { token: undefined, username: 'svc', password: new Secret('pä:ss') } });
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('svc:pä:ss').toString('base64')}`);
  });

  it('headers of the config', async () => {
    expect(await seen({ options: { headers: { 'X-Api-Key': new Secret('k') } } })).toMatchObject({ 'x-api-key': 'k' });
  });
});

describe('ServiceProviderConfig', () => {
  const empty = (): Answer => ({ totalResults: 0, Resources: [] });

  it.each<[string, Answer]>([
    ['401', refuse(401)],
    ['404', refuse(404)],
    ['501', refuse(501)],
    ['500', refuse(500)],
    ['a web page', raw('<!doctype html>', { 'content-type': 'text/html' })],
    ['a list', raw('[]')],
    ['a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
  ])('is done without when the server answers %s', async (_, config) => {
    const server = await start({ config, list: empty });
    const source = sourceFor('account', server.url);
    expect((await pullAll<'account'>(source)).completeness.verdict).toBe('proven');
    expect(source.facts.notes.join()).toContain('offers no ServiceProviderConfig');
  });

  it('tells what is declared, and what cannot be', async () => {
    const server = await start({
      config: {
        Patch: { supported: 'True' },
        bulk: { supported: false },
        filter: { supported: true },
        pagination: { cursor: true, index: true },
      },
      list: empty,
    });
    const source = sourceFor('account', server.url);
    expect(source.facts).toEqual({ leavers: 'unknown', total: 'unknown', notes: [] });
    await pullAll<'account'>(source);
    expect(source.facts).toEqual({
      leavers: 'unknown',
      total: 'declared',
      notes: [
        'declares PATCH supported',
        'declares filter supported',
        'declares bulk unsupported',
        'declares paging by index and cursor',
        'a SCIM server cannot declare create, delete, or that active is honoured',
      ],
    });
  });

  it('is read once for a source', async () => {
    const server = await start({ list: empty });
    const source = sourceFor('account', server.url);
    await pullAll<'account'>(source);
    await pullAll<'account'>(source);
    expect(server.paths.filter((path) => path.endsWith('ServiceProviderConfig'))).toHaveLength(1);
  });
});

describe('two pages for a check', () => {
  it('reads no more, shows a few raw records, and judges nothing', async () => {
    const server = await start({ list: (query) => listOf(users(25), query) });
    const shown: unknown[] = [];
    const pages = sourceFor('account', server.url).pull({
      signal,
      firstPagesOnly: true,
      onRaw: (record, row) => shown.push([record, row]),
    });
    expect((await pages.next()).value).toMatchObject({ rows: { length: 10 } });
    expect((await pages.next()).value).toMatchObject({ rows: { length: 10 } });
    expect((await pages.next()).value).toMatchObject({ verdict: 'unproven', declaredTotal: 25, received: 20 });
    expect(server.lists).toHaveLength(2);
    expect(shown).toHaveLength(3);
    expect(shown[0]).toMatchObject([{ userName: 'user1@corp.example' }, { id: 'u1', status: 'active' }]);
  });

  it('shows a second page that cannot be read', async () => {
    const server = await start({ list: (query) => (query.startIndex > 1 ? refuse(403) : listOf(users(25), query)) });
    const pages = sourceFor('account', server.url).pull({ signal, firstPagesOnly: true });
    await pages.next();
    await expect(pages.next()).rejects.toMatchObject({ fault: 'permission' });
  });
});

describe('as the directory', () => {
  it('an empty list is no proof that everybody left', async () => {
    const server = await start({ list: () => ({ totalResults: 0 }) });
    const { completeness } = await pullAll<'person'>(sourceFor('person', server.url));
    expect(completeness.verdict).toBe('unproven');
    expect(completeness.reasons).toContain('the directory lists nobody: may this token see its people?');
  });

  it('a person that is not active is suspended: SCIM knows no leaving', async () => {
    const server = await start({ list: (query) => listOf([{ id: 'a', active: false }, { id: 'b', active: true }, { id: 'c' }], query) });
    const { rows } = await pullAll<'person'>(sourceFor('person', server.url));
    expect(rows.map(({ state }) => state)).toEqual(['suspended', 'active', 'unknown']);
  });
});

describe('confirming single accounts', () => {
  const byId = (id: string): Answer =>
    id === 'gone' ? refuse(404) : { id, userName: `${id}@corp.example`, active: false, title: 'only here' };

  it('reads each by id, in order, and leaves out those that are gone', async () => {
    const server = await start({ list: () => ({ totalResults: 0 }), user: byId });
    const rows = await sourceFor('account', server.url, { options: { concurrency: 3 } }).confirm?.(['a', 'gone', 'b/../c', 'd e', 'ü'], {
      signal,
    });
    expect(rows?.map(({ id, status }) => [id, status])).toEqual(['a', 'b/../c', 'd e', 'ü'].map((id) => [id, 'deactivated']));
    expect(rows?.[0]?.attributes['title']).toBe('only here');
    expect(server.paths).toHaveLength(5);
    expect(server.paths.every((path) => path.startsWith('/scim/v2/Users/'))).toBe(true);
  });

  it('refuses an id that a URL would resolve away', async () => {
    const server = await start({ list: () => ({ totalResults: 0 }), user: byId });
    await expect(sourceFor('account', server.url).confirm?.(['..'], { signal })).rejects.toThrow(/made of dots/);
    expect(server.paths).toEqual([]);
  });

  it('refuses the answer when it is another user', async () => {
    const server = await start({ list: () => ({ totalResults: 0 }), user: () => ({ id: 'other' }) });
    await expect(sourceFor('account', server.url).confirm?.(['a'], { signal })).rejects.toThrow(/another id/);
  });

  it('stops at the first failure', async () => {
    const server = await start({ list: () => ({ totalResults: 0 }), user: () => refuse(403) });
    const ids = Array.from({ length: 50 }, (_, index) => `u${index}`);
    await expect(sourceFor('account', server.url, { options: { concurrency: 2 } }).confirm?.(ids, { signal })).rejects.toThrow(/403/);
    expect(server.paths.length).toBeLessThan(10);
  });

  it('is not offered when switched off, nor when ids come from another field', () => {
    expect(sourceFor('account', 'http://127.0.0.1:9', { options: { confirm: false } }).confirm).toBeUndefined();
    expect(sourceFor('account', 'http://127.0.0.1:9', { fields: { id: 'externalId' } }).confirm).toBeUndefined();
  });
});

it('ids from another field must be unique, or nothing is proven', async () => {
  const all = [
    { id: 'a', externalId: '1' },
    { id: 'b', externalId: '2' },
    { id: 'c', externalId: '1' },
  ];
  const { ids, completeness } = await pullFrom({ list: (query) => listOf(all, query) }, { fields: { id: 'externalId' } });
  expect(ids).toEqual(['1', '2']);
  expect(completeness.verdict).toBe('unproven');
  expect(completeness.reasons).toContain('the value that the config takes as id repeats in 1 of 3 users');
});

it('a user without the id that the config asks for fails the list', async () => {
  const list = pullFrom({ list: (query) => listOf([{ id: 'a' }], query) }, { fields: { id: 'externalId' } });
  await expect(list).rejects.toMatchObject({ fault: 'malformed', message: expect.stringMatching(/hr-portal.*check fields/) as unknown });
});

it('what is odd about the data is said once, with a count', async () => {
  const all = ['a', 'b'].map((id) => ({ id, active: true, meta: { created: 'soon' } }));
  const { rows, completeness } = await pullFrom({ list: (query) => listOf(all, query) });
  expect(rows[0]?.createdAt).toBeUndefined();
  expect(completeness).toMatchObject({
    verdict: 'proven',
    reasons: [expect.stringMatching(/^createdAt \("meta.created"\): 2 values .*"soon"/) as unknown],
  });
});

it('stops when it is told to, and shows what it has read', async () => {
  const stop = new AbortController();
  let asked = 0;
  const list: Routes['list'] = (query) => {
    if (++asked === 3) stop.abort();
    return listOf(users(100), query);
  };
  const server = await start({ list });
  let rows = 0;
  const drain = async (): Promise<void> => {
    for await (const page of sourceFor('account', server.url, { options: { concurrency: 1, page_size: 10 } }).pull({ signal: stop.signal }))
      rows += page.rows.length;
  };
  await expect(drain()).rejects.toMatchObject({ fault: 'aborted' });
  expect(rows).toBe(20);
});
