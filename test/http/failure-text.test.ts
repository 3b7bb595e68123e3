import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.js';
import { serverText, visible } from '../../src/http/server-text.js';
import { bench, TOKEN } from './bench.js';
import { json, raw } from './fault-server.js';

describe('what a failure says', () => {
  it.each([
    [401, 'auth', 'check the token'],
    [403, 'permission', 'check its permissions or scopes'],
    [404, 'not-found', 'check the configured url'],
    [400, 'refused', 'check the configured url and options'],
    [501, 'server', 'try again later'],
  ])('%d', async (status, fault, next) => {
    const { fails, server } = await bench([json({ detail: 'because' }, { status, headers: { 'x-request-id': 'req-17' } })]);
    const error = await fails('Users?secret=hush');
    expect(error.fault).toBe(fault);
    expect(error.message).toMatch(
      new RegExp(
        `^hr: reading page 3 of Users: GET ${server.origin}/scim/v2/Users answered ${status} "because" \\(request id req-17\\); .*${next}`,
      ),
    );
    expect(error.message).not.toContain('hush');
  });

  it('a token that expires in the middle is an auth failure of that page', async () => {
    const { get, fails } = await bench([json({}), json({ error: 'invalid_token', error_description: 'expired' }, { status: 401 })]);
    await get();
    expect((await fails()).message).toContain('answered 401 "expired"');
  });

  it('never repeats a secret that the system echoes: in a body, a header, a path', async () => {
    const forms = [TOKEN, Buffer.from(TOKEN).toString('base64'), encodeURIComponent(`${TOKEN}/+`)];
    const { fails, trace } = await bench([
      json({ detail: `bad token Bearer ${forms.join(' ')}` }, { status: 401, headers: { 'x-request-id': TOKEN } }),
    ]);
    expect((await fails(`Users/${TOKEN}`)).message).toContain('bad token Bearer *** ***');
    expect(trace[0]).toContain('/Users/***');
  });

  it('nor the password inside Basic, nor a secret that is cut in two by the limit', async () => {
    const basic = new Secret(`Basic ${Buffer.from('svc:hush-password').toString('base64')}`);
    const { fails } = await bench([json({ detail: `${'x'.repeat(190)}hush-password` }, { status: 401 })], {
      headers: { Authorization: basic },
    });
    expect((await fails()).message).not.toContain('hush');
  });

  it('nor one that is cut, or whose case is changed, on its way into a message', async () => {
    const pad = 'x'.repeat(90);
    const { fails } = await bench([
      raw(200, { 'content-type': `Text/${TOKEN}`, 'x-request-id': `${pad}${TOKEN}` }, 'a list'),
      raw(200, { 'content-type': `${pad.slice(0, 50)}/${TOKEN}` }, 'a list'),
      raw(200, { 'content-type': 'application/json', 'content-encoding': `${pad.slice(0, 30)}${TOKEN}` }, '{}'),
      raw(302, { location: `https://${TOKEN.toUpperCase()}.corp.example/` }, ''),
    ]);
    for (let i = 0; i < 4; i++) {
      const { message } = await fails();
      expect(message.toLowerCase()).not.toContain(TOKEN.slice(0, 8).toLowerCase());
    }
  });

  it('takes out of a list what a system hands back in it, and leaves what it answers to a sign-in', async () => {
    const body = { Resources: [{ id: '1', displayName: `Bearer ${TOKEN}`, [TOKEN]: true }] };
    const { get } = await bench([json(body), json({ access_token: TOKEN })]);
    expect((await get()).body).toEqual({ Resources: [{ id: '1', displayName: 'Bearer ***', '***': true }] });
    expect((await get('token', { answersSecret: true })).body).toEqual({ access_token: TOKEN });
  });

  it('uses the redaction it is given, for traces too', async () => {
    const { fails, trace } = await bench([json({ detail: 'other-secret' }, { status: 400 })], {
      redact: (text) => text.replaceAll('other-secret', '***'),
    });
    expect((await fails('Users/other-secret')).message).not.toContain('other-secret');
    expect(trace.join()).not.toContain('other-secret');
  });

  it('shows what would move a cursor', async () => {
    const { fails } = await bench([json({ detail: 'a\u001b[2Jb\u202ec\nd\u0000' }, { status: 400 })]);
    expect((await fails()).message).toContain('"a\\u{1b}[2Jb\\u{202e}c d\\u{0}"');
  });

  it('a page of HTML adds nothing', async () => {
    const { fails } = await bench([raw(404, { 'content-type': 'text/html' }, '<h1>secret admin page</h1>')]);
    expect((await fails()).message).not.toContain('admin');
  });
});

describe('what a request tells', () => {
  it('to the server: who asks, and for what', async () => {
    const { get, server } = await bench([json({})]);
    const { requestId, headers } = await get('Users', { query: { count: 2 }, headers: { Accept: 'application/scim+json' } });
    expect([requestId, headers['content-type']]).toEqual([undefined, 'application/json']);
    expect(server.seen[0]?.url).toBe('/scim/v2/Users?count=2');
    expect(server.seen[0]?.headers).toMatchObject({
      'user-agent': expect.stringMatching(/^lifegap\/\d+\.\d+\.\d+/) as string,
      accept: 'application/scim+json',
      authorization: `Bearer ${TOKEN}`,
      'x-api-key': TOKEN,
    });
  });

  it('to the trace: method, origin, path, status, time, attempt; never the query', async () => {
    const { get, trace, server } = await bench([json({}, { status: 503, headers: { 'retry-after': '2' } }), json({})]);
    await get('Users?cursor=hush');
    expect(trace).toEqual([
      `GET ${server.origin}/scim/v2/Users 503 0 ms, attempt 1`,
      `waiting 2 s: ${server.origin} asked for it`,
      `GET ${server.origin}/scim/v2/Users 200 0 ms, attempt 2`,
    ]);
  });
});

describe('serverText', () => {
  it.each([
    [{ schemas: [], detail: 'scim', status: '400' }, 'scim'],
    [{ error: 'code', error_description: 'oauth' }, 'oauth'],
    [{ error: { code: 403, message: 'google' } }, 'google'],
    [{ errors: [{ description: 'list' }] }, 'list'],
    [{ errorSummary: 'okta', errorCode: 'E1' }, 'okta'],
    [{ detail: '', title: 'problem' }, 'problem'],
    ['plain', 'plain'],
    [{ a: { b: 1 } }, undefined],
    [null, undefined],
    [JSON.parse('{"__proto__":{"detail":"no"}}'), undefined],
  ])('%j', (body, text) => expect(serverText(body, (same) => same)).toBe(text));

  it('is at most 200 characters', () => {
    expect(serverText('x'.repeat(1_000_000), (same) => same)).toHaveLength(200);
  });

  it('leaves what is harmless, makes visible what is not', () => {
    expect(visible('Zoë 李 👩 \ud800 \u2028\u009b\u200b')).toBe('Zoë 李 👩 \\u{d800} \\u{2028}\\u{9b}\\u{200b}');
  });
});
