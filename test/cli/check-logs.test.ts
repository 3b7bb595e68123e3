import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { lifegap } from '../build.js';

const event = (eventType: string, result: string, login: string | undefined, app = '0oa1') => ({
  published: `2026-10-02T08:00:0${result.length % 10}.000Z`,
  eventType,
  outcome: { result },
  target: { alternateId: login, apiToken: 'a token of somebody' },
  client: { app },
});
const EVENTS = [
  event('app.user.off', 'SUCCESS', 'ada@corp.example'),
  event('app.user.off', 'FAILURE', undefined),
  event('app.user.new', 'SUCCESS', 'ben@corp.example'),
  event('app.user.new', 'SUCCESS', 'cy@corp.example', '0oa2'),
  event('user.session.start', 'ALLOW', 'ada@corp.example'),
  { eventType: 'user.session.start' },
];
const LOG = `
      - connector: file
        path: idp.ndjson.gz
        of: hr
        app: 0oa1
        fields: { at: published, userName: target.alternateId, app: client.app }
        action: { from: eventType, map: { app.user.off: disable, app.user.new: create } }
        outcome: { from: outcome.result, map: { SUCCESS: success, FAILURE: failure } }
      - { connector: file, path: crm.csv, name: own }`;

function folder(more: Readonly<Record<string, string | Uint8Array>> = {}, log = LOG): string {
  const cwd = mkdtempSync(path.join(tmpdir(), 'lifegap-check-logs-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const files = {
    'hr.csv': 'id,email,state\np1,ada@corp.example,active\n',
    'app.csv': 'id,email,status\na1,ada@corp.example,active\n',
    'idp.ndjson.gz': gzipSync(EVENTS.map((one) => `${JSON.stringify(one)}\n`).join('')),
    'crm.csv': 'AT,Action,user_name,By\n2026-10-02,delete,ada,scim\nsoon,update,ada,human\n',
    'lifegap.yaml': `version: 1\ndirectory: { name: hr, connector: file, path: hr.csv }\napps:\n  crm:\n    connector: file\n    path: app.csv\n    log:${log}\n`,
    ...more,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(cwd, name), content);
  return cwd;
}

it('reads one page of every log, and says what it tells', async () => {
  const { code, stdout } = await lifegap(['check'], { cwd: folder() });
  const lines = stdout.split('\n').filter((line) => line.includes('crm: log '));
  expect(lines).toEqual([
    'crm: log idp.ndjson.gz (of hr): 6 entries on the first page, from 2026-10-02 08:00:05 UTC until 2026-10-02 08:00:07 UTC (create 1, disable 2, other 2)',
    '! crm: log idp.ndjson.gz (of hr): 1 entry is of other apps: skipped',
    'crm: log idp.ndjson.gz (of hr) gives: at (4 of 5), userName (3 of 5), app (4 of 5)',
    'crm: log idp.ndjson.gz (of hr) tells of the outcome: failure 1, success 2, unknown 1; 1 entry tells of none, which counts as unknown',
    '! crm: log idp.ndjson.gz (of hr): 1 entry has no date that can be read, and so count for nothing: map at under `fields`',
    '! crm: log idp.ndjson.gz (of hr): 1 entry does not say whose account it is, and so count for nobody: map one of accountId, userName, email, externalId, personId, personUserName, personEmail, employeeId',
    'crm: log own: 2 entries on the first page, from 2026-10-02 00:00 UTC until 2026-10-02 00:00 UTC (delete 1, update 1)',
    'crm: log own gives: at (1 of 2), userName',
    'crm: log own tells of the outcome: 2 entries tell of none, which counts as success',
    'crm: log own tells who did it: human 1, scim 1',
    '! crm: log own: 1 entry has no date that can be read, and so count for nothing: map at under `fields`',
    '! crm: log own: at ("AT"): 1 value could not be read as a date (such as "soon")',
  ]);
  expect(code).toBe(0);
  expect(stdout).not.toContain('record');
});

it('shows the first record of each action beside its entry, without what opens a door', async () => {
  const { stdout } = await lifegap(['check', '--verbose'], { cwd: folder() });
  expect(stdout).toContain('crm: log idp.ndjson.gz (of hr), of each action the first entry:');
  expect(stdout).toMatch(/entry +│ record/);
  expect(stdout).toMatch(/action: disable .*│ eventType: app\.user\.off/);
  expect(stdout.match(/action: \w+/g)).toEqual(['action: disable', 'action: create', 'action: other', 'action: delete', 'action: update']);
  expect(stdout).not.toContain('a token of somebody');
});

it('ends with 4 where a log cannot be read, and says so beside the rest', async () => {
  const { code, stdout } = await lifegap(['check'], { cwd: folder({ 'crm.csv': 'at,action\n"2026' }) });
  expect(code).toBe(4);
  expect(stdout).toContain('✗ crm: log own (file) could not be read: own: reading crm.csv: ');
  expect(stdout).toContain('2 sources answered; 1 log could not be read\n');
});

it('says of a log that tells nothing that it does', async () => {
  const log = '\n      - { connector: file, path: crm.csv }';
  const { code, stdout } = await lifegap(['check'], { cwd: folder({ 'crm.csv': 'at,action,outcome\n2026-10-02,user.off,ok\n' }, log) });
  expect(code).toBe(0);
  expect(stdout).toContain('! crm: log crm.csv: no entry has an action that counts: map it under `action`');
  expect(stdout).toContain('! crm: log crm.csv: no outcome is understood: map it under `outcome`');
  expect(stdout).toContain('(first: "user.off")');
});
