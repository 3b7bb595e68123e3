import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { folder, load, mistakes, yaml } from './files.js';

describe('finding the config', () => {
  it('looks upward, and a folder with .git is the last', async () => {
    const dir = folder({ 'lifegap.yaml': yaml(), 'a/b/.keep': '' });
    const config = await loadConfig({ cwd: path.join(dir, 'a', 'b'), env: {} });
    expect(config.path).toBe(path.join(dir, 'lifegap.yaml'));
    expect(path.dirname(config.path)).toBe(dir);
    mkdirSync(path.join(dir, 'a', '.git'));
    await expect(loadConfig({ cwd: path.join(dir, 'a', 'b'), env: {} })).rejects.toThrow(/no lifegap\.yaml in .*lifegap init/);
  });

  it('takes lifegap.yml, and a path relative to the working folder', async () => {
    const dir = folder({ 'lifegap.yml': yaml(), 'other/x.yaml': yaml() });
    expect((await loadConfig({ cwd: dir, env: {} })).path).toBe(path.join(dir, 'lifegap.yml'));
    expect((await loadConfig({ cwd: dir, env: {}, path: 'other/x.yaml' })).path).toBe(path.join(dir, 'other', 'x.yaml'));
  });

  it('says what is wrong with a file that cannot be read', async () => {
    const dir = folder({
      'big.yaml': '#'.repeat(1024 * 1024 + 1),
      'latin.yaml': Buffer.from('a: \xff', 'latin1'),
      'empty.yaml': '# nothing\n',
    });
    const message = (file: string): Promise<unknown> =>
      loadConfig({ cwd: dir, env: {}, path: file }).catch((error: unknown) => (error as Error).message);
    expect(await message('nope.yaml')).toMatch(/^the config nope\.yaml cannot be read \(ENOENT\)/);
    expect(await message('.')).toMatch(/cannot be read \(EISDIR\)/);
    // Nobody writes to it: opening it would wait for ever.
    execFileSync('mkfifo', [path.join(dir, 'pipe.yaml')]);
    expect(await message('pipe.yaml')).toMatch(/^the config pipe\.yaml is no regular file/);
    expect(await message('big.yaml')).toMatch(/larger than 1 MiB/);
    expect(await message('latin.yaml')).toMatch(/not UTF-8/);
    expect(await message('empty.yaml')).toMatch(/is empty; `lifegap init`/);
  });
});

