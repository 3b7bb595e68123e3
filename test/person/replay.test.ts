import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PersonReport } from '../../src/model/person-report.js';
import { lifegap, type Ran } from '../build.js';
import { listOf, refuse, startScim, type FakeScim, type FakeUser } from '../sources/scim/scim-server.js';

vi.setConfig({ testTimeout: 120_000 });

const AS_OF = '2026-11-20T00:00:00Z';
const PEOPLE = `id,userName,email,employeeId,department,title,state,endAt
p1,ada,ada@corp.example,0017,Sales,Clerk,terminated,2026-10-01
p2,ben,ben@corp.example,0018,Sales,Clerk,active,
p3,cyd,cyd@corp.example,0019,Sales,Clerk,active,
`;
const USERS: FakeUser[] = [
  { id: 's-ada', userName: 'ADA@corp.example', externalId: 'p1', emails: [{ value: 'ada@corp.example', primary: true }], active: true },
  { id: 's-ben', userName: 'ben@corp.example', externalId: 'p2', active: true },
];
const CONFIG = (url: string): string => `version: 1
history: false
directory: { name: hr, connector: file, path: people.csv }
apps:
  chat: { connector: scim, url: "${url}", token: "\${env:TOKEN}", expected: 'title sw "C"' }
  crm: { connector: file, path: crm.csv }
`;

let root: string;
let server: FakeScim;
let fails = false;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'lifegap-person-replay-'));
  server = await startScim({ list: (query) => (fails ? refuse(403) : listOf(USERS, query)), user: (id) => USERS.find((user) => user.id === id) ?? refuse(404) }); // prettier-ignore
  const write = (name: string, text: string): void => writeFileSync(path.join(root, name), text, { mode: 0o600 });
  write('lifegap.yaml', CONFIG(server.url));
  write('people.csv', PEOPLE);
  write('crm.csv', 'id,userName,email,status\nc1,ada,ada@corp.example,active\nc2,ben,ben@corp.example,deactivated\n');
  write('key', 'a-key-that-is-long-enough-for-a-pack');
  write('other-key', 'another-key-that-is-long-enough-for-it');
  await run('audit', '--as-of', AS_OF, '-q', '--evidence', 'plain');
  await run('audit', '--as-of', AS_OF, '-q', '--evidence', 'redacted', '--redact', '--redact-key-file', 'key');
  await run('audit', '--as-of', AS_OF, '-q', '--evidence', 'keyless', '--redact');
  fails = true;
  await run('audit', '--as-of', AS_OF, '-q', '--evidence', 'failed');
  fails = false;
}, 180_000);

afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Ran> => lifegap(args, { cwd: root, env: { TOKEN: 'token-of-nobody' } });
const person = async (who: string, ...args: string[]): Promise<Ran & { readonly answer: PersonReport }> => {
  const ran = await run('person', who, '--json', ...args);
  return { ...ran, answer: (ran.stdout === '' ? {} : JSON.parse(ran.stdout)) as PersonReport };
};

test.each(['ada@corp.example', '0018', 'p3', 'nobody@corp.example'])(
  '%s: a pack answers as the systems did, and none is asked',
  async (who) => {
    const live = await person(who, '--whole', '--as-of', AS_OF, '--fail-if-active');
    const asked = server.paths.length;
    const packed = await person(who, '--replay', 'plain', '--fail-if-active');
    expect(packed).toEqual(live);
    expect(server.paths.length).toBe(asked);
  },
);

test('a redacted pack answers the real name with its key, and the pseudonym without', async () => {
  const plain = await person('ADA@corp.example', '--replay', 'plain', '--fail-if-active');
  const byName = await person('ADA@corp.example', '--replay', 'redacted', '--redact-key-file', 'key', '--fail-if-active');
  expect([plain.code, byName.code]).toEqual([1, 1]);
  expect(byName.stdout + byName.stderr).not.toMatch(/ada|corp/i);
  const shape = ({ people, apps, summary, accessEndsBy }: PersonReport): unknown => ({
    people: people.map(({ state, endAt, attributes }) => [state, endAt, Object.keys(attributes), attributes['department']]),
    apps: apps.map(({ name, list, accounts, findings }) => [name, list, accounts.map(({ status, letsIn, belongs }) => [status, letsIn, belongs]), findings.map(({ reason, severity }) => [reason, severity])]), // prettier-ignore
    lettingIn: summary.lettingIn,
    accessEndsBy,
  });
  expect(shape(byName.answer)).toEqual(shape(plain.answer));
  const [record] = byName.answer.people;
  for (const pseudonym of [record?.id, record?.userName, record?.emails[0], record?.employeeId]) {
    const { stdout } = await person(pseudonym ?? '', '--replay', 'redacted', '--fail-if-active');
    expect(stdout).toBe(byName.stdout.replace(/"who": ".*"/, `"who": "${pseudonym}"`));
  }
  expect((await person('ada@corp.example', '--replay', 'redacted')).code).toBe(2);
});

test('a list that failed has failed in the pack, and a changed pack is refused', async () => {
  const ran = await person('ben', '--replay', 'failed', '--fail-if-active');
  expect([ran.code, ran.answer.summary.failed]).toEqual([4, ['chat']]);
  writeFileSync(path.join(root, 'failed/reports/findings.csv'), 'x');
  expect(await person('ben', '--replay', 'failed')).toMatchObject({ code: 2, stderr: expect.stringContaining('not as it was written') as string }); // prettier-ignore
});

test.each([
  [['--redact-key-file', 'key'], /needs --replay DIR/],
  [['--replay', 'plain', '--redact-key-file', 'key'], /plain is not redacted/],
  [['--replay', 'keyless', '--redact-key-file', 'key'], /the key of keyless was thrown away/],
  [['--replay', 'redacted', '--redact-key-file', 'other-key'], /redacted with another key/],
  [['--replay', 'plain', '--as-of', '2026-01-01'], /leave --as-of away/],
  [['--replay', 'plain', '--app', 'crm'], /leave --app away/],
  [['--replay', 'crm.csv'], /is no evidence pack/],
])('%j is refused', async (args, message) => {
  expect(await run('person', 'ada', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
});
