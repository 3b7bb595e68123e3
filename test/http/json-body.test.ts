import { describe, expect, it } from 'vitest';
import { bench } from './bench.js';
import { json, raw } from './fault-server.js';

const typed = (type: string, body: string | Buffer) => raw(200, type === '' ? {} : { 'content-type': type }, body);

describe('an answer of use', () => {
  const zoe = { Resources: [{ id: '1', displayName: 'Zoë' }] };
  const text = JSON.stringify(zoe);
  it.each([
    ['application/json', text],
    ['application/scim+json; charset=utf-8', text],
    ['text/json', text],
    ['application/hal+json', text],
    ['', text],
    ['application/json', `\uFEFF${text}`],
    ['application/json; charset=iso-8859-1', Buffer.from(text, 'latin1')],
    ['application/json; charset="UTF-16"', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['application/json;charset=utf-16', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['application/json', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('%s', async (type, body) => {
    const { get } = await bench([typed(type, body)]);
    expect((await get()).body).toEqual(zoe);
  });

  it('keeps `__proto__` a key, and prototypes as they were', async () => {
    const { get } = await bench([typed('application/json', '{"__proto__":{"polluted":1}}')]);
    const { body, headers } = await get();
    expect(Object.hasOwn(body as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(headers['content-type']).toBe('application/json');
  });
});

describe('an answer of none', () => {
  const page = 'a web page came back where JSON was expected: is the session or SSO in front of it?';
  it.each([
    ['text/html; charset=utf-8', '<!doctype html><title>Sign in</title>', page],
    ['application/json', '\n <!DOCTYPE html><html>', page],
    ['', '\uFEFF<html>', page],
    ['application/xml', '<Users/>', 'application/xml where JSON was expected'],
    ['text/plain', '{}', 'text/plain where JSON was expected'],
    ['', 'hello', 'cut short or broken'],
    ['application/json', '', 'empty body'],
    ['application/json', Buffer.from('{"n":"Zo\xeb"}', 'latin1'), 'bytes that are not utf-8'],
    ['application/json; charset=klingon', '{}', 'unknown charset ("klingon")'],
  ])('%s %j', async (type, body, words) => {
    const { fails } = await bench([typed(type, body)]);
    const error = await fails();
    expect(error.fault).toBe('malformed');
    expect(error.message).toContain(words);
  });

  it('204', async () => {
    const { fails } = await bench([raw(204)]);
    expect((await fails()).message).toContain('answered 204 with an empty body');
  });
});

describe('statuses that the caller takes as answers', () => {
  it('404 with any body', async () => {
    const { get } = await bench([raw(404, { 'content-type': 'text/html' }, '<html>'), json({ detail: 'no' }, { status: 404 })]);
    expect(await get('ServiceProviderConfig', { accept: [404] })).toMatchObject({ status: 404, body: undefined });
    expect(await get('ServiceProviderConfig', { accept: [404] })).toMatchObject({ status: 404, body: { detail: 'no' } });
  });

  it('an empty 204, but never half a 200', async () => {
    const { get, fails } = await bench([raw(204), raw(200, { 'content-type': 'application/json' }, '{"Resources":[')]);
    expect(await get('Users', { accept: [200, 204] })).toMatchObject({ status: 204, body: undefined });
    expect((await fails('Users', { accept: [200, 204] })).fault).toBe('malformed');
  });
});

it('JSON of more levels than any list of users has', async () => {
  const { get } = await bench([typed('application/json', `{"Resources":${'['.repeat(600)}${']'.repeat(600)}}`)]);
  await expect(get()).rejects.toMatchObject({ fault: 'malformed', message: expect.stringContaining('answered 200 with JSON of more than 500 levels') as unknown }); // prettier-ignore
});
