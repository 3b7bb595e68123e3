// Every personal value of this company holds `zqx`, in every field, in filters, errors and decisions: no byte of a redacted pack may.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Report } from '../../../src/model/report.js';
import { builtBin, lifegap, type Ran } from '../../build.js';
import { listOf, startScim, type Answer, type FakeScim, type FakeUser } from '../../sources/scim/scim-server.js';
import { filesOf, reportOf, rowsOf, textOf, verify } from '../packs.js';

vi.setConfig({ testTimeout: 120_000 });

const SENTINEL = /z[qQ]x|Z[qQ][xX]|zqX|9007199254740993/i;
const PEOPLE = 14;
const HEAD =
  'id,userName,email,aliases,employeeId,externalId,givenName,familyName,displayName,department,title,manager,phone,groups,state,start,end,changed';
/** p11 to p13 left; p14 starts on no day at all. */
const people = (left: number): string =>
  [HEAD, ...Array.from({ length: PEOPLE }, (_, i) => {
    const n = i + 1;
    const gone = n > 10 && n <= 10 + left;
    return [`ZQX-p${n}`, `zqxUser${n}`, `Zqx.User${n}@Zqx.example`, `zqxUser${n}+list@zqx.example`, `zqx00${n}`, `zqx-ext-${n}`, `Zqxa${n}`, `Zqxovich${n}`,
      `Zqxa${n} Zqxovich${n}`, n % 2 === 0 ? 'Sales' : 'Legal', n % 3 === 0 ? 'Zqx Manager' : 'zqx clerk', n === 1 ? '' : 'zqxUser1', `+49 zqx ${n}`, 'all-staff',
      gone ? 'terminated' : 'active', n === PEOPLE ? 'zqx-soon' : '2024-01-01', gone ? '2026-10-01' : '', '2026-09-01'].join(',');
  })].join('\n').concat('\n'); // prettier-ignore

const crm: FakeUser[] = Array.from({ length: PEOPLE - 1 }, (_, i) => ({
  id: `zqx-${i + 1}`,
  userName: `ZqxUser${i + 1}@zqx.example`,
  externalId: `zqx-p${i + 1}`,
  active: true,
  name: { givenName: `Zqxa${i + 1}`, familyName: i === 4 ? 'Zqxmarried' : `Zqxovich${i + 1}` },
  displayName: `Zqx ${i + 1}`,
  title: i === 5 ? 'Zqx Director' : i % 3 === 2 ? 'Zqx Manager' : 'zqx clerk',
  emails: [{ value: `zqx.user${i + 1}@zqx.example`, primary: true }],
  roles: [{ value: 'viewer' }],
}));
const CRM: FakeUser[] = [
  ...crm,
  { id: 'zqx-98', userName: 'zqxNobody+tag@zqx.example', active: true },
  { id: 'zqx-99', userName: 'zqx-svc-deploy', active: true },
];
/** As an export of a directory over LDAP looks. */
const WIKI = Array.from({ length: 9 }, (_, i) => JSON.stringify({ entryUUID: `zqx-uuid-${i + 1}`, uid: `ZQXUSER${i + 1}`, mail: [`zqx.user${i + 1}@zqx.example`], cn: `Zqxa${i + 1} Zqxovich${i + 1}`, memberOf: ['readers'], lastLogon: i === 2 ? 'zqx-yesterday' : '2026-10-20T08:00:00Z' })).join('\n'); // prettier-ignore

const config = (url: string, down: string): string => `version: 1
directory:
  name: hr
  connector: file
  path: people.csv
  fields: { phone: phone, startAt: start, endAt: end, changedAt: changed }
policy:
  addresses: { plus: [zqx.example] }
  accepted: accepted.yaml
apps:
  crm:
    connector: scim
    url: "${url}"
    token: \${env:TOKEN}
    page_size: 5
    expected: 'title co "zqx clerk" or userName eq "ZQXUSER3" or emails[value sw "zqx.user7"] or id gt "zqx-p8" or phone ne "+49 zqx 9"'
    allowed: 'not (familyName ew "vich2") or externalId eq "zqx-ext-2"'
    accounts: [{ match: 'userName sw "zqx-svc"', kind: service, owner: zqx.user1@zqx.example, reason: "zqx asked for it" }]
    lifecycle: { create: { by: scim, owner: zqx-owner@zqx.example }, delete: { by: jit, owner: Zqx Owner, control: "zqx checks by hand", review_by: 2027-01-01 } }
    match: [email, userName]
  wiki:
    connector: file
    path: wiki.ndjson
    fields: { id: entryUUID, userName: uid, emails: mail, displayName: cn, roles: memberOf, lastLoginAt: lastLogon }
    status: { const: active }
  big: { connector: file, path: big.json }
  down: { connector: scim, url: "${down}", token: "\${env:TOKEN}", page_size: 5 }
`;
const ACCEPTED = `version: 1
accepted:
  - finding: { app: crm, class: orphaned, reason: no-owner, account: zqx-98 }
    reason: zqx says that it is fine
    owner: zqx.user1@zqx.example
    until: 2027-01-31
`;
const KEY = '6f1d6b2f0d7a4c0e8b1f3a5c7e9d2b4f6a8c0e1d3f5b7a9c';

