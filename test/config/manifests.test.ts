import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { jsonSchema } from '../../src/config/schema.js';
import type { Config } from '../../src/model/config.js';
import { Secret } from '../../src/model/secret.js';

const MANIFEST = `name: intranet
title: The intranet
kind: app
permission: none
leavers: listed
params:
  token: { secret: true }
  site: { pattern: '[a-z]+', default: main }
base_url: https://intranet.example/\${site}
auth: { bearer: '\${token}' }
request: { path: users }
records: users
fields: { id: id }
status: { from: state, map: { on: active } }
`;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'lifegap-manifests-'));
  await writeFile(path.join(dir, 'intranet.yaml'), MANIFEST);
  await writeFile(path.join(dir, 'broken.yaml'), MANIFEST.replace('kind: app', 'kind: ap').replace('records: users', 'recrods: users'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const DIRECTORY = 'version: 1\ndirectory: { name: hr, connector: file, path: people.csv }\n';

async function load(apps: string): Promise<Config> {
  await writeFile(path.join(dir, 'lifegap.yaml'), `${DIRECTORY}apps:\n${apps}`);
  return loadConfig({ cwd: dir, env: { T: 't0p-s3cret' } });
}

describe('a system of the catalogue in the config', () => {
  it('takes the parameters that its manifest declares', async () => {
    const { apps } = await load('  chat: { connector: slack, token: "${env:T}", base_url: "http://127.0.0.1:1" }\n');
    expect(apps[0]).toMatchObject({ connector: 'slack', options: { base_url: 'http://127.0.0.1:1' } });
    expect((apps[0]?.options['token'] as Secret).reveal()).toBe('t0p-s3cret');
  });

  it.each([
    ['  chat: { connector: slack }\n', 'lifegap.yaml:4:3 apps.chat.token: a literal secret'],
    ['  chat: { connector: slack, token: xoxb-1 }\n', 'apps.chat.token: a literal secret in the config'],
    ['  chat: { connector: slack, token: "${env:T}", tokn: x }\n', 'apps.chat.tokn: unknown key. Did you mean token?'],
    ['  chat: { connector: slak, token: "${env:T}" }\n', 'got "slak". Did you mean slack?'],
  ])('says what is wrong with %s', async (apps, message) => {
    await expect(load(apps)).rejects.toThrow(message);
  });

  it('stands in the JSON Schema with its parameters', () => {
    expect(JSON.stringify(jsonSchema())).toContain('Bot or user token');
  });
});

describe('a manifest of one`s own', () => {
  it('brings its own parameters', async () => {
    const { apps } = await load('  web: { connector: http, manifest: ./intranet.yaml, token: "${env:T}", site: main }\n');
    expect(apps[0]?.options).toMatchObject({ manifest: path.join(dir, 'intranet.yaml'), site: 'main' });
    expect(apps[0]?.options['token']).toBeInstanceOf(Secret);
  });

  it.each([
    ['token: t0p-literal', 'apps.web.token: a literal secret in the config'],
    ['token: "${env:T}", colour: red', 'apps.web.colour: unknown key. Known: token, site'],
    ['token: "${env:T}", site: MAIN', 'apps.web.site: does not look as intranet has it ([a-z]+)'],
    ['', 'apps.web.token: a literal secret'],
  ])('%s', async (options, message) => {
    const loading = load(`  web: { connector: http, manifest: ./intranet.yaml, ${options} }\n`);
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.not.toThrow('t0p-literal');
  });

  it('says where the manifest is wrong', async () => {
    const loading = load('  web: { connector: http, manifest: broken.yaml, token: "${env:T}" }\n');
    await expect(loading).rejects.toThrow('broken.yaml:3:7 kind: expected one of directory, app, got "ap". Did you mean app?');
    await expect(loading).rejects.toThrow('broken.yaml:12:1 recrods: unknown key. Did you mean records?');
  });

  it('says that there is none', async () => {
    await expect(load('  web: { connector: http, manifest: none.yaml }\n')).rejects.toThrow(
      'the manifest none.yaml cannot be read (ENOENT)',
    );
  });
});
