import { jsonPath } from '../../mapping/json-path.js';
import { layered } from '../form/request.js';
import type { Reading } from '../ask/read-pages.js';
import type { Manifest } from '../form/schema.js';
import type { Values } from '../form/template.js';

/** What the system calls the owner of the credential; undefined where its answer does not say. */
export async function readPrincipal(
  { principal, request }: { readonly principal: NonNullable<Manifest['principal']>; readonly request: Manifest['request'] },
  values: Values,
  { asker, signal }: Reading,
): Promise<string | undefined> {
  // The query of the list is the list's own.
  const own = layered(request.headers === undefined ? {} : { headers: request.headers }, principal.request);
  const { response } = await asker.ask({ request: own, values, turn: {}, purpose: 'asking whose the credential is', signal });
  const id = jsonPath(principal.id)(response.body);
  return typeof id === 'string' && id !== '' ? id : typeof id === 'number' ? String(id) : undefined;
}
