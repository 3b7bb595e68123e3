import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { planPasses } from '../../src/manifest/list/plan.js';
import { layered } from '../../src/manifest/form/request.js';
import { builtBin } from '../build.js';
import { compare } from './compare.js';

const HEAD = 'name: small\ntitle: Small\nkind: app\npermission: none\nleavers: listed\nparams: { host: {}, team: {} }\nauth: none\n';
const MANIFEST = `base_url: https://\${host}.small.example/api/v1
request: { path: 'teams/\${team}/users', query: { state: active, expand: 'role,boss' } }
paging: { cursor: { next: meta.next, param: cursor, size_param: limit, size: 100 } }
records: data.users
fields: { id: id, userName: profile.login, emails: [profile.mails.value], manager: boss.id, department: 'urn:x:2.0:User.department', roles: { cel: 'record.roles.map(r, r.name)' } }
status: { from: state, map: { ACTIVE: active, OFF: deactivated } }
`;

/** A description in which everything stands that the manifest asks for. */
function openapi() {
  return {
    openapi: '3.1.0',
    servers: [{ url: 'https://{company}.small.example/api', variables: { company: { default: 'corp' } } }],
    paths: {
      '/v1/teams/{team_id}/users': {
        parameters: [{ $ref: '#/components/parameters/limit' }],
        get: {
          parameters: [
            { name: 'cursor', in: 'query', schema: { type: 'string' } },
            { name: 'state', in: 'query', schema: { type: 'string', enum: ['active', 'off'] } },
            { name: 'expand', in: 'query', explode: false, schema: { type: 'array', items: { enum: ['role', 'boss'] } } },
            { name: 'team_id', in: 'path', required: true, schema: { type: 'string' } },
          ] as Record<string, unknown>[],
          responses: { '200': { $ref: '#/components/responses/Users' } },
        },
      },
      '/v1/users/me': { get: { responses: { '200': { content: { 'application/json': { schema: { type: 'object' } } } } } } },
    } as Record<string, Record<string, unknown>>,
    components: {
      parameters: { limit: { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } } as Record<string, unknown> },
      responses: {
        Users: {
          headers: { 'X-Total-Count': {} },
          content: { 'application/vnd.small+json; charset=utf-8': { schema: { $ref: '#/components/schemas/Answer' } } },
        },
      },
      schemas: {
        Answer: {
          allOf: [{ properties: { meta: { properties: { next: { type: ['string', 'null'] } } } } }, { $ref: '#/components/schemas/Data' }],
        },
        Data: { properties: { data: { properties: { users: { type: 'array', items: { $ref: '#/components/schemas/User' } } } } } },
        User: {
          type: 'object',
          properties: {
            id: { type: 'integer' } as Record<string, unknown>,
            state: { anyOf: [{ $ref: '#/components/schemas/State' }, { type: 'null' }] },
            profile: { oneOf: [{ properties: { mails: { $ref: '#/components/schemas/Mails' } } }, { properties: { login: {} } }] },
            boss: { $ref: '#/components/schemas/User' },
            roles: { type: 'array', items: { properties: { name: { type: 'string' } } } },
            'urn:x:2.0:User': { properties: { department: { type: 'string' } } },
          },
        },
        State: { type: 'string', enum: ['ACTIVE', 'OFF', null] as (string | null)[] },
        Mails: { type: 'array', items: { properties: { value: { type: 'string' } } } },
      },
    },
  };
}

const engine = { planPasses, layered };
const check = (lines: string, ...descriptions: readonly unknown[]): string[] =>
  compare(parseManifest(HEAD + lines, 'small.yaml'), descriptions, engine).map(({ what, where, text }) => `${what} ${where}: ${text}`);

describe('a manifest that its vendor`s description bears out', () => {
  it('has no finding: references, places in alternatives, keys with dots, a record within itself', () => {
    expect(check(MANIFEST, openapi())).toEqual([]);
  });

  it('nor where the description says nothing of the folders above, or is one of several', () => {
    const { servers: _, ...bare } = openapi();
    const empty = { openapi: '3.0.0', paths: { '/other': { get: { responses: {} } } } };
    expect(check(MANIFEST, empty, bare)).toEqual([]);
  });

  it('nor where an object may have any key', () => {
    const open = openapi();
    Object.assign(open.components.schemas, { User: { type: 'object', additionalProperties: true } });
    expect(check(MANIFEST, open)).toEqual([]);
    Object.assign(open.components.schemas, { User: { type: 'object' } });
    expect(check(MANIFEST, open)).toEqual([]);
  });
});