let root: string;
let servers: FakeScim[];
let first: Ran;
let plain: Report;

const quotes: Answer = (response) => {
  response.writeHead(403, { 'content-type': 'application/scim+json' });
  response.end(JSON.stringify({ status: '403', detail: 'zqx.user1@zqx.example may not list Zqxovich and zqxUser2' }));
};

beforeAll(async () => {
  await builtBin();
  root = mkdtempSync(path.join(tmpdir(), 'lifegap-sentinels-'));
  servers = [
    await startScim({ list: (query) => listOf(CRM, query), user: (id) => CRM.find((user) => user.id === id) ?? quotes }),
    await startScim({ list: (query) => (query.startIndex > 1 ? quotes : listOf(CRM, query)) }),
  ];
  const write = (name: string, text: string): void => writeFileSync(path.join(root, name), text, { mode: 0o600 });
  write('lifegap.yaml', config(servers[0]?.url ?? '', servers[1]?.url ?? ''));
  write('people.csv', people(2));
  write('wiki.ndjson', `${WIKI}\n`);
  write('big.json', '[{"id":"zqx-1","userName":"zqxUser1","employeeId":"1","status":"active"},{"id":9007199254740993}]');
  write('accepted.yaml', ACCEPTED);
  write('key', `${KEY}\n`);
  write('shared-key', `${KEY}\n`);
  chmodSync(path.join(root, 'shared-key'), 0o644);
  write('short-key', 'secret\n');
  await audit('--as-of', '2026-11-01', '--history', '-f', 'json=first.json');
  await run('baseline', 'write', 'known.json', '--as-of', '2026-11-01', '-q');
  write('people.csv', people(3));
  first = await audit('--as-of', '2026-11-20', '--history', '--baseline', 'known.json', '--evidence', 'one', '--redact', '--redact-key-file', 'key', '-f', 'json=plain.json'); // prettier-ignore
  plain = JSON.parse(readFileSync(path.join(root, 'plain.json'), 'utf8')) as Report;
}, 180_000);

