import type { FieldMap, FieldSpec } from '../model/config.js';
import { fold } from '../model/fold.js';
import type { Role } from '../model/role.js';
import type { KnownExport, Reading } from './known-export.js';

/** The columns of a file as they are spelt there, by what they are folded. */
type Columns = ReadonlyMap<string, string>;
type From = Extract<FieldSpec, { readonly from: unknown }>['from'];

/**
 * How a file with these columns is read: the columns as they are spelt there, and of places that may be missing those that are there. Undefined: the export
 * tells nothing of this role.
 */
export function readingOf(known: KnownExport, role: Role, columns: readonly string[]): Reading | undefined {
  const reading = known[role];
  if (reading === undefined) return undefined;
  const spellings = new Map(columns.map((column) => [fold(column), column.trim()]));
  const { fields, state, status, ...rest } = reading;
  const there = {
    state: state === undefined ? undefined : speltSpec(state, spellings),
    status: status === undefined ? undefined : speltSpec(status, spellings),
  };
  return {
    ...rest,
    fields: speltFields(fields, spellings),
    ...(there.state === undefined ? {} : { state: there.state }),
    ...(there.status === undefined ? {} : { status: there.status }),
  };
}

function speltFields(fields: FieldMap, columns: Columns): FieldMap {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, spec]) => {
      const there = spec === null ? null : speltSpec(spec, columns);
      return there === undefined ? [] : [[name, there]];
    }),
  );
}

/** Undefined: none of its places is a column. */
function speltSpec(spec: FieldSpec, columns: Columns): FieldSpec | undefined {
  if (typeof spec === 'string') return spelt(spec, columns);
  if ('const' in spec) return spec;
  if (!('from' in spec)) {
    const there = spec.flatMap((path) => spelt(path, columns) ?? []);
    return there.length === 0 ? undefined : there.length === 1 ? there[0] : there;
  }
  const from = speltFrom(spec.from, columns);
  return from === undefined ? undefined : { ...spec, from };
}

function speltFrom(from: From, columns: Columns): From | undefined {
  if (typeof from === 'string') return spelt(from, columns);
  const there = from.flatMap((place) => {
    const path = spelt(typeof place === 'string' ? place : place.from, columns);
    return path === undefined ? [] : [typeof place === 'string' ? path : { ...place, from: path }];
  });
  return there.length === 0 ? undefined : there;
}

/** `Last seen in *` is the column that begins so, where there is one alone: of several nobody can say which is meant. */
function spelt(path: string, columns: Columns): string | undefined {
  if (!path.endsWith('*')) return columns.get(fold(path));
  const start = fold(path.slice(0, -1));
  const [only, ...others] = [...columns].filter(([folded]) => folded.startsWith(start));
  return others.length === 0 ? only?.[1] : undefined;
}
