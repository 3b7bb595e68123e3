import type { Source } from '../contract/source.js';
import type { SourceContext } from '../contract/system.js';
import type { AppConfig, Config, SourceConfig } from '../model/config.js';
import type { Role, RowOf } from '../model/role.js';
import { SYSTEMS } from '../sources/registry.js';
import type { OpenLogs } from './logs.js';
import type { AuditOptions, Progress } from './options.js';

/** Opens a source: of the systems themselves, or of what stands in for them. */
export async function open<R extends Role>(
  role: R,
  config: SourceConfig | AppConfig,
  all: Config,
  options: Pick<AuditOptions, 'env' | 'pageConcurrency' | 'trace' | 'systems'>,
): Promise<Source<RowOf<R>>> {
  return (options.systems ?? SYSTEMS).source(role, config, sourceContext(all, options));
}

/** Opens logs, of the systems themselves or of what stands in for them. */
export function logOpener(all: Config, options: Pick<AuditOptions, 'env' | 'pageConcurrency' | 'trace' | 'systems'>): OpenLogs {
  return (config) => (options.systems ?? SYSTEMS).log(config, sourceContext(all, options));
}

export function sourceContext(
  { redact, hide }: Config,
  { env, pageConcurrency = 4, trace }: Pick<AuditOptions, 'env' | 'pageConcurrency' | 'trace'>,
): SourceContext {
  return { redact, ...(hide === undefined ? {} : { hide }), env, pageConcurrency, ...(trace === undefined ? {} : { trace }) };
}

/** Counts the rows of one list as they come, and tells whoever watches. */
export function rowCounter(
  source: string,
  role: Role,
  { onProgress }: Pick<AuditOptions, 'onProgress'>,
): (rows: number, state?: Progress['state']) => void {
  let total = 0;
  return (rows, state = 'reading') => {
    total += rows;
    onProgress?.({ source, role, rows: total, state });
  };
}