describe('what a manifest has that the description does not', () => {
  it.each<readonly [string, string, string, string]>([
    [
      'a path',
      'teams/${team}/users',
      'groups/${team}/users',
      'path request: GET groups/${team}/users is not described; near: /v1/teams/{team_id}/users',
    ],
    [
      'a slash',
      'teams/${team}/users',
      'teams/${team}/users/',
      'path request: GET teams/${team}/users/ is described as /v1/teams/{team_id}/users',
    ],
    ['a host', '.small.example', '.big.example', 'host request: ${host}.big.example is described as {company}.small.example'],
    ['a parameter', 'state: active', 'status: active', 'parameter request: status is not described; known: limit, cursor, state, expand'],
    ['a value of a parameter', 'state: active', 'state: on', 'value request: state: "on" is none of "active", "off"'],
    ['a value of several', "'role,boss'", "'role,wage'", 'value request: expand: "wage" is none of "role", "boss"'],
    ['a page that is too large', 'size: 100', 'size: 250', 'maximum request: limit: 250 is over 100'],
    ['a cursor', 'meta.next', 'meta.after', 'field request paging: meta.after is not described of the answer'],
    ['a list', 'data.users', 'data.people', 'field request records: data.people is no described list of the answer'],
    ['a list that is none', 'data.users', 'data', 'field request records: data is no described list of the answer'],
    ['a field', 'profile.login', 'profile.name', 'field request fields.userName: profile.name is not described of the record'],
    [
      'a field of a list',
      'mails.value',
      'mails.address',
      'field request fields.emails: profile.mails.address is not described of the record',
    ],
    [
      'a place in an expression',
      'record.roles.map',
      'record.groups.map',
      'field request fields.roles: groups is not described of the record',
    ],
    ['a place of the status', 'from: state', 'from: status', 'field request status: status is not described of the record'],
    [
      'a word of the status',
      'OFF: deactivated',
      'OFF: deactivated, GONE: deleted',
      'word request status: "GONE" is no word of state: "ACTIVE", "OFF"',
    ],
  ])('%s', (_, given, put, finding) => {
    expect(MANIFEST).toContain(given);
    expect(check(MANIFEST.replace(given, put), openapi())).toEqual([finding]);
  });

  it('a method', () => {
    const lines = MANIFEST.replace('request: {', 'request: { method: POST,');
    expect(check(lines, openapi())).toEqual(['method request: POST teams/${team}/users is described with GET alone']);
  });

  it('a header, a key or a place of credentials, keep and drop', () => {
    const lines = MANIFEST.replace('cursor: { next: meta.next,', 'cursor: { next: { header: X-Next }, total: { header: X-Total-Count },');
    expect(check(`${lines}drop: { type: bot }\ncredentials: { records: keys, fields: { id: id } }\n`, openapi())).toEqual([
      'field request paging: the header X-Next is not described',
      'field request drop: type is not described of the record',
      'field request credentials records: keys is no described list of the answer',
    ]);
  });
});

describe('what the description has that the manifest does not', () => {
  it('words, told once for all rules that name some', () => {
    const more = openapi();
    more.components.schemas.State.enum.push('INVITED', 'GONE');
    expect(check(MANIFEST, more)).toEqual(['word status: no rule for "INVITED", "GONE" of state']);
    const rules = 'status: [{ when: { state: INVITED }, is: pending }, { from: state, map: { ACTIVE: active, OFF: deactivated } }]\n';
    expect(check(MANIFEST.replace(/^status.*\n/m, rules), more)).toEqual(['word status: no rule for "GONE" of state']);
    const passes = `${MANIFEST}passes: [{ name: on }, { name: off, status: [{ when: { state: [INVITED, GONE] }, is: pending }] }]\n`;
    expect(check(passes, more)).toEqual([]);
  });

  it('no closed list of words where any text may come', () => {
    const more = openapi();
    Object.assign(more.components.schemas, { State: { anyOf: [{ enum: ['ACTIVE'] }, { type: 'string' }] } });
    expect(check(MANIFEST, more)).toEqual([]);
  });

  it('a parameter that it requires', () => {
    const more = openapi();
    (more.paths['/v1/teams/{team_id}/users']?.get as { parameters: object[] }).parameters.push({
      name: 'filter',
      in: 'query',
      required: true,
    });
    expect(check(MANIFEST, more)).toEqual(['parameter request: filter is required, and not sent']);
  });

  it('the word that something is deprecated', () => {
    const old = openapi();
    const get = old.paths['/v1/teams/{team_id}/users']?.get as Record<string, unknown>;
    get.description = '**Deprecated. Use the other one.**';
    old.components.parameters.limit.deprecated = true;
    old.components.schemas.User.properties.id.deprecated = true;
    expect(check(MANIFEST, old)).toEqual([
      'deprecated request: GET /v1/teams/{team_id}/users',
      'deprecated request: the parameter limit',
      'deprecated request fields.id: id',
      'deprecated request fields.manager: boss.id',
    ]);
  });
});

