import { expect, it } from 'vitest';
import { json, gzipBomb, raw, startFaultServer, type Answer } from '../http/fault-server.js';
import {
  listOf,
  raw as scimRaw,
  refuse,
  startScim,
  users,
  type Answer as ScimAnswer,
  type ListQuery,
} from '../sources/scim/scim-server.js';
import type { Report } from '../../src/model/report.js';
import { bad, config, expectFailedSource, folder, SECRET } from './run.js';

const app = (url: string): string => config(`{ connector: scim, url: "${url}", token: "\${env:TOKEN}", page_size: 10 }`);

it('a dead port', async () => {
  const server = await startFaultServer([]);
  await server.close();
  const dir = await folder({ 'lifegap.yaml': app(`${server.origin}/scim/v2`) });
  await expectFailedSource(dir, 'crm', /^crm: .*ECONNREFUSED/);
  const check = await bad(dir, ['check'], { TOKEN: SECRET });
  expect(check.code).toBe(4);
});

it.each<[string, Answer, RegExp]>([
  ['401', json({ detail: SECRET }, { status: 401 }), /401/],
  ['an HTML login page', raw(200, { 'content-type': 'text/html' }, '<!doctype html><title>Sign in</title>'), /HTML|text\/html|JSON/],
  ['a cross-origin redirect', raw(302, { location: 'http://localhost:9/scim/v2/Users' }), /redirect/i],
  ['a gzip bomb', gzipBomb(80 * 1024 * 1024), /MiB|large/],
])('%s', async (_, answer, message) => {
  const server = await startFaultServer([answer]);
  try {
    await expectFailedSource(await folder({ 'lifegap.yaml': app(`${server.origin}/scim/v2`) }), 'crm', message);
  } finally {
    await server.close();
  }
});

const all = users(45);

it.each<[string, ScimAnswer, RegExp]>([
  ['torn JSON on page 3', scimRaw('{"totalResults":45,"Resources":[{"id":"u2'), /JSON/],
  ['401 on page 3', refuse(401), /401/],
])('%s fails the list: the pages before it are no list', async (_, answer, message) => {
  const server = await startScim({ list: (query: ListQuery) => (query.startIndex >= 21 ? answer : listOf(all, query)) });
  try {
    await expectFailedSource(await folder({ 'lifegap.yaml': app(server.url) }), 'crm', message);
  } finally {
    await server.close();
  }
});

it('a total that is wrong: exit 3, and nobody is missing', async () => {
  const server = await startScim({ list: (query) => listOf(all, query, { totalResults: 60 }) });
  try {
    const dir = await folder({ 'lifegap.yaml': app(server.url) });
    const ran = await bad(dir, ['audit', '--format', 'json', '--fail-on', 'missing'], { TOKEN: SECRET });
    expect([ran.code, ran.stderr]).toEqual([3, 'lifegap: exit 3: inconclusive: the list of crm\n']);
    const report = JSON.parse(ran.stdout) as Report;
    expect(report.apps[0]?.completeness.verdict).toBe('unproven');
    expect(report.summary.missing).toBe(0);
  } finally {
    await server.close();
  }
});
