import type { HttpClient } from '../../http/client.js';
import { attribute, isObject } from './json.js';

/** Whose token it is (RFC 7644 section 3.11): many servers answer 501, and many tokens are nobody's. */
export async function readMe(http: HttpClient, signal: AbortSignal): Promise<string | undefined> {
  const accept = [400, 401, 403, 404, 405, 406, 500, 501, 502, 503];
  const { status, body } = await http.json({ url: 'Me', signal, purpose: 'asking whose the token is', accept });
  if (status >= 400 || !isObject(body)) return undefined;
  const names = [attribute(body, 'userName'), attribute(body, 'id')];
  return names.find((name) => typeof name === 'string' && name !== '') as string | undefined;
}
