import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListQuery {
  /** 1-based, as asked; 1 when the parameter is absent. */
  readonly startIndex: number;
  readonly count: number;
  /** Undefined when the parameter is absent; the empty string asks for the first page. */
  readonly cursor?: string;
  /** Which list request this is, from 1. */
  readonly nth: number;
}

/** A body to send as JSON, or an answer of one's own making. */
export type Answer = Readonly<Record<string, unknown>> | ((response: ServerResponse, request: IncomingMessage) => void);

export interface FakeScim {
  readonly url: string;
  /** Queries of the list requests, in order of arrival. */
  readonly lists: readonly URLSearchParams[];
  /** Most list requests that were open at once. */
  readonly peak: () => number;
  readonly paths: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Routes {
  readonly list: (query: ListQuery) => Answer;
  readonly config?: Answer;
  readonly user?: (id: string) => Answer;
}

/** Answers a status with a SCIM error body (RFC 7644 section 3.12). */
export function refuse(status: number, scimType?: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
    response.end(JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), scimType }));
  };
}

/** Answers with these bytes. */
export function raw(
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/scim+json' },
): Answer {
  return (response) => {
    response.writeHead(200, headers);
    response.end(body);
  };
}

/** A SCIM server on loopback whose list behaves as the test says. */
export async function startScim(routes: Routes): Promise<FakeScim> {
  const lists: URLSearchParams[] = [];
  const paths: string[] = [];
  let open = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    paths.push(url.pathname);
    if (url.pathname === '/scim/v2/Users') {
      lists.push(url.searchParams);
      peak = Math.max(peak, ++open);
      response.on('close', () => open--);
      const number = (name: string, otherwise: number): number => Number(url.searchParams.get(name) ?? otherwise);
      const cursor = url.searchParams.get('cursor');
      const query = {
        startIndex: number('startIndex', 1),
        count: number('count', 100),
        nth: lists.length,
        ...(cursor === null ? {} : { cursor }),
      };
      // Later than this turn, so that requests that are in flight together meet.
      setImmediate(() => send(routes.list(query), request, response));
    } else if (url.pathname === '/scim/v2/ServiceProviderConfig') {
      send(routes.config ?? refuse(404), request, response);
    } else {
      send(routes.user?.(decodeURIComponent(url.pathname.replace('/scim/v2/Users/', ''))) ?? refuse(404), request, response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    lists,
    paths,
    peak: () => peak,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === 'function') return answer(response, request);
  response.writeHead(200, { 'content-type': 'application/scim+json' });
  response.end(JSON.stringify(answer));
}

export interface FakeUser extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

export function users(count: number, from = 1): FakeUser[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `u${from + index}`,
    userName: `user${from + index}@corp.example`,
    active: true,
  }));
}

/** A list response as the RFC has it. */
export function listOf(all: readonly FakeUser[], { startIndex, count }: ListQuery, extra: Readonly<Record<string, unknown>> = {}): Answer {
  const page = all.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: all.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page,
    ...extra,
  };
}

/** A cursor list (RFC 9865): the cursor is the 0-based place of the next row. */
export function cursorListOf(
  all: readonly FakeUser[],
  { cursor, count }: ListQuery,
  extra: Readonly<Record<string, unknown>> = {},
): Answer {
  const from = Number((cursor ?? '') === '' ? 0 : cursor);
  const page = all.slice(from, from + count);
  const next = from + page.length;
  return { Resources: page, itemsPerPage: page.length, ...(next < all.length ? { nextCursor: String(next) } : {}), ...extra };
}
