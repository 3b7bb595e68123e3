import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtBin, lifegap, spawnLifegap } from '../build.js';
import { folder, yaml } from '../config/files.js';

beforeAll(() => builtBin(), 120_000);

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
const TRACER = pathToFileURL(path.resolve(import.meta.dirname, 'loaded-modules.mjs')).href;

describe('lifegap', () => {
  it('--version and --help exit with 0 and write to stdout only', async () => {
    expect(await lifegap(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    const help = await lifegap(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const word of ['audit', 'check', 'demo', 'init', 'schema', 'Exit codes:', 'npx lifegap demo']) expect(help.stdout).toContain(word);
    expect(await lifegap(['schema', '--help'])).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([['--version'], ['--help'], ['audit --help']])('%s loads no source, no HTTP, no YAML and no schema code', async (args) => {
    const list = path.join(folder({}), 'loaded');
    const ran = await spawnLifegap(args.split(' '), { nodeArgs: ['--import', TRACER], env: { LOADED_MODULES: list } });
    expect(ran.code).toBe(0);
    const loaded = readFileSync(list, 'utf8');
    expect(loaded).toContain('node_modules/commander');
    expect(loaded).not.toMatch(/node_modules\/(zod|axios|yaml|ldapts|papaparse|chalk|cli-table3|https-proxy-agent)\//);
    // The rooms of the work come with the command that runs.
    expect(loaded).not.toMatch(/dist\/(?!cli\/|model\/errors|contract\/version|report\/formats)/);
  });

  it.each([
    [['scehma'], "lifegap: unknown command 'scehma' (Did you mean schema?)\n"],
    [['init', '--forse'], "lifegap: unknown option '--forse' (Did you mean --force?)\n"],
    [['init', 'a', 'b'], 'lifegap: too many arguments'],
    [['--nope'], "lifegap: unknown option '--nope'"],
  ])('%j is a mistake of usage', async (args, message) => {
    const ran = await lifegap(args);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });

  it('without a command shows the help on stderr', async () => {
    const ran = await lifegap([]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('Usage: lifegap');
  });

  it('says mistakes of the config without a stack trace, and exits with 2', async () => {
    const cwd = folder({ 'lifegap.yaml': yaml({ app: 'owner: x', rest: 'polcy: {}\n' }) });
    const ran = await lifegap(['audit'], { cwd });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr.split('\n')).toEqual([
      'lifegap: 2 mistakes in lifegap.yaml; nothing was read',
      expect.stringMatching(/^lifegap\.yaml:7:5 apps\.crm\.owner: unknown key\./),
      'lifegap.yaml:8:1 polcy: unknown key. Did you mean policy?',
      '',
    ]);
  });

  it('says where to start when there is no config', async () => {
    const ran = await lifegap(['audit'], { cwd: folder({}) });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^lifegap: no lifegap\.yaml in .*lifegap init.*\n$/);
  });

  it('ends quietly, and not as clean, when the reader of its output goes away; the tracer has seen what it loaded', async () => {
    const list = path.join(folder({}), 'loaded');
    const child = spawn(process.execPath, ['--import', TRACER, await builtBin(), 'schema'], {
      env: { PATH: process.env['PATH'] ?? '', LOADED_MODULES: list },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
    expect(readFileSync(list, 'utf8')).toMatch(/node_modules\/zod\//);
  });

  // SIGINT: test/bad-input/command-line.test.ts.
  it('SIGTERM in the middle of a request ends with 143', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
    const cwd = folder({
      'lifegap.yaml': yaml({ directory: `directory: { name: hr, connector: scim, url: "${url}" }\n` }),
      'crm.csv': 'id\n1\n',
    });
    const requested = once(server, 'request');
    const child = spawn(process.execPath, [await builtBin(), 'audit'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const closed = once(child, 'close');
    await requested;
    child.kill('SIGTERM');
    const [code] = (await closed) as [number];
    server.closeAllConnections();
    server.close();
    expect(code).toBe(143);
    expect(stderr).not.toContain('bug');
  });
});
