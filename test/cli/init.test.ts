import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { chosenStarter } from '../../src/config/starter.js';
import { catalogueManifest, catalogueNames } from '../../src/manifest/form/catalogue.js';
import { NIGHT } from '../night.js';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';

beforeAll(() => builtBin(), 120_000);

const read = (dir: string, file: string): string => readFileSync(path.join(dir, file), 'utf8');

it('writes a starter that loads once its variables are set, and the schema that its first line names', async () => {
  const cwd = folder({});
  const ran = await lifegap(['init'], { cwd });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^wrote lifegap\.yaml and lifegap\.schema\.json\n/);

  const [first] = read(cwd, 'lifegap.yaml').split('\n');
  const schema = /^# yaml-language-server: \$schema=(.+)$/.exec(first ?? '')?.[1] ?? '';
  expect(read(cwd, schema)).toBe((await lifegap(['schema'])).stdout);

  const variables = [
    ...read(cwd, 'lifegap.yaml')
      .replace(/^#.*$/gm, '')
      .matchAll(/\$\{env:([A-Z_]+)\}/g),
  ].map((match) => match[1] ?? '');
  expect(variables.length).toBeGreaterThan(0);
  const env = Object.fromEntries(variables.map((name) => [name, 'some-value']));
  const config = await loadConfig({ cwd, env });
  expect(config.warnings).toEqual([]);
  expect(config.apps.map((app) => app.connector)).toEqual(['scim', 'file']);
  for (const name of variables) {
    await expect(loadConfig({ cwd, env: { ...env, [name]: undefined } })).rejects.toThrow(`the environment variable ${name} is not set`);
  }
});

it('does not overwrite without --force', async () => {
  const cwd = folder({ 'lifegap.yaml': 'mine' });
  const ran = await lifegap(['init'], { cwd });
  expect(ran).toEqual({ code: 2, stdout: '', stderr: 'lifegap: lifegap.yaml is there already; --force overwrites it\n' });
  expect(read(cwd, 'lifegap.yaml')).toBe('mine');
  expect((await lifegap(['init', '--force'], { cwd })).code).toBe(0);
  expect(read(cwd, 'lifegap.yaml')).toContain('version: 1');

  writeFileSync(path.join(cwd, 'lifegap.schema.json'), 'mine, too');
  const second = await lifegap(['init', 'other.yaml'], { cwd });
  expect(second.stderr).toContain('lifegap.schema.json is there already');
  expect(() => read(cwd, 'other.yaml')).toThrow('ENOENT');
});

it('writes to another place, and says so when it cannot', async () => {
  const cwd = folder({ 'sub/.keep': '' });
  expect(await lifegap(['init', 'sub/audit.yaml'], { cwd })).toMatchObject({ code: 0 });
  expect(read(cwd, 'sub/audit.yaml')).toContain('version: 1');
  expect(read(cwd, 'sub/lifegap.schema.json')).toContain('$schema');
  const ran = await lifegap(['init', 'nope/lifegap.yaml'], { cwd });
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: 'lifegap: cannot write nope/lifegap.yaml (ENOENT); does its folder exist?\n' });
});

it('writes the systems that are named, each with its permission and one variable for every setting that it needs', async () => {
  const cwd = folder({});
  const ran = await lifegap(['init', '--app', 'slack', '--app', 'chat=slack', '--app', 'okta', '--directory', 'okta'], { cwd });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const text = read(cwd, 'lifegap.yaml');
  expect(text).toContain('    # Slack needs: bot token with users:read and users:read.email\n    # hides: ');
  const named = [...text.replace(/^\s*#.*$/gm, '').matchAll(/\$\{env:([A-Z0-9_]+)\}/g)].map((match) => match[1] ?? '');
  expect([...new Set(named)]).toEqual(['OKTA_ORG_URL', 'OKTA_TOKEN', 'SLACK_TOKEN', 'CHAT_TOKEN']);
  // Each is said on standard output, and nothing else is.
  expect([...ran.stdout.matchAll(/^ {2}([A-Z0-9_]+) {2}/gm)].map((match) => match[1])).toEqual([...new Set(named)]);
  const env = Object.fromEntries(named.map((name) => [name, name.endsWith('URL') ? 'https://corp.okta.com' : 'some-value']));
  const config = await loadConfig({ cwd, env });
  expect(config.apps.map(({ name, connector }) => [name, connector])).toEqual([
    ['slack', 'slack'],
    ['chat', 'slack'],
    ['okta', 'okta'],
  ]);
  expect(config.directory.map(({ name, connector }) => [name, connector])).toEqual([['okta', 'okta']]);
  expect(config.warnings).toEqual([]);
});

it('knows what was meant by a system that the catalogue does not have', async () => {
  const cwd = folder({});
  const ran = await lifegap(['init', '--app', 'slak'], { cwd });
  expect(ran).toEqual({ code: 2, stdout: '', stderr: 'lifegap: there is no connector slak. Did you mean slack?\n' });
  expect(() => read(cwd, 'lifegap.yaml')).toThrow('ENOENT');
});

// By day every third system of the catalogue.
it.each([...catalogueNames().filter((_, i) => NIGHT || i % 3 === 0), 'file', 'ldap', 'scim'])(
  'writes %s as an app and as the directory, and it loads once its variables are set',
  async (name) => {
    const { text, variables } = chosenStarter({ apps: [name], directory: name });
    const params = catalogueNames().includes(name) ? catalogueManifest(name).params : {};
    const example = (variable: string): string =>
      Object.entries(params).find(([param]) => variable.endsWith(`_${param.toUpperCase()}`))?.[1].example ?? 'some-value';
    const cwd = folder({ 'lifegap.yaml': text });
    const env = Object.fromEntries(variables.map((variable) => [variable.name, example(variable.name)]));
    const config = await loadConfig({ cwd, env });
    expect(config.warnings).toEqual([]);
    for (const { name: variable } of variables)
      await expect(loadConfig({ cwd, env: { ...env, [variable]: undefined } })).rejects.toThrow(
        `the environment variable ${variable} is not set`,
      );
  },
);

it.each(['file', 'ldap', 'scim', 'sql', 'unix'])('writes an app of connector: %s that loads', async (connector) => {
  const { text, variables } = chosenStarter({ apps: [`web1=${connector}`], directory: 'file' });
  const env = Object.fromEntries(variables.map(({ name }) => [name, 'some-value']));
  const config = await loadConfig({ cwd: folder({ 'lifegap.yaml': text }), env });
  expect(config.apps).toMatchObject([{ name: 'web1', connector }]);
});
