import { inParallel } from '../contract/in-parallel.js';
import type { About } from '../contract/source.js';
import type { AppConfig } from '../model/config.js';
import { auditApp, type AppResult } from './app.js';
import { Providers } from './assigned.js';
import type { AuditRun } from './begin.js';
import type { Directory } from './directory.js';
import { logOpener, open, rowCounter } from './open.js';

/** Every app in hand keeps a few numbers for every person: many small companies' apps at once, and few of a huge one. */
const KEPT = 4_000_000;
const MIN_APPS = 4;
export const MAX_APPS = 64;

/** How many apps are read at the same time: each waits for its own system nearly all of the time. */
export function appsAtOnce(people: number): number {
  return Math.max(MIN_APPS, Math.min(MAX_APPS, Math.floor(KEPT / Math.max(1, people))));
}

/** Audits every app, each with what its identity provider says of it. `about`: the one person that they are asked about. */
export async function auditApps(run: AuditRun, directory: Directory, about: About | undefined): Promise<AppResult[]> {
  const { config, options, believed, stop } = run;
  const { signal, witness, census, past, trials = false } = options;
  const { standing, dates, isProven, directoryOff } = directory;
  const openLog = logOpener(config, options);
  const context = { standing, policy: config.policy, dates, directoryProven: isProven, trials, past, believed, openLog, directoryOff };
  const providers = new Providers(run, directory);
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
