import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtBin, lifegap } from '../build.js';
import { folder } from '../config/files.js';
import { NIGHT } from '../night.js';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../docs/add-an-app.md'), 'utf8');
const TOKEN = 'gitea-token-that-nobody-may-see';
const NEVER = '1970-01-01T00:00:00Z';

beforeAll(() => builtBin(), 120_000);

const user = (id: number, login: string, more: object = {}) => ({
  ...{ id, login, full_name: login, email: `${login}@corp.example`, is_admin: false, active: true, prohibit_login: false },
  ...{ created: '2024-03-01T09:00:00Z', last_login: NEVER, ...more },
});

/** Gitea's list of users: two pages of fifty at most, the total in a header. */
async function gitea(): Promise<string> {
  const others = Array.from({ length: 60 }, (_, i) => user(100 + i, `staff${i}`));
  const all = [
    user(7, 'ada', { is_admin: true, last_login: '2026-11-20T08:00:00Z' }),
    user(8, 'bob'),
    user(9, 'eve', { prohibit_login: true }),
    ...others,
  ];
  const server = createServer(({ url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://any.example');
    const isRight = headers.authorization === `token ${TOKEN}` && pathname === '/api/v1/admin/users';
    const [page, limit] = [Number(searchParams.get('page')), Math.min(50, Number(searchParams.get('limit')))];
    response.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json', 'x-total-count': String(all.length) });
    response.end(JSON.stringify(isRight ? all.slice((page - 1) * limit, page * limit) : { message: 'no' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the page says in a block of this kind that begins so, with the address of the server in it. */
function block(kind: string, start: string, origin: string): string {
  const blocks = [...PAGE.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter((match) => match[1] === kind).map((match) => match[2] ?? '');
  const found = blocks.find((text) => text.startsWith(start));
  if (found === undefined) throw new Error(`the page has no ${kind} block that begins with ${start}`);
  return found.replaceAll('https://git.corp.example', origin);
}

it('the page "add your app in ten minutes" holds, followed to the letter', async () => {
  const origin = await gitea();
  const staff = Array.from({ length: 60 }, (_, i) => `s${i},staff${i}@corp.example,active,\n`).join('');
  const cwd = folder({
    'gitea.yaml': block('yaml', '# gitea.yaml', origin),
    'lifegap.yaml': block('yaml', '# lifegap.yaml', origin),
    'people.csv': `${block('text', 'id,mail', origin)}3,eve@corp.example,terminated,2026-10-01\n${staff}`,
  });
  const bin = await builtBin();
  const commands = [...PAGE.matchAll(/^lifegap .*$/gm)].map(([line]) => line.replaceAll('https://git.corp.example', origin));
  expect(commands).toHaveLength(4);
  const ran: { code: number | null; stdout: string; stderr: string }[] = [];
  for (const command of commands) {
    const env = { PATH: process.env.PATH ?? '', GITEA_TOKEN: TOKEN, COLUMNS: '200', NODE: process.execPath, BIN: bin };
    // By day what needs no shell runs in this process.
    const plainly = command.replace(/\s+#.*/, '');
    if (!NIGHT && /^[\w ./:=-]+$/.test(plainly)) {
      ran.push(await lifegap(plainly.split(/ +/).slice(1), { cwd, env: { GITEA_TOKEN: TOKEN, COLUMNS: '200' } }));
      continue;
    }
    const child = spawn('sh', ['-c', `lifegap() { "$NODE" "$BIN" "$@"; }\n${command}`], { cwd, env });
    const one = { code: null as number | null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (one.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (one.stderr += data.toString()));
    one.code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    ran.push(one);
  }
  const [dry, live, check, audit] = ran;
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry?.stdout).toBe(block('text', 'Gitea (app)', origin));
  expect(live).toMatchObject({ code: 0, stderr: '' });
  const [first = '', , heads = ''] = block('text', 'Gitea: ', origin).split('\n');
  expect(live?.stdout.startsWith(`${first}\n`)).toBe(true);
  expect(heads).toMatch(/^│ row +│ record +│$/);
  expect(live?.stdout).not.toContain('!');
  expect(live?.stdout).toContain('every field of the manifest came on some row');
  expect(live?.stdout).not.toContain('no rule knows');
  expect(check).toMatchObject({ code: 0, stderr: '' });
  expect(check?.stdout).toContain('suspended 1');
  expect(audit?.code).toBe(1);
  expect(audit?.stdout).toContain('bob');
  expect(audit?.stdout).toContain('owner-terminated');
  expect(JSON.stringify(ran)).not.toContain(TOKEN);
}, 120_000);
