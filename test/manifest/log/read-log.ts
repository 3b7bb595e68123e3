import { onTestFinished } from 'vitest';
import type { LogConfig } from '../../../src/model/config.js';
import type { Completeness } from '../../../src/model/completeness.js';
import type { LogEntry, LogWindow } from '../../../src/model/log.js';
import type { LogSource } from '../../../src/contract/source.js';
import { Secret } from '../../../src/model/secret.js';
import { parseManifest } from '../../../src/manifest/form/parse.js';
import { manifestLog } from '../../../src/manifest/log/source.js';
import { type Answer, type FaultServer, type Seen, startFaultServer } from '../../http/fault-server.js';
import { hastyWorld } from '../fixture-server.js';

export const HEAD = `name: small
title: Small
kind: app
permission: none
leavers: listed
params: { token: { secret: true }, audit_token: { secret: true, optional: true } }
base_url: https://small.example/api
auth: { bearer: '\${token}' }
request: { path: users }
records: users
fields: { id: id }
status: { const: active }
`;

/** What most of these logs have. */
export const PLAIN = `  permission: the scope logs
  records: entries
  fields: { id: id, at: when, accountId: who, actor: by, detail: error }
  action: { from: what, map: { user.made: create, user.off: disable } }
  outcome: { from: went, map: { ok: success, bad: failure } }
`;

export const WINDOW: LogWindow = { since: Date.parse('2026-08-01T00:00:00Z'), until: Date.parse('2026-11-01T00:00:00Z') };

export interface Read {
  readonly entries: readonly LogEntry[];
  readonly completeness: Completeness;
  readonly server: FaultServer;
  /** Path and decoded query of each request. */
  readonly asked: () => string[];
}

interface How {
  readonly which?: 'own' | 'pushes';
  readonly of?: string;
  readonly app?: string;
  readonly window?: LogWindow;
  readonly firstPagesOnly?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A log that its manifest describes so, of a server that answers so. */
export async function openSmall(
  text: string,
  answer: readonly Answer[] | ((seen: Seen, number: number) => Answer),
  how: How = {},
): Promise<{ readonly server: FaultServer; readonly log: LogSource }> {
  const server = await startFaultServer(answer);
  onTestFinished(() => server.close());
  const config: LogConfig = {
    name: 'small',
    connector: 'http',
    options: { token: new Secret('t0p-s3cret'), base_url: `${server.origin}/api`, ...how.options },
    fields: {},
    dir: '/',
    of: how.of ?? 'app',
    which: how.which ?? 'own',
    ...(how.app === undefined ? {} : { app: how.app }),
  };
  const context = { redact: (said: string) => said, env: {}, pageConcurrency: 4 };
  const log = manifestLog(config, context, parseManifest(HEAD + text, 'small.yaml'), hastyWorld());
  onTestFinished(() => log.close?.());
  return { server, log };
}

/** Reads all of it. */
export async function readLog(
  text: string,
  answer: readonly Answer[] | ((seen: Seen, number: number) => Answer),
  how: How = {},
): Promise<Read> {
  const { server, log } = await openSmall(text, answer, how);
  const { window = WINDOW, firstPagesOnly = false } = how;
  const entries: LogEntry[] = [];
  const pages = log.pull({ signal: new AbortController().signal, window, firstPagesOnly });
  let step = await pages.next();
  for (; step.done !== true; step = await pages.next()) entries.push(...step.value.rows);
  return { entries, completeness: step.value, server, asked: () => server.seen.map(({ url }) => decodeURIComponent(url)) };
}
