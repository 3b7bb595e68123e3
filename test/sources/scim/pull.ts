import { onTestFinished } from 'vitest';
import type { FieldMap, FieldSpec } from '../../../src/model/config.js';
import type { Completeness } from '../../../src/model/completeness.js';
import { Secret } from '../../../src/model/secret.js';
import { createHttpClient } from '../../../src/http/client.js';
import type { World } from '../../../src/http/world.js';
import { scimOptions } from '../../../src/sources/scim/options.js';
import { scimSource } from '../../../src/sources/scim/source.js';
import type { Source } from '../../../src/contract/source.js';
import type { Role, RowOf } from '../../../src/model/role.js';
import { type FakeScim, type Routes, startScim } from './scim-server.js';

export interface Setup {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fields?: FieldMap;
  readonly state?: FieldSpec;
  readonly maxBodyBytes?: number;
}

/** Time that passes as soon as it is waited for. */
function hastyWorld(): World {
  let now = 0;
  return {
    now: () => now,
    elapsed: () => now,
    random: () => 0.5,
    wait: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

/** A source over the real HTTP client, with waiting cut out of it. */
export function sourceFor<R extends Role>(
  role: R,
  url: string,
  { options = {}, fields = {}, state, maxBodyBytes }: Setup = {},
): Source<RowOf<R>> {
  const config = {
    name: 'hr-portal',
    connector: 'scim',
    options: { url, token: new Secret('t0p-s3cret'), page_size: 10, concurrency: 1, ...options },
    fields,
    ...(state === undefined ? {} : { state }),
    dir: '/',
  };
  const ready = scimOptions(config, { redact: (text) => text.replaceAll('t0p-s3cret', '***'), env: {}, pageConcurrency: 4 });
  const http = { ...ready.http, ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }) };
  const source = scimSource(role, config, ready, createHttpClient(http, hastyWorld()));
  onTestFinished(() => source.close?.());
  return source;
}

export interface Pulled<R extends Role = 'account'> {
  readonly rows: readonly RowOf<R>[];
  readonly ids: readonly string[];
  readonly completeness: Completeness;
}

export async function pullAll<R extends Role>(source: Source<RowOf<R>>, signal = new AbortController().signal): Promise<Pulled<R>> {
  const rows: RowOf<R>[] = [];
  const pages = source.pull({ signal });
  let step = await pages.next();
  for (; step.done !== true; step = await pages.next()) rows.push(...step.value.rows);
  return { rows, ids: rows.map((row) => row.id), completeness: step.value };
}

/** Starts a server with this list, reads it all as accounts, and stops the server when the test ends. */
export async function pullFrom(routes: Routes, setup: Setup = {}): Promise<Pulled & { readonly server: FakeScim }> {
  const server = await startScim(routes);
  onTestFinished(server.close);
  return { ...(await pullAll<'account'>(sourceFor('account', server.url, setup))), server };
}
