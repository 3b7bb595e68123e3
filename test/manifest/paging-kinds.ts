import { json, raw, type Answer, type Seen } from '../http/fault-server.js';
import { queryOf, users } from './pull.js';

const ALL = users(25);
export const IDS = ALL.map(({ id }) => id);

export interface Kind {
  readonly name: string;
  readonly lines: string;
  readonly verdict: 'proven' | 'consistent';
  /** For 25 rows, where they are more than the pages and one that is empty: without a total, pages are read again. */
  readonly requests?: number;
  /** A page of ten; `origin` for links. */
  readonly page: (seen: Seen, origin: string) => Answer;
  /** Where an answer says what comes next: a page of ten that names `next`, or as it should where that is undefined. */
  readonly naming?: (seen: Seen, next: string | undefined, origin: string) => Answer;
}

export const slice = (from: number): object[] => ALL.slice(from, from + 10);
const cursorOf = (from: number): string | null => (from + 10 < ALL.length ? `c${from + 10}` : null);
const at = (cursor: string | null): number => Number(cursor?.replace(/^c/, '') ?? 0);
const bodyOf = (seen: Seen): Record<string, unknown> => (seen.body === '' ? {} : (JSON.parse(seen.body) as Record<string, unknown>));

/** Every kind of paging, and a server that does it right. */
export const KINDS: readonly Kind[] = [
  {
    name: 'page from 1 with a total',
    lines: 'request: { path: users }\nrecords: users\npaging: { page: { param: page, size_param: per, size: 10, total: n } }\n',
    verdict: 'proven',
    page: (seen: Seen): Answer => json({ users: slice((Number(queryOf(seen).get('page')) - 1) * 10), n: 25 }),
  },
  {
    name: 'page from 0, until one is empty',
    lines: 'request: { path: users }\nrecords: .\npaging: { page: { param: p, start: 0 } }\n',
    verdict: 'consistent',
    requests: 7,
    page: (seen: Seen): Answer => json(slice(Number(queryOf(seen).get('p')) * 10)),
  },
  {
    name: 'page with the number of pages',
    lines: 'request: { path: users }\nrecords: users\npaging: { page: { param: page, last_page: pages } }\n',
    verdict: 'consistent',
    requests: 5,
    page: (seen: Seen): Answer => json({ users: slice((Number(queryOf(seen).get('page')) - 1) * 10), pages: 3 }),
  },
  {
    name: 'offset with a total in a header',
    lines:
      'request: { path: users }\nrecords: .\npaging: { offset: { param: skip, size_param: limit, size: 10, total: { header: X-Total } } }\n',
    verdict: 'proven',
    page: (seen: Seen): Answer => json(slice(Number(queryOf(seen).get('skip'))), { headers: { 'X-Total': '25' } }),
  },
  {
    name: 'offset with more',
    lines: 'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, more: more } }\n',
    verdict: 'consistent',
    page: (seen: Seen): Answer => json({ users: slice(Number(queryOf(seen).get('skip'))), more: Number(queryOf(seen).get('skip')) < 15 }),
  },
  {
    name: 'offset by the size asked for',
    lines:
      'request: { path: users }\nrecords: users\npaging: { offset: { param: skip, size_param: limit, size: 10, step: size, more: more } }\n',
    verdict: 'consistent',
    requests: 5,
    page: (seen: Seen): Answer => json({ users: slice(Number(queryOf(seen).get('skip'))), more: Number(queryOf(seen).get('skip')) < 15 }),
  },
  {
    name: 'offset in the body',
    lines:
      'request: { path: users, body: { fields: [id] } }\nrecords: users\npaging: { offset: { param: page.from, in: body, total: n } }\n',
    verdict: 'proven',
    page: (seen: Seen): Answer => json({ users: slice((bodyOf(seen).page as { from: number }).from), n: 25 }),
  },
  {
    name: 'scim',
    lines: 'request: { path: Users }\nrecords: Resources\npaging: { scim: { size: 10 } }\n',
    verdict: 'proven',
    page: (seen: Seen): Answer => json({ Resources: slice(Number(queryOf(seen).get('startIndex')) - 1), totalResults: 25 }),
  },
  {
    name: 'cursor in the body',
    lines: 'request: { path: users }\nrecords: users\npaging: { cursor: { next: meta.next, param: cursor } }\n',
    verdict: 'consistent',
    page: (seen: Seen): Answer =>
      json({ users: slice(at(queryOf(seen).get('cursor'))), meta: { next: cursorOf(at(queryOf(seen).get('cursor'))) } }),
    naming: (seen: Seen, next: string | undefined): Answer =>
      json({ users: slice(at(queryOf(seen).get('cursor'))), meta: { next: next ?? 'c10' } }),
  },
  {
    name: 'cursor in a header',
    lines:
      'request: { path: users }\nrecords: .\npaging: { cursor: { next: { header: After-Cursor }, param: cursor, size_param: limit, size: 10, first_only: [limit] } }\n',
    verdict: 'consistent',
    page: (seen: Seen): Answer => {
      const from = at(queryOf(seen).get('cursor'));
      if (queryOf(seen).has('cursor') && queryOf(seen).has('limit')) return raw(400);
      return json(slice(from), { headers: { 'After-Cursor': cursorOf(from) ?? '' } });
    },
    naming: (seen: Seen, next: string | undefined): Answer =>
      json(slice(at(queryOf(seen).get('cursor'))), { headers: { 'After-Cursor': next ?? 'c10' } }),
  },
  {
    name: 'cursor from the last record, with more',
    lines: 'request: { path: users }\nrecords: users\npaging: { cursor: { next: { last_record: id }, param: after, more: more } }\n',
    verdict: 'consistent',
    page: (seen: Seen): Answer => {
      const after = queryOf(seen).get('after');
      const from = after === null ? 0 : Number(after.slice(1)) + 1;
      return json({ users: slice(from), more: from + 10 < 25 });
    },
    naming: (seen: Seen, next: string | undefined): Answer => {
      const page = slice(Number(queryOf(seen).get('after')?.slice(1) ?? -1) + 1);
      return json({ users: next === undefined ? page : [...page, { id: next, login: 'u', state: 'on' }], more: true });
    },
  },
  {
    name: 'cursor into another endpoint',
    lines:
      'request: { path: list, body: { limit: 10 } }\nrecords: users\npaging: { cursor: { next: cursor, param: cursor, in: body, more: more, request: { path: list/continue, body: {} } } }\n',
    verdict: 'consistent',
    page: (seen: Seen): Answer => {
      const { cursor = null, limit } = bodyOf(seen) as { cursor?: string | null; limit?: number };
      if (seen.url !== (cursor === null ? '/list' : '/list/continue') || (cursor !== null && limit !== undefined)) return raw(400);
      return json({ users: slice(at(cursor)), cursor: cursorOf(at(cursor)) ?? 'end', more: cursorOf(at(cursor)) !== null });
    },
    naming: (seen: Seen, next: string | undefined): Answer =>
      json({ users: slice(at((bodyOf(seen).cursor as string | undefined) ?? null)), cursor: next ?? 'c10', more: true }),
  },
  {
    name: 'link header',
    lines: 'request: { path: users }\nrecords: .\npaging: { link_header: {} }\n',
    verdict: 'consistent',
    page: (seen: Seen, origin: string): Answer => {
      const from = at(queryOf(seen).get('after'));
      const next = cursorOf(from);
      return json(slice(from), {
        headers: next === null ? {} : { link: `<${origin}/users?after=x>; rel="prev", <${origin}/users?after=${next}>; rel="next"` },
      });
    },
    naming: (seen: Seen, next: string | undefined, origin: string): Answer =>
      json(slice(at(queryOf(seen).get('after'))), { headers: { link: `<${next ?? `${origin}/users?after=c10`}>; rel="next"` } }),
  },
  {
    name: 'link header as Sentry sends it',
    lines: "request: { path: users }\nrecords: .\npaging: { link_header: { must_have: { results: 'true' } } }\n",
    verdict: 'consistent',
    page: (seen: Seen, origin: string): Answer => {
      const from = at(queryOf(seen).get('after'));
      const next = cursorOf(from);
      return json(slice(from), { headers: { link: `<${origin}/users?after=${next ?? 'c0'}>; rel="next"; results="${next !== null}"` } });
    },
    naming: (seen: Seen, next: string | undefined, origin: string): Answer =>
      json(slice(at(queryOf(seen).get('after'))), {
        headers: { link: `<${next ?? `${origin}/users?after=c10`}>; rel="next"; results="true"` },
      }),
  },
  {
    name: 'next URL, relative',
    lines: "request: { path: users }\nrecords: users\npaging: { next_url: { path: '@odata.nextLink' } }\n",
    verdict: 'consistent',
    page: (seen: Seen): Answer => {
      const from = at(queryOf(seen).get('after'));
      const next = cursorOf(from);
      return json({ users: slice(from), ...(next === null ? {} : { '@odata.nextLink': `/users?after=${next}` }) });
    },
    naming: (seen: Seen, next: string | undefined): Answer =>
      json({ users: slice(at(queryOf(seen).get('after'))), '@odata.nextLink': next ?? '/users?after=c10' }),
  },
  {
    name: 'GraphQL',
    lines:
      "request: { path: graphql, graphql: { query: 'query($after: String) { users }', variables: { first: 10 } } }\nrecords: data.users.nodes\npaging: { graphql: { variable: after, page_info: data.users.pageInfo } }\n",
    verdict: 'consistent',
    page: (seen: Seen): Answer => {
      const from = at((bodyOf(seen).variables as { after?: string }).after ?? null);
      const endCursor = cursorOf(from);
      return json({ data: { users: { nodes: slice(from), pageInfo: { hasNextPage: endCursor !== null, endCursor } } } });
    },
    naming: (seen: Seen, next: string | undefined): Answer => {
      const from = at((bodyOf(seen).variables as { after?: string }).after ?? null);
      return json({ data: { users: { nodes: slice(from), pageInfo: { hasNextPage: true, endCursor: next ?? 'c10' } } } });
    },
  },
];

export const originOf = (seen: Seen): string => `http://${seen.headers.host ?? ''}`;
