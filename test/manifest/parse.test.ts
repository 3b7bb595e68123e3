import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseDocument } from '../../src/yaml/document.js';
import { explain, report } from '../../src/yaml/explain.js';
import { Mistakes, type Path } from '../../src/yaml/mistakes.js';
import { UsageError } from '../../src/model/errors.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { manifestSchema } from '../../src/manifest/form/schema.js';
import fc from '../property.js';
import { cases } from '../night.js';

const CATALOGUE = path.resolve(import.meta.dirname, '../../src/connectors');
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

function mistakesOf(text: string): string[] {
  try {
    parseManifest(text, 'small.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message.split('\n').slice(1);
  }
}

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

  it('says what is wrong in its form and in what it refers to in one go', () => {
    const broken = SMALL.replace('permission: none', 'permision: none')
      .replace('on: active', 'on: aktive')
      .replace('bearer: ${token}', 'bearer: ${tokn}')
      .replace('{ path: users }', '{ path: /users }')
      .replace('{ id: id }', '{ id: "a[b" }');
    expect(mistakesOf(broken)).toEqual([
      'small.yaml:1:1 permission: missing; expected text',
      'small.yaml:4:1 permision: unknown key. Did you mean permission?',
      'small.yaml:10:11 auth.bearer: ${tokn} is no parameter. Did you mean token?',
      'small.yaml:11:18 request.path: expected a path below base_url, without a slash in front and without ?query',
      expect.stringMatching(/^small\.yaml:13:15 fields\.id: the path a\[b cannot be read/),
      expect.stringMatching(/^small\.yaml:14:35 status\.map\.on: expected one of active,/),
    ]);
  });

  // What is of bad form may have declared, or been, what another place refers to: then nothing is said of that place.
  it.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    ['a parameter', [['token: { secret: true }', 'token: text']], ['params.token']],
    [
      'the key of a parameter',
      [
        ['secret: true', 'secrit: true'],
        ['${token}', '${tokn}'],
      ],
      ['params.token.secrit', 'auth.bearer'],
    ],
    ['the name of the parameters', [['params:', 'parameters:']], ['parameters']],
    ['a near name of them', [['params:', 'parms:']], ['parms']],
    [
      'another key',
      [
        ['title:', 'titel:'],
        ['${token}', '${tokn}'],
      ],
      ['title', 'titel', 'auth.bearer'],
    ],
    ['the request', [['{ path: users }', '{ paht: users }']], ['request.paht']],
    ['the name of the request', [['request:', 'reqest:']], ['request', 'reqest']],
    [
      'a login',
      [
        ['bearer: ${token}', 'login: { request: { path: in }, values: { key: 7 }, headers: { K: "${login.key}" } }'],
        ['path: users', 'path: "users/${login.key}/${tokn}"'],
      ],
      ['auth.login.values.key', 'request.path'],
    ],
    ['what an earlier pass is', [['records: users', 'records: users\npasses: [{ name: a, adds: true }, { name: 7 }]']], ['passes[1].name']],
    [
      'whose credentials they are',
      [
        [
          'records: users',
          'records: users\ncredentials: { per_acount: true, records: keys, request: { path: "k/${account.id}" }, fields: { id: id } }',
        ],
      ],
      ['credentials.per_acount'],
    ],
    [
      'the name of a parent',
      [
        ['records: users', 'records: users\nparents: { as: 7, id: id, request: { path: orgs }, records: orgs }'],
        ['path: users', 'path: "${org}/users"'],
      ],
      ['parents.as'],
    ],
  ])('does not hold the form of %s against the rest', (_, changes, places) => {
    const broken = changes.reduce((text, [right, wrong]) => text.replace(right, () => wrong), SMALL);
    const found = mistakesOf(broken).map((line) => /^\S+ (\S+):/.exec(line)?.[1] ?? line);
    expect([...found].sort()).toEqual([...places].sort());
  });

  it.each(['7', '[]', 'text', '{}', '{ params: [] }'])('of no form at all is refused as such: %s', (text) => {
    expect(mistakesOf(text).length).toBeGreaterThan(0);
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

describe('a manifest of the catalogue with one thing of bad form in it', () => {
  const manifests = files.map((file): unknown => parse(readFileSync(path.join(CATALOGUE, file), 'utf8')));

  /** Paths to every value. */
  const placesOf = (value: unknown, at: Path = []): Path[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => {
          const place = [...at, Array.isArray(value) ? Number(key) : key];
          return [place, ...placesOf(inner, place)];
        })
      : [];

  const broken = (manifest: unknown, place: Path, how: 'wrong' | 'renamed'): unknown => {
    const copy = structuredClone(manifest);
    const holder = place.slice(0, -1).reduce((at, step) => (at as never)[step], copy) as Record<string | number, unknown>;
    const last = place.at(-1) ?? '';
    const value = holder[last];
    if (how === 'renamed' && typeof last === 'string') Reflect.deleteProperty(holder, last);
    holder[how === 'renamed' && typeof last === 'string' ? `${last}X!` : last] = how === 'renamed' ? value : value === null ? [] : null;
    return copy;
  };

  // Its references are right, so whatever is said besides would be held against the wrong place.
  it('says nothing of what refers to it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.constantFrom('wrong', 'renamed'), (which, where, how) => {
        const manifest = manifests[which % manifests.length];
        const places = placesOf(manifest);
        const value = broken(manifest, places[where % places.length] ?? [], how);
        const form = manifestSchema.safeParse(value, { error: explain });
        if (form.success) return;
        const said = new Mistakes('small.yaml', parseDocument(stringify(value), 'small.yaml').locate);
        report(form.error.issues, [], said);
        expect(mistakesOf(stringify(value))).toEqual(said.lines());
      }),
      { numRuns: cases(300, 100) },
    );
  });
});
