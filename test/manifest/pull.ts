import { onTestFinished } from 'vitest';
import type { Account } from '../../src/model/account.js';
import type { Completeness } from '../../src/model/completeness.js';
import { Secret } from '../../src/model/secret.js';
import { parseManifest } from '../../src/manifest/form/parse.js';
import type { Manifest } from '../../src/manifest/form/schema.js';
import type { World } from '../../src/http/world.js';
import { manifestSource } from '../../src/manifest/source.js';
import { type Answer, type FaultServer, type Seen, startFaultServer } from '../http/fault-server.js';
import { hastyWorld } from './fixture-server.js';

const HEAD = `name: small
title: Small
kind: app
permission: none
leavers: listed
params: { token: { secret: true } }
base_url: https://small.example
status: { from: state, map: { on: active } }
`;

const FIELDS = 'fields: { id: id, userName: { from: login, lower: true } }\n';

/** Parsed once: a property pulls the same list many times. */
const manifests = new Map<string, Manifest>();
function parsed(text: string): Manifest {
  const manifest = manifests.get(text) ?? parseManifest(text, 'small.yaml');
  manifests.set(text, manifest);
  return manifest;
}

export interface Pulled {
  readonly ids: readonly string[];
  readonly rows: readonly Account[];
  readonly completeness: Completeness;
  readonly server: FaultServer;
  /** What `--verbose` would have shown. */
  readonly trace: readonly string[];
}

/** Reads a whole list from a server that answers so, by a manifest with these lines in it. */
export async function pull(
  lines: string,
  answer: readonly Answer[] | ((seen: Seen, number: number) => Answer),
  fields = FIELDS,
  world: World = hastyWorld(),
  firstPagesOnly = false,
): Promise<Pulled> {
  const server = await startFaultServer(answer);
  onTestFinished(() => server.close());
  const text = `${HEAD}${/^auth:/m.test(lines) ? '' : "auth: { bearer: '${token}' }\n"}${fields}${lines}`;
  const trace: string[] = [];
  const context = { redact: (said: string) => said, env: {}, pageConcurrency: 4, trace: (line: string) => void trace.push(line) };
  const options = { token: new Secret('t0p-s3cret'), base_url: server.origin, token_url: `${server.origin}/token` };
  const config = { name: 'small', connector: 'http', options, fields: {}, dir: '/' };
  const source = manifestSource('account', config, context, parsed(text), world);
  onTestFinished(() => source.close?.());
  const rows: Account[] = [];
  const pages = source.pull({ signal: new AbortController().signal, firstPagesOnly });
  let step = await pages.next();
  for (; step.done !== true; step = await pages.next()) rows.push(...step.value.rows);
  return { rows, ids: rows.map(({ id }) => id), completeness: step.value, server, trace };
}

/** `count` users from number `from` on. */
export function users(count: number, from = 0): { id: string; login: string; state: string }[] {
  return Array.from({ length: count }, (_, i) => ({ id: `u${from + i}`, login: `U${from + i}`, state: 'on' }));
}

export function queryOf(seen: Seen): URLSearchParams {
  return new URL(seen.url, 'http://any.example').searchParams;
}
