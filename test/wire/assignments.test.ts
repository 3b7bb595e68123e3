// The whole audit where the identity provider says who is assigned: an Okta-like server on loopback, and the app's export.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { builtBin, lifegap } from '../build.js';
import { json, startFaultServer, type Answer, type Seen } from '../http/fault-server.js';

const TOKEN = '00wire-okta-token-577215';
const name = (i: number): string => `u${String(i).padStart(2, '0')}`;
/** 0 to 19 are here, 20 and 21 have left. */
const users = Array.from({ length: 22 }, (_, i) => ({
  id: `00${name(i)}`,
  status: i < 20 ? 'ACTIVE' : 'DEPROVISIONED',
  created: '2021-03-01T09:00:00.000Z',
  lastUpdated: '2026-01-02T03:04:05.000Z',
  profile: { login: `${name(i)}@corp.example`, email: `${name(i)}@corp.example`, firstName: `Given${i}`, lastName: `Family${i}` },
}));
/** 0 to 14 are assigned; 3 is linked to its account by id alone, and 13 was assigned once. */
const assigned = Array.from({ length: 15 }, (_, i) => ({
  id: `00${name(i)}`,
  externalId: `acc-${i}`,
  status: i === 13 ? 'DEPROVISIONED' : 'PROVISIONED',
  syncState: i === 5 ? 'ERROR' : 'SYNCHRONIZED',
  scope: i % 2 === 0 ? 'USER' : 'GROUP',
}));
/** Nobody made one for 14; 15 has one and is not assigned; 20 has left, and is still on. */
const accounts = [...Array.from({ length: 13 }, (_, i) => i), 15, 20].map((i) => ({
  uid: `acc-${i}`,
  login: i === 3 ? 'somebody-else' : `${name(i)}@corp.example`,
  mail: i === 3 ? 'other@home.example' : `${name(i)}@corp.example`,
  enabled: true,
}));

interface Okta {
  readonly features?: readonly string[];
  /** How the second page of the assignments goes wrong. */
  readonly second?: Answer;
  /** Where the second page says that the third stands. */
  readonly next?: (origin: string) => string;
  readonly assigned?: readonly unknown[];
}

