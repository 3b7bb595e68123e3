import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
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
