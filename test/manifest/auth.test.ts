import { createHash, createHmac, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.js';
import { assertion } from '../../src/manifest/auth/assertion.js';
import { sign } from '../../src/manifest/auth/sigv4.js';
import { json, raw, type Answer, type Seen } from '../http/fault-server.js';
import { pull, queryOf, users } from './pull.js';

const LIST = 'request: { path: users }\nrecords: users\n';
const all = json({ users: users(2) });

describe('a fixed credential', () => {
  it.each([
    [
      "headers: { Authorization: 'Token token=${token}', X-Two: '${token}' }",
      { authorization: 'Token token=t0p-s3cret', 'x-two': 't0p-s3cret' },
    ],
    [
      "basic: { username: 'ada/token', password: '${token}' }",
      { authorization: `Basic ${Buffer.from('ada/token:t0p-s3cret').toString('base64')}` },
    ],
  ])('goes with every request: %s', async (auth, headers) => {
    const { server, ids } = await pull(`auth: { ${auth} }\n${LIST}`, [all]);
    expect(ids).toHaveLength(2);
    expect(server.seen[0]?.headers).toMatchObject(headers);
  });

  it('in the query goes with links, too, and is never shown', async () => {
    const lines = `auth: { query: { key: '\${token}' } }\n${LIST}paging: { next_url: { path: next } }\n`;
    const { server, trace } = await pull(lines, [json({ users: users(2), next: '/users?page=2' }), json({ users: users(2, 2) })]);
    expect(server.seen.map((seen) => queryOf(seen).get('key'))).toEqual(['t0p-s3cret', 't0p-s3cret']);
    expect(trace.join()).not.toContain('t0p-s3cret');
  });
});

const CLIENT =
  "auth: { oauth2_client: { token_url: 'https://x.example/token', client_id: me, client_secret: '${token}', scope: read, params: { account: a1 } } }\n";

/** Hands out tok1, tok2 …; the list takes `valid` of them as long as `isValid` says. */
function withTokens(
  isValid: (token: string, request: number) => boolean,
  page: (seen: Seen) => Answer,
): (seen: Seen, number: number) => Answer {
  let issued = 0;
  return (seen, number) => {
    if (seen.url === '/token') return json({ access_token: `issued-token-${++issued}`, expires_in: 3600 });
    return isValid(seen.headers.authorization?.replace('Bearer ', '') ?? '', number) ? page(seen) : raw(401);
  };
}

describe('a token that is fetched', () => {
  it('by client credentials, with a grant of its own', async () => {
    const auth = CLIENT.replace('scope: read', 'grant_type: account_credentials, client_auth: basic');
    const { server, ids, trace } = await pull(`${auth}${LIST}`, withTokens((token) => token === 'issued-token-1', () => all)); // prettier-ignore
    expect(ids).toHaveLength(2);
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/token', body: 'grant_type=account_credentials&account=a1' });
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('me:t0p-s3cret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(trace.join()).not.toContain('issued-token');
  });

  it('by a refresh token', async () => {
    const auth = "auth: { oauth2_refresh: { token_url: 'https://x.example/token', client_id: me, refresh_token: '${token}' } }\n";
    const { server } = await pull(`${auth}${LIST}`, withTokens(() => true, () => all)); // prettier-ignore
    expect(server.seen[0]?.body).toBe('grant_type=refresh_token&refresh_token=t0p-s3cret&client_id=me');
  });

  it('is renewed once when it runs out in the middle, and the page read again', async () => {
    const lines = `${CLIENT}${LIST}paging: { cursor: { next: next, param: cursor } }\n`;
    const page = (seen: Seen): Answer => {
      const from = Number(queryOf(seen).get('cursor') ?? 0);
      return json({ users: users(2, from), ...(from < 4 ? { next: String(from + 2) } : {}) });
    };
    const { ids, server, completeness } = await pull(lines, withTokens((token, n) => (n <= 3 ? token.endsWith('1') : token.endsWith('2')), page)); // prettier-ignore
    expect(ids).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5']);
    expect(completeness.verdict).toBe('consistent');
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/token',
      '/users',
      '/users?cursor=2',
      '/users?cursor=4',
      '/token',
      '/users?cursor=4',
    ]);
  });

  it('is not renewed for ever', async () => {
    let requests = 0;
    const answer = withTokens(() => false, () => all); // prettier-ignore
    const pulling = pull(`${CLIENT}${LIST}`, (seen, number) => {
      requests = number;
      return answer(seen, number);
    });
    await expect(pulling).rejects.toThrow('answered 401');
    expect(requests).toBe(4);
  });

  it('and refused says so, without the secret', async () => {
    const echo = (seen: Seen): Answer =>
      json({ error: 'invalid_client', error_description: `no such client: ${seen.body} t0p-s3cret` }, { status: 400 });
    const pulling = pull(`${CLIENT}${LIST}`, echo);
    await expect(pulling).rejects.toThrow(
      /getting an access token: POST .*\/token answered 400 .*; check the client id, its secret and what it may do/,
    );
    await expect(pulling).rejects.not.toThrow('t0p-s3cret');
  });

  it('by signing in, with values for paths; signs in again when that runs out', async () => {
    const lines =
      "auth:\n  login: { request: { path: signin, body: { name: me, secret: '${token}' } }, values: { token: credentials.token, site: credentials.site.id }, headers: { X-Auth: '${login.token}' } }\n" +
      "request: { path: 'sites/${login.site}/users' }\nrecords: users\n";
    let logins = 0;
    const { server, ids } = await pull(lines, (seen) => {
      if (seen.url === '/signin') return json({ credentials: { token: `login-token-${++logins}`, site: { id: `s/${logins}` } } });
      return seen.headers['x-auth'] === 'login-token-2' ? all : raw(401);
    });
    expect(ids).toHaveLength(2);
    expect(server.seen.map(({ url }) => url)).toEqual(['/signin', '/sites/s%2F1/users', '/signin', '/sites/s%2F2/users']);
    expect(server.seen[0]?.body).toBe('{"name":"me","secret":"t0p-s3cret"}');
  });

  it('by a signed assertion (RFC 7523)', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const jwt = { token_url: '', key: '${key}', issuer: 'sa@corp.example', subject: '${admin}', scope: 'read' };
    const values = { key: new Secret(pem.replaceAll('\n', '\\n')), admin: 'admin@corp.example' };
    const [header = '', claims = '', signature = ''] = assertion(jwt, values, 'https://x.example/token', 1_000_000).split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'sa@corp.example',
      sub: 'admin@corp.example',
      aud: 'https://x.example/token',
      scope: 'read',
      iat: 1000,
      exp: 1300,
    });
    expect(createVerify('sha256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
    expect(() => assertion(jwt, { ...values, key: new Secret('no-pem-s3cret') }, '', 0)).toThrow(
      /^the private key cannot be read: expected PEM/,
    );
  });

  it('by a signature of each request, its body and its headers included', async () => {
    const auth =
      "auth: { sigv4: { access_key_id: AKIDEXAMPLE, secret_access_key: '${token}', region: eu-central-1, service: identitystore } }\n";
    const request = "request: { path: '', headers: { X-Amz-Target: Store.ListUsers }, body: { Store: d-1 } }\n";
    const lines = `${auth}${request}records: users\npaging: { cursor: { next: next, param: NextToken, in: body } }\n`;
    const { ids, server } = await pull(lines, [json({ users: users(2), next: 'n2' }), json({ users: users(2, 2) })]);
    expect(ids).toHaveLength(4);
    expect(server.seen.map(({ body }) => body)).toEqual(['{"Store":"d-1"}', '{"Store":"d-1","NextToken":"n2"}']);
    const key = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 't0p-s3cret',
      sessionToken: undefined,
      region: 'eu-central-1',
      service: 'identitystore',
      now: 0,
    };
    for (const { method, url, body, headers } of server.seen) {
      const signed = sign({ method, url: new URL(url, server.origin), body, headers: { 'x-amz-target': 'Store.ListUsers' } }, key);
      expect(headers).toMatchObject(signed);
      expect(headers.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-target,');
    }
  });

  it('as a password of each request, over the lines that the manifest names', async () => {
    const auth =
      "auth: { hmac: { username: DIXXXX, secret: '${token}', algorithm: sha512, lines: [date, method, host, path, query, body, nothing] } }\n";
    const lines = `${auth}request: { path: admin/v1/users, query: { z: "a b*", limit: 2 } }\nrecords: users\npaging: { cursor: { next: next, param: offset } }\n`;
    const { ids, server } = await pull(lines, [json({ users: users(2), next: 2 }), json({ users: users(2, 2) })]);
    expect(ids).toHaveLength(4);
    const queries = ['limit=2&z=a%20b%2A', 'limit=2&offset=2&z=a%20b%2A'];
    for (const [i, { headers }] of server.seen.entries()) {
      const nothing = createHash('sha512').update('').digest('hex');
      const signed = ['Thu, 01 Jan 1970 00:00:00 GMT', 'GET', new URL(server.origin).host, '/admin/v1/users', queries[i], nothing, nothing];
      const signature = createHmac('sha512', 't0p-s3cret').update(signed.join('\n')).digest('hex');
      expect(headers.date).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
      expect(headers.authorization).toBe(`Basic ${Buffer.from(`DIXXXX:${signature}`).toString('base64')}`);
    }
  });

  it('AWS signs as its own example does', () => {
    // docs.aws.amazon.com/AmazonS3 and IAM "Signature Version 4 test suite": get-vanilla.
    const key = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      sessionToken: undefined,
      region: 'us-east-1',
      service: 'service',
      now: Date.parse('2015-08-30T12:36:00Z'),
    };
    expect(sign({ method: 'GET', url: new URL('https://example.amazonaws.com/'), body: '' }, key)).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    });
  });

  it('AWS signs what else is called x-amz-…, and nothing else', () => {
    // The same suite: post-sts-header-before, whose token is one such header.
    const token =
      'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';
    const key = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      sessionToken: undefined,
      region: 'us-east-1',
      service: 'service',
      now: Date.parse('2015-08-30T12:36:00Z'),
    };
    const request = { method: 'POST', url: new URL('https://example.amazonaws.com/'), body: '' };
    const expected =
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead';
    const headers = { 'x-amz-security-token': token, accept: 'application/json', 'content-type': 'application/x-amz-json-1.1' };
    expect(sign({ ...request, headers }, key).authorization).toBe(expected);
    expect(sign(request, { ...key, sessionToken: token }).authorization).toBe(expected);
  });
});
