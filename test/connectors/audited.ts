// A whole audit in this process, of systems of the catalogue whose answers stand in the test: what a vendor says, and the verdict.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import type { Report } from '../../src/model/report.js';
import { runAudit } from '../../src/audit/run.js';
import { startFaultServer, type Seen } from '../http/fault-server.js';

export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In place of `body`: as it stands. */
  readonly text?: string;
}
/** What the vendor answers to a request; undefined: 404. */
export type Vendor = (asked: { readonly path: string; readonly query: URLSearchParams; readonly body: string }) => Said | undefined;

export const AS_OF = Date.parse('2026-11-23T12:00:00Z');

/**
 * Audits with this config and these files. `${env:ORIGIN}` is where the vendor answers, `${env:SECRET}` any secret; tokens are handed
 * out at /token.
 */
export async function audited(config: string, files: Readonly<Record<string, string>>, vendor: Vendor): Promise<Report> {
  const server = await startFaultServer((seen) => (response) => {
    const { status = 200, headers = {}, body, text } = answer(seen, vendor);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text ?? JSON.stringify(body));
  });
  const dir = await mkdtemp(path.join(tmpdir(), 'lifegap-connectors-'));
  onTestFinished(async () => {
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
  const env = { ORIGIN: server.origin, SECRET: 'no-secret-at-all-7421' };
  const loaded = await loadConfig({ path: 'lifegap.yaml', text: `version: 1\nhistory: false\n${config}`, cwd: dir, env });
  return runAudit(loaded, { asOf: AS_OF, now: () => AS_OF, env, signal: new AbortController().signal });
}

function answer(seen: Seen, vendor: Vendor): Said {
  const { pathname, searchParams } = new URL(seen.url, 'http://vendor.example');
  if (pathname === '/token') return { body: { access_token: 'token-of-the-test', expires_in: 3600, token_type: 'Bearer' } };
  return vendor({ path: pathname, query: searchParams, body: seen.body }) ?? { status: 404, body: { message: 'no such path in the test' } };
}

/** `account class:reason severity` of every finding, sorted; people who are missing have no account. */
export function verdicts(report: Report): string[] {
  return report.findings
    .map(({ account, person, class: cls, reason, severity }) => `${account?.id ?? person?.id ?? 'list'} ${cls}:${reason} ${severity}`)
    .sort();
}

/** CSV of rows with the same columns. */
export function csv(columns: string, ...rows: readonly string[]): string {
  return [columns, ...rows, ''].join('\n');
}
