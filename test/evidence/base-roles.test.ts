import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../http/fault-server.js';
import { keyOf, verify, writePack } from './packs.js';

const MANIFEST = `name: watch
title: Watch
kind: app
permission: none
leavers: listed
base_roles: [Basic]
base_url: https://watch.example
auth: none
request: { path: users }
records: users
fields: { id: id, emails: mail, roles: role }
status: { from: state, map: { on: active, off: deactivated } }
`;

let dir: string;
let server: FaultServer;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'lifegap-base-roles-'));
  const users = [
    { id: 'u1', mail: 'p1@corp.example', state: 'on', role: 'Editor' },
    { id: 'u2', mail: 'p2@corp.example', state: 'off', role: 'basic' },
    { id: 'u3', mail: 'p3@corp.example', state: 'off', role: 'Editor' },
  ];
  server = await startFaultServer([(response) => response.end(JSON.stringify({ users }))]);
  writeFileSync(path.join(dir, 'watch.yaml'), MANIFEST);
  writeFileSync(
    path.join(dir, 'people.csv'),
    'id,email,state,endAt\n1,p1@corp.example,active,\n2,p2@corp.example,terminated,2026-09-30\n3,p3@corp.example,terminated,2026-09-30\n',
  );
  writeFileSync(
    path.join(dir, 'lifegap.yaml'),
    `version: 1
directory: { name: hr, connector: file, path: people.csv }
apps: { watch: { connector: http, manifest: watch.yaml, base_url: '${server.origin}' } }
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
])('roles that a manifest names are spared, named as excluded, and spared again when the pack is judged again, %s', async (name, how) => {
  const target = path.join(dir, `pack ${name}`);
  await writePack(path.join(dir, 'lifegap.yaml'), target, { asOf: Date.UTC(2026, 10, 20), ...how });
  const manifest = JSON.parse(readFileSync(path.join(target, 'manifest.json'), 'utf8')) as {
    readonly apps: readonly { readonly exclusions: readonly unknown[]; readonly reconciliation: unknown }[];
  };
  expect(manifest.apps[0]?.exclusions).toContainEqual({
    what: 'accounts',
    count: 1,
    by: 'base-role',
    rule: 'base roles: those of the manifest, and what nearly all accounts hold',
  });
  expect(manifest.apps[0]?.reconciliation).toMatchObject({ accounts: { parts: { orphaned: 1, inactive: 1 } } });
  expect(await verify(target)).toEqual([]);
});
