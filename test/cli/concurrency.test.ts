import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { appsAtOnce } from '../../src/audit/apps.js';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';

beforeAll(() => builtBin(), 120_000);

const APPS = 8;

/** Answers nobody before so many requests are open at the same time; then all of them. */
async function barrier(width: number): Promise<{ origin: string; most: () => number }> {
  const open: ServerResponse[] = [];
  let most = 0;
  const server = createServer((_, response) => {
    open.push(response);
    most = Math.max(most, open.length);
    if (open.length < width) return;
    for (const one of open.splice(0)) {
      one.setHeader('content-type', 'application/json');
      one.end(
        JSON.stringify({
          ok: true,
          members: [{ id: 'U1', name: 'ada', deleted: false, is_bot: false, profile: { email: 'ada@corp.example' } }],
        }),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, most: () => most };
}

function config(origin: string): string {
  const apps = Array.from({ length: APPS }, (_, i) => `  chat${i}: { connector: slack, token: "\${env:CHAT}", base_url: "${origin}" }\n`);
  return folder({
    'hr.csv': 'id,mail,state\n1,ada@corp.example,active\n',
    'lifegap.yaml': `version: 1\nhistory: false\ndirectory: { name: hr, connector: file, path: hr.csv, fields: { emails: [mail] }, state: { from: state } }\napps:\n${apps.join('')}`,
  });
}

it.each<[number, string[]]>([
  [APPS, []],
  [2, ['--concurrency', '2']],
  [1, ['--concurrency', '1']],
])('reads %i of the apps at the same time with the flags %j', async (width, flags) => {
  const { origin, most } = await barrier(width);
  const { code, stderr } = await lifegap(['audit', '-q', ...flags], { cwd: config(origin), env: { CHAT: 'xoxb-token' } });
  expect({ code, stderr, most: most() }).toEqual({ code: 0, stderr: '', most: width });
});

it.each(['0', '65', '1.5', 'many'])('refuses --concurrency %s before anything is read', async (text) => {
  const { code, stderr, stdout } = await lifegap(['audit', '--concurrency', text], { cwd: folder({}) });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`--concurrency ${text}: expected a whole number from 1 to 64`);
});

it('takes many apps of a small company at once, and few of a huge one', () => {
  expect([0, 62_500, 62_501, 250_000, 1_000_000, 5_000_000].map(appsAtOnce)).toEqual([64, 64, 63, 16, 4, 4]);
});
