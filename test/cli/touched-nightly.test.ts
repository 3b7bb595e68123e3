// A directory without last days, and a job that touches a leaver's record every night: its change date alone would keep the account pending for ever.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtBin, lifegap, type Ran } from '../build.js';

let dir: string;

/** Six people; the state of the first, whose record is changed at one in the night. */
function company(day: string, state: string): void {
  const people = [`1,p1@corp.example,${state},${day}T01:00:00Z`];
  const accounts = ['a1,p1@corp.example,active'];
  for (let i = 2; i <= 6; i++) {
    people.push(`${i},p${i}@corp.example,active,2025-01-01T00:00:00Z`);
    accounts.push(`a${i},p${i}@corp.example,active`);
  }
  writeFileSync(path.join(dir, 'people.csv'), `id,mail,state,changedAt\n${people.join('\n')}\n`);
  writeFileSync(path.join(dir, 'crm.csv'), `id,mail,status\n${accounts.join('\n')}\n`);
}

const audit = (day: string, ...more: string[]): Promise<Ran> =>
  lifegap(['audit', '--as-of', `${day}T12:00:00Z`, '--quiet', ...more], { cwd: dir });

beforeAll(async () => {
  await builtBin();
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-touched-nightly-'));
  const text = `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps: { crm: { connector: file, path: crm.csv } }
`;
  writeFileSync(path.join(dir, 'lifegap.yaml'), text);
}, 240_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('counts the grace of a leaver from when history first saw the leave, and so does the pack', async () => {
  company('2026-11-01', 'active');
  expect((await audit('2026-11-01', '--history')).code).toBe(0);
  company('2026-11-02', 'suspended');
  expect((await audit('2026-11-02', '--history')).code).toBe(0);
  company('2026-11-03', 'suspended');
  const third = await audit('2026-11-03', '--history', '--evidence', 'pack', '--format', 'json');
  expect(third.code).toBe(1);
  expect(JSON.parse(third.stdout)).toMatchObject({ findings: [{ reason: 'owner-disabled', account: { id: 'a1' } }] });
  expect((await lifegap(['verify', 'pack'], { cwd: dir })).code).toBe(0);
  // Without history the change date is all there is.
  expect((await audit('2026-11-03', '--no-history')).code).toBe(0);
  // Who was here in between left anew.
  company('2026-11-04', 'active');
  expect((await audit('2026-11-04', '--history')).code).toBe(0);
  company('2026-11-05', 'suspended');
  expect((await audit('2026-11-05', '--history')).code).toBe(0);
  // Long after the window of coverage, the leave is still on record.
  company('2027-05-05', 'suspended');
  expect((await audit('2027-05-05', '--history')).code).toBe(1);
}, 240_000);
