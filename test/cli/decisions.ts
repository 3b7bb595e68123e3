import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../src/model/finding.js';
import type { Report } from '../../src/model/report.js';
import { folder } from '../bad-input/run.js';
import { lifegap } from '../build.js';

/** Ada and Ben are fine; Zoe left and is still on (high), a stranger is on (high), and Kim has no account (low). */
export const PEOPLE = 'id,userName,state,endAt\np1,ada,active,\np2,ben,active,\np3,zoe,terminated,2026-10-01\np4,kim,active,\n';
export const ACCOUNTS =
  'id,userName,status,lastLoginAt\nc1,ada,active,\nc2,ben,active,\nc3,zoe,active,2026-09-20T00:00:00Z\nc9,stranger,active,\n';

export function audited(policy: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const config = `version: 1
directory:
  name: hr
  connector: file
  path: people.csv
  state: { from: state, map: { active: active, terminated: terminated } }
apps:
  crm: { connector: file, path: crm.csv, lifecycle: { create: { by: scim }, update: { by: scim }, delete: { by: scim } } }
policy: { guard: { unmatched: 100% }, ${policy} }
history: false
`;
  return folder({ 'lifegap.yaml': config, 'people.csv': PEOPLE, 'crm.csv': ACCOUNTS, ...more });
}

export interface Judged {
  readonly code: number | null;
  readonly stderr: string;
  readonly report: Report;
  /** By the account's id, or the person's where there is no account. */
  readonly of: (id: string) => Finding;
}

/** `lifegap audit --format json` of that day. */
export async function audit(dir: string, day: string, ...flags: string[]): Promise<Judged> {
  const { code, stdout, stderr } = await lifegap(['audit', '--as-of', day, '--format', 'json', ...flags], { cwd: dir });
  const report = JSON.parse(stdout) as Report;
  const of = (id: string): Finding => {
    const found = report.findings.find(({ account, person }) => (account?.id ?? person?.id) === id);
    if (found === undefined) throw new Error(`no finding on ${id}: ${stdout}`);
    return found;
  };
  return { code, stderr, report, of };
}

export function rewrite(dir: string, file: string, text: string): Promise<void> {
  return writeFile(path.join(dir, file), text);
}
