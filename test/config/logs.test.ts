import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { folder, load, mistakes, yaml } from './files.js';

const DIRECTORY =
  'directory:\n  - { name: hr, connector: file, path: hr.csv }\n  - { name: idp, connector: okta, org_url: https://corp.okta.example, token: "${env:TOKEN}" }\n';
const env = { TOKEN: 'a secret of the directory' };
const app = (...logs: readonly string[]): string =>
  yaml({ directory: DIRECTORY, app: ['log:', ...logs.map((log) => `  - ${log}`)].join('\n') });
const wrong = (...logs: readonly string[]): Promise<string[]> => mistakes(app(...logs), { env });

describe('logs of an app', () => {
  it('are read in their order; a file is named by itself, and is of the app', async () => {
    const config = await load(
      app(
        '{ connector: file, path: logs/crm.ndjson }',
        '{ connector: file, path: "${env:OUT}/idp.csv.gz", name: siem, of: idp, app: a1, encoding: latin1, dates: dmy }',
      ),
      { env: { ...env, OUT: '/exports' } },
    );
    const dir = path.dirname(config.path);
    expect(config.apps[0]?.logs).toEqual([
      {
        name: 'crm.ndjson',
        connector: 'file',
        options: { path: path.join(dir, 'logs/crm.ndjson'), encoding: 'utf-8' },
        fields: {},
        dir,
        of: 'app',
        which: 'own',
      },
      {
        name: 'siem',
        connector: 'file',
        options: { path: path.resolve('/exports/idp.csv.gz'), encoding: 'latin1' },
        fields: {},
        dates: 'dmy',
        dir,
        of: 'idp',
        app: 'a1',
        which: 'pushes',
      },
    ]);
    expect((await load(yaml())).apps[0]).not.toHaveProperty('logs');
  });

  it('map fields, actions and outcomes', async () => {
    const mapped =
      '{ connector: file, path: a.json, records: Records, fields: { at: published, userName: [a.b, c], email: { const: x }, actor: null }, action: { from: eventType, map: { user.deactivate: disable } }, outcome: { from: outcome.result, map: { SUCCESS: success }, absent: success }, by: via }';
    const [log] = (await load(app(mapped), { env })).apps[0]?.logs ?? [];
    expect(log?.options).toMatchObject({ records: 'Records' });
    expect(log?.fields).toEqual({
      at: 'published',
      userName: ['a.b', 'c'],
      email: { const: 'x' },
      actor: null,
      action: { from: 'eventType', map: { 'user.deactivate': 'disable' } },
      outcome: { from: 'outcome.result', map: { SUCCESS: 'success' }, absent: 'success' },
      by: 'via',
    });
  });

  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['a file without a path', ['{ connector: file }'], ['log[0].path: missing; expected the path of the export']],
    ['nothing at all', ['{}'], ['log[0]: expected of: app, of: with the name of a directory entry, or connector: file with a path']],
    ['an export without its connector', ['{ path: a.csv, of: app }'], ['log[0].path: expected beside `connector: file`']],
    ['another connector', ['{ connector: okta }'], ['log[0].connector: expected file or sql; the log of a connector is { of: app }']],
    ['a directory that there is not', ['{ of: ipd, app: a1 }'], ['log[0].of: expected one of app, hr, idp, got "ipd". Did you mean idp?']],
    [
      'the same of a file',
      ['{ connector: file, path: a.csv, of: App }'],
      ['log[0].of: expected one of app, hr, idp, got "App". Did you mean app?'],
    ],
    [
      'an app whose connector has no log',
      ['{ of: app }'],
      ['log[0].of: the connector file has no log of its own; name an export of it: { connector: file'],
    ],
    [
      'a directory that pushes nothing',
      ['{ of: hr, app: a1 }'],
      ['log[0].of: the connector file has no log of what it pushes into apps; name an export'],
    ],
    ['an unknown key', ['{ connector: file, path: a.csv, actoin: x }'], ['log[0].actoin: unknown key. Did you mean action?']],
    [
      'an unknown field',
      ['{ connector: file, path: a.csv, fields: { acountId: x } }'],
      ['log[0].fields.acountId: expected one of id, at, '],
    ],
    [
      'a field that is no field',
      ['{ connector: file, path: a.csv, fields: { action: x } }'],
      ['log[0].fields.action: it stands beside `fields`, as `action:`'],
    ],
    [
      'a text with a meaning',
      ['{ connector: file, path: a.csv, fields: { email: { from: x, absent: y } } }'],
      ['log[0].fields.email.absent: absent is for action, outcome, by'],
    ],
    [
      'an unknown action',
      ['{ connector: file, path: a.csv, action: { from: x, map: { off: disabled } } }'],
      ['log[0].action.map.off: expected one of create, update, disable,'],
    ],
    [
      'an unknown outcome',
      ['{ connector: file, path: a.csv, outcome: { from: x, map: { ok: succes } } }'],
      ['log[0].outcome.map.ok: expected one of success, failure, skipped, unknown, got "succes". Did you mean success?'],
    ],
    [
      'an unknown actor',
      ['{ connector: file, path: a.csv, by: { const: robot } }'],
      ['log[0].by.const: expected one of scim, jit, api, human, system, unknown, got "robot"'],
    ],
    [
      'a file twice',
      ['{ connector: file, path: a/x.csv }', '{ connector: file, path: b/x.csv }'],
      ['log[1]: the name "x.csv" is taken by an earlier log; set name:'],
    ],
    [
      'a name twice',
      ['{ connector: file, path: x.csv, name: a }', '{ connector: file, path: y.csv, name: a }'],
      ['log[1].name: the name "a" is taken'],
    ],
    [
      'a reference outside of the options',
      ['{ connector: file, path: x.csv, name: "${env:A}" }'],
      ['log[0].name: references are resolved in the options of a connector only'],
    ],
    ['a variable that is not set', ['{ connector: file, path: "${env:NOPE}" }'], ['log[0].path: the environment variable NOPE is not set']],
    [
      'a variable beside another mistake',
      ['{ connector: file, path: "${env:NOPE}", nmae: x }'],
      ['log[0].path: the environment variable NOPE is not set', 'log[0].nmae: unknown key. Did you mean name?'],
    ],
    [
      'a path through a prototype',
      ['{ connector: file, path: x.csv, fields: { at: __proto__.x } }'],
      ['log[0].fields.at: a path must not go through __proto__'],
    ],
  ])('%s', async (_, logs, expected) => {
    const found = await wrong(...logs);
    expect(found).toHaveLength(expected.length);
    expected.forEach((text, i) => {
      expect(found[i]).toContain(`apps.crm.${text}`);
    });
    expect(found[0]).toMatch(/^lifegap\.yaml:\d+:\d+ /);
  });

  it('are copies of the sources that keep them, without what their rows are mapped by', async () => {
    const okta = '{ name: idp, connector: okta, org_url: https://corp.okta.example, token: "${env:TOKEN}", log: true, state: { from: x } }';
    const chat = 'connector: slack\n    token: "${env:TOKEN}"\n    fields: { id: x }\n    assigned: { directory: idp, app: a2 }';
    const logs = 'log: [{ of: app }, { of: idp, app: a1 }, { of: idp, name: theirs }]';
    const config = await load(`version: 1\ndirectory: ${okta}\napps:\n  chat:\n    ${chat}\n    ${logs}\n`, { env });
    const [directory] = config.directory;
    expect(directory?.log).toBe(true);
    const { options, dir } = directory ?? {};
    const pushes = { connector: 'okta', options, fields: {}, dir, of: 'idp', which: 'pushes' };
    expect(config.apps[0]?.logs?.slice(1)).toEqual([
      { ...pushes, name: 'idp', app: 'a1' },
      { ...pushes, name: 'theirs', app: 'a2' },
    ]);
    const [app] = config.apps;
    expect(app?.logs?.[0]).toEqual({ name: 'chat', connector: 'slack', options: app?.options, fields: {}, dir, of: 'app', which: 'own' });
  });

  it('of a manifest of your own are asked of that manifest', async () => {
    const manifest = (more: string): string =>
      `name: x\ntitle: X\nkind: app\npermission: none\nleavers: listed\nbase_url: https://x.example\nauth: none\nrequest: { path: u }\nrecords: items\nfields: { id: id }\nstatus: { const: active }\n${more}`;
    const own = (log: string): string =>
      `version: 1\ndirectory: { name: hr, connector: file, path: hr.csv }\napps:\n  x:\n    connector: http\n    manifest: x.yaml\n    log: ${log}\n`;
    const read = async (text: string): Promise<unknown> =>
      loadConfig({ cwd: folder({ 'lifegap.yaml': own('[{ of: app }]'), 'x.yaml': text }), env }).then(
        ({ apps }) => apps[0]?.logs?.length,
        (error: unknown) => (error as Error).message,
      );
    expect(await read(manifest(''))).toContain('apps.x.log[0].of: the connector http has no log of its own; name an export of it');
    const log =
      'log: { permission: none, window: { newest_first: true }, request: { path: log }, records: items, fields: { at: at, accountId: who }, action: { from: what, map: { new: create } } }\n';
    expect(await read(manifest(log))).toBe(1);
  });

  it('asks which app of the provider is meant', async () => {
    expect(await wrong('{ of: idp }')).toContainEqual(expect.stringContaining('log[0].app: missing; expected the id of the app in "idp"'));
  });

  it('has one log at least', async () => {
    expect(await mistakes(yaml({ app: 'log: []' }))).toEqual([expect.stringContaining('apps.crm.log: expected one log at least')]);
  });
});

