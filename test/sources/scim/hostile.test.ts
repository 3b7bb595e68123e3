import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../src/model/errors.js';
import { pullFrom, type Setup } from './pull.js';
import { type Answer, cursorListOf, listOf, raw, refuse, type Routes, users } from './scim-server.js';

const all = users(45);
const json = { 'content-type': 'application/scim+json' };

/** The list as it should be, but for one answer from `startIndex` on. */
function spoiltAt(startIndex: number, answer: Answer): Routes {
  return { list: (query) => (query.startIndex >= startIndex ? answer : listOf(all, query)) };
}

/** The list as it should be, but for the first tries of one page. */
function firstTries(startIndex: number, tries: number, answer: Answer): Routes {
  let seen = 0;
  return { list: (query) => (query.startIndex === startIndex && seen++ < tries ? answer : listOf(all, query)) };
}

async function failureOf(routes: Routes, setup: Setup = {}): Promise<SourceError> {
  const error: unknown = await pullFrom(routes, setup).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  const failure = error as SourceError;
  expect(failure.message).toContain('hr-portal');
  expect(failure.message).not.toMatch(/t0p-s3cret|[\n\r\u001b]/);
  return failure;
}

describe.each([1, 4])('a fault that passes, %i in flight', (concurrency) => {
  it.each<[string, number, Answer]>([
    ['429 with Retry-After', 2, refuse(429, undefined, { 'retry-after': '2' })],
    ['503', 2, refuse(503)],
    ['a reset connection', 2, (response) => response.socket?.resetAndDestroy()],
    [
      'a body cut short',
      1,
      (response) =>
        void response.writeHead(200, { ...json, 'content-length': '5000' }).write('{"totalResults":45', () => response.destroy()),
    ],
  ])('%s: the list is whole and proven', async (_, tries, answer) => {
    const { ids, completeness } = await pullFrom(firstTries(21, tries, answer), { options: { concurrency } });
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(completeness.verdict).toBe('proven');
  });
});

describe.each([1, 4])('a fault that stays fails the list, %i in flight', (concurrency) => {
  const options = { concurrency };
  it.each<[string, SourceError['fault'], Answer]>([
    ['429 for a day', 'rate-limited', refuse(429, undefined, { 'retry-after': '86400' })],
    ['503', 'server', refuse(503)],
    ['401 in the middle', 'auth', refuse(401)],
    ['403 in the middle', 'permission', refuse(403)],
    ['torn JSON', 'malformed', raw('{"totalResults":45,"Resources":[{"id":"u2')],
    ['an HTML login page', 'malformed', raw('<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' })],
    ['an empty 200', 'malformed', raw('')],
    [
      'a redirect to another origin',
      'redirect',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/steal' }).end(),
    ],
    ['Resources as an object', 'malformed', { totalResults: 45, Resources: { 0: { id: 'u21' } } }],
    ['Resources null, with users declared', 'malformed', { totalResults: 45, Resources: null }],
    ['no Resources, with users declared', 'malformed', { totalResults: 45 }],
    ['an error with status 200', 'malformed', { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: 'no' }],
    ['a list instead of a list response', 'malformed', raw('[{"id":"u21"}]')],
  ])('%s', async (_, fault, answer) => {
    expect((await failureOf(spoiltAt(21, answer), { options })).fault).toBe(fault);
  });
});

describe('records that cannot be told apart', () => {
  it.each<[string, unknown]>([
    ['none', undefined],
    ['null', null],
    ['empty', '  '],
    ['an object', {}],
    ['with a NUL in it', 'b\0'],
    ['a number beyond 2^53', 9_007_199_254_740_993],
  ])('id %s: the message names the place', async (_, id) => {
    const failure = await failureOf({ list: () => ({ totalResults: 2, Resources: [{ id: 'a' }, { id }] }) });
    expect(failure.fault).toBe('malformed');
    expect(failure.message).toContain('Resources[1]');
  });

  it('a user that is no object', async () => {
    expect((await failureOf({ list: () => ({ totalResults: 2, Resources: [{ id: 'a' }, 'b'] }) })).message).toContain(
      'Resources[1] is a string',
    );
  });

  it('small numbers are taken as text, and said', async () => {
    const { ids, completeness } = await pullFrom({
      list: (query) => ({ totalResults: 2, Resources: [{ id: 1 }, { id: 2 }].slice(query.startIndex - 1) }),
    });
    expect(ids).toEqual(['1', '2']);
    expect(completeness.reasons).toContain('sends ids as numbers, not as text (RFC 7643 section 3.1)');
  });

  it('a record full of __proto__ and constructor keys is data', async () => {
    const body =
      '{"totalResults":1,"Resources":[{"id":"a","__proto__":{"active":true,"userName":"evil"},"constructor":{"prototype":{"x":1}}}]}';
    const { rows } = await pullFrom({ list: (query) => (query.startIndex > 1 ? { totalResults: 1, Resources: [] } : raw(body)) });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.status).toBe('unknown');
    expect(rows[0]?.userName).toBeUndefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('bodies without bound', () => {
  const maxBodyBytes = 1_000_000;

  it('a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    const failure = await failureOf({ list: () => raw(bomb, { ...json, 'content-encoding': 'gzip' }) }, { maxBodyBytes });
    expect(failure.fault).toBe('too-large');
  });

  it('a body that never ends', async () => {
    const endless: Answer = (response) => {
      response.writeHead(200, json);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect((await failureOf({ list: () => endless }, { maxBodyBytes })).fault).toBe('too-large');
  });
});

it('a cursor is never part of a message', async () => {
  const failure = await failureOf(
    { list: (query) => (query.cursor === 's3ss10n' ? refuse(500) : cursorListOf(all, query, { nextCursor: 's3ss10n' })) },
    { options: { paging: 'cursor' } },
  );
  expect(failure.message).not.toContain('s3ss10n');
});
