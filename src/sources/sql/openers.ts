import type { EngineName } from './engines.js';
import type { OpenSession } from './session.js';

const mysql = async (): Promise<OpenSession> => (await import('./mysql/session.js')).openMysql;

/** The one table of databases. The code of each is loaded when it is first used, and its driver by that code. */
export const OPENERS: Readonly<Record<EngineName, () => Promise<OpenSession>>> = {
  postgresql: async () => (await import('./postgresql/session.js')).openPostgresql,
  mysql,
  mariadb: mysql,
  sqlite: async () => (await import('./sqlite.js')).openSqlite,
  sqlserver: async () => (await import('./sqlserver.js')).openSqlServer,
  oracle: async () => (await import('./oracle.js')).openOracle,
};
