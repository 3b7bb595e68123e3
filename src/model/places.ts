import type { FieldSpec } from './config.js';

/** One place of a field, with what its values mean there. */
export interface Place {
  readonly path: string;
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly absent?: string | undefined;
  /** What a date there means. */
  readonly dated?: string | undefined;
}

/** The places of a field, in their order; none of a constant. */
export function placesOf(spec: FieldSpec | null | undefined): readonly Place[] {
  if (spec === null || spec === undefined) return [];
  if (typeof spec === 'string') return [{ path: spec }];
  if (isList(spec)) return spec.map((path) => ({ path }));
  if ('const' in spec) return [];
  const places = typeof spec.from === 'string' ? [spec.from] : spec.from;
  return places.map((place) => {
    if (typeof place === 'string') return { path: place, map: spec.map, dated: spec.dated };
    return { path: place.from, map: place.map ?? spec.map, absent: place.absent, dated: place.dated ?? spec.dated };
  });
}

/** Every place that a field may be read from. */
export function pathsOf(spec: FieldSpec | null | undefined): readonly string[] {
  return placesOf(spec).map(({ path }) => path);
}

/** Does a table belong to the field, or to one of its places? */
export function hasMap(spec: FieldSpec): boolean {
  return placesOf(spec).some(({ map }) => map !== undefined);
}

export function constOf(spec: FieldSpec): string | undefined {
  return typeof spec === 'object' && !isList(spec) && 'const' in spec ? spec.const : undefined;
}

/** What no value in any place means, and which of several words counts. */
export function meaningOf(spec: FieldSpec): { readonly absent?: string | undefined; readonly prefer?: readonly string[] | undefined } {
  if (typeof spec === 'string' || isList(spec) || 'const' in spec) return {};
  const { absent, prefer } = spec;
  return { absent, prefer: typeof prefer === 'string' ? [prefer] : prefer };
}

function isList(spec: FieldSpec): spec is readonly string[] {
  return Array.isArray(spec);
}

/** No value: not there, null, the empty text, the empty list. (Words that stand for no value are in placeholder.ts.) */
export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What a connector works out by itself stands in no place that the user knows: LDAP's begin with `@`, a manifest's are called so. */
export function isWorkedOut(path: string): boolean {
  return path.startsWith('@') || path.startsWith(MANIFESTS);
}

/** The name of what a manifest works out for a field. */
export function manifestPlace(name: string): string {
  return `${MANIFESTS}${name}`;
}

const MANIFESTS = "the manifest's ";
