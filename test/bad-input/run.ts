import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { lifegap, type Ran } from '../build.js';

export const SECRET = 't0p-s3cret-value';
export type Files = Readonly<Record<string, string | Buffer>>;

export const PEOPLE = 'id,userName,state\np1,ada,active\np2,ben,active\n';
export const ACCOUNTS = 'id,userName,status\nc1,ada,active\nc2,ben,active\n';

/** A config whose parts are given as YAML flow mappings. */
export function config(app: string, directory = '{ name: hr, connector: file, path: people.csv }'): string {
  return `version: 1\ndirectory: ${directory}\napps:\n  crm: ${app}\n`;
}

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((dir) => rmSync(dir, { recursive: true, force: true })));

export async function folder(files: Files): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'lifegap-bad-'));
  folders.push(dir);
  for (const [name, content] of Object.entries({ 'people.csv': PEOPLE, 'crm.csv': ACCOUNTS, ...files })) {
    await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
    await writeFile(path.join(dir, name), content);
  }
  return dir;
}

/** Whatever is wrong: no stack, no secret, no line that moves the cursor, and never "clean". */
export function expectHonest({ code, stdout, stderr }: Ran): void {
  const text = stdout + stderr;
  expect(text).not.toMatch(/^\s+at .*:\d+/m);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(Buffer.from(SECRET).toString('base64'));
  expect(stderr).not.toMatch(/[\u001b\r]|this is our bug/);
  expect(code).not.toBe(0);
}

export async function bad(dir: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const ran = await lifegap(args, { cwd: dir, env });
  expectHonest(ran);
  return ran;
}

/** An audit whose source `name` fails: exit 4, one line on stderr, one line in the report, nothing claimed on it. */
export async function expectFailedSource(
  dir: string,
  name: 'hr' | 'crm',
  message: RegExp,
  env: Readonly<Record<string, string>> = { TOKEN: SECRET },
): Promise<Report> {
  const ran = await bad(dir, ['audit', '--format', 'json', '--fail-on', 'orphaned,missing:inactive-account'], env);
  expect([ran.code, ran.stderr]).toEqual([4, `lifegap: exit 4: could not be read: ${name}\n`]);
  const report = JSON.parse(ran.stdout) as Report;
  const list = [...report.directory, ...report.apps].find((one) => one.name === name);
  expect(list?.error).toMatch(message);
  expect(list?.error).not.toMatch(/[\r\n]/);
  expect(list?.completeness.verdict).toBe('unproven');
  expect(report.findings.map((finding) => finding.reason)).not.toContain('no-owner');
  for (const stage of Object.values(report.apps[0]!.coverage)) expect(stage.verdict).toBe('unproven');
  return report;
}
