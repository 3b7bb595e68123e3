import type { SourceConfig } from '../../model/config.js';
import type { UnreadDates } from '../../model/completeness.js';
import type { Ledger } from '../../contract/ledger.js';
import { SourceError } from '../../model/errors.js';
import { dateReading } from '../../mapping/dates/reading.js';
import { compileRows, Problems, RowError } from '../../mapping/rows.js';
import type { Role, RowOf } from '../../model/role.js';
import type { ScimResource } from './list-response.js';
import { readerOf } from './paths.js';
import { userFields, userState } from './user-fields.js';

export interface UserRows<R extends Role> {
  /** @throws {SourceError} for a user that cannot be a row */
  readonly row: (user: ScimResource) => RowOf<R>;
  /** What was odd about the data so far. */
  readonly tell: (ledger: Ledger) => void;
  /** The dates that could not be read so far. */
  readonly unread: () => readonly UnreadDates[] | undefined;
}

/** Compiles the mapping of SCIM users to rows: the defaults of the standard, with the config's own places over them. */
export function compileUsers<R extends Role>(role: R, config: SourceConfig): UserRows<R> {
  const problems = new Problems();
  let activeAsText = false;
  const access = (path: string): ((user: ScimResource) => unknown) => {
    const read = readerOf(path);
    if (path.toLowerCase() !== 'active') return ({ raw }) => read(raw);
    return ({ raw }) => {
      const value = read(raw);
      // Entra's provisioning, and the apps that store what it sends, write "True" and "False".
      if (typeof value !== 'string' || !/^\s*(true|false)\s*$/i.test(value)) return value;
      activeAsText = true;
      return value.trim().toLowerCase() === 'true';
    };
  };
  const fields = { ...userFields(role), ...config.fields };
  const compiled = compileRows(role, { fields, state: config.state ?? userState(role), dates: dateReading(config) }, access, problems);
  return {
    row: (user) => {
      try {
        return compiled(user);
      } catch (error) {
        if (!(error instanceof RowError)) throw error;
        const message = `${config.name}: a user that was read cannot be used: ${error.message}; check fields in the config`;
        throw new SourceError(config.name, 'malformed', message, { cause: error });
      }
    },
    unread: () => problems.unreadDates,
    tell: (ledger) => {
      problems.remarkTo(ledger);
      if (activeAsText) ledger.remark('sends active as text');
    },
  };
}
