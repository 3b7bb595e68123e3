import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { asset } from '../../src/cli/asset.js';
import { verifyPack } from '../../src/evidence/verify.js';
import { REPORT_SCHEMA } from '../../src/report/schema.js';
import { builtBin, lifegap, type Ran } from '../build.js';
import { NIGHT } from '../night.js';
import { listOf, refuse, startScim, users, type FakeScim, type FakeUser } from '../sources/scim/scim-server.js';

// Each test starts several processes.
vi.setConfig({ testTimeout: 90_000 });

const TOKEN = 'scim-t0ken/with+signs=and&more';
const ENV = { TOKEN };
const CONFIG = (url: string, extra = ''): string => `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps:
  crm:
    connector: scim
    url: "${url}"
    token: \${env:TOKEN}
    page_size: 5
    accounts: [{ match: 'userName sw "svc"', kind: service, owner: user1 }]
${extra}`;

/** user1..user12, the last three gone; and their accounts, the leavers' still on, one of nobody, one registered. */
const PEOPLE = (gone: number): string =>
  `id,userName,email,state,endAt\n${Array.from({ length: 12 }, (_, i) => `p${i + 1},user${i + 1},user${i + 1}@corp.example,${i >= 12 - gone ? 'terminated,2026-10-01' : 'active,'}`).join('\n')}\n`;
const ACCOUNTS: FakeUser[] = [
  ...users(12).map((user) => ({ ...user, emails: [{ value: user['userName'], primary: true }] })),
  { id: 'u98', userName: 'nobody\u2028\u202e@corp.example', active: true },
  { id: 'u99', userName: 'svc-deploy', active: true },
];

let root: string;
let server: FakeScim;
let accounts: readonly FakeUser[] = ACCOUNTS;
let answers: 'all' | 'fails' | 'short' | 'hangs' = 'all';
let hung: () => void = () => undefined;

beforeAll(async () => {
  await builtBin();
  root = mkdtempSync(path.join(tmpdir(), 'lifegap-evidence-'));
  server = await startScim({
    list: (query) => {
      if (answers === 'fails' && query.startIndex > 5) return refuse(403);
      if (answers === 'short') return listOf(accounts, query, { totalResults: accounts.length + 7 });
      if (answers === 'hangs' && query.startIndex > 5) return () => hung();
      return listOf(accounts, query);
    },
    user: (id) => accounts.find((user) => user.id === id) ?? refuse(404),
  });
}, 120_000);

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

function place(extra?: string): string {
  const dir = mkdtempSync(path.join(root, 'run-'));
  writeFileSync(path.join(dir, 'lifegap.yaml'), CONFIG(server.url, extra));
  writeFileSync(path.join(dir, 'people.csv'), PEOPLE(3));
  return dir;
}

