// Several rows of one id, in files and over HTTP: whole audits, in every order of the rows.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../src/config/load.js';
import type { Report } from '../src/model/report.js';
import { runAudit } from '../src/audit/run.js';
import { json, startFaultServer, type Answer } from './http/fault-server.js';
import fc from './property.js';

const AS_OF = Date.parse('2026-11-23T12:00:00Z');

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-rows-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Rows = readonly Readonly<Record<string, string>>[];
type Form = 'csv' | 'json' | 'ndjson' | 'http';

function text(form: Form, rows: Rows): string {
  if (form === 'ndjson') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (form !== 'csv') return JSON.stringify(rows);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  return [columns.join(','), ...rows.map((row) => columns.map((name) => row[name] ?? '').join(',')), ''].join('\n');
}

async function audit(form: Form, lists: { readonly hr: Rows; readonly app: Rows }): Promise<Report> {
  if (form === 'http') {
    const server = await startFaultServer(({ url }): Answer => json(url.startsWith('/hr') ? lists.hr : lists.app));
    onTestFinished(() => server.close());
    for (const name of ['hr', 'app'] as const) writeFileSync(path.join(dir, `${name}.yaml`), manifest(name, server.origin));
  } else for (const name of ['hr', 'app'] as const) writeFileSync(path.join(dir, `${name}.${form}`), text(form, lists[name]));
  const list = (name: string): string =>
    form === 'http' ? `connector: http, manifest: ${name}.yaml` : `connector: file, path: ${name}.${form}`;
  const yaml = `version: 1\ndirectory: { name: hr, ${list('hr')} }\napps:\n  app: { ${list('app')} }\nhistory: false\n`;
  const loaded = await loadConfig({ path: path.join(dir, 'lifegap.yaml'), text: yaml, cwd: dir, env: {} });
  return runAudit(loaded, { asOf: AS_OF, now: () => AS_OF, env: {}, signal: new AbortController().signal });
}

const FIELDS = {
  hr: 'id: id, employeeId: employeeId, emails: email, givenName: givenName, familyName: familyName, startAt: startAt, endAt: endAt',
  app: 'id: id, emails: email, roles: roles, createdAt: createdAt',
};

function manifest(name: 'hr' | 'app', origin: string): string {
  return `name: ${name}
title: A list
kind: ${name === 'hr' ? 'directory' : 'app'}
permission: none
leavers: listed
confidence: high
sources: [a test]
base_url: ${origin}
auth: none
request: { path: ${name} }
records: .
fields: { ${FIELDS[name]} }
status: { from: ${name === 'hr' ? 'state' : 'status'}, map: { active: active, terminated: terminated, deactivated: deactivated } }
`;
}

const person = (id: string, email: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({ id, employeeId: id, email, givenName: email, familyName: 'One', state: 'active', ...more }); // prettier-ignore
const role = (id: string, email: string, status: string, roles: string) => ({ id, email: `${email}@corp.example`, status, roles, createdAt: '2019-02-01' }); // prettier-ignore

const LISTS = {
  hr: [
    person('1001', 'ada@corp.example', { state: 'terminated', startAt: '2018-01-01', endAt: '2024-05-31' }),
    person('1001', 'ada@corp.example', { startAt: '2025-02-01' }),
    person('1002', 'ben@corp.example', { state: 'terminated', startAt: '2018-01-01', endAt: '2026-09-30' }),
    person('1003', 'cy@corp.example', { startAt: '2018-01-01' }),
    person('1004', 'dee@corp.example', { state: 'terminated', startAt: '2018-01-01', endAt: '2026-09-30' }),
    person('1004', 'dee@corp.example', { startAt: '2018-01-01' }),
  ],
  app: [
    role('u1', 'ada', 'deactivated', 'Wiki'),
    role('u1', 'ada', 'active', 'Tracker'),
    role('u2', 'ben', 'deactivated', 'Wiki'),
    role('u2', 'ben', 'active', 'Tracker'),
    role('u2', 'ben', 'deactivated', 'Desk'),
    role('u3', 'cy', 'active', 'Wiki'),
    role('u3', 'cy', 'active', 'Tracker'),
    role('u4', 'dee', 'active', 'Wiki'),
  ],
};

const verdicts = ({ findings }: Report) =>
  findings.filter(({ account }) => account !== null).map((f) => [f.account?.id, f.class, f.reason, f.severity, f.summary]);

/** What must not hang on the order of rows: everything but when it was. */
const said = ({ directory, apps, findings, summary }: Report): string => JSON.stringify({ directory, apps, findings, summary });

describe.each<Form>(['csv', 'json', 'ndjson', 'http'])('rows of one id by %s', (form) => {
  it('come to what all of them say', async () => {
    const report = await audit(form, LISTS);
    expect(verdicts(report)).toEqual([
      ['u2', 'orphaned', 'owner-terminated', 'high', 'ben@corp.example left on 2026-09-30, yet has an active account'],
      ['u4', 'inconclusive', 'unknown-status', 'info', expect.stringContaining("state of dee@corp.example's owner is unknown")],
    ]);
    expect(report.directory[0]?.notes).toContainEqual(expect.stringContaining('1 id stands on rows that contradict each other'));
  });

  it('may stand in any order', async () => {
    const first = said(await audit(form, LISTS));
    const shuffled = <T>(rows: readonly T[]) => fc.shuffledSubarray([...rows], { minLength: rows.length });
    const lists = fc.record({ hr: shuffled(LISTS.hr), app: shuffled(LISTS.app) });
    for (const one of fc.sample(lists, 6)) expect(said(await audit(form, one))).toBe(first);
  });
});

describe('an export', () => {
  it('of rows for each role is whole, one in which records come twice is not', async () => {
    const whole = await audit('csv', LISTS);
    expect(whole.apps[0]?.completeness).toMatchObject({ verdict: 'consistent', received: 8, unique: 4 });
    const twice = await audit('csv', { ...LISTS, app: [...LISTS.app, ...LISTS.app.slice(0, 1)] });
    expect(twice.apps[0]?.completeness).toMatchObject({ verdict: 'unproven', received: 9, unique: 4 });
    expect(verdicts(twice)).toContainEqual(['u2', 'orphaned', 'owner-terminated', 'high', expect.anything()]);
  });
});
