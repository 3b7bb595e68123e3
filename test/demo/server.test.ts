import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/demo/apps/account.js';
import { serve, type DemoServer } from '../../src/demo/server.js';

interface Body {
  readonly [key: string]: unknown;
  readonly Resources?: readonly { readonly id: string }[];
  readonly nextCursor?: string;
  readonly totalResults?: number;
}

const INDEX: Dialect = { paging: 'index', pageSize: 4 };
const users = Array.from({ length: 10 }, (_, i) => ({ id: `u${i}` }));
const dialects: Readonly<Record<string, Dialect>> = {
  plain: INDEX,
  capped: { ...INDEX, lastPlace: 6 },
  strict: { ...INDEX, refusesPastEnd: true },
  cursors: { paging: 'cursor', pageSize: 4 },
  busy: { ...INDEX, busyOnce: true },
};

describe('the servers of the demo', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await serve(Object.entries(dialects).map(([name, dialect]) => ({ name, token: `token-${name}`, users, dialect })));
  });
  afterAll(() => server.close());

  const get = async (
    system: string,
    path: string,
    token = `token-${system}`,
  ): Promise<{ status: number; body: Body; headers: Headers }> => {
    const response = await fetch(`${server.origin}/${system}/scim/v2/${path}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: (await response.json()) as Body, headers: response.headers };
  };
  const ids = (body: Body): string => (body.Resources ?? []).map(({ id }) => id).join(' ');

  it('listen on the loopback address alone', () => {
    expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('ask each for its own token', async () => {
    const refused = await get('plain', 'Users', 'token-capped');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(refused.body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401' });
    expect((await get('plain', 'ServiceProviderConfig', '')).status).toBe(401);
  });

  it('page by index', async () => {
    const second = await get('plain', 'Users?startIndex=5&count=100');
    expect(second.body).toMatchObject({ totalResults: 10, startIndex: 5, itemsPerPage: 4 });
    expect(ids(second.body)).toBe('u4 u5 u6 u7');
    expect(ids((await get('plain', 'Users?startIndex=11&count=4')).body)).toBe('');
    expect(ids((await get('plain', 'Users?count=1')).body)).toBe('u0');
  });

  it('page by cursor, without a total, until there is no cursor', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get('cursors', `Users?cursor=${cursor}&count=4`);
      expect(body).not.toHaveProperty('totalResults');
      seen.push(ids(body));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(['u0 u1 u2 u3', 'u4 u5 u6 u7', 'u8 u9']);
    expect(await get('cursors', 'Users?cursor=made-up')).toMatchObject({ status: 400, body: { scimType: 'invalidCursor' } });
    expect((await get('cursors', 'ServiceProviderConfig')).body).toMatchObject({
      pagination: { cursor: true, index: false, maxPageSize: 4 },
    });
  });

  it('count more than they send, where the list is cut off', async () => {
    const page = await get('capped', 'Users?startIndex=5&count=4');
    expect(page.body).toMatchObject({ totalResults: 10, itemsPerPage: 2 });
    expect(ids((await get('capped', 'Users?startIndex=7&count=4')).body)).toBe('');
  });

  it('refuse a page past the end, in one dialect', async () => {
    expect((await get('strict', 'Users?startIndex=11&count=4')).status).toBe(400);
    expect((await get('strict', 'Users?startIndex=10&count=4')).status).toBe(200);
  });

  it('are busy once, and then answer', async () => {
    expect((await get('busy', 'Users?startIndex=1')).status).toBe(200);
    const first = await get('busy', 'Users?startIndex=5');
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '0']);
    expect(ids((await get('busy', 'Users?startIndex=5')).body)).toBe('u4 u5 u6 u7');
  });

  it('give one user by id, and 404 for others and for other paths', async () => {
    expect((await get('plain', 'Users/u3')).body).toEqual({ id: 'u3' });
    expect((await get('plain', 'Users/u99')).status).toBe(404);
    expect((await get('nobody', 'Users')).status).toBe(404);
    expect((await get('plain', 'Groups')).status).toBe(404);
  });

  it('change nothing', async () => {
    const headers = { authorization: 'Bearer token-plain' };
    const response = await fetch(`${server.origin}/plain/scim/v2/Users/u1`, { method: 'DELETE', headers });
    expect(response.status).toBe(405);
  });
});
