// A mistake inside a part that may have several forms is said at its own place, with the nearest valid word, or with what may stand there.
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/errors.js';
import { parseManifest } from '../../src/manifest/form/parse.js';

const PARTS = {
  auth: 'none',
  paging: 'none',
  records: 'users',
  fields: '{ id: id }',
  status: '{ from: state, map: { on: active } }',
} as const;

/** What is said of a manifest with this part, without file, line and column. */
function said(part: keyof typeof PARTS, value: string): string[] {
  const head =
    'name: small\ntitle: Small\nkind: app\npermission: none\nleavers: listed\nbase_url: https://small.example\nrequest: { path: users }\n';
  const text = head + Object.entries({ ...PARTS, [part]: value }).map(([key, own]) => `${key}: ${own}\n`).join(''); // prettier-ignore
  try {
    parseManifest(text, 'small.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message.split('\n').slice(1).map((line) => line.replace(/^small\.yaml:\d+:\d+ /, '')); // prettier-ignore
  }
}

const AUTHS = 'bearer, headers, query, basic, oauth2_client, oauth2_refresh, login, jwt_bearer, hmac, sigv4';
const PAGINGS = 'page, offset, scim, cursor, link_header, next_url, graphql';
const TESTS = '{ not }, { present }, { contains }, { starts_with }, { ends_with }, { above }';

describe('a mistake inside a part of several forms', () => {
  it.each<[keyof typeof PARTS, string, readonly string[]]>([
    ['auth', '{ bearr: x }', ['auth.bearr: unknown key. Did you mean bearer?']],
    ['auth', '{ token: x }', [`auth.token: unknown key. Known: ${AUTHS}`]],
    ['auth', '{ bearer: x, query: { a: b } }', [`auth: expected exactly one of ${AUTHS}`]],
    ['auth', '{}', [`auth: expected exactly one of ${AUTHS}`]],
    ['auth', 'non', ['auth: expected none, got "non". Did you mean none?']],
    ['auth', 'token', ['auth: expected none, or one form of auth such as { bearer: "${token}" }']],
    ['auth', '[x]', ['auth: expected none, or one form of auth such as { bearer: "${token}" }']],
    ['auth', '{ basic: x }', ['auth.basic: expected a mapping (key: value), got text']],
    ['auth', '{ basic: { usernam: x, password: y } }', ['auth.basic.username: missing; expected text', 'auth.basic.usernam: unknown key. Did you mean username?']],
    ['auth', '{ jwt_bearer: { token_url: a, key: b, issuer: c, algorithm: HS256 } }', ['auth.jwt_bearer.algorithm: expected one of RS256, ES256, got "HS256". Did you mean RS256?']],
    ['auth', '{ login: { request: { path: in }, values: { a: 7 }, headers: { K: v } } }', ['auth.login.values.a: expected a path, or { header: name }']],
    ['paging', '{ cursr: { next: a, param: b } }', ['paging.cursr: unknown key. Did you mean cursor?']],
    ['paging', '{ token: { next: a, param: b } }', [`paging.token: unknown key. Known: ${PAGINGS}`]],
    ['paging', 'cursor', ['paging: expected none, or one kind of paging such as { cursor: … }']],
    ['paging', '{ cursor: { nxt: a, param: b } }', ['paging.cursor.next: missing; expected a path, { header: name } or { last_record: path }', 'paging.cursor.nxt: unknown key. Did you mean next?']],
    ['paging', '{ cursor: { next: { lastrecord: id }, param: b } }', ['paging.cursor.next.last_record: missing; expected text', 'paging.cursor.next.lastrecord: unknown key. Did you mean last_record?']],
    ['paging', '{ cursor: { next: 7, param: b } }', ['paging.cursor.next: expected a path, { header: name } or { last_record: path }']],
    ['paging', '{ page: { param: page, size: many } }', ['paging.page.size: expected a number, got text']],
    ['paging', '{ offset: { param: o, step: row } }', ['paging.offset.step: expected one of rows, size, got "row". Did you mean rows?']],
    ['records', '{ valuesof: a }', ['records.valuesof: unknown key. Did you mean values_of?']],
    ['records', '{ path: a, absent: emty }', ['records.absent: expected one of empty, fail, got "emty". Did you mean empty?']],
    ['fields', '{ id: { frm: a } }', ['fields.id.from: missing; expected a path, or a list of which the first with a value counts', 'fields.id.frm: unknown key. Did you mean from?']],
    ['fields', '{ id: { from: a, mapp: { a: b } } }', ['fields.id.mapp: unknown key. Did you mean map?']],
    ['fields', '{ id: { foo: 1 } }', ['fields.id: expected a path, a list of paths, { from }, { template }, { cel } or { const }']],
    ['fields', '{ id: { from: a, split: { at: x, tak: last } } }', ['fields.id.split.take: missing; expected one of first, last or a number', 'fields.id.split.tak: unknown key. Did you mean take?']],
    ['status', '{ from: state, mapp: { on: active } }', ['status.map: missing; expected a mapping (key: value)', 'status.mapp: unknown key. Did you mean map?']],
    ['status', '{ const: activ }', [expect.stringMatching(/^status\.const: expected one of active, .* Did you mean active\?$/) as string]],
    ['status', '[{ when: { a: { foo: x } }, is: active }]', [`status[0].when.a: expected a value, a list of values, or one of ${TESTS}`]],
    ['status', '[{ when: { a: { contain: x } }, is: active }]', ['status[0].when.a.contains: missing; expected text', 'status[0].when.a.contain: unknown key. Did you mean contains?']],
    ['status', '[{ wen: { a: b }, is: active }]', ['status[0].when: missing; expected a mapping (key: value)', 'status[0].wen: unknown key. Did you mean when?']],
    ['status', 'active', ['status: expected { from, map }, a list of { when, is } and { from, map }, or { const }']],
  ])('%s: %s', (part, value, lines) => {
    expect(said(part, value)).toEqual(lines);
  }); // prettier-ignore

  it('has its line and column', () => {
    const text =
      'name: small\ntitle: Small\nkind: app\npermission: none\nleavers: listed\nbase_url: https://small.example\nauth:\n  basic:\n    usernam: x\n    username: x\n    password: y\nrequest: { path: users }\nrecords: users\nfields: { id: id }\nstatus: { const: active }\n';
    expect(() => parseManifest(text, 'small.yaml')).toThrow('small.yaml:9:5 auth.basic.usernam: unknown key. Did you mean username?');
  });
});
