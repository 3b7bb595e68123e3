import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { catalogueNames, catalogueText } from '../../src/manifest/form/catalogue.js';
import { loadConfig } from '../../src/config/load.js';
import { DATABASE_LOGINS } from '../../src/manifest/database-logins.js';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';

let dir: string;
beforeAll(async () => {
  await builtBin();
  dir = await mkdtemp(path.join(tmpdir(), 'lifegap-connectors-'));
}, 120_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('lifegap connectors', () => {
  it('lists the same when it is asked to list', async () => {
    expect(await lifegap(['connectors', 'list'])).toEqual(await lifegap(['connectors']));
  });

  it('lists the catalogue', async () => {
    const { stdout, code } = await lifegap(['connectors'], { env: { COLUMNS: '130' } });
    expect(code).toBe(0);
    for (const name of catalogueNames()) expect(stdout).toContain(`\n${name} `);
    expect(stdout).toMatch(/^slack +app +bearer +told +listed +- +- +- +- +- +yes +high$/m);
  });

  it('lists it in a narrow terminal with the same facts in words, one system a line', async () => {
    const { stdout } = await lifegap(['connectors'], { env: { COLUMNS: '80' } });
    for (const name of catalogueNames()) expect(stdout).toContain(`\n${name} `);
    expect(stdout).toMatch(/^slack +app +told +listed +log$/m);
    expect(stdout).toMatch(/^aws-iam +app +presence +gone +created, last login, keys, log$/m);
    expect(stdout.split('\n').filter((line) => line.length > 90)).toEqual([]);
  });

  it('shows a manifest as it is written', async () => {
    expect((await lifegap(['connectors', 'show', 'slack'])).stdout).toBe(catalogueText('slack'));
  });

  it.each(Object.keys(DATABASE_LOGINS))('shows the query of the logins of %s, as a config that loads', async (name) => {
    const { stdout, code } = await lifegap(['connectors', 'show', name]);
    expect(code).toBe(0);
    const text = `version: 1\ndirectory: { name: hr, connector: file, path: p.csv }\napps:\n  db:\n${stdout.replaceAll(/^/gm, '    ')}`;
    const cwd = folder({ 'lifegap.yaml': text });
    const config = await loadConfig({ cwd, env: { DB_USER: 'a', DB_PASSWORD: 'b' } });
    const known = DATABASE_LOGINS[name];
    expect(config.apps[0]).toMatchObject({ connector: 'sql', fields: known?.fields, state: known?.status });
    const lines = (query: unknown): string[] =>
      String(query)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    expect(lines(config.apps[0]?.options['query'])).toEqual(lines(known?.query));
  });

  it.each(['show', 'test'])('does not take a connector without a manifest for one that is not there: %s', async (what) => {
    const { code, stderr } = await lifegap(['connectors', what, 'unix']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'lifegap: unix is a connector without a manifest; `lifegap init --app unix` writes a config for it\n',
    });
  });

  it('knows what was meant', async () => {
    const { code, stderr } = await lifegap(['connectors', 'show', 'slak']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'lifegap: the catalogue has no slak. Did you mean slack?\n' });
  });

  it('tests a manifest of the catalogue, and says what it asks for', async () => {
    const { stdout, code } = await lifegap(['connectors', 'test', 'slack']);
    expect(code).toBe(0);
    expect(stdout).toContain('Slack (app) is a valid manifest; nothing was read.');
    expect(stdout).toContain('    token: ${env:SLACK_TOKEN}');
  });

  it('says where a manifest of one`s own is wrong', async () => {
    await writeFile(path.join(dir, 'my.yaml'), catalogueText('slack').replace('kind: app', 'kind: ap'));
    const { code, stderr } = await lifegap(['connectors', 'test', './my.yaml'], { cwd: dir });
    expect(code).toBe(2);
    expect(stderr).toMatch(/\.\/my\.yaml:\d+:7 kind: expected one of directory, app, got "ap"\. Did you mean app\?/);
  });
});

describe('lifegap schema manifest', () => {
  it('prints a schema that the catalogue fits, and a mistake does not', async () => {
    const schema = JSON.parse((await lifegap(['schema', 'manifest'])).stdout) as object;
    const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema);
    for (const name of catalogueNames()) expect({ name, valid: validate(parse(catalogueText(name))) }).toEqual({ name, valid: true });
    expect(validate(parse(catalogueText('slack').replace('records:', 'recrods:')))).toBe(false);
  });
});

