import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../http/fault-server.js';
import { verify, writePack } from './packs.js';

const MANIFEST = `name: watch
title: Watch
kind: app
permission: none
leavers: listed
base_url: https://watch.example
auth: none
request: { path: users }
records: users
drop: { type: robot }
fields: { id: id, emails: mail }
status: { from: state, map: { on: active } }
`;

let dir: string;
let server: FaultServer;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-left-out-'));
  const users = [
    { id: 'u1', mail: 'p1@corp.example', state: 'on' },
    { id: 'u2', mail: 'robot@corp.example', state: 'on', type: 'robot' },
  ];
  server = await startFaultServer([(response) => response.end(JSON.stringify({ users }))]);
  writeFileSync(path.join(dir, 'watch.yaml'), MANIFEST);
  writeFileSync(path.join(dir, 'people.csv'), 'id,email,state,grade\n1,p1@corp.example,active,left out\n2,p2@corp.example,active,A\n');
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv, fields: { title: { from: grade, map: { A: Lead } } } }
apps: { watch: { connector: http, manifest: watch.yaml, base_url: '${server.origin}' } }
`,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

interface Listed {
  readonly completeness: { readonly reasons: readonly string[] };
  readonly exclusions: readonly { readonly what: string; readonly rule: string }[];
}

it('records that are left out are exclusions, and a value that no map knows is none, whatever its sentence says', async () => {
  const target = path.join(dir, 'pack');
  await writePack(path.join(dir, 'lifegap.yaml'), target, { asOf: Date.UTC(2026, 10, 20) });
  const { directory, apps } = JSON.parse(readFileSync(path.join(target, 'manifest.json'), 'utf8')) as {
    directory: Listed[];
    apps: Listed[];
  };
  expect(directory[0]?.completeness.reasons.join()).toContain('left out');
  expect(directory[0]?.exclusions).toEqual([]);
  expect(apps[0]?.exclusions.filter(({ what }) => what === 'records left out')).toEqual([
    { what: 'records left out', rule: '1 records are left out, as the manifest says (keep, drop)' },
  ]);
  expect(await verify(target)).toEqual([]);
});
