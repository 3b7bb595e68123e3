import { inParallel } from '../contract/in-parallel.js';
import type { About } from '../contract/source.js';
import type { AppConfig, Config } from '../model/config.js';
import { auditApp, type AppResult } from './app.js';
import { Providers } from './assigned.js';
import type { Directory } from './directory.js';
import { open, rowCounter } from './open.js';
import type { AuditOptions } from './options.js';
import type { Believed } from './shrink.js';

/** Every app in hand keeps a few numbers for every person: many small companies' apps at once, and few of a huge one. */
const KEPT = 4_000_000;
const MIN_APPS = 4;
export const MAX_APPS = 64;

/** How many apps are read at the same time: each waits for its own system nearly all of the time. */
export function appsAtOnce(people: number): number {
  return Math.max(MIN_APPS, Math.min(MAX_APPS, Math.floor(KEPT / Math.max(1, people))));
}

/**
 * Audits every app, each with what its identity provider says of it. `about`: the one person that they are asked about. `stop` is told when one of them
 * breaks the audit off.
 */
export async function auditApps(
  config: Config,
  options: AuditOptions,
  directory: Directory,
  believed: Believed,
  about: About | undefined,
  stop: () => void,
): Promise<AppResult[]> {
  const { signal, witness, census, past, trials = false } = options;
  const { standing, dates, isProven } = directory;
  const context = { standing, policy: config.policy, dates, directoryProven: isProven, trials, past, believed };
  const providers = new Providers(config, options, directory, believed);
  const audited = async (app: AppConfig): Promise<AppResult> => {
    const source = await open('account', app, config, options);
    const watch = { signal, witness, census, about, onRows: rowCounter(app.name, 'account', options) };
    try {
      return await auditApp(app, source, context, watch, await providers.ask(app));
    } finally {
      await source.close?.();
    }
  };
  const width = options.appConcurrency ?? appsAtOnce(standing.index.size);
  return inParallel(config.apps, width, audited, stop).finally(() => providers.close());
}
