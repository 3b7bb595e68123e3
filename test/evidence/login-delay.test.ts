import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReplayRecord } from '../../src/evidence/record.js';
import { startFaultServer, type FaultServer } from '../http/fault-server.js';
import { keyOf, verify, writePack } from './packs.js';

const MANIFEST = `name: slow
title: Slow
kind: app
permission: none
leavers: listed
login_delay_days: 3
base_url: https://slow.example
auth: none
request: { path: users }
records: users
fields: { id: id, emails: mail, lastLoginAt: seen }
status: { from: state, map: { on: active } }
`;

let dir: string;
let server: FaultServer;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-login-delay-'));
  const users = [1, 2].map((n) => ({ id: `u${n}`, mail: `p${n}@corp.example`, state: 'on', seen: '2026-11-01T08:00:00Z' }));
  server = await startFaultServer([(response) => response.end(JSON.stringify({ users }))]);
  writeFileSync(path.join(dir, 'slow.yaml'), MANIFEST);
  writeFileSync(path.join(dir, 'people.csv'), 'id,email,state\n1,p1@corp.example,active\n2,p2@corp.example,active\n');
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps: { slow: { connector: http, manifest: slow.yaml, base_url: '${server.origin}' } }
`,
  );
});
afterAll(async () => {
  await server.close();
  rmSync(dir, { recursive: true });
});

it.each([
  ['as it is', {}],
  ['redacted', { key: keyOf('a key of this test') }],
])('by how much a system is late to tell of a login goes from its manifest into the pack, %s', async (name, how) => {
  const target = path.join(dir, `pack ${name}`);
  await writePack(path.join(dir, 'lifegap.yaml'), target, { asOf: Date.UTC(2026, 10, 20), ...how });
  const { lists } = JSON.parse(readFileSync(path.join(target, 'replay.json'), 'utf8')) as ReplayRecord;
  expect(lists.map(({ role, facts }) => [role, facts.loginDelay])).toEqual([
    ['account', 3 * 86_400_000],
    ['person', undefined],
  ]);
  expect(await verify(target)).toEqual([]);
});
