import type { SourceConfig } from '../../config/config.js';
import { compileRows } from '../fields.js';
import type { Role, RowOf } from '../source.js';
import type { JsonObject } from './json.js';
import { readerOf } from './paths.js';
import { userFields, userState } from './user-fields.js';

/** Compiles the mapping of a SCIM user to a row once per pull. `problems` gets what is odd about the data, once or often. */
export function compileUsers<R extends Role>(
  role: R,
  config: SourceConfig,
  problems: (text: string) => void,
): (user: JsonObject) => RowOf<R> {
  const access = (path: string): ((user: JsonObject) => unknown) => {
    const read = readerOf(path);
    return path.toLowerCase() === 'active' ? (user) => truth(read(user), problems) : read;
  };
  return compileRows(role, { fields: { ...userFields(role), ...config.fields }, state: config.state ?? userState(role) }, access, problems);
}

/** Entra's provisioning, and the apps that store what it sends, write "True" and "False". */
function truth(value: unknown, problems: (text: string) => void): unknown {
  if (typeof value !== 'string' || !/^\s*(true|false)\s*$/i.test(value)) return value;
  problems('sends active as text');
  return value.trim().toLowerCase() === 'true';
}