describe('what cannot be checked is said', () => {
  it('an answer without a schema, and a query of GraphQL', () => {
    const none = openapi();
    Object.assign(none.components.responses.Users, { content: { 'text/csv': {} } });
    expect(check(MANIFEST, none)).toEqual(['unchecked request: the answer is not described, so no field of it is']);
    const graphql = MANIFEST.replace(/^request.*\n/m, "request: { path: graphql, graphql: { query: 'query { users }' } }\n");
    expect(check(graphql, openapi())).toEqual(['unchecked request: it is a query of GraphQL']);
  });

  it('a reference that leads to another file, and a file of another kind', () => {
    const far = openapi();
    far.components.schemas.User.properties.boss.$ref = './user.yaml#/User';
    expect(() => check(MANIFEST, far)).toThrow('cannot be followed; bundle the file first');
    expect(() => check(MANIFEST, { paths: {} })).toThrow('neither an OpenAPI 3.x file');
    expect(() => check(MANIFEST, null)).toThrow('neither an OpenAPI 3.x file');
  });
});

describe('every request of a manifest is looked at', () => {
  const body = { schema: { properties: { limit: { type: 'integer', maximum: 50 }, removed: { type: 'boolean' } } } };
  const users = { type: 'array', items: { properties: { id: {}, name: {}, state: { enum: ['on', 'off'] } } } };
  const swagger = {
    swagger: '2.0',
    host: 'small.example',
    basePath: '/2',
    paths: {
      '/list': { post: { parameters: [{ in: 'body', name: 'body', ...body }], responses: { 200: { schema: { properties: { users, cursor: {} } } } } } },
      '/list/continue': { post: { parameters: [{ in: 'body', name: 'body', schema: { properties: { cursor: {} } } }], responses: { 200: { schema: { properties: { users } } } } } },
      '/keys': { get: { parameters: [{ in: 'query', name: 'page[size]', type: 'integer', maximum: 10 }], responses: { 200: { schema: users } } } },
      '/domains': { get: { responses: { default: { schema: { additionalProperties: { properties: { id: {} } } } } } } },
      '/me': { get: { responses: { 200: { schema: { properties: { id: {} } } } } } },
    },
  }; // prettier-ignore
  const manifest = `base_url: https://small.example/2
request: { path: list, body: { limit: 100, gone: true } }
paging: { cursor: { next: cursor, param: cursor, in: body, request: { path: list/continue } } }
records: users
fields: { id: id, admin: { from: state, map: { on: 'false' } } }
status: { const: active }
principal: { request: { path: me }, id: login }
parents: { as: domain, request: { path: domains }, records: { values_of: ., key_as: name }, id: uid }
credentials: { request: { path: keys }, paging: { link_header: { size_param: 'page[size]', size: 20 } }, records: ., account: { id: owner }, fields: { id: id } }
`;

  it('bodies, later pages, parents, credentials and the principal, in Swagger 2.0 too', () => {
    expect(check(manifest, swagger)).toEqual([
      'value request: limit: 100 is over 50',
      'parameter request: gone of the body is not described',
      'field request (pages after the first) paging: cursor is not described of the answer',
      'field parents id: uid is not described of the record',
      'field principal id: login is not described of the answer',
      'maximum credentials: page[size]: 20 is over 10',
      'field credentials account.id: owner is not described of the record',
      'word fields.admin: no rule for "off" of state',
    ]);
  });

  it('assignments and provisioning settings', () => {
    const more = `kind_of: { from: state, map: { shared: bot } }
assignments: { permission: none, request: { path: 'apps/\${app}/users' }, records: ., person: id, status: { from: state, map: { on: assigned } } }
provisioning:
  permission: none
  request: { path: 'apps/\${app}' }
  records: .
  shows: features
  stages: { create: { features: NEW }, update: { features: UPDATE }, delete: { feature: OFF } }
`;
    const paths = {
      ...swagger.paths,
      '/apps/{id}/users': { get: { responses: { 200: { schema: users } } } },
      '/apps/{id}': { get: { responses: { 200: { schema: { properties: { features: { type: 'array', items: { type: 'string' } } } } } } } },
    };
    const lines = manifest.replace(/^(?:principal|parents|credentials).*\n/gm, '').replace('limit: 100, gone: true', 'limit: 50');
    expect(check(lines + more, { ...swagger, paths })).toEqual([
      'word request kind_of: "shared" is no word of state: "on", "off"',
      'field request (pages after the first) paging: cursor is not described of the answer',
      'word request (pages after the first) kind_of: "shared" is no word of state: "on", "off"',
      'field provisioning stages.delete: feature is not described of the record',
      'word fields.admin: no rule for "off" of state',
      'word assignments.status: no rule for "off" of state',
    ]);
  });

  it('logs, and their own address', () => {
    const log = (path: string, rest: string) =>
      `{ permission: none, request: { path: ${path}, query: { since: '\${since}', kind: user } }, paging: { cursor: { next: next, param: at, size_param: limit, size: 100 } }, records: events, ${rest} }`;
    const event = {
      properties: {
        when: { type: 'string' },
        what: { enum: ['made', 'gone', 'seen'] },
        how: { enum: ['ok', 'odd'] },
        targets: { type: 'array', items: { properties: { id: {}, kind: {} } } },
      },
    };
    const answer = { properties: { next: {}, events: { type: 'array', items: event } } };
    const query = (...names: string[]) => names.map((name) => ({ name, in: 'query', type: 'string' }));
    const limit = { name: 'limit', in: 'query', type: 'integer', maximum: 50 };
    const paths = {
      ...swagger.paths,
      '/v2/events': { get: { parameters: [...query('since', 'kind', 'at'), limit], responses: { 200: { schema: answer } } } },
      '/pushed': { get: { parameters: query('since', 'at', 'limit'), responses: { 200: { schema: answer } } } },
    };
    const lines = manifest.replace(/^(?:principal|parents|credentials).*\n/gm, '').replace('limit: 100, gone: true', 'limit: 50');
    const more = `log: ${log('events', "base_url: 'https://log.example/v2', each: targets, fields: { at: when, accountId: target.id }, action: { from: what, map: { made: create, removed: delete } }, outcome: { from: how, map: { ok: success } }")}
pushes: ${log('pushed', "drop: { by: us }, fields: { at: when, personId: 'targets[kind=User].id' }, action: [{ when: { what: gone }, is: delete }]")}
`;
    const found = check(lines + more, { ...swagger, paths }).filter((line) => /^\w+ (?:log|pushes)\b/.test(line));
    expect(found).toEqual([
      'host log: log.example is described as small.example',
      'maximum log: limit: 100 is over 50',
      'field log fields.accountId: target.id is not described of the record',
      'word log action: "removed" is no word of what: "made", "gone", "seen"',
      'parameter pushes: kind is not described; known: since, at, limit',
      'field pushes drop: by is not described of the record',
    ]);
  });

  it('a discovery document of Google is read, too', () => {
    const discovery = {
      discoveryVersion: 'v1',
      rootUrl: 'https://admin.small.example/',
      servicePath: '',
      schemas: { Users: { type: 'object', properties: { users: { type: 'array', items: { $ref: 'User' } }, next: {} } }, User: { type: 'object', properties: { id: {} } } },
      resources: { users: { methods: { list: { path: 'v1/users', httpMethod: 'GET', parameters: { maxResults: { type: 'integer', maximum: '500', location: 'query' } }, response: { $ref: 'Users' } } } } },
    }; // prettier-ignore
    const lines = `base_url: https://admin.small.example/v1
request: { path: users }
paging: { cursor: { next: next, param: token, size_param: maxResults, size: 1000 } }
records: users
fields: { id: id, userName: primaryEmail }
status: { const: active }
`;
    expect(check(lines, discovery)).toEqual([
      'maximum request: maxResults: 1000 is over 500',
      'parameter request: token is not described; known: maxResults',
      'field request fields.userName: primaryEmail is not described of the record',
    ]);
  });
});