describe('values', () => {
  it('fills in the defaults of the contract', async () => {
    const config = await load(yaml());
    const day = 86_400_000;
    expect(config.policy).toEqual({
      grace: { create: day, update: day, delete: day },
      leavers: ['terminated', 'deleted', 'suspended'],
      window: 90 * day,
      guard: { shrink: 0.2, unmatched: 0.5 },
      guests: 'report',
      preHire: 'allow',
      preHireLead: 30 * day,
      invitation: 14 * day,
      coverage: { minTrials: 5, covered: 0.7, gap: 0.6, lookBack: 365 * day },
      failOn: ['orphaned'],
    });
    expect(config.history).toEqual({ path: path.join(path.dirname(config.path), '.lifegap/history.db') });
    expect(config.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(config.apps[0]).toMatchObject({
      name: 'crm',
      line: 4,
      options: { path: path.join(path.dirname(config.path), 'crm.csv'), encoding: 'utf-8' },
      match: ['externalId=id', 'employeeId', 'email', 'userName', 'alias'].map((name) => ({ name })),
      compare: ['givenName', 'familyName', 'email', 'department', 'title', 'manager'],
      lifecycle: {},
      accounts: [],
      probe: { allowed: false },
    });
  });

  it('reads durations, shares, and days to their very end', async () => {
    const rest =
      'policy: { grace: { create: 15m, update: 2w }, window: 1.5d, guard: { shrink: 12.5%, unmatched: 0.3 }, fail_on: [severity >= high, "stale:unknown"] }\n';
    const config = await load(yaml({ rest, app: 'lifecycle: { delete: { by: none, control: sweep, review_by: 2024-02-29 } }' }));
    expect(config.policy.grace).toEqual({ create: 900_000, update: 1_209_600_000, delete: 86_400_000 });
    expect(config.policy.window).toBe(129_600_000);
    expect(config.policy.guard).toEqual({ shrink: 0.125, unmatched: 0.3 });
    expect(config.policy.failOn).toEqual(['severity>=high', 'stale:unknown']);
    const reviewBy = config.apps[0]?.lifecycle.delete?.reviewBy;
    expect(new Date(reviewBy ?? 0).toISOString()).toBe('2024-02-29T23:59:59.999Z');
  });

  it("parses match rules into sides, and attributes of one's own on both", async () => {
    const config = await load(
      yaml({
        directory: 'directory: { name: hr, connector: file, path: p.csv, fields: { badge: badge_no } }\n',
        app: 'match: [externalId=id, email=alias, badge, card=badge]\nfields: { badge: b, card: c }\ncompare: [badge, title]',
      }),
    );
    expect(config.apps[0]?.match).toEqual([
      { name: 'externalId=id', account: 'externalId', person: 'id' },
      { name: 'email=alias', account: 'email', person: 'alias' },
      { name: 'badge', account: 'badge', person: 'badge' },
      { name: 'card=badge', account: 'card', person: 'badge' },
    ]);
  });

  it('takes the keys of a map as they are written', async () => {
    const config = await load(
      yaml({ app: 'status: { from: enabled, map: { true: active, 0: deactivated, 007: suspended, No: deleted } }' }),
    );
    expect(config.apps[0]?.state).toEqual({
      from: 'enabled',
      map: { true: 'active', '0': 'deactivated', '007': 'suspended', No: 'deleted' },
    });
  });

  it('keeps the order of directories, resolves paths against the config, and history can be off', async () => {
    const config = await load(
      yaml({
        directory:
          'directory:\n  - { name: staff, connector: file, path: a.csv }\n  - { name: contractors, connector: file, path: /b.csv }\n',
        rest: 'history: false\npolicy: { accepted: ok.yaml }\n',
      }),
    );
    expect(config.directory.map(({ name, options }) => [name, options.path])).toEqual([
      ['staff', path.join(path.dirname(config.path), 'a.csv')],
      ['contractors', path.resolve('/b.csv')],
    ]);
    expect(config.history).toBe(false);
    expect(config.accepted).toEqual({ file: 'ok.yaml', entries: [] });
    expect(config.warnings).toContain(`policy.accepted: ok.yaml does not exist, so nothing is accepted`);
    expect([config.shownPath, config.allApps]).toEqual(['lifegap.yaml', ['crm']]);
  });

  it('reads addresses that count as one', async () => {
    const config = await load(yaml({ rest: 'policy: { addresses: { plus: [Corp.example], same: { Old.example: corp.example } } }\n' }));
    expect(config.policy.addresses).toEqual({
      plus: new Set(['corp.example']),
      dots: new Set(),
      same: new Map([['old.example', 'corp.example']]),
    });
  });
});

describe('choosing apps', () => {
  const two = yaml({ rest: '  hr-portal: { connector: scim, url: https://x.example/v2, token: "${env:HR}" }\n' });

  it('asks for the secrets of the chosen apps only', async () => {
    expect((await load(two, { only: { apps: ['crm'] } })).apps.map((app) => app.name)).toEqual(['crm']);
    expect(await mistakes(two)).toEqual([expect.stringContaining('apps.hr-portal.token: the environment variable HR is not set')]);
  });

  it('names the nearest app', async () => {
    expect(await mistakes(two, { only: { apps: ['hrportal', 'zzz'] } })).toEqual([
      '--app: lifegap.yaml has no app "hrportal". Did you mean hr-portal?',
      '--app: lifegap.yaml has no app "zzz". Known: crm, hr-portal',
    ]);
  });

  it('still checks the apps that were not chosen', async () => {
    const bad = yaml({ rest: '  other: { connector: file, pth: x }\n' });
    expect(await mistakes(bad, { only: { apps: ['crm'] } })).toHaveLength(2);
  });
});
