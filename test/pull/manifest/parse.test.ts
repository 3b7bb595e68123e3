import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/pull/manifest/parse.js';

const CATALOGUE = path.resolve(import.meta.dirname, '../../../src/connectors');
const files = readdirSync(CATALOGUE).filter((file) => file.endsWith('.yaml'));

const SMALL = `name: small
title: Small
kind: app
permission: none
leavers: listed
params:
  token: { secret: true }
base_url: https://small.example/api
auth:
  bearer: \${token}
request: { path: users }
records: users
fields: { id: id }
status: { from: state, map: { on: active } }
`;

describe('the catalogue', () => {
  it.each(files)('%s is a manifest, named as its file', (file) => {
    const manifest = parseManifest(readFileSync(path.join(CATALOGUE, file), 'utf8'), file);
    expect(`${manifest.name}.yaml`).toBe(file);
  });
});

describe('a manifest', () => {
  it('needs little', () => {
    expect(parseManifest(SMALL, 'small.yaml')).toMatchObject({ name: 'small', paging: 'none', records: 'users' });
  });

  it('says all of its mistakes at once, each with its line and what was meant', () => {
    const broken = SMALL.replace('permission: none', 'permision: none')
      .replace('kind: app', 'kind: apps')
      .replace('id: id', 'userName: id');
    expect(() => parseManifest(broken, 'small.yaml')).toThrow(
      [
        '4 mistakes in small.yaml; nothing was read',
        'small.yaml:1:1 permission: missing; expected text',
        'small.yaml:3:7 kind: expected one of directory, app, got "apps". Did you mean app?',
        'small.yaml:4:1 permision: unknown key. Did you mean permission?',
        'small.yaml:13:9 fields: expected a place for id',
      ].join('\n'),
    );
  });

  it.each([
    ['bearer: ${token}', 'bearer: ${tokn}', 'small.yaml:10:11 auth.bearer: ${tokn} is no parameter. Did you mean token?'],
    ['bearer: ${token}', 'bearer: ${env:TOKEN}', 'small.yaml:10:11 auth.bearer: a manifest holds no secrets'],
    ['bearer: ${token}', 'none: true', 'small.yaml:10:3 auth.none: unknown key'],
    ['{ path: users }', '{ path: /users }', 'small.yaml:11:18 request.path: expected a path below base_url'],
    ['{ path: users }', '{ path: users, method: GET, body: {} }', 'request.method: a GET has no body'],
    ['{ path: users }', "{ graphql: { query: '{ org(login: ${token}) }' } }", 'request.graphql.query: the query takes no ${name}'],
    ['{ id: id }', '{ id: "a[b" }', 'small.yaml:13:15 fields.id: the path a[b cannot be read'],
    ['{ id: id }', '{ id: __proto__.x }', 'fields.id: a path must not go through __proto__'],
    ['  token:', '  status:', 'params.status: this key has a meaning of its own'],
    ['on: active', 'on: aktive', 'status.map.on: expected one of active,'],
    ['records: users', 'records: users\npaging: { cursor: { next: a, param: b }, page: { param: c } }', 'paging: expected exactly one of'],
  ])('%s, written %s', (right, wrong, message) => {
    expect(() => parseManifest(SMALL.replace(right, wrong), 'small.yaml')).toThrow(message);
  });
});
