import type { IdentityProvider } from '../model/assignment.js';
import type { LogConfig, SourceConfig } from '../model/config.js';
import type { PrincipalSeen, RequestSeen } from '../model/request-seen.js';
import type { Role, RowOf } from '../model/role.js';
import type { LogSource, Source } from './source.js';

/** What every source gets besides its own config. */
export interface SourceContext {
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Told of every secret that is fetched (an access token), so that it is taken out from then on. */
  readonly hide?: (secret: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Parallel page requests inside one list, where the protocol allows it. */
  readonly pageConcurrency: number;
  /** The instant that the audit speaks of, ms: what has ended by then is over. Absent: now. */
  readonly asOf?: number;
  /** One line for `--verbose`: method, origin and path, status, milliseconds. Never a query, header or body. */
  readonly trace?: (line: string) => void;
  /** Told of every request once it has ended: evidence. */
  readonly onRequest?: (request: RequestSeen) => void;
  /** Where it is given, a source that can asks whose its credential is, and tells once: evidence. */
  readonly onPrincipal?: (principal: PrincipalSeen) => void;
}

export type OpenSource = <R extends Role>(role: R, config: SourceConfig, context: SourceContext) => Source<RowOf<R>>;

export type OpenProvider = (config: SourceConfig, context: SourceContext) => IdentityProvider;

export type OpenLog = (config: LogConfig, context: SourceContext) => LogSource;

/** What an audit reads from: the systems themselves, or a record of what they said. */
export interface Systems {
  source<R extends Role>(role: R, config: SourceConfig, context: SourceContext): Promise<Source<RowOf<R>>>;
  provider(config: SourceConfig, context: SourceContext): Promise<IdentityProvider>;
  log(config: LogConfig, context: SourceContext): Promise<LogSource>;
}