const audit = (cwd: string, ...args: string[]): Promise<Ran> => lifegap(['audit', ...args], { cwd, env: ENV });
const verify = (dir: string): Promise<{ readonly problems: readonly string[] }> => verifyPack(dir, new AbortController().signal, asset);
const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name))).sort(); // prettier-ignore
const textOf = (file: string): string => (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8');

interface SourceShown {
  readonly principal: unknown;
  readonly requests: readonly { path: string; status: number; rows?: number; declaredTotal?: number; sha256: string }[];
  readonly reconciliation: Readonly<Record<string, { total: number; sum: number; holds: boolean }>>;
  readonly exclusions: readonly unknown[];
  readonly completeness: { readonly verdict: string; readonly reasons: readonly string[] };
}
interface Manifest {
  readonly directory: readonly SourceShown[];
  readonly apps: readonly SourceShown[];
}
const manifestOf = (pack: string): Manifest => JSON.parse(readFileSync(path.join(pack, 'manifest.json'), 'utf8')) as Manifest;

describe('a pack', () => {
  let cwd: string;
  let pack: string;
  let ran: Ran;

  beforeAll(async () => {
    cwd = place();
    pack = path.join(cwd, 'pack');
    ran = await audit(cwd, '--evidence', 'pack', '-f', 'json=report.json', '-f', 'csv=findings.csv');
  }, 60_000);

  test('is for its owner alone, and says what was asked and what came', () => {
    expect(ran.code).toBe(1);
    expect(statSync(pack).mode & 0o777).toBe(0o700);
    for (const file of filesOf(pack)) expect(statSync(path.join(pack, file)).mode & 0o777, file).toBe(0o600);
    const [app] = manifestOf(pack).apps;
    const pages = app?.requests.filter(({ rows }) => rows !== undefined) ?? [];
    expect(pages.map(({ path: at, status, rows, declaredTotal }) => [at, status, rows, declaredTotal])).toEqual(
      expect.arrayContaining([
        ['/scim/v2/Users', 200, 5, 14],
        ['/scim/v2/Users', 200, 4, 14],
      ]),
    );
    for (const { sha256 } of pages) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(app?.reconciliation).toMatchObject({ accounts: { total: 14, sum: 14, holds: true }, people: { total: 9, sum: 9, holds: true } });
    expect(app?.exclusions).toEqual([
      { what: 'accounts', count: 1, by: 'registered', rule: 'accounts: userName sw "svc"', owner: 'user1' },
      { what: 'people', count: 3, by: 'state', rule: 'only who is active is expected to have an account' },
    ]);
    // The server has no /Me.
    expect(app?.principal).toEqual({ remark: 'the system does not say whose the credential is' });
    const [directory] = manifestOf(pack).directory;
    const csv = readFileSync(path.join(cwd, 'people.csv'));
    expect(directory?.requests).toEqual([
      expect.objectContaining({
        method: 'READ',
        path: 'people.csv',
        bytes: csv.length,
        rows: 12,
        sha256: createHash('sha256').update(csv).digest('hex'),
      }),
    ]);
  });

  test('holds every row, and the same reports', () => {
    const rows = textOf(path.join(pack, filesOf(pack).find((file) => file.startsWith('accounts/')) ?? ''));
    expect(rows.trim().split('\n')).toHaveLength(14);
    expect(readFileSync(path.join(pack, 'reports/report.json'))).toEqual(readFileSync(path.join(cwd, 'report.json')));
    expect(readFileSync(path.join(pack, 'reports/findings.csv'))).toEqual(readFileSync(path.join(cwd, 'findings.csv')));
    const validate = new Ajv({ strict: false }).compile(REPORT_SCHEMA);
    validate(JSON.parse(readFileSync(path.join(pack, 'reports/report.json'), 'utf8')));
    expect(validate.errors).toBeNull();
  });

  test('holds no secret, in no form', () => {
    const forms = [TOKEN, Buffer.from(TOKEN).toString('base64'), Buffer.from(TOKEN).toString('base64url'), encodeURIComponent(TOKEN), JSON.stringify(TOKEN).slice(1, -1)]; // prettier-ignore
    for (const file of filesOf(pack)) for (const form of forms) expect(textOf(path.join(pack, file)).includes(form), file).toBe(false);
    expect(textOf(path.join(pack, 'config.yaml'))).toContain('${env:TOKEN}');
  });

  test('verifies, and replays to the same bytes after the system and the config are gone', async () => {
    const asked = server.paths.length;
    const alone = mkdtempSync(path.join(root, 'alone-'));
    cpSync(pack, path.join(alone, 'pack'), { recursive: true });
    const seal = /hash of the evidence is ([0-9a-f]{64})/.exec(ran.stderr)?.[1] ?? '';
    const verified = await lifegap(['verify', 'pack', '--hash', seal], { cwd: alone });
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining(seal) as string });
    expect((await lifegap(['verify', 'pack', '--hash', '0'.repeat(64)], { cwd: alone })).code).toBe(1);
    const replayed = await lifegap(['audit', '--replay', 'pack', '-f', 'json=again.json', '-f', 'sarif=again.sarif'], { cwd: alone });
    expect(replayed.code).toBe(1);
    expect(readFileSync(path.join(alone, 'again.json'))).toEqual(readFileSync(path.join(cwd, 'report.json')));
    expect(server.paths.length).toBe(asked);
    const wrong = await lifegap(['audit', '--replay', 'pack', '--as-of', '2026-01-01'], { cwd: alone });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('leave --as-of away') as string });
  });

  test('one byte of any file, a file less, a file more and two files swapped are named', async () => {
    expect(await verify(pack)).toMatchObject({ problems: [] });
    const copy = path.join(cwd, 'copy');
    const fresh = (): void => {
      rmSync(copy, { recursive: true, force: true });
      cpSync(pack, copy, { recursive: true });
    };
    // By day every other file, and those that hold the hashes of the others.
    const files = filesOf(pack).filter((file, i) => NIGHT || i % 2 === 0 || file.startsWith('SHA256SUMS'));
    for (const file of files) {
      fresh();
      const bytes = readFileSync(path.join(copy, file));
      const at = Math.floor(bytes.length / 2);
      bytes[at] = (bytes[at] as number) ^ 1;
      writeFileSync(path.join(copy, file), bytes);
      const { problems } = await verify(copy);
      expect(
        problems.some((problem) => problem.startsWith(file) || file.startsWith('SHA256SUMS')),
        `${file}: ${problems.join()}`,
      ).toBe(true);
      fresh();
      rmSync(path.join(copy, file));
      if (file === 'SHA256SUMS') await expect(verify(copy)).rejects.toThrow('is no evidence pack');
      else expect((await verify(copy)).problems).toContain(`${file}: missing`);
    }
    fresh();
    writeFileSync(path.join(copy, 'reports/more.txt'), '');
    expect((await verify(copy)).problems).toEqual(['reports/more.txt: additional, it was not in the pack']);
    fresh();
    renameSync(path.join(copy, 'reports/findings.csv'), path.join(copy, 'held'));
    renameSync(path.join(copy, 'reports/coverage.csv'), path.join(copy, 'reports/findings.csv'));
    renameSync(path.join(copy, 'held'), path.join(copy, 'reports/coverage.csv'));
    expect((await verify(copy)).problems).toEqual(['reports/coverage.csv: changed', 'reports/findings.csv: changed']);
    const replay = await lifegap(['audit', '--replay', 'copy'], { cwd });
    expect(replay).toMatchObject({ code: 2, stderr: expect.stringContaining('not as it was written') as string });
    expect((await lifegap(['verify', 'copy'], { cwd })).stdout).toContain('reports/coverage.csv: changed');
  });

  test('a report that its rows do not give is named, though every hash was made to fit', async () => {
    const hashOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
    const copy = path.join(cwd, 'forged');
    cpSync(pack, copy, { recursive: true });
    const report = path.join(copy, 'reports/report.json');
    writeFileSync(report, readFileSync(report, 'utf8').replace(/"failing": \d+/, '"failing": 0'));
    const sums = readFileSync(path.join(copy, 'SHA256SUMS'), 'utf8').replace(
      /^\S+(?= {2}reports\/report.json$)/m,
      hashOf(readFileSync(report)),
    );
    writeFileSync(path.join(copy, 'SHA256SUMS'), sums);
    writeFileSync(path.join(copy, 'SHA256SUMS.sha256'), `${hashOf(sums)}  SHA256SUMS\n`);
    const ran = await lifegap(['verify', 'forged'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^reports\/report\.json: the rows of the pack give another report, from line \d+ on\n$/);
  });

  test('never lands in a folder that exists', async () => {
    expect(await audit(cwd, '--evidence', 'pack')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it exists already') as string,
    });
    expect(await lifegap(['verify', '.'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no evidence pack') as string,
    });
  });
});