describe('lifegap audit with a system of the catalogue', () => {
  it('finds the leaver who still has an account', async () => {
    const member = (id: string, mail: string): object => ({ id, name: id, deleted: false, is_bot: false, profile: { email: mail } });
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      const members = [member('U1', 'ada@corp.example'), member('U2', 'bob@corp.example')];
      response.end(JSON.stringify({ ok: true, members, response_metadata: { next_cursor: '' } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await writeFile(path.join(dir, 'people.csv'), 'id,mail,state\n1,ada@corp.example,active\n2,bob@corp.example,terminated\n');
    await writeFile(
      path.join(dir, 'lifegap.yaml'),
      `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { emails: [mail] }, state: { from: state } }
apps: { chat: { connector: slack, token: "\${env:T}", base_url: "http://127.0.0.1:${port}/api" } }
history: false
`,
    );
    const { code, stdout, stderr } = await lifegap(['audit', '--format', 'json'], { cwd: dir, env: { T: 'xoxb-s3cret-token' } });
    const { findings, apps } = JSON.parse(stdout) as { findings: object[]; apps: object[] };
    expect(findings).toMatchObject([{ reason: 'owner-terminated', account: { id: 'U2' } }]);
    expect(apps).toMatchObject([{ connector: 'slack', completeness: { verdict: 'consistent' } }]);
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain('xoxb-s3cret-token');
  });

  it('says of one that removes accounts that presence is access, and takes no absence for a removal', async () => {
    const user = { id: 'P1', email: 'ada@corp.example', name: 'Ada', role: 'user', invitation_sent: false };
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ users: [user], more: false, total: 1 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const left = Array.from({ length: 12 }, (_, i) => `${i + 2},l${i}@corp.example,terminated,2026-10-${10 + i}\n`).join('');
    await writeFile(path.join(dir, 'people.csv'), `id,mail,state,end\n1,ada@corp.example,active,\n${left}`);
    await writeFile(
      path.join(dir, 'gone.yaml'),
      `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { emails: [mail], endAt: end }, state: { from: state } }
apps: { pager: { connector: pagerduty, token: "\${env:T}", base_url: "http://127.0.0.1:${port}" } }
history: false
`,
    );
    const options = { cwd: dir, env: { T: 'pd-s3cret-token' } };
    const checked = await lifegap(['check', '--config', 'gone.yaml'], options);
    expect(checked.stdout).toMatch(/pager \(pagerduty\).* removed /);
    expect(checked.stdout).toContain('pager: accounts that are switched off are removed: presence is access');
    const audited = await lifegap(['audit', '--config', 'gone.yaml', '--as-of', '2026-11-24', '--format', 'json'], options);
    const { apps } = JSON.parse(audited.stdout) as { apps: { coverage: { delete: object } }[] };
    expect(apps[0]?.coverage.delete).toMatchObject({ verdict: 'unproven', trials: 0, successes: 0 });
    expect(JSON.stringify(apps[0]?.coverage.delete)).toContain('the app removes accounts: 12 leavers who are not in its list');
  });

  it('finds the live keys of a leaver, and of an account that is gone', async () => {
    const answers: Record<string, object> = {
      '/users': [
        { id: 'u1', mail: 'ada@corp.example', on: true },
        { id: 'u2', mail: 'bob@corp.example', on: false },
      ],
      '/keys': [
        { id: 'key-1', of: 'u1', key: 'opens-the-door' },
        { id: 'key-2', of: 'u2', key: 'opens-the-door' },
        { id: 'key-3', of: 'u3', key: 'opens-the-door', used: '2026-11-20T10:00:00Z' },
        { id: 'key-4', of: 'u4', key: 'opens-the-door', ends: '2026-01-01T00:00:00Z' },
      ],
    };
    const server = createServer(({ url }, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[url ?? '']));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await writeFile(path.join(dir, 'staff.csv'), 'id,mail,state\n1,ada@corp.example,active\n2,bob@corp.example,terminated\n');
    await writeFile(
      path.join(dir, 'keyed.yaml'),
      `name: keyed
title: Keyed
kind: app
permission: none
leavers: listed
base_url: http://127.0.0.1:${port}
auth: none
request: { path: users }
records: .
fields: { id: id, emails: mail }
status: { from: on, map: { 'true': active, 'false': deactivated } }
credentials: { request: { path: keys }, records: ., account: { id: of }, fields: { id: id, lastUsedAt: used, expiresAt: ends } }
`,
    );
    const config = (more: string): string => `version: 1
directory: { name: hr, connector: file, path: staff.csv, fields: { emails: [mail] }, state: { from: state } }
apps: { app: { connector: http, manifest: keyed.yaml${more} } }
history: false
`;
    await writeFile(path.join(dir, 'keys.yaml'), config(''));
    await writeFile(path.join(dir, 'no-keys.yaml'), config(', credentials: false'));
    const audited = async (file: string) => {
      const ran = await lifegap(['audit', '--config', file, '--as-of', '2026-11-24', '--format', 'json'], { cwd: dir });
      expect(ran.stdout + ran.stderr).not.toContain('opens-the-door');
      return { code: ran.code, findings: (JSON.parse(ran.stdout) as { findings: { reason: string; summary: string }[] }).findings };
    };
    const { code, findings } = await audited('keys.yaml');
    expect(findings.map(({ reason, summary }) => `${reason}: ${summary}`)).toEqual([
      'orphaned-credential: u3 is gone, yet 1 live credential of this account is left, last used on 2026-11-20',
      'residual-access: bob@corp.example left and the account is deactivated, yet it still holds a live credential',
    ]);
    expect(code).toBe(1);
    expect((await audited('no-keys.yaml')).findings).toEqual([]);
  });
});