afterAll(async () => {
  for (const server of servers) await server.close();
  rmSync(root, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Ran> => lifegap(args, { cwd: root, env: { TOKEN: 'zqx-token-of-nobody' } });
const audit = (...args: string[]): Promise<Ran> => run('audit', ...args);
const at = (...parts: string[]): string => path.join(root, ...parts);

describe('a redacted pack', () => {
  test('holds no sentinel, in no file and in no name of one', () => {
    expect(first.stderr).toContain('the hash of the evidence is');
    expect(first.stderr).not.toContain('judged otherwise');
    // The test would see them: the audit itself is full of them.
    expect(readFileSync(at('plain.json'), 'utf8')).toMatch(SENTINEL);
    expect(filesOf(at('one')).some((file) => file.startsWith('past/'))).toBe(true);
    for (const file of filesOf(at('one'))) {
      expect(file).not.toMatch(SENTINEL);
      expect(SENTINEL.exec(textOf(at('one', file)))?.[0], file).toBeUndefined();
    }
    expect(filesOf(at('one'))).not.toContain('config.yaml');
  });

  test('nor the key, in no form', () => {
    const bytes = Buffer.from(KEY);
    const forms = [KEY, bytes.toString('base64').slice(0, -4), bytes.toString('base64url').slice(0, -4), bytes.toString('hex'), Buffer.from(KEY, 'hex').toString('base64').slice(0, -4)]; // prettier-ignore
    for (const file of filesOf(at('one'))) for (const form of forms) expect(textOf(at('one', file)).includes(form), file).toBe(false);
    for (const form of forms) expect(first.stderr.includes(form)).toBe(false);
  });

  test('counts what the audit counts: filters, registered and accepted accounts, addresses, the baseline, what failed', () => {
    const redacted = reportOf(at('one'));
    expect(redacted.summary).toEqual(plain.summary);
    expect(redacted.summary.accepted).toBe(1);
    expect(redacted.run.exitCode).toBe(plain.run.exitCode);
    const { fixed: before, ...known } = plain.baseline ?? { fixed: [] };
    const { fixed: after, ...same } = redacted.baseline ?? { fixed: [] };
    expect([same, after.length]).toEqual([known, before.length]);
    expect(redacted.baseline?.known).toBeGreaterThan(0);
    expect(redacted.apps.map(({ name, reconciliation }) => [name, reconciliation])).toEqual(
      plain.apps.map(({ name, reconciliation }) => [name, reconciliation]),
    );
    expect(redacted.apps.find(({ name }) => name === 'crm')?.reconciliation.accounts.protected).toBe(1);
    expect(redacted.apps.find(({ name }) => name === 'down')?.error).toBe('down: reading it failed (permission); what it said is withheld');
    expect(plain.apps.find(({ name }) => name === 'down')?.error).toMatch(SENTINEL);
    expect(redacted.apps.find(({ name }) => name === 'wiki')?.completeness.reasons).toEqual([
      expect.stringMatching(/^lastLoginAt \([^)]*\): 1 value could not be read.*\(such as "…"\)$/),
    ]);
  });

  test('has none of the ids that the findings have elsewhere: they are hashes of real ids', () => {
    const ids = plain.findings.filter(({ account, person }) => account !== null || person !== null).map(({ id }) => id);
    const known = JSON.parse(readFileSync(at('known.json'), 'utf8')) as { findings: { id: string }[] };
    const lists = new Set(plain.findings.filter(({ account, person }) => account === null && person === null).map(({ id }) => id));
    const all = [...ids, ...known.findings.map(({ id }) => id).filter((id) => !lists.has(id))];
    expect(all.length).toBeGreaterThan(10);
    for (const file of filesOf(at('one'))) expect(all.filter((id) => textOf(at('one', file)).includes(id)), file).toEqual([]); // prettier-ignore
  });

  test('names one person alike in every app', () => {
    const person = rowsOf(at('one'), 'people')[2];
    expect(person?.emails?.[0]).toMatch(/^p-[a-zA-Z.]+@d-[a-zA-Z]+\.example$/);
    const accounts = rowsOf(at('one'), 'accounts').filter(
      ({ emails }) => emails?.[0]?.toLowerCase() === person?.emails?.[0]?.toLowerCase(),
    );
    expect(accounts.length).toBe(3);
    expect(new Set(accounts.map(({ userName }) => userName?.split('@')[0]?.toLowerCase()))).toEqual(
      new Set([person?.userName?.toLowerCase()]),
    );
    expect(person?.attributes['department']).toBe('Legal');
  });

  test('shows requests without ids', () => {
    const manifest = JSON.parse(readFileSync(at('one/manifest.json'), 'utf8')) as { apps: { requests: { path: string }[] }[] };
    const paths = manifest.apps.flatMap(({ requests }) => requests.map((request) => request.path));
    expect(paths).toContain('/scim/v2/Users');
    expect(paths.filter((one) => /^\/scim\/v2\/Users\/p-[a-z]{16}$/.test(one)).length).toBeGreaterThanOrEqual(2);
  });

  test('verifies, replays without a name, and a changed byte is named', async () => {
    expect(await run('verify', 'one')).toMatchObject({ code: 0 });
    const replayed = await audit('--replay', 'one', '-f', 'json=again.json', '-f', 'table');
    expect(replayed.code).toBe(plain.run.exitCode);
    expect(replayed.stdout + replayed.stderr).not.toMatch(SENTINEL);
    expect(readFileSync(at('again.json'))).toEqual(readFileSync(at('one/reports/report.json')));
    const rows = filesOf(at('one')).find((file) => file.startsWith('accounts/')) as string;
    const bytes = readFileSync(at('one', rows));
    writeFileSync(at('one', rows), Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) as number) ^ 1])]));
    expect(await verify(at('one'))).toEqual([`${rows}: changed`]);
    writeFileSync(at('one', rows), bytes);
  });

  test('is the same with the same key, another with another, and needs none', async () => {
    const again = await audit('--as-of', '2026-11-20', '--no-history', '-q', '--evidence', 'two', '--redact', '--redact-key-file', 'key');
    const alone = await audit('--as-of', '2026-11-20', '--no-history', '-q', '--evidence', 'three', '--redact');
    expect([again.code, alone.code]).toEqual([1, 1]);
    const ids = (pack: string): string[] => rowsOf(at(pack), 'people').map(({ id }) => id);
    expect(ids('two')).toEqual(ids('one'));
    expect(ids('three').some((id) => ids('one').includes(id))).toBe(false);
    const markOf = (pack: string): unknown => (JSON.parse(readFileSync(at(pack, 'replay.json'), 'utf8')) as { redacted: { key?: string } }).redacted.key; // prettier-ignore
    expect([markOf('two'), markOf('three')]).toEqual([markOf('one'), undefined]);
    expect(markOf('one')).toMatch(/^[a-z]{16}$/);
    for (const file of filesOf(at('three'))) expect(SENTINEL.exec(textOf(at('three', file)))?.[0], file).toBeUndefined();
  });
});

test.each([
  [['--redact'], /--redact: needs --evidence DIR/],
  [['--evidence', 'no', '--redact-key-file', 'key'], /--redact-key-file: needs --redact/],
  [['--evidence', 'no', '--redact', '--redact-key-file', 'none'], /--redact-key-file none: it cannot be read \(ENOENT\)/],
  [['--evidence', 'no', '--redact', '--redact-key-file', '.'], /--redact-key-file \.: it is no regular file/],
  [['--evidence', 'no', '--redact', '--redact-key-file', 'shared-key'], /shared-key: other users can read it \(mode 644\).*chmod 600/],
  [['--evidence', 'no', '--redact', '--redact-key-file', 'short-key'], /short-key: it is shorter than 32 bytes/],
  [['--replay', 'one', '--redact'], /leave --redact away/],
])('%j is refused before anything is read', async (args, message) => {
  const ran = await audit(...args);
  expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
  expect(existsSync(at('no'))).toBe(false);
});
