import { resolve } from 'node:path';

import type { SourceConfig } from '../../model/config.js';
import { Secret } from '../../model/secret.js';
import type { HttpOptions } from '../../http/client.js';
import type { SourceContext } from '../../contract/system.js';

export type PagingMode = 'auto' | 'index' | 'cursor';

export interface ScimOptions {
  readonly count: number;
  readonly concurrency: number;
  readonly paging: PagingMode;
  /** False: rows are not read again by id. */
  readonly confirm: boolean;
  readonly onPrincipal?: NonNullable<SourceContext['onPrincipal']>;
  readonly http: HttpOptions;
}

/** Accepted by every server that was checked; Slack defaults to 10, AWS caps at 100. */
const DEFAULT_COUNT = 100;

/** Reads the options, which the config schema has validated. */
export function scimOptions({ name, options, dir }: SourceConfig, context: SourceContext): ScimOptions {
  const number = (key: string): number | undefined => (typeof options[key] === 'number' ? options[key] : undefined);
  const { paging, url, timeout, ca_file: caFile } = options;
  return {
    count: number('page_size') ?? DEFAULT_COUNT,
    concurrency: number('concurrency') ?? context.pageConcurrency,
    paging: paging === 'index' || paging === 'cursor' ? paging : 'auto',
    confirm: options['confirm'] !== false,
    ...(context.onPrincipal === undefined ? {} : { onPrincipal: context.onPrincipal }),
    http: {
      system: name,
      baseUrl: String(url),
      headers: headersOf(options),
      ...(typeof caFile === 'string' ? { caFile: resolve(dir, caFile) } : {}),
      ...(typeof timeout === 'number' ? { timeouts: { totalMs: timeout } } : {}),
      env: context.env,
      redact: context.redact,
      ...(context.trace === undefined ? {} : { trace: context.trace }),
      ...(context.onRequest === undefined ? {} : { onRequest: context.onRequest }),
    },
  };
}

function headersOf(options: Readonly<Record<string, unknown>>): Record<string, string | Secret> {
  const { token, username, password, headers } = options;
  const all: Record<string, string | Secret> = { accept: 'application/scim+json, application/json;q=0.9, text/json;q=0.8' };
  if (token instanceof Secret) all['authorization'] = new Secret(`Bearer ${token.reveal()}`);
  else if (password instanceof Secret) {
    const user = username instanceof Secret ? username.reveal() : typeof username === 'string' ? username : '';
    all['authorization'] = new Secret(`Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`);
  }
  if (typeof headers === 'object' && headers !== null) {
    for (const [key, value] of Object.entries(headers)) {
      if (value instanceof Secret || typeof value === 'string') all[key.toLowerCase()] = value;
    }
  }
  return all;
}
