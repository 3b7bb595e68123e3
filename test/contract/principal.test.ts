// Whose credential read a system: asked only where somebody wants to know, and never at the list's cost.
import { expect, onTestFinished, test } from 'vitest';
import type { SourceConfig } from '../../src/model/config.js';
import { Secret } from '../../src/model/secret.js';
import type { PrincipalSeen } from '../../src/model/request-seen.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import { manifestSource } from '../../src/manifest/source.js';
import { readAll } from '../../src/audit/read-all.js';
import { openScim } from '../../src/sources/scim/source.js';
import type { OpenSource, SourceContext } from '../../src/contract/system.js';
import { json, raw, startFaultServer, type Answer } from '../http/fault-server.js';

const MANIFEST = `
name: acme
title: Acme
kind: app
permission: read
leavers: listed
params: { token: { secret: true } }
base_url: http://127.0.0.1
auth: { bearer: '\${token}' }
request: { path: users, headers: { X-Version: '3' } }
principal: { request: { path: users/me }, id: user.name }
records: .
fields: { id: id }
status: { const: active }
`;
const openManifest: OpenSource = (role, config, context) => manifestSource(role, config, context, parseManifest(MANIFEST, 'acme.yaml'));
const me = (answer: Answer) => (path: string): Answer => (path === '/users/me' || path === '/Me' ? answer : path === '/users' ? json([{ id: '1' }, { id: '2' }]) : path === '/Users' ? json({ schemas: [], totalResults: 1, Resources: [{ id: '1', active: true }] }) : json({}, { status: 404 })); // prettier-ignore

async function read(openSource: OpenSource, answer: (path: string) => Answer, wanted = true) {
  const server = await startFaultServer((seen) => answer(new URL(seen.url, 'http://acme').pathname));
  onTestFinished(() => server.close());
  const principals: PrincipalSeen[] = [];
  const context: SourceContext = {
    redact: (text) => text,
    env: {},
    pageConcurrency: 1,
    ...(wanted ? { onPrincipal: (principal) => void principals.push(principal) } : {}),
  };
  const options = { token: new Secret('no-secret'), url: server.origin, base_url: server.origin };
  const config: SourceConfig = { name: 'acme', connector: 'http', options, fields: {}, dir: '/' };
  const source = openSource('account', config, context);
  let rows = 0;
  const { error, completeness } = await readAll(
    source,
    { signal: new AbortController().signal },
    (page) => void (rows += page.rows.length),
  );
  await source.close?.();
  const asked = server.seen.filter(({ url }) => /\/(users\/)?me$/i.test(url));
  return { rows, error, reasons: completeness.reasons, principals, asked };
}

test.each([
  ['a manifest', openManifest, json({ user: { name: 'auditor' } }), { id: 'auditor' }, 2],
  ['a manifest, by number', openManifest, json({ user: { name: 17 } }), { id: '17' }, 2],
  ['SCIM', openScim, json({ id: '9', userName: 'auditor' }), { id: 'auditor' }, 1],
  ['SCIM without a user name', openScim, json({ id: '9' }), { id: '9' }, 1],
] as const)('%s tells it', async (_, openSource, answer, principal, rows) => {
  expect(await read(openSource, me(answer))).toMatchObject({ rows, error: null, principals: [principal], asked: [expect.anything()] });
});

test('a manifest asks with the headers of its list', async () => {
  const { asked } = await read(openManifest, me(json({ user: { name: 'auditor' } })));
  expect(asked[0]?.headers['x-version']).toBe('3');
});

test.each([
  ['a manifest, refused', openManifest, json({}, { status: 403 }), /403/, 2],
  ['a manifest, another answer', openManifest, json({ user: {} }), /does not say whose/, 2],
  ['a manifest, no JSON', openManifest, raw(200, { 'content-type': 'text/html' }, '<p>'), /.+/, 2],
  ['SCIM, not offered', openScim, json({}, { status: 501 }), /does not say whose/, 1],
  ['SCIM, a redirect', openScim, json({}, { status: 308, headers: { location: '/elsewhere' } }), /.+/, 1],
] as const)('%s: a remark, and a list that is whole', async (_, openSource, answer, remark, rows) => {
  const failed = await read(openSource, me(answer));
  const without = await read(openSource, me(answer), false);
  expect(failed).toMatchObject({ rows, error: null, principals: [{ remark: expect.stringMatching(remark) as string }] });
  expect([without.rows, without.reasons, without.asked]).toEqual([failed.rows, failed.reasons, []]);
});
