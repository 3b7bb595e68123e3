// A person of whom logs tell: from the systems and from a pack, by name and by pseudonym.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonReport } from '../../src/model/person-report.js';
import { lifegap } from '../build.js';

const FILES = {
  'lifegap.yaml': `version: 1
history: false
directory: { name: corp, connector: file, path: people.csv }
apps:
  crm:
    connector: file
    path: crm.csv
    log:
      - { connector: file, path: crm.ndjson, name: siem }
      - { connector: file, path: pushes.csv, name: pushes, of: corp, app: '0oa1' }
      - { connector: file, path: torn.ndjson }
`,
  'people.csv': 'id,userName,email,state,endAt\np1,ada,ada@corp.example,terminated,2026-10-01\np2,ben,ben@corp.example,active,\n',
  'crm.csv': 'id,userName,email,status,createdAt\na1,ada,ada@corp.example,active,2024-01-05\na2,ben,ben@corp.example,active,2024-01-05\n',
  'crm.ndjson': [
    { at: '2026-10-01T20:31:00Z', action: 'disable', accountId: 'a1', by: 'scim', actor: 'SCIM\u001b[2J' },
    { at: '2026-10-09T08:00:00Z', action: 'login', accountId: 'a2' },
    { at: '2026-10-10T08:00:00Z', action: 'enable', accountId: 'a1', by: 'human', actor: 'ben' },
  ]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join(''),
  'pushes.csv':
    'at,action,outcome,userName,app,detail\n2026-10-01T18:00:00Z,disable,failure,ADA,0oa1,User not found\n2026-10-01T18:00:00Z,disable,success,ada,0oa2,\n',
  'torn.ndjson': '{"at":"2026-10-02T00:00:00Z","action":"delete","accountId":"a1"}\n{"at":"2026-',
};

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-person-logs-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(dir, name), text, { mode: 0o600 });
  writeFileSync(path.join(dir, 'key'), 'a-key-that-is-long-enough-for-a-pack', { mode: 0o600 });
  await run('audit', '--as-of', AS_OF, '-q', '--evidence', 'plain');
  await run('audit', '--as-of', AS_OF, '-q', '--evidence', 'redacted', '--redact', '--redact-key-file', 'key');
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const AS_OF = '2026-11-20T00:00:00Z';
const run = async (...args: string[]): ReturnType<typeof lifegap> => lifegap(args, { cwd: dir });
const answer = async (...args: string[]): Promise<PersonReport> =>
  JSON.parse((await run('person', '--json', ...args)).stdout) as PersonReport;

const TOLD = [
  '2024-01-05 | crm | a1 was created',
  '2026-10-01 | corp | last day of p1',
  '2026-10-01T18:00:00Z | crm, log pushes | disable, failure: User not found',
  '2026-10-01T20:31:00Z | crm, log siem | disable, by scim SCIM\u001b[2J',
  '2026-10-02T00:00:00Z | crm, log torn.ndjson | delete',
  '2026-10-10T08:00:00Z | crm, log siem | enable, by human ben',
];
const lines = ({ timeline }: PersonReport): string[] => timeline.map(({ at, what, source }) => `${at} | ${source} | ${what}`);

test('the timeline interleaves directory, list and logs; of other apps and other people there is nothing', async () => {
  const report = await answer('ada', '--as-of', AS_OF);
  expect(lines(report)).toEqual(TOLD);
  expect(report.apps[0]?.logs?.map(({ name, error }) => [name, error === null])).toEqual([['torn.ndjson', expect.any(Boolean)]]);
  expect(lines(await answer('ben', '--as-of', AS_OF))).toEqual([
    '2024-01-05 | crm | a2 was created',
    '2026-10-09T08:00:00Z | crm, log siem | login',
  ]);
});

test('at a terminal it cannot act, and a torn log is named', async () => {
  const { stdout } = await run('person', 'ada', '--as-of', AS_OF);
  expect(stdout).toContain('2026-10-01 20:31 UTC  crm, log siem         disable, by scim SCIM\\u{1b}[2J\n');
  expect(stdout).toMatch(/NOT TOLD\n[^]*crm: log torn\.ndjson: /);
  expect(stdout).not.toContain('\u001b');
});

test('a pack says the same, and a redacted one says it of a pseudonym', async () => {
  expect(lines(await answer('ada', '--replay', 'plain'))).toEqual(TOLD);
  expect(lines(await answer('ben', '--replay', 'plain'))).toContain('2026-10-09T08:00:00Z | crm, log siem | login');
  const redacted = lines(await answer('ada', '--replay', 'redacted', '--redact-key-file', 'key'));
  expect(redacted.map((line) => line.split(' | ').slice(0, 2))).toEqual(TOLD.map((line) => line.split(' | ').slice(0, 2)));
  expect(redacted[2]).toMatch(/\| disable, failure: p-[a-z]+$/i);
  expect(redacted.join()).not.toMatch(/ada|ben|a1|p1|not found/i);
  for (const pack of ['plain', 'redacted']) expect(await run('verify', pack)).toMatchObject({ code: 0 });
});