describe('node test/descriptions/check.js', () => {
  it('prints a line for each finding and ends with 0, 1 or 2; YAML or JSON', async () => {
    await builtBin();
    const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-contract-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const file = (name: string, text: string): string => {
      writeFileSync(path.join(dir, name), text);
      return path.join(dir, name);
    };
    const manifest = file('small.yaml', HEAD + MANIFEST);
    const run = (...args: readonly string[]) => {
      const script = path.resolve(import.meta.dirname, 'check.js');
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
      return { status, stdout, stderr };
    };
    const good = file('good.json', JSON.stringify(openapi()));
    expect(run(manifest, good)).toEqual({ status: 0, stdout: `${manifest} agrees with ${good}\n`, stderr: '' });
    const { paths: _, ...none } = openapi();
    expect(run(manifest, file('bad.yaml', stringify({ ...none, paths: {} })))).toEqual({
      status: 1,
      stdout: `${manifest}: path: request: GET teams/\${team}/users is not described\n`,
      stderr: '',
    });
    expect(run(manifest, file('none.yaml', 'openapi: 3.0.0\n'))).toMatchObject({ status: 2, stdout: '' });
    expect(run(manifest)).toMatchObject({ status: 2, stderr: 'usage: node test/descriptions/check.js MANIFEST DESCRIPTION...\n' });
  });
});
