import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { redactKnown } from '../../src/config/redact.js';
import type { Secret } from '../../src/model/secret.js';
import { folder, load, mistakes } from './files.js';

const config = (app: string): string =>
  `version: 1\ndirectory: { name: hr, connector: file, path: p.csv }\napps:\n  portal:\n    connector: scim\n    url: https://portal.example/v2\n${app.replace(/^/gm, '    ')}\n`;

describe('secrets', () => {
  it.each([
    ['token: hunter2hunter2'],
    ['token: 12345678'],
    ['token: ${env:A}hunter2'],
    ['token: hunter2 ${env:A}'],
    ['token: ${HUNTER2}'],
    ['token: [hunter2]'],
    ['headers: { X-Api-Key: hunter2 }'],
    ['headers: { Authorization: "hunter2hunter2hunter2 ${env:A}" }'],
  ])('a literal is refused and not repeated: %s', async (app) => {
    const lines = await mistakes(config(app), { env: { A: 'x' } });
    expect(lines.join('\n')).toMatch(
      /apps\.portal\.(token|headers).*a literal secret in the config; write \$\{env:NAME\} or \$\{file:path\} instead/,
    );
    expect(lines.join('\n').toLowerCase()).not.toMatch(/hunter2|12345678/);
  });

  it('come from the environment, and print as ***', async () => {
    const loaded = await load(config('token: ${env:TOKEN}\nheaders: { X-Key: "${env:KEY}", Authorization: "SSWS ${env:KEY}" }'), {
      env: { TOKEN: 't0ken-value', KEY: 'key-value' },
    });
    const { token, headers } = loaded.apps[0]?.options as { token: Secret; headers: Record<string, Secret> };
    expect(token.reveal()).toBe('t0ken-value');
    expect(headers['Authorization']?.reveal()).toBe('SSWS key-value');
    expect(JSON.stringify(loaded) + inspect(loaded, { depth: 9 })).not.toMatch(/t0ken-value|key-value/);
  });

  it('come from files relative to the config, without the last line break', async () => {
    const dir = folder({ 'sub/lifegap.yaml': config('token: ${file:secrets/token}'), 'sub/secrets/token': 'from-a-file\r\n' });
    const loaded = await loadConfig({ cwd: dir, env: {}, path: 'sub/lifegap.yaml' });
    expect((loaded.apps[0]?.options['token'] as Secret).reveal()).toBe('from-a-file');
    expect(loaded.warnings).toEqual([]);
    chmodSync(path.join(dir, 'sub/secrets/token'), 0o644);
    const open = await loadConfig({ cwd: dir, env: {}, path: 'sub/lifegap.yaml' });
    expect(open.warnings).toEqual(['the secret file "secrets/token" can be read by other users (mode 644); chmod 600 it']);
  });

  it.each([
    ['token: ${env:NOPE}', 'the environment variable NOPE is not set'],
    ['token: ${env:EMPTY}', 'the environment variable EMPTY is empty'],
    ['token: ${env:LINES}', 'LINES holds a line break'],
    ['token: ${file:nope}', 'the secret file "nope" cannot be read (ENOENT)'],
    ['token: ${file:.git}', 'cannot be read (EISDIR)'],
    ['token: ${file:pipe}', 'the secret file "pipe" is no regular file'],
    ['token: ${file:empty}', 'the secret file "empty" is empty'],
    ['token: ${file:big}', 'larger than 64 KiB'],
    ['ca_file: ${HOME}/ca.pem', 'expected ${env:NAME} or ${file:path}'],
    ['ca_file: ${env:NO PE}', 'no name of an environment variable'],
    ['ca_file: ${env:NOPE', 'expected ${env:NAME} or ${file:path}'],
  ])('one clear mistake: %s', async (app, message) => {
    const dir = folder({ 'lifegap.yaml': config(app), empty: '\n', big: 'x'.repeat(65 * 1024) });
    execFileSync('mkfifo', [path.join(dir, 'pipe')]);
    const lines = await mistakes('', { cwd: dir, env: { EMPTY: '', LINES: 'hunter2\nhunter2' } });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^lifegap\.yaml:7:\d+ apps\.portal\.(token|ca_file): /);
    expect(lines[0]).toContain(message);
    expect(lines[0]).not.toContain('hunter2');
  });

  it('an unset variable is named in the same breath as the other mistakes', async () => {
    const lines = await mistakes(config('token: ${env:NOPE}\npagesize: 5'));
    expect(lines).toEqual([expect.stringContaining('NOPE is not set'), expect.stringContaining('Did you mean page_size?')]);
  });

  it('what a variable holds is never read as YAML, nor resolved again', async () => {
    const loaded = await load(config('ca_file: certs/${env:NAME}.pem\ntoken: ${env:TOKEN}'), {
      env: { NAME: 'a: [b]', TOKEN: '${env:NAME}' },
    });
    expect(loaded.apps[0]?.options['ca_file']).toBe(path.join(path.dirname(loaded.path), 'certs/a: [b].pem'));
    expect((loaded.apps[0]?.options['token'] as Secret).reveal()).toBe('${env:NAME}');
  });

  it('warns when credentials would go over plain http, but not on loopback', async () => {
    const at = (url: string): string => config('token: ${env:T}').replace('https://portal.example/v2', url);
    const env = { T: 'token-value' };
    expect((await load(at('http://portal.example/v2'), { env })).warnings).toEqual([expect.stringContaining('in the clear')]);
    expect((await load(at('http://127.0.0.1:8080/v2'), { env })).warnings).toEqual([]);
  });
});

describe('redact', () => {
  it('takes a secret out in every form in which it travels', async () => {
    const value = 'p/ss+w?rd "ü"';
    const loaded = await load(config('username: bob\npassword: ${env:P}'), { env: { P: value } });
    const bytes = Buffer.from(value);
    const forms = [
      value,
      bytes.toString('base64'),
      bytes.toString('base64url'),
      encodeURIComponent(value),
      JSON.stringify(value),
      Buffer.from(`bob:${value}`).toString('base64'),
    ];
    for (const form of forms) {
      expect(loaded.redact(`before ${form} after`)).toMatch(/^before "?\*\*\*=*"? after$/);
      expect(redactKnown(`Error: ${form}`)).toMatch(/^Error: "?\*\*\*=*"?$/);
    }
  });

  it('leaves text alone where a secret is too short to look for', async () => {
    const loaded = await load(config('username: bob\npassword: ${env:P}'), { env: { P: 'x' } });
    expect(loaded.redact('an extra text')).toBe('an extra text');
  });
});