test.each([
  ['fails', 4],
  ['short', 3],
] as const)('a list that %s stays unproven in the pack and in the replay', async (how, code) => {
  const cwd = place();
  answers = how;
  const ran = await audit(cwd, '--evidence', 'pack', '--fail-on', 'none', '--no-history', '-f', 'json=a.json').finally(
    () => (answers = 'all'),
  );
  expect(ran.code).toBe(code);
  const pack = path.join(cwd, 'pack');
  expect(manifestOf(pack).apps[0]?.completeness).toMatchObject({ verdict: 'unproven' });
  expect(await verify(pack)).toMatchObject({ problems: [] });
  expect((await lifegap(['audit', '--replay', 'pack', '-f', 'json=b.json'], { cwd })).code).toBe(code);
  expect(readFileSync(path.join(cwd, 'b.json'))).toEqual(readFileSync(path.join(cwd, 'a.json')));
});

test('an audit with history verifies from its pack, where the history is not', async () => {
  const cwd = place();
  await audit(cwd, '--as-of', '2026-11-01', '--history', '-q', '-f', 'json=first.json');
  writeFileSync(path.join(cwd, 'people.csv'), PEOPLE(5));
  accounts = ACCOUNTS.map((user) => (user.id === 'u9' ? { ...user, active: false } : user));
  const ran = await audit(cwd, '--as-of', '2026-11-10', '--history', '--evidence', 'pack', '-f', 'json=a.json').finally(
    () => (accounts = ACCOUNTS),
  );
  expect(ran.code).toBe(1);
  const report = readFileSync(path.join(cwd, 'a.json'), 'utf8');
  expect(report).toContain('"between"');
  rmSync(path.join(cwd, '.lifegap'), { recursive: true, force: true });
  const pack = path.join(cwd, 'pack');
  expect(filesOf(pack).some((file) => file.startsWith('past/'))).toBe(true);
  expect(await verify(pack)).toMatchObject({ problems: [] });
});

test.each(['SIGTERM', 'SIGKILL'] as const)('%s while the lists are read leaves no pack', async (signal) => {
  const cwd = place();
  answers = 'hangs';
  const waiting = new Promise<void>((resolve) => (hung = resolve));
  const child = spawn(process.execPath, [await builtBin(), 'audit', '--evidence', 'pack'], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...ENV },
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  await waiting;
  child.kill(signal);
  await closed;
  answers = 'all';
  expect(existsSync(path.join(cwd, 'pack'))).toBe(false);
  const left = readdirSync(cwd).filter((name) => name.includes('.partial'));
  expect(left.length).toBe(signal === 'SIGTERM' ? 0 : 1);
});
