import type { SourceConfig } from '../config/config.js';
import type { IdentityProvider } from '../model/assignment.js';
import type { PrincipalSeen, RequestSeen } from '../model/request-seen.js';
import type { Role, RowOf, Source } from './source.js';

/** What every source gets besides its own config. */
export interface SourceContext {
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Told of every secret that is fetched (an access token), so that it is taken out from then on. */
  readonly hide?: (secret: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Parallel page requests inside one list, where the protocol allows it. */
  readonly pageConcurrency: number;
  /** One line for `--verbose`: method, origin and path, status, milliseconds. Never a query, header or body. */
  readonly trace?: (line: string) => void;
  /** Told of every request once it has ended: evidence. */
  readonly onRequest?: (request: RequestSeen) => void;
  /** Where it is given, a source that can asks whose its credential is, and tells once: evidence. */
  readonly onPrincipal?: (principal: PrincipalSeen) => void;
}

export type OpenSource = <R extends Role>(role: R, config: SourceConfig, context: SourceContext) => Source<RowOf<R>>;

export type OpenProvider = (config: SourceConfig, context: SourceContext) => IdentityProvider;

/** A directory that knows who is assigned to which app: those behind a manifest. */
const openProvider = async (): Promise<OpenProvider> => (await import('./manifest/provider.js')).openProvider;

/** The one table that registers connectors. Each is loaded when it is first used: start-up stays free of HTTP and LDAP code. */
export const CONNECTORS: Readonly<Record<string, () => Promise<OpenSource>>> = {
  file: async () => (await import('./file/source.js')).openFile,
  /** A manifest of one's own; the names of the catalogue (src/connectors) lead here, too. */
  http: async () => (await import('./manifest/source.js')).openManifest,
  ldap: async () => (await import('./ldap/source.js')).openLdap,
  scim: async () => (await import('./scim/source.js')).openScim,
};

/** What an audit reads from: the systems themselves, or a record of what they said. */
export interface Systems {
  source<R extends Role>(role: R, config: SourceConfig, context: SourceContext): Promise<Source<RowOf<R>>>;
  provider(config: SourceConfig, context: SourceContext): Promise<IdentityProvider>;
}

/** The systems themselves, through the table of connectors; the code of each is loaded now, not at start-up. */
export const SYSTEMS: Systems = {
  async source(role, config, context) {
    // A name that is validated and not in the table is one of the catalogue: a manifest.
    const load = CONNECTORS[config.connector] ?? CONNECTORS['http'];
    if (load === undefined) throw new Error(`connector ${config.connector} passed validation and is not in the table`);
    return (await load())(role, config, context);
  },
  async provider(config, context) {
    return (await openProvider())(config, context);
  },
};
