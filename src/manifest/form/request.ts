import type { Request } from './parts.js';
import { fill, type Values } from './template.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A request with every template filled, before paging and auth have added theirs. */
export interface Prepared {
  readonly method: 'GET' | 'POST';
  /** Below the base, without a query. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** Lays `over` over `under`: query, headers, body and variables key by key. */
export function layered(under: Request, over: Request | undefined): Request {
  if (over === undefined) return under;
  const merged = { ...under, ...over };
  if (under.query !== undefined) merged.query = { ...under.query, ...over.query };
  if (under.headers !== undefined) merged.headers = { ...under.headers, ...over.headers };
  if (isMap(under.body) && isMap(over.body)) merged.body = { ...under.body, ...over.body };
  if (under.graphql !== undefined && over.graphql !== undefined)
    merged.graphql = { query: over.graphql.query, variables: { ...under.graphql.variables, ...over.graphql.variables } };
  return merged;
}

export function prepare(request: Request, values: Values): Prepared {
  const graphql = request.graphql && {
    query: request.graphql.query,
    variables: filled(request.graphql.variables ?? {}, values) ?? {},
  };
  const body = graphql ?? (request.body === undefined ? undefined : filled(request.body, values));
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) => {
    return (Array.isArray(value) ? value : [value]).flatMap((one) => {
      const text = fill(String(one), values);
      return text === undefined ? [] : [[name, text] as const];
    });
  });
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) => {
    const text = fill(value, values);
    return text === undefined ? [] : [[name.toLowerCase(), text] as const];
  });
  return {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    path: fill(request.path ?? '', values, encodeURIComponent) ?? '',
    query,
    headers: Object.fromEntries(headers),
    ...(body === undefined ? {} : { body }),
  };
}

/** `%20`, not `+`: not every server decodes forms. */
export function queryText(query: readonly (readonly [string, string])[]): string {
  return query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

/** A copy of the body with a value at `a.b.c`. */
export function withValue(body: Json | undefined, place: string, value: Json): Json {
  const [key = '', ...rest] = place.split('.');
  const map = isMap(body) ? body : {};
  return { ...map, [key]: rest.length === 0 ? value : withValue(map[key], rest.join('.'), value) };
}

function filled(value: Json, values: Values): Json | undefined {
  if (typeof value === 'string') return fill(value, values);
  if (Array.isArray(value)) return value.flatMap((one: Json) => filled(one, values) ?? []);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const text = filled(one, values);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

function isMap(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
