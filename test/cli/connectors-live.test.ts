import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';

beforeAll(() => builtBin(), 120_000);

const TOKEN = 'xoxb-a-token-that-nobody-may-see';

/** A workspace of Slack that holds these members: of more than two the last one on the second page. */
async function workspace(members: readonly object[], status = 200): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    const isSecond = request.url?.includes('cursor=') === true;
    const first = Math.max(2, members.length - 1);
    const page = isSecond ? members.slice(first) : members.slice(0, first);
    response.end(JSON.stringify({ ok: true, members: page, response_metadata: { next_cursor: isSecond ? 'third' : 'second' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

const member = (id: string, more: object = {}) => ({
  id,
  name: id,
  deleted: false,
  is_bot: false,
  profile: { email: `${id}@corp.example` },
  ...more,
});
const MEMBERS = [
  member('U1', { profile: { email: 'u1@corp.example', real_name: 'Ada \u001b[31mred', api_token: 'xoxp-in-the-record' }, note: TOKEN }),
  member('U2'),
  member('U3', { deleted: true }),
  member('U4'),
  member('U5', { deleted: 'perhaps' }),
];
const NAMED = ['--param', 'token=${env:CHAT}', '--param'];

it('shows rows beside their records, what never came and what no rule knows; with the settings of an app, or given ones', async () => {
  const base = await workspace(MEMBERS);
  const cwd = folder({
    'lifegap.yaml': `version: 1
directory: { name: hr, connector: file, path: hr.csv }
apps:
  chat: { connector: slack, token: "\${env:CHAT}", base_url: "${base}" }
  other: { connector: slack, token: "\${env:NOT_SET}" }
`,
  });
  const fromApp = await lifegap(['connectors', 'test', 'slack', '--app', 'chat'], { cwd, env: { CHAT: TOKEN, COLUMNS: '160' } });
  expect(fromApp.stderr).toBe('');
  expect(fromApp.code).toBe(0);
  const { stdout } = fromApp;
  expect(stdout).toContain('Slack: 5 rows on the first two pages; no total is declared');
  expect(stdout).toMatch(/id: U1 +│ id: U1/);
  expect(stdout).toMatch(/emails\[0\]: u1@corp\.example/);
  expect(stdout).toContain('profile.api_token: ***');
  expect(stdout).toContain('never came on these pages: admin, familyName, givenName, title, updatedAt');
  expect(stdout).toContain(
    '1 row has a status that no rule knows, so it counts as unknown:\n  deleted: perhaps, is_invited_user: not there\n',
  );
  // U4 is neither among the first nor unknown.
  expect(stdout).not.toContain('id: U4');
  expect(stdout).toMatch(/id: U5/);
  for (const hidden of [TOKEN, 'xoxp-in-the-record', '\u001b']) expect(stdout).not.toContain(hidden);

  const given = await lifegap(['connectors', 'test', 'slack', ...NAMED, `base_url=${base}`], { cwd, env: { CHAT: TOKEN, COLUMNS: '160' } });
  expect(given).toEqual(fromApp);
});

it('ends with 4 when the system refuses, with 3 when no row came, and with 2 when the settings make no sense', async () => {
  const cwd = folder({});
  const env = { CHAT: TOKEN };
  const refused = await lifegap(['connectors', 'test', 'slack', ...NAMED, `base_url=${await workspace([], 401)}`], { cwd, env });
  expect(refused).toMatchObject({ code: 4, stdout: '' });
  expect(refused.stderr).toMatch(/^lifegap: slack: .*401/);
  const empty = await lifegap(['connectors', 'test', 'slack', ...NAMED, `base_url=${await workspace([])}`], { cwd, env });
  expect(empty.code).toBe(3);
  expect(empty.stdout).toContain('no row came');
  const literal = await lifegap(['connectors', 'test', 'slack', '--param', `token=${TOKEN}`], { cwd, env });
  expect(literal.code).toBe(2);
  expect(literal.stderr).toMatch(/^--param token: .*\$\{env:NAME\}/m);
  expect(literal.stderr).not.toContain(TOKEN);
  const both = await lifegap(['connectors', 'test', 'slack', '--app', 'a', '--param', 'x=y'], { cwd, env });
  expect(both).toMatchObject({ code: 2, stdout: '' });
  expect(both.stderr).toContain('name one of --app and --directory');
});

it('masks what looks like a secret in the mapped row as in the record, under whatever name it was mapped', async () => {
  const base = await workspace([
    member('U1', { profile: { email: 'u1@corp.example', api_token: 'xoxp-In-The-Record', session_state: 'on' } }),
    member('U2', { deleted: 'perhaps', profile: { email: 'u2@corp.example', api_token: 'xoxp-of-the-second' } }),
  ]);
  const cwd = folder({
    'my.yaml': `name: my
title: My chat
kind: app
permission: none
leavers: listed
params: { token: { secret: true } }
auth: { bearer: '\${token}' }
base_url: https://my.example
request: { path: users.list }
paging: none
records: members
fields:
  id: id
  userName: { from: profile.api_token, lower: true }
  displayName: { template: 'session of \${profile.api_token}' }
  emails: profile.email
  apiKeyHint: name
status: [{ when: { deleted: false }, is: active }, { from: profile.api_token, map: { none: deactivated } }]
`,
  });
  const given = ['--param', 'token=${env:CHAT}', '--param', `base_url=${base}`];
  const { code, stdout } = await lifegap(['connectors', 'test', './my.yaml', ...given], { cwd, env: { CHAT: TOKEN, COLUMNS: '160' } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/userName: \*\*\* /);
  expect(stdout).toMatch(/displayName: \*\*\* /);
  expect(stdout).toContain('attributes.apiKeyHint: ***');
  expect(stdout).toMatch(/emails\[0\]: u1@corp\.example/);
  expect(stdout).toContain('status: active');
  expect(stdout).toMatch(/no rule knows.*\n {2}deleted: perhaps, profile\.api_token: \*\*\*\n/);
  expect(stdout.toLowerCase()).not.toContain('xoxp-');
});

it('raises no alarm over lists that are several: what was not read is not missed, and an empty one is passed over', async () => {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any.example');
    const page = Number(searchParams.get('page'));
    const users = [page * 2 - 1, page * 2].map((n) => ({ id: n, login: `u${n}`, state: 'on' }));
    const names = users.map(({ id }) => ({ user: id + 6, mail: `x${id}@corp.example` }));
    const lists: Readonly<Record<string, object>> = { '/names': { users: names, n: 9 }, '/invited': { users: [], n: 0 } };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(lists[pathname] ?? { users, n: 5 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const cwd = folder({
    'my.yaml': `name: my
title: My chat
kind: app
permission: none
leavers: listed
auth: none
base_url: https://my.example
request: { path: users }
paging: { page: { param: page, size_param: n, size: 2, total: n } }
records: users
passes:
  - { name: names, adds: true, request: { path: names }, fields: { id: user, emails: mail } }
  - { name: invited, request: { path: invited }, fields: { id: id, displayName: called }, status: { const: pending } }
  - { name: people }
  - { name: gone, request: { path: gone }, fields: { id: id, deactivatedAt: gone_at }, status: { const: deactivated } }
fields: { id: id, userName: login }
status: { from: state, map: { 'on': active } }
`,
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, stdout } = await lifegap(['connectors', 'test', './my.yaml', '--param', `base_url=${base}`], {
    cwd,
    env: { COLUMNS: '160' },
  });
  expect(code).toBe(0);
  expect(stdout).toContain('My chat: 4 rows on the first two pages; 5 are declared');
  expect(stdout).toContain('every field of the manifest came on some row');
  expect(stdout).not.toMatch(/never came|no rule knows|^!/m);
});
