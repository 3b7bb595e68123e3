// The tables of every account and person, through the real bin.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { builtBin, lifegap, type Ran } from '../build.js';

// Each test starts several processes.
vi.setConfig({ testTimeout: 90_000 });

const TABLES = ['csv-accounts', 'csv-people', 'csv-exclusions'] as const;
const CONFIG = `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps:
  crm: { connector: file, path: crm.csv, accounts: [{ match: 'userName sw "svc"', kind: service, owner: ann }] }
  torn: { connector: file, path: torn.csv }
  gone: { connector: file, path: nowhere.csv }
history: false
`;
const PEOPLE = `id,userName,email,state,endAt
p2,bob,bob@corp.example,terminated,2026-10-01
p1,ann,ann@corp.example,active,
p3,=eve,eve@corp.example,active,
`;
const CRM = `id,userName,email,status
a1,ann,ann@corp.example,active
a2,bob,bob@corp.example,active
a3,svc-deploy,,active
`;

let dir: string;
const audit = (...args: string[]): Promise<Ran> => lifegap(['audit', ...args], { cwd: dir });
const live = (...args: string[]): Promise<Ran> => audit('--as-of', '2026-11-24', ...args);
const read = (name: string): string => readFileSync(path.join(dir, name), 'utf8');
const rows = (name: string): Record<string, string>[] => Papa.parse<Record<string, string>>(read(name), { header: true, skipEmptyLines: true }).data; // prettier-ignore

beforeAll(async () => {
  await builtBin();
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-tables-'));
  const files = { 'lifegap.yaml': CONFIG, 'people.csv': PEOPLE, 'crm.csv': CRM, 'torn.csv': CRM.slice(0, -9) };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text);
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the rows of every table add up to the report of the same audit', async () => {
  const before = readdirSync(dir);
  const { code } = await live(...TABLES.flatMap((name) => ['-f', `${name}=${name}.csv`]), '-f', 'json=report.json');
  expect(code).toBe(1);
  // What waited on disk is gone, and no half file is left.
  expect(readdirSync(dir).sort()).toEqual([...before, ...TABLES.map((name) => `${name}.csv`), 'report.json'].sort());
  const report = JSON.parse(read('report.json')) as Report;
  const [accounts, people, exclusions] = TABLES.map((name) => rows(`${name}.csv`)) as [Record<string, string>[], Record<string, string>[], Record<string, string>[]]; // prettier-ignore
  for (const { name, reconciliation } of report.apps) {
    for (const [verdict, n] of Object.entries(reconciliation.accounts))
      expect([name, verdict, accounts.filter((row) => row['app'] === name && row['verdict'] === verdict).length]).toEqual([name, verdict, n]); // prettier-ignore
    const { expected, ...parts } = reconciliation.people;
    expect(people.filter((row) => row['app'] === name && row['expected'] === 'yes')).toHaveLength(expected);
    for (const [verdict, n] of Object.entries(parts))
      expect(people.filter((row) => row['app'] === name && row['verdict'] === verdict)).toHaveLength(n);
  }
  expect(accounts.filter((row) => row['verdict'] === 'incomplete').map((row) => [row['app'], row['list']])).toEqual([['gone', 'failed'], ['torn', 'failed']]); // prettier-ignore
  expect(people.map((row) => row['person_id'])).toEqual(['p1', 'p2', 'p3', 'p1', 'p2', 'p3', 'p1', 'p2', 'p3']);
  expect(people[2]?.['person_userName']).toBe("'=eve");
  expect(exclusions.find((row) => row['app'] === 'crm')).toMatchObject({ what: 'account', kept_by: 'registered', account_id: 'a3', owner: 'ann' }); // prettier-ignore
});

test('a replayed pack gives the same bytes, and the evidence of the audit is unchanged by the tables', async () => {
  const files = (prefix: string): string[] => TABLES.flatMap((name) => ['-f', `${name}=${prefix}-${name}.csv`]);
  await live('--evidence', 'pack', ...files('live'));
  await audit('--replay', 'pack', ...files('again'));
  for (const name of TABLES) expect(read(`again-${name}.csv`)).toBe(read(`live-${name}.csv`));
  expect(read('live-csv-accounts.csv').length).toBeGreaterThan(500);
});

test('--csv-bom begins every CSV with a byte order mark, once, and nothing else', async () => {
  const args = ['-f', 'csv-accounts=bom.csv', '-f', 'json=bom.json', '-f', 'csv'];
  const plain = (await live('-f', 'csv')).stdout;
  const { stdout } = await live('--csv-bom', ...args);
  expect(stdout).toBe(`\ufeff${plain}`);
  expect([...readFileSync(path.join(dir, 'bom.csv')).subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x22]);
  expect(read('bom.json').startsWith('{')).toBe(true);
});

test('an audit that does not begin leaves the table of an earlier one as it is', async () => {
  writeFileSync(path.join(dir, 'kept.csv'), 'of yesterday');
  writeFileSync(path.join(dir, 'broken.yaml'), CONFIG.replace('version: 1', 'version: 2'));
  const { code } = await live('-c', 'broken.yaml', '-f', 'csv-accounts=kept.csv');
  expect(code).toBe(2);
  expect(read('kept.csv')).toBe('of yesterday');
});
