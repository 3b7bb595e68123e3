import type { LogSource, Source } from '../contract/source.js';
import type { SourceContext } from '../contract/system.js';
import type { AppConfig, Config, SourceConfig } from '../model/config.js';
import type { LogEntry } from '../model/log.js';
import type { Role, RowOf } from '../model/role.js';
import { SYSTEMS } from '../sources/registry.js';
import type { OpenLogs } from './logs.js';
import type { AuditOptions, Progress } from './options.js';

/** What of an audit its sources are told; a check speaks of now. */
type Opening = Pick<AuditOptions, 'env' | 'pageConcurrency' | 'trace'> & Partial<Pick<AuditOptions, 'asOf'>>;

/** Opens a source: of the systems themselves, or of what stands in for them. */
export async function open<R extends Role>(
  role: R,
  config: SourceConfig | AppConfig,
  all: Config,
  options: Opening & Pick<AuditOptions, 'systems'>,
): Promise<Source<RowOf<R>>> {
  return (options.systems ?? SYSTEMS).source(role, config, sourceContext(all, options));
}

/** Opens logs, of the systems themselves or of what stands in for them. Whoever watches the audit sees their entries. */
export function logOpener(all: Config, options: Opening & Pick<AuditOptions, 'systems' | 'witness'>): OpenLogs {
  return async (config) => {
    const log = await (options.systems ?? SYSTEMS).log(config, sourceContext(all, options));
    const see = options.witness?.entries;
    return see === undefined ? log : watched(log, (entries) => see(config, entries));
  };
}

function watched(inner: LogSource, see: (entries: readonly LogEntry[]) => void): LogSource {
  return {
    name: inner.name,
    connector: inner.connector,
    get log() {
      return inner.log;
    },
    async *pull(options) {
      const pages = inner.pull({ ...options, inFull: true });
      for (let step = await pages.next(); ; step = await pages.next()) {
        if (step.done === true) return step.value;
        see(step.value.rows);
        yield step.value;
      }
    },
    close: async () => inner.close?.(),
  };
}

export function sourceContext({ redact, hide }: Config, { env, pageConcurrency = 4, trace, asOf }: Opening): SourceContext {
  return {
    redact,
    ...(hide === undefined ? {} : { hide }),
    env,
    pageConcurrency,
    ...(trace === undefined ? {} : { trace }),
    ...(asOf === undefined ? {} : { asOf }),
  };
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