describe('the log of a directory', () => {
  it('is asked of a connector that has one', async () => {
    const log = (value: string): string => yaml({ directory: `directory: { name: hr, connector: file, path: hr.csv, log: ${value} }\n` });
    expect(await mistakes(log('true'))).toEqual([
      'lifegap.yaml:2:60 directory.log: the connector file has no log of its own; leave `log` out',
    ]);
    expect((await load(log('false'))).directory[0]).not.toHaveProperty('log');
    expect(await mistakes(log('[]'))).toEqual([expect.stringContaining('directory.log: expected true or false, got a list')]);
  });
});

describe('the log of ldap', () => {
  const ldap = (schema: string, more = ''): string =>
    `connector: ldap, url: "ldaps://ldap.corp.example", bind_dn: cn=x, password: "\${env:TOKEN}", base: ou=people, schema: ${schema}${more}`;
  const ofDirectory = (schema: string, more?: string): string =>
    yaml({ directory: `directory: { name: corp, ${ldap(schema, more)}, log: true }\n` });
  const ofApp = (schema: string, more?: string): string =>
    `version: 1\ndirectory: { name: hr, connector: file, path: hr.csv }\napps:\n  unix: { ${ldap(schema, more)}, fields: { id: uid }, status: { from: title, map: { left: deactivated } }, log: [{ of: app }] }\n`;

  it('is read by what its people are read by', async () => {
    const [corp] = (await load(ofDirectory('inetorgperson', ', log_base: cn=log'), { env })).directory;
    expect(corp).toMatchObject({ log: true, options: { log_base: 'cn=log' } });
    expect((await load(ofApp('inetorgperson'), { env })).apps[0]?.logs).toMatchObject([
      { connector: 'ldap', of: 'app', which: 'own', fields: { id: 'uid' }, state: { from: 'title', map: { left: 'deactivated' } } },
    ]);
  });

  it('is not there in Active Directory, and tells nothing of pushes', async () => {
    const lack = 'Active Directory has no log that LDAP reads (that of OpenLDAP goes with schema: inetorgperson)';
    expect(await mistakes(ofDirectory('active-directory'), { env })).toEqual([expect.stringContaining(`log: ${lack}; leave \`log\` out`)]);
    expect(await mistakes(ofApp('active-directory'), { env })).toEqual([expect.stringContaining(`log[0].of: ${lack}; name an export`)]);
    const pushed = ofDirectory('inetorgperson').replace(
      /\napps:[\s\S]*/,
      '\napps: { crm: { connector: file, path: a.csv, log: [{ of: corp, app: a1 }] } }\n',
    );
    expect(await mistakes(pushed, { env })).toEqual([expect.stringContaining('the connector ldap has no log of what it pushes into apps')]);
  });
});
