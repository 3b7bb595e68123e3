import type { Source } from '../../contract/source.js';
import type { OpenSource } from '../../contract/system.js';
import { DATABASE_LOGINS } from '../../manifest/database-logins.js';
import type { SourceConfig } from '../../model/config.js';
import { UsageError } from '../../model/errors.js';
import type { Role, RowOf } from '../../model/role.js';
import { openSql } from './source.js';

/** The logins of a database itself, by a query that is known (manifest/database-logins.ts). */
export const openLogins: OpenSource = <R extends Role>(
  role: R,
  config: SourceConfig,
  context: Parameters<OpenSource>[2],
): Source<RowOf<R>> => {
  const { name, connector, options, fields, state } = config;
  const known = DATABASE_LOGINS[connector];
  if (known === undefined || role === 'person')
    throw new UsageError(`${name}: ${connector} has accounts, and no people; set it under apps`);
  const engine = { engine: connector, query: known.query };
  const source = openSql(
    role,
    {
      ...config,
      options: { database: known.database, ...options, ...engine },
      fields: { ...known.fields, ...fields },
      state: state ?? known.status,
    },
    context,
  );
  const notes = [
    `it needs ${known.permission}`,
    ...known.hides.map((text) => `hides ${text}`),
    ...known.cannotTell.map((text) => `does not tell ${text}`),
    ...known.gaps,
  ];
  return Object.assign(source, { facts: { leavers: known.leavers, total: 'declared', notes } });
};
