import type { Request } from './parts.js';
import { namesIn } from './template.js';

type Body = Exclude<Request['body'], undefined>;

/** The request for `count` parents: each list in its query or body with the element `${as}` has `${as.0}`, `${as.1}` … in its place. */
export function spread(request: Request, as: string, count: number): Request {
  const one = `\${${as}}`;
  const all = Array.from({ length: count }, (_, i) => `\${${as}.${i}}`);
  const inBody = (value: Body): Body => {
    if (Array.isArray(value)) return value.flatMap((element) => (element === one ? all : [inBody(element)]));
    return typeof value === 'object' && value !== null ? inMap(value) : value;
  };
  const inMap = (map: Readonly<Record<string, Body>>): Record<string, Body> =>
    Object.fromEntries(Object.entries(map).map(([key, below]) => [key, inBody(below)]));
  const { query, body, graphql } = request;
  const variables = graphql?.variables;
  return {
    ...request,
    // A parameter that is repeated is a list as well.
    ...(query === undefined
      ? {}
      : { query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, value === one ? all : value])) }),
    ...(body === undefined ? {} : { body: inBody(body) }),
    ...(graphql === undefined || variables === undefined ? {} : { graphql: { ...graphql, variables: inMap(variables) } }),
  };
}

/** What `${as.0}`, `${as.1}` … stand for. */
export function numbered(as: string, ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id, i) => [`${as}.${i}`, id]));
}

/** Does `${as}` stand in a list of the request, and nowhere else? */
export function asksForMany(request: Request, as: string): boolean {
  const names = namesIn(JSON.stringify(spread(request, as, 1)));
  return names.includes(`${as}.0`) && !names.includes(as);
}
