import type { FieldMap, FieldSpec, SourceConfig } from '../../model/config.js';
import { UsageError } from '../../model/errors.js';
import type { DateReading } from '../../mapping/dates/reading.js';
import { compileRows, type Problems, RowError } from '../../mapping/rows.js';
import { meaningOf, placesOf } from '../../model/places.js';
import type { Role, RowOf } from '../../model/role.js';
import { type DirectoryEntry, texts } from './entry.js';
import type { DirectorySchema, ReadingContext } from './schema.js';

export interface EntryRows<Row> {
  /** What to ask the server for: what the fields need and no more. */
  readonly attributes: readonly string[];
  /** Attributes whose absence means something, and which no entry had. */
  neverSeen(): readonly string[];
  /** Undefined for an entry without an id. */
  row(entry: DirectoryEntry): Row | undefined;
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
  spec: { readonly fields: FieldMap; readonly state?: FieldSpec; readonly dates?: DateReading },
  context: ReadingContext,
  problems: Problems,
): EntryRows<RowOf<R>> {
  const wanted = new Map<string, string>();
  const unseen = new Set<string>();
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
    return (entry) => {
      const value = plain(texts(entry, key));
      if (value !== undefined) unseen.delete(key);
      return value;
    };
  };
  const fields = Object.fromEntries(Object.entries(spec.fields).map(([name, place]) => [name, withAbsence(place)]));
  const state = withAbsence(spec.state ?? null);
  for (const place of [...Object.values(fields), state]) for (const path of meantWhenAbsent(place)) unseen.add(path.toLowerCase());
  const made = unlessRowError(() => compileRows(role, { ...spec, fields, ...(state === null ? {} : { state }) }, access, problems));
  if (made instanceof RowError) throw new UsageError(`${system}: fields: ${made.message}`);
  return {
    attributes: [...wanted.values()],
    neverSeen: () => [...unseen].map((key) => wanted.get(key) ?? key).sort(),
    row: (entry) => {
      const row = unlessRowError(() => made(entry));
      return row instanceof RowError ? undefined : row;
    },
  };
}

/** An attribute without a value does not exist in LDAP: what a table says of the empty text can mean nothing but that it is absent. */
function withAbsence(spec: FieldSpec | null): FieldSpec | null {
  if (spec === null || typeof spec === 'string' || !('from' in spec)) return spec;
  const own = spec.absent ?? spec.map?.[''];
  const from =
    typeof spec.from === 'string'
      ? spec.from
      : spec.from.map((place) =>
          typeof place === 'string' || place.map?.[''] === undefined ? place : { absent: place.map[''], ...place },
        );
  return { ...spec, from, ...(own === undefined ? {} : { absent: own }) };
}

function meantWhenAbsent(spec: FieldSpec | null): readonly string[] {
  const isMeant = spec !== null && meaningOf(spec).absent !== undefined;
  return placesOf(spec).flatMap(({ path, absent }) => (isMeant || absent !== undefined ? [path] : []));
}

function unlessRowError<T>(work: () => T): T | RowError {
  try {
    return work();
  } catch (error) {
    if (error instanceof RowError) return error;
    throw error;
  }
}

/** Always a list: a value of LDAP is one value, whatever commas are in it. Dates are read with all others, in mapping/moment.ts. */
function plain(values: readonly string[]): unknown {
  return values.length === 0 ? undefined : values.length === 1 && values[0] === '' ? '' : values;
}
