import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dialect } from './apps/account.js';
import { type Answer, listUsers, scimError, serviceProviderConfig } from './scim-list.js';

/** One system behind `/{name}/scim/v2`. */
export interface ServedSystem {
  readonly name: string;
  readonly token: string;
  readonly users: readonly (object & { readonly id?: unknown })[];
  readonly dialect: Dialect;
}

export interface DemoServer {
  /** `http://127.0.0.1:PORT`; a system's base URL is `{origin}/{name}/scim/v2`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves the systems over real HTTP, to this machine alone (127.0.0.1, a free port). */
export async function serve(systems: readonly ServedSystem[]): Promise<DemoServer> {
  const byName = new Map(systems.map((system) => [system.name, system]));
  const busy = new Set(systems.filter(({ dialect }) => dialect.busyOnce === true).map(({ name }) => name));
  const server = createServer((request, response) => {
    request.resume();
    send(response, answer(request, byName, busy));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const PATH = /^\/([^/]+)\/scim\/v2\/(Users|ServiceProviderConfig)(?:\/([^/]+))?$/;

function answer(request: IncomingMessage, systems: ReadonlyMap<string, ServedSystem>, busy: Set<string>): Answer {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, name = '', endpoint, id] = PATH.exec(url.pathname) ?? [];
  const system = systems.get(name);
  if (system === undefined) return scimError(404, 'there is no such resource');
  if (request.headers.authorization !== `Bearer ${system.token}`) return scimError(401, 'a bearer token of this system is needed');
  if (request.method !== 'GET') return scimError(405, 'the demo only answers reads');
  if (endpoint === 'ServiceProviderConfig') return { status: 200, body: serviceProviderConfig(system.dialect) };
  if (id !== undefined) {
    const wanted = decodeURIComponent(id);
    const user = system.users.find((one) => one.id === wanted);
    return user === undefined ? scimError(404, 'there is no such user') : { status: 200, body: user };
  }
  if (isFurtherPage(url.searchParams) && busy.delete(name)) return scimError(429, 'too many requests');
  return listUsers(system.users, url.searchParams, system.dialect);
}

function isFurtherPage(query: URLSearchParams): boolean {
  return Number(query.get('startIndex') ?? 1) > 1 || (query.get('cursor') ?? '') !== '';
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const challenge = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  const wait = status === 429 ? { 'retry-after': '0' } : {};
  response.writeHead(status, { 'content-type': 'application/scim+json; charset=utf-8', ...challenge, ...wait });
  response.end(JSON.stringify(body));
}