let dir: string;
beforeAll(async () => {
  await builtBin();
  dir = await mkdtemp(path.join(tmpdir(), 'lifegap-assigned-'));
  await writeFile(path.join(dir, 'hub.json'), JSON.stringify(accounts));
}, 120_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

async function startOkta({ features = ['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES'], second, next, assigned: all = assigned }: Okta) {
  const server = await startFaultServer((seen) => {
    if (seen.headers.authorization !== `SSWS ${TOKEN}`) return json({ errorCode: 'E0000011' }, { status: 401 });
    const url = new URL(seen.url, server.origin);
    const after = Number(url.searchParams.get('after') ?? 0);
    const page = (rows: readonly unknown[], size: number, link = `${server.origin}${url.pathname}?after=${after + size}`): Answer =>
      json(rows.slice(after, after + size), { headers: after + size < rows.length ? { link: `<${link}>; rel="next"` } : {} });
    if (url.pathname === '/api/v1/users') return page(users, 10);
    if (url.pathname === '/api/v1/apps/0oa1hub') return json({ id: '0oa1hub', status: 'ACTIVE', label: 'Hub', features });
    if (url.pathname !== '/api/v1/apps/0oa1hub/users') return json({ errorCode: 'E0000007' }, { status: 404 });
    if (after > 0 && second !== undefined) return second;
    return page(all, 6, after > 0 ? next?.(server.origin) : undefined);
  });
  onTestFinished(() => server.close());
  return server;
}

/** A config with that Okta, and one app. */
async function writeConfig(
  okta: Okta,
  app = '  assigned: { directory: corp-okta, app: 0oa1hub }',
  history?: string,
): Promise<{ file: string; seen: readonly Seen[] }> {
  const server = await startOkta(okta);
  const file = path.join(dir, `${Math.abs(server.port)}.yaml`);
  await writeFile(
    file,
    `version: 1
directory: { name: corp-okta, connector: okta, org_url: "${server.origin}", token: "\${env:OKTA_TOKEN}" }
apps:
  hub:
    connector: file
    path: hub.json
    fields: { id: uid, userName: login, emails: [mail] }
    status: { from: enabled, map: { true: active, false: deactivated } }
    lifecycle: { create: { by: scim, system: okta }, delete: { by: scim, system: okta } }
  ${app}
history: ${history === undefined ? 'false' : `{ path: ${history} }`}
`,
  );
  return { file, seen: server.seen };
}

/** The report of an audit, its exit code and all that it printed. */
async function audit(okta: Okta, app?: string, history?: string, ...flags: string[]) {
  const { file, seen } = await writeConfig(okta, app, history);
  const { code, stdout, stderr } = await lifegap(['audit', '--config', file, '--format', 'json', ...flags], { env: { OKTA_TOKEN: TOKEN } });
  expect(`${stdout}${stderr}`).not.toContain(TOKEN);
  const report = JSON.parse(stdout) as Report;
  const hub = report.apps[0];
  if (hub === undefined) throw new Error(stderr);
  const of = (reason: string): (string | undefined)[] =>
    report.findings.filter((finding) => finding.reason === reason).map((finding) => finding.person?.id ?? finding.account?.id);
  return { code, report, hub, of, seen };
}

describe('an audit whose expected people are those whom the identity provider assigned', () => {
  it('knows who is missing, who is not entitled and who is nobody`s business, without any filter', async () => {
    const { hub, of, code } = await audit({});
    expect(hub.assigned).toMatchObject({ directory: 'corp-okta', app: '0oa1hub', people: 14, unknown: 0, notInDirectory: 0, linked: 15 });
    expect(hub.assigned?.completeness.verdict).toBe('consistent');
    expect(of('never-created')).toEqual(['00u14']);
    expect(of('not-entitled')).toEqual(['00u15']);
    expect(of('owner-terminated')).toEqual(['00u20']);
    expect(of('no-owner')).toEqual([]);
    expect(hub.reconciliation.people).toMatchObject({ expected: 14, present: 13, missing: 1, notDeterminable: 0 });
    expect(code).toBe(1);
  });

  it('matches an account by the id that the provider keeps of it, whatever its name', async () => {
    const { report, hub } = await audit({});
    const own = report.findings.filter((finding) => finding.account?.userName === 'somebody-else');
    expect(own.map((finding) => [finding.class, finding.person?.id, finding.match?.rule])).toEqual([
      ['stale', '00u03', 'id=assigned.account'],
    ]);
    expect(hub.reconciliation.accounts.orphaned).toBe(2);
    expect(hub.notes.join('\n')).toContain('corp-okta says that 1 assignment could not be brought into the app');
  });

  it('lays a filter of the config over the assignments', async () => {
    const { of } = await audit({}, '  expected: userName sw "u0"\n    assigned: { directory: corp-okta, app: 0oa1hub }');
    expect(of('never-created')).toEqual([]);
    expect(of('not-entitled')).toEqual(['00u15']);
    const both = await audit({}, '  allowed: state eq "active"\n    assigned: { directory: corp-okta, app: 0oa1hub }');
    expect(both.of('not-entitled')).toEqual([]);
    expect(both.of('never-created')).toEqual(['00u14']);
  });

  it.each<readonly [string, Okta, RegExp]>([
    ['is refused in the middle', { second: json({ errorCode: 'E0000006' }, { status: 403 }) }, /answered 403/],
    ['is torn', { second: json('no list') }, /no list at its top/],
    [
      'goes round in a circle',
      { next: (origin) => `${origin}/api/v1/apps/0oa1hub/users?after=6` },
      /not proven whole: .*(circle|came before)/,
    ],
    ['leads to another host', { next: () => 'http://other.example/api/v1/apps/0oa1hub/users?after=12' }, /refused to follow a link/],
    ['is empty', { assigned: [] }, /an empty list proves nothing/],
  ])('calls nobody missing or not entitled where the list %s', async (_, okta, why) => {
    const { of, code, hub, report } = await audit(okta);
    expect(of('never-created')).toEqual([]);
    expect(of('not-entitled')).toEqual([]);
    expect(of('owner-terminated')).toEqual(['00u20']);
    expect(hub.assigned?.completeness.verdict).toBe('unproven');
    const doubt = report.findings.find((finding) => finding.reason === 'unproven-list');
    expect(doubt?.summary).toMatch(why);
    expect(hub.reconciliation.people).toMatchObject({ missing: 0 });
    expect(hub.reconciliation.people.notDeterminable).toBeGreaterThan(0);
    expect(hub.coverage.create.verdict).toBe('unproven');
    expect(code).toBe(1);
  });

  it('says nothing surely of people whose assignment is in an unknown state', async () => {
    const { of, report, hub } = await audit({ assigned: assigned.map((one, i) => (i === 14 ? { ...one, status: 'IMPORTED' } : one)) });
    expect(of('never-created')).toEqual([]);
    expect(hub.assigned?.unknown).toBe(1);
    expect(report.findings.find((finding) => finding.reason === 'field-absent')?.summary).toContain('1 assignment has an unknown state');
  });
});

describe('what the identity provider is set up to do', () => {
  it('stands beside what the config declares, and is named where they differ', async () => {
    const { hub } = await audit({});
    const features = 'features: PUSH_NEW_USERS, PUSH_PROFILE_UPDATES';
    expect(hub.coverage.create.provisioned).toEqual({ directory: 'corp-okta', set: 'on', evidence: features });
    expect(hub.coverage.update).toMatchObject({ declared: null, provisioned: { set: 'on' } });
    expect(hub.coverage.delete).toMatchObject({ declared: 'scim', provisioned: { set: 'off' } });
    expect(hub.coverage.delete.reasons[0]).toBe(`declared as carried by scim, but corp-okta is not set up to carry it (${features})`);
  });

  it('lifts no verdict: a stage without trials stays unproven', async () => {
    const { hub } = await audit({ features: ['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES', 'PUSH_USER_DEACTIVATION'] });
    expect(hub.coverage.update).toMatchObject({ verdict: 'unproven', grade: 'declared', trials: 0 });
  });

  it('declares nothing where it cannot be read', async () => {
    const { hub } = await audit({}, '  assigned: { directory: corp-okta, app: 0oaNone }');
    expect(hub.coverage.create.provisioned?.set).toBe('unknown');
    expect(hub.coverage.create.provisioned?.evidence).toContain('could not be read');
    expect(hub.assigned?.error).toContain('404');
  });
});

describe('a config that names a provider', () => {
  const config = (connector: string, directory: string): string => `version: 1
directory: { name: corp, ${connector} }
apps:
  hub: { connector: file, path: hub.json, assigned: { directory: ${directory}, app: x } }
`;
  it.each([
    ['connector: file, path: people.csv', 'corpo', 'expected the name of a directory entry, got "corpo". Did you mean corp?'],
    ['connector: file, path: people.csv', 'corp', 'the connector file of "corp" tells no assignments'],
    ['connector: pagerduty, token: "${env:T}"', 'corp', 'the connector pagerduty of "corp" tells no assignments'],
  ])('is refused: %s, %s', async (connector, directory, message) => {
    const file = path.join(dir, 'bad.yaml');
    await writeFile(file, config(connector, directory));
    const { code, stderr } = await lifegap(['audit', '--config', file], { env: { T: 'secret-token' } });
    expect(code).toBe(2);
    expect(stderr).toContain(`apps.hub.assigned.directory: ${message}`);
  });
});

it('does not believe a list of assignments that shrank since the last audit, until somebody accepts it', async () => {
  const one = (okta: Okta, ...flags: string[]) => audit(okta, undefined, 'shrink.db', '--history', ...flags);
  // A provider that gives its first page alone, and no link to the next.
  const short: Okta = { assigned: assigned.slice(0, 6) };
  const first = await one({}, '--as-of', '2026-11-01');
  expect(first.of('not-entitled')).toEqual(['00u15']);
  for (const day of ['2026-11-02', '2026-11-03']) {
    const { hub, of, report } = await one(short, '--as-of', day);
    expect(hub.assigned?.completeness).toMatchObject({ verdict: 'unproven', unique: 6 });
    expect(hub.assigned?.completeness.reasons.join()).toMatch(/it shrank from 15 to 6 rows since the last audit.*--accept-shrink hub/);
    expect([of('not-entitled'), of('never-created')]).toEqual([[], []]);
    expect(report.findings.map(({ reason }) => reason)).toContain('unproven-list');
  }
  // The pack holds what the guard went by, so the same verdict comes out of it.
  const pack = path.join(dir, 'shrunk');
  await one(short, '--as-of', '2026-11-03', '--evidence', pack);
  expect(await lifegap(['verify', pack])).toMatchObject({ code: 0 });
  const accepted = await one(short, '--as-of', '2026-11-04', '--accept-shrink', 'hub');
  expect(accepted.of('not-entitled').length).toBeGreaterThan(1);
  const after = await one(short, '--as-of', '2026-11-05');
  expect(after.hub.assigned?.completeness.verdict).toBe('consistent');
}, 120_000);

describe('before the first audit', () => {
  const env = { OKTA_TOKEN: TOKEN, COLUMNS: '170' };

  it('`check` says what one page of the assignments and the settings tell', async () => {
    const { file } = await writeConfig({ second: json({ errorCode: 'E0000009' }, { status: 500 }) });
    const { code, stdout, stderr } = await lifegap(['check', '--config', file], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      'hub is assigned to: 6 people on the first page of app 0oa1hub in corp-okta (assigned 6); 6 with the id of their account; sync: error 1, synced 5\n',
    );
    expect(stdout).toContain('hub: corp-okta has create switched on (features: PUSH_NEW_USERS, PUSH_PROFILE_UPDATES)\n');
    expect(stdout).toContain('hub: corp-okta has delete switched off (features: PUSH_NEW_USERS, PUSH_PROFILE_UPDATES)\n');
    expect(stdout).toMatch(/2 sources answered\n$/);
    expect(stdout).not.toContain(TOKEN);
  });

  it('`check` fails where the provider does not say who is assigned, and remarks on a list that is empty', async () => {
    const unknown = await lifegap(
      ['check', '--config', (await writeConfig({}, '  assigned: { directory: corp-okta, app: 0oaNone }')).file],
      {
        env,
      },
    );
    expect(unknown.code).toBe(4);
    expect(unknown.stdout).toMatch(/✗ hub: who is assigned to app 0oaNone in corp-okta could not be read: .*404/);
    expect(unknown.stdout).toMatch(/hub: corp-okta does not tell whether create is on \(the settings could not be read: .*404/);
    expect(unknown.stdout).toMatch(/2 sources answered; 1 list of assignments could not be read\n$/);
    const empty = await lifegap(['check', '--config', (await writeConfig({ assigned: [] })).file], { env });
    expect(empty.stdout).toContain('! hub: nobody is assigned to app 0oa1hub in corp-okta: a missing permission looks just like that');
  });

  it('`connectors test` shows assignments beside their records, and the settings in words', async () => {
    const { file } = await writeConfig({
      assigned: [...assigned.slice(0, 2), { ...assigned[2], status: 'NEW_WORD', credentials: { password: 'hunter22' } }],
    });
    const test = (...flags: string[]) => lifegap(['connectors', 'test', ...flags, '--config', file], { env });
    const { code, stdout, stderr } = await test('okta', '--directory', 'corp-okta', '--assigned', '0oa1hub');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Assigned to 0oa1hub in corp-okta: 3 rows on the first page; no total is declared\n');
    expect(stdout).toMatch(/person: 00u01 +│ id: 00u01/);
    expect(stdout).toMatch(/account: acc-1 +│ status: PROVISIONED/);
    expect(stdout).toContain('1 row has a state that no rule knows, so it counts as unknown:\n  status: NEW_WORD');
    expect(stdout).toContain('corp-okta has update switched on (features: PUSH_NEW_USERS, PUSH_PROFILE_UPDATES)\n');
    for (const hidden of [TOKEN, 'hunter22']) expect(stdout).not.toContain(hidden);
    expect((await test('okta', '--directory', 'corp-okta')).stdout).toContain('--assigned APP reads one page of that');
    const failed = await test('okta', '--directory', 'corp-okta', '--assigned', '0oaNone');
    expect(failed.code).toBe(4);
    expect(failed.stdout).toMatch(/^! corp-okta: .*404/m);
    const mute = await lifegap(['connectors', 'test', 'slack', '--param', 'token=${env:OKTA_TOKEN}', '--assigned', 'x'], { env });
    expect(mute).toMatchObject({ code: 2, stdout: '' });
    expect(mute.stderr).toContain('--assigned: Slack tells nothing of the apps that people are assigned to');
  });

  it('`connectors test --app` reads an app as it is configured: by its own manifest, with its assignments; a token goes to no other system', async () => {
    const chat = await startFaultServer(() => json({ ok: true, members: [{ id: 'U1', name: 'ada', deleted: false }] }));
    onTestFinished(() => chat.close());
    const app = (name: string, id: string): string =>
      `  ${name}: { connector: slack, token: "\${env:OKTA_TOKEN}", base_url: "${chat.origin}/api", assigned: { directory: corp-okta, app: ${id} } }`;
    const { file, seen } = await writeConfig({}, `\n${app('chat', '0oa1hub')}\n${app('other', '0oaNone')}`);
    const test = (...flags: string[]) => lifegap(['connectors', 'test', ...flags, '--config', file], { env });
    const { code, stdout, stderr } = await test('--app', 'chat');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Slack: 1 row on the first page/);
    expect(stdout).toContain('Assigned to 0oa1hub in corp-okta: 6 rows on the first page; no total is declared\n');
    expect(stdout).toContain('corp-okta has update switched on');
    expect(stdout).not.toContain('not read to its end');
    expect(await test('slack', '--app', 'chat')).toEqual({ code, stdout, stderr });
    const unread = await test('--app', 'other');
    expect(unread.code).toBe(4);
    expect(unread.stdout).toMatch(/^! corp-okta: .*404/m);
    expect((await test('--directory', 'corp-okta')).stdout).toMatch(/^Okta: 20 rows on the first two pages/);

    const before = [chat.seen.length, seen.length];
    const refused = await Promise.all([
      test('github', '--app', 'chat'),
      test('slack', '--directory', 'corp-okta'),
      test('--app', 'hub'),
      test(),
    ]);
    expect(refused.map(({ code, stdout }) => [code, stdout])).toEqual(refused.map(() => [2, '']));
    expect(refused[0].stderr).toContain('chat is read by slack, so its credentials are not for github');
    expect(refused[1].stderr).toContain('corp-okta is read by okta, so its credentials are not for slack');
    expect(refused[2].stderr).toContain('hub is read by file, which has no manifest; `lifegap check` reads two pages of it');
    expect(refused[3].stderr).toContain('name one of --app and --directory');
    expect([chat.seen.length, seen.length]).toEqual(before);
  });
});

describe('an app of Entra ID', () => {
  /** Two people, one of them assigned; both have an account. */
  async function entra(isRequired: boolean): Promise<string> {
    const person = (id: string) => ({
      id,
      userPrincipalName: `${id}@corp.example`,
      mail: `${id}@corp.example`,
      accountEnabled: true,
      userType: 'Member',
    });
    const said: Record<string, unknown> = {
      '/token': { access_token: 'entra-wire-access-331' },
      '/users': { value: ['u01', 'u02'].map(person) },
      '/directory/deletedItems/microsoft.graph.user': { value: [] },
      '/servicePrincipals/sp-1': { id: 'sp-1', appRoleAssignmentRequired: isRequired },
      '/servicePrincipals/sp-1/appRoleAssignedTo': { value: [{ id: 'r1', principalId: 'u01', principalType: 'User' }] },
      '/servicePrincipals/sp-1/synchronization/jobs': { value: [] },
    };
    const server = await startFaultServer((seen) => {
      const body = said[new URL(seen.url, 'http://any.example').pathname];
      return body === undefined ? json({ error: { code: 'itemNotFound' } }, { status: 404 }) : json(body);
    });
    onTestFinished(() => server.close());
    const file = path.join(dir, `${server.port}.yaml`);
    await writeFile(
      file,
      `version: 1
directory: { name: corp-entra, connector: entra, tenant: corp.example, client_id: me, client_secret: "\${env:SECRET}", base_url: "${server.origin}", token_url: "${server.origin}/token" }
apps:
  hub:
    connector: file
    path: open.json
    fields: { id: uid, userName: login }
    status: { from: enabled, map: { true: active, false: deactivated } }
    match: [userName = userName]
    assigned: { directory: corp-entra, app: sp-1 }
history: false
`,
    );
    await writeFile(path.join(dir, 'open.json'), JSON.stringify(['u01', 'u02'].map((id) => ({ uid: id, login: `${id}@corp.example`, enabled: true })))); // prettier-ignore
    return file;
  }

  it.each([
    [true, ['u02']],
    [false, []],
  ])('that needs an assignment (%j) calls these not entitled: %j', async (isRequired, notEntitled) => {
    const file = await entra(isRequired);
    const env = { SECRET: 'entra-wire-secret-662', COLUMNS: '170' };
    const { stdout } = await lifegap(['audit', '--config', file, '--format', 'json'], { env });
    const report = JSON.parse(stdout) as Report;
    expect(report.findings.filter(({ reason }) => reason === 'not-entitled').map(({ account }) => account?.id)).toEqual(notEntitled);
    expect(report.apps[0]?.assigned).toMatchObject({ people: 1, completeness: { verdict: 'consistent' } });
    expect(report.apps[0]?.notes.join().includes('app sp-1 needs no assignment in corp-entra')).toBe(!isRequired);
    const check = await lifegap(['check', '--config', file], { env });
    expect(check.stdout.includes('! hub: app sp-1 in corp-entra needs no assignment')).toBe(!isRequired);
  });
});
