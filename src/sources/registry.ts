import type * as Defaults from './file/default-fields.js';
import type * as Peeking from './file/peek.js';
import type { OpenLog, OpenProvider, OpenSource, Systems } from '../contract/system.js';

/** A directory that knows who is assigned to which app: those behind a manifest. */
const openProvider = async (): Promise<OpenProvider> => (await import('../manifest/provider/provider.js')).openProvider;

/** The one table that registers connectors. Each is loaded when it is first used: start-up stays free of HTTP and LDAP code. */
export const CONNECTORS: Readonly<Record<string, () => Promise<OpenSource>>> = {
  file: async () => (await import('./file/source.js')).openFile,
  /** A manifest of one's own; the names of the catalogue (src/connectors) lead here, too. */
  http: async () => (await import('../manifest/source.js')).openManifest,
  ldap: async () => (await import('./ldap/source.js')).openLdap,
  scim: async () => (await import('./scim/source.js')).openScim,
  mariadb: async () => (await import('./sql/logins.js')).openLogins,
  postgresql: async () => (await import('./sql/logins.js')).openLogins,
  sql: async () => (await import('./sql/source.js')).openSql,
  unix: async () => (await import('./unix/source.js')).openUnix,
};

/** Connectors that read logs, each loaded when it is first used; the catalogue's lead to `http`. */
export const LOGS: Readonly<Record<string, () => Promise<OpenLog>>> = {
  file: async () => (await import('./file/log.js')).openFileLog,
  http: async () => (await import('../manifest/log/source.js')).openManifestLog,
  ldap: async () => (await import('./ldap/log/source.js')).openLdapLog,
  sql: async () => (await import('./sql/log.js')).openSqlLog,
};

/** What can be asked of a file before a config says how it is read. */
export const FILES: {
  readonly peek: () => Promise<typeof Peeking.peek>;
  readonly defaultFields: () => Promise<typeof Defaults.defaultFields>;
} = {
  /** Its header and first rows. */
  peek: async () => (await import('./file/peek.js')).peek,
  /** Which fields its columns are read as where no config says so. */
  defaultFields: async () => (await import('./file/default-fields.js')).defaultFields,
};

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
  async log(config, context) {
    const load = LOGS[config.connector] ?? LOGS['http'];
    if (load === undefined) throw new Error(`the log connector ${config.connector} passed validation and is not in the table`);
    return (await load())(config, context);
  },
};
