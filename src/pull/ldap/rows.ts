import type { FieldMap, FieldSpec, SourceConfig } from '../../config/config.js';
import { UsageError } from '../../model/errors.js';
import { compileRows } from '../fields.js';
import type { Role, RowOf } from '../source.js';
import { type DirectoryEntry, texts } from './entry.js';
import type { DirectorySchema, ReadingContext } from './schema.js';
import { generalizedIso } from './times.js';

export interface EntryRows<Row> {
  /** What to ask the server for: what the fields need and no more. */
  readonly attributes: readonly string[];
  row(entry: DirectoryEntry): Row;
}

/** Attribute descriptions (RFC 4512 section 2.5): a name or an OID, then options. */
const DESCRIPTION = /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)(?:;[A-Za-z0-9-]+)*$/;

/** The field map in force: the schema's own, with the config's over it. */
export function fieldsOf(role: Role, config: SourceConfig, schema: DirectorySchema): FieldMap {
  return { ...schema.fields(role), ...config.fields };
}

/** Compiles a mapping of entries to rows. */
export function compileEntries<R extends Role>(
  role: R,
  system: string,
  schema: DirectorySchema,
  spec: { readonly fields: FieldMap; readonly state?: FieldSpec },
  context: ReadingContext,
  problems: (text: string) => void,
): EntryRows<RowOf<R>> {
  const wanted = new Map<string, string>();
  const want = (name: string): void => void wanted.set(name.toLowerCase(), wanted.get(name.toLowerCase()) ?? name);
  const access = (path: string): ((entry: DirectoryEntry) => unknown) => {
    const key = path.toLowerCase();
    if (key === 'dn') return (entry) => entry.dn;
    const reading = Object.hasOwn(schema.readings, key) ? schema.readings[key] : undefined;
    if (reading !== undefined) {
      reading.needs.forEach(want);
      return (entry) => reading.read(entry, context);
    }
    if (!DESCRIPTION.test(path)) {
      throw new UsageError(`${system}: fields: ${JSON.stringify(path)} is no LDAP attribute: write a name such as employeeNumber`);
    }
    want(path);
    return (entry) => plain(texts(entry, key));
  };
  const row = compileRows(role, spec, access, problems);
  return { attributes: [...wanted.values()], row };
}

/** One value as such, several as a list. A GeneralizedTime becomes ISO 8601: nothing else in a directory looks like one. */
function plain(values: readonly string[]): unknown {
  const readable = values.map((value) => generalizedIso(value) ?? value);
  return readable.length > 1 ? readable : readable[0];
}
