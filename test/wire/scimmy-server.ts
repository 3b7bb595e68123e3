import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express5 from 'express';
import express4 from 'express4';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

/** What the caller posts: the core and enterprise attributes of RFC 7643. */
export type PostedUser = Readonly<Record<string, unknown>> & { readonly userName: string };

interface StoredUser extends Record<string, unknown> {
  id: string;
  meta: { created: Date; lastModified: Date };
}
type Store = Map<string, StoredUser>;

export interface ScimmyServer {
  /** SCIM base URL on loopback. */
  readonly url: string;
  readonly token: string;
  /** List requests so far. */
  readonly listRequests: () => number;
  /** Creates users through the server's own POST, in order; gives their ids. */
  readonly create: (users: readonly PostedUser[]) => Promise<string[]>;
  /** DELETE through the server. */
  readonly remove: (id: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

// SCIMMY keeps its resource types for the whole process: they are declared once, and each server brings its store as context.
let declared = false;
function declareUsers(): void {
  if (declared) return;
  declared = true;
  const storeOf = (context: unknown): Store => context as Store;
  const existing = (id: string | undefined, context: unknown): StoredUser => {
    const user = storeOf(context).get(id ?? '');
    if (user === undefined) throw new SCIMMY.Types.Error(404, undefined as unknown as string, 'not found');
    return user;
  };
  SCIMMY.Resources.declare(SCIMMY.Resources.User)
    .extend(SCIMMY.Schemas.EnterpriseUser, false)
    .ingress((resource, data, context) => {
      const before = resource.id === undefined ? undefined : existing(resource.id, context);
      const now = new Date();
      const id = before?.id ?? randomUUID();
      const user = {
        ...(data as unknown as Record<string, unknown>),
        id,
        meta: { created: before?.meta.created ?? now, lastModified: now },
      };
      storeOf(context).set(id, user);
      return user as never;
    })
    .egress((resource, context) => {
      return (resource.id === undefined ? [...storeOf(context).values()] : existing(resource.id, context)) as never;
    })
    .degress((resource, context) => {
      storeOf(context).delete(existing(resource.id, context).id);
    });
}

/**
 * A SCIM server from the package registry, on loopback. Under an Express 4 application it pages, and wraps past the end; under
 * Express 5, whose `request.query` cannot be written to, it ignores startIndex and count: measured, and wanted here.
 */
export async function startScimmy(version: 4 | 5): Promise<ScimmyServer> {
  declareUsers();
  const store: Store = new Map();
  const token = randomUUID();
  const routers = new SCIMMYRouters({
    type: 'bearer',
    context: () => store,
    handler: (request: { headers: Readonly<Record<string, string | undefined>> }) => {
      if (request.headers['authorization'] !== `Bearer ${token}`) throw new Error('no such token');
      return 'lifegap';
    },
  });
  const app = version === 4 ? express4() : express5();
  app.use('/scim/v2', routers);

  let listRequests = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET' && /^\/scim\/v2\/Users(\?|$)/.test(request.url ?? '')) listRequests++;
    app(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };

  return {
    url,
    token,
    listRequests: () => listRequests,
    create: async (users) => {
      const ids: string[] = [];
      for (const user of users) {
        const answer = await fetch(`${url}/Users`, {
          method: 'POST',
          headers,
          body: JSON.stringify({ schemas: schemasOf(user), ...user }),
        });
        if (answer.status !== 201) throw new Error(`POST /Users: ${answer.status} ${await answer.text()}`);
        ids.push(((await answer.json()) as { id: string }).id);
      }
      return ids;
    },
    remove: async (id) => {
      const answer = await fetch(`${url}/Users/${id}`, { method: 'DELETE', headers });
      if (answer.status !== 204) throw new Error(`DELETE /Users/${id}: ${answer.status}`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function schemasOf(user: PostedUser): string[] {
  return ['urn:ietf:params:scim:schemas:core:2.0:User', ...Object.keys(user).filter((key) => key.startsWith('urn:'))];
}
