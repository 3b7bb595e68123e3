import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';

beforeAll(() => builtBin(), 120_000);

const TOKEN = 'xoxb-a-token-that-nobody-may-see';
const AUDIT = 'xoxp-an-audit-token-that-nobody-may-see';

const USERS = {
  ok: true,
  members: [{ id: 'U1', name: 'ada', deleted: false, profile: { email: 'ada@corp.example' } }],
  response_metadata: { next_cursor: '' },
};
const user = { type: 'user', user: { id: 'U1', name: 'ada', email: 'ada@corp.example' } };
const ENTRIES = {
  entries: [
    { id: 'a1', date_create: 1_760_000_000, action: 'user_created', actor: user, entity: user, context: { session_token: 'opens-a-door' } },
    { id: 'a2', date_create: 1_760_000_000, action: 'file_downloaded', actor: user, entity: { type: 'file' } },
  ],
  response_metadata: { next_cursor: 'more' },
};

/** Slack, and Okta beside it; what was asked, and by whom. */
async function systems(log: { readonly status: number; readonly body: object } = { status: 200, body: ENTRIES }) {
  const asked: string[] = [];
  const answer = ({ url = '' }: IncomingMessage): readonly [number, object] => {
    if (url.startsWith('/audit/')) return [log.status, log.body];
    if (url.startsWith('/api/v1/logs')) return [200, [{ uuid: 'p1', published: '2026-10-01T00:00:00Z', eventType: 'application.provision.user.push', target: [{ type: 'User', id: '00u1' }, { type: 'AppInstance', id: '0oa1' }], outcome: { result: 'SUCCESS' } }]]; // prettier-ignore
    return [200, USERS];
  };
  const server = createServer((request, response) => {
    asked.push(`${request.headers.authorization ?? ''} ${(request.url ?? '').split('?', 1)[0] ?? ''}`);
    const [status, body] = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const config = (origin: string, log = ''): string => `version: 1
directory: { name: corp-okta, connector: okta, org_url: "${origin}", token: "\${env:CHAT}" }
apps:
  chat: { connector: slack, token: "\${env:CHAT}", audit_token: "\${env:AUDIT}", base_url: "${origin}/api"${log} }
`;
const ENV = { CHAT: TOKEN, AUDIT, COLUMNS: '160' };

it('shows entries beside the records of one page of the log, what no rule knows, and no secret', async () => {
  const { origin, asked } = await systems();
  const cwd = folder({ 'lifegap.yaml': config(origin) });
  const plain = await lifegap(['connectors', 'test', '--app', 'chat'], { cwd, env: ENV });
  expect(plain.stdout).not.toContain('The log of');
  asked.length = 0;
  const { code, stdout, stderr } = await lifegap(['connectors', 'test', '--app', 'chat', '--log'], { cwd, env: ENV });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(asked).toEqual([`Bearer ${TOKEN} /api/users.list`, `Bearer ${AUDIT} /audit/v1/logs`]);
  expect(stdout).toContain('The log of Slack: 2 rows on the first page; no total is declared');
  expect(stdout).toMatch(/action: create +│ .*/);
  expect(stdout).toMatch(/accountId: U1 +│/);
  expect(stdout).toContain('1 row has an action that no rule knows, so it counts as other:\n  action: file_downloaded\n');
  for (const hidden of [TOKEN, AUDIT, 'opens-a-door']) expect(stdout).not.toContain(hidden);
});

it('reads the logs that the config names: its own, and what its provider pushed', async () => {
  const { origin, asked } = await systems();
  const cwd = folder({ 'lifegap.yaml': config(origin, ', log: [{ of: app }, { of: corp-okta, app: 0oa1 }]') });
  const { code, stdout } = await lifegap(['connectors', 'test', '--app', 'chat'], { cwd, env: ENV });
  expect(code).toBe(0);
  expect(stdout).toContain('The log of Slack: 2 rows');
  expect(stdout).toContain('What corp-okta pushed into 0oa1: 1 row on the first page');
  expect(stdout).toMatch(/by: scim/);
  expect(asked.at(-1)).toBe(`SSWS ${TOKEN} /api/v1/logs`);
});

it('ends with 4 where the log may not be read, and says what it needs', async () => {
  const { origin } = await systems({ status: 403, body: { error: 'feature_not_enabled' } });
  const cwd = folder({ 'lifegap.yaml': config(origin) });
  const { code, stdout } = await lifegap(['connectors', 'test', '--app', 'chat', '--log'], { cwd, env: ENV });
  expect(code).toBe(4);
  expect(stdout).toMatch(
    /^The log of Slack: chat: reading page 1 of the log: .*403.*; its log needs: audit_token, a user token with auditlogs:read/m,
  );
});

it('ends with 2 where there is no log', async () => {
  const cwd = folder({
    'lifegap.yaml':
      'version: 1\ndirectory: { name: none, connector: file, path: none.csv }\napps: { wiki: { connector: notion, token: "${env:CHAT}" } }\n',
  });
  const { code, stderr } = await lifegap(['connectors', 'test', '--app', 'wiki', '--log'], { cwd, env: ENV });
  expect(code).toBe(2);
  expect(stderr).toContain('--log: Notion has no log that lifegap can read');
});
