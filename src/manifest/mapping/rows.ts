import type { FieldMap, FieldSpec, SourceConfig } from '../../model/config.js';
import { SourceError } from '../../model/errors.js';
import { dateReading, type DateReading } from '../../mapping/dates/reading.js';
import { manifestPlace } from '../../model/places.js';
import type { Moment } from '../../model/person.js';
import { readMoment } from '../../mapping/moment.js';
import { compileRows, jsonPath, type Problems, RowError } from '../../mapping/rows.js';
import type { Role, RowOf } from '../../model/role.js';
import type { BuiltIn, Field, Words } from '../form/fields.js';
import { compileShaped, isShaped, placesIn, type Shaped } from './shape.js';
import { compileBuiltIn, compileWords } from './words.js';

/** Fields of one role alone, and what the other calls them. */
const RENAMED: Readonly<Record<Role, Readonly<Record<string, string | null>>>> = {
  person: { updatedAt: 'changedAt', lastLoginAt: null, deactivatedAt: null, roles: null, admin: null },
  account: { changedAt: 'updatedAt', startAt: null, endAt: null, groups: null },
};

/** What a field of a manifest is called in the normal form of a role; undefined where that role has no such field. */
export function normalName(role: Role, name: string, fields: Readonly<Record<string, unknown>>): string | undefined {
  const renamed = Object.hasOwn(RENAMED[role], name) ? RENAMED[role][name] : name;
  if (renamed === null || renamed === undefined) return undefined;
  return renamed !== name && Object.hasOwn(fields, renamed) ? undefined : renamed;
}

export interface Mapping {
  readonly fields: Readonly<Record<string, Field>>;
  readonly status: Words;
  readonly kind: Words | undefined;
  readonly builtIn: readonly BuiltIn[];
  /** Where dates of logins and passwords stand. */
  readonly noChangeAt?: readonly string[];
}

/** Fields of a manifest in the words of lifegap.yaml; what those have no word for is read under a name of its own. */
export class Places {
  readonly #own = new Map<string, (record: unknown) => unknown>();

  constructor(private readonly problems: Problems) {}

  readonly access = (path: string): ((record: unknown) => unknown) => this.#own.get(path) ?? jsonPath(path);

  /** What is read there is no path of the record. */
  isOwn(path: string): boolean {
    return this.#own.has(path);
  }

  own(name: string, read: FieldSpec | ((record: unknown) => unknown)): FieldSpec {
    if (typeof read !== 'function') return read;
    this.#own.set(manifestPlace(name), read);
    return manifestPlace(name);
  }

  field(name: string, field: Field): FieldSpec {
    if (!isShaped(field)) return field;
    // Of a list all places count, so each is read by itself.
    const places = LISTS.has(name) ? placesIn(field) : [field];
    const [place = '', ...more] = places.map((one, i) => this.#shaped(name, one, i === 0 ? name : `${name} (${i + 1})`));
    if (more.length > 0) return [place, ...more];
    const { map, absent, prefer } = (Array.isArray(field) ? {} : field) as Meaning;
    return map === undefined && absent === undefined && prefer === undefined
      ? place
      : {
          from: place,
          ...(map === undefined ? {} : { map }),
          ...(absent === undefined ? {} : { absent }),
          ...(prefer === undefined ? {} : { prefer }),
        };
  }

  #shaped(name: string, field: Shaped, as: string): string {
    const read = compileShaped(field, (why) => this.problems.add(name, 'could not be worked out by its expression', why));
    return this.own(as, read) as string;
  }
}

interface Meaning {
  readonly map?: Readonly<Record<string, string>>;
  readonly absent?: string;
  readonly prefer?: string | string[];
}

const LISTS = new Set(['emails', 'aliases', 'roles', 'groups']);

/** A manifest's mapping in the words of lifegap.yaml, with the config's own places over it. */
export function specOf(
  role: Role,
  mapping: Mapping,
  config: SourceConfig,
  places: Places,
): { readonly fields: FieldMap; readonly state: FieldSpec; readonly dates: DateReading } {
  const fields: Record<string, FieldSpec | null> = {};
  for (const [name, field] of Object.entries(mapping.fields)) {
    const renamed = normalName(role, name, mapping.fields);
    if (renamed !== undefined) fields[renamed] = places.field(name, field);
  }
  if (mapping.kind !== undefined) fields.kind = places.own('kind_of', compileWords(mapping.kind, role));
  if (role === 'account' && mapping.builtIn.length > 0) fields.builtIn = places.own('built_in', compileBuiltIn(mapping.builtIn));
  return {
    fields: { ...fields, ...config.fields },
    state: config.state ?? places.own('status', compileWords(mapping.status, role)),
    dates: dateReading(config),
  };
}

/** A write of a login is dated a moment before or after it. */
const MOMENT = 10_000;

/** Rows without the date of a change that is none: it came with a login, or with a password that was set or mistyped. */
function unlessNoted<R extends Role>(paths: readonly string[], config: SourceConfig): (row: RowOf<R>, record: unknown) => RowOf<R> {
  if (paths.length === 0) return (row) => row;
  const dates = dateReading(config);
  const readings = paths.map((path) => jsonPath(path));
  return (row, record) => {
    const name = 'state' in row ? 'changedAt' : 'updatedAt';
    const at = (row as { readonly [K in typeof name]?: Moment })[name]?.at;
    if (at === undefined) return row;
    const isNoted = readings.some((read) => {
      const noted = readMoment(read(record), dates.orders(name));
      return typeof noted !== 'string' && Math.abs(noted.at - at) <= MOMENT;
    });
    return isNoted ? { ...row, [name]: undefined } : row;
  };
}

/**
 * Compiles a manifest's mapping, with the config's own places over it, into the function that makes one row of one record.
 *
 * @throws {SourceError} (the function) for a record that cannot be a row
 */
export function compileMapping<R extends Role>(
  role: R,
  mapping: Mapping,
  config: SourceConfig,
  problems: Problems,
): (record: unknown) => RowOf<R> {
  const places = new Places(problems);
  const row = compileRows(role, specOf(role, mapping, config, places), places.access, problems);
  const changed = unlessNoted<R>(mapping.noChangeAt ?? [], config);
  return (record) => {
    try {
      return changed(row(record), record);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      const message = `${config.name}: a record that was read cannot be used: ${error.message}; check fields in the manifest or the config`;
      throw new SourceError(config.name, 'malformed', message, { cause: error });
    }
  };
}
