import type { Dialect } from './apps/account.js';

/** What a SCIM server answers: a status and a body (RFC 7644 section 3.12 for errors). */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

export function scimError(status: number, detail: string, scimType?: string): Answer {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return { status, body: { schemas, status: String(status), detail, ...(scimType === undefined ? {} : { scimType }) } };
}

const LIST = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
const DEFAULT_COUNT = 100;

/** `GET /Users` over the users of one system, in its dialect. */
export function listUsers(users: readonly object[], query: URLSearchParams, dialect: Dialect): Answer {
  const asked = Number(query.get('count') ?? DEFAULT_COUNT);
  if (!Number.isSafeInteger(asked)) return scimError(400, 'count is not a number', 'invalidValue');
  const count = Math.min(Math.max(0, asked), dialect.pageSize);
  return dialect.paging === 'cursor' ? byCursor(users, query, count) : byIndex(users, query, count, dialect);
}

/** RFC 7644 section 3.4.2.4 */
function byIndex(users: readonly object[], query: URLSearchParams, count: number, dialect: Dialect): Answer {
  const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1));
  if (!Number.isSafeInteger(startIndex)) return scimError(400, 'startIndex is not a number', 'invalidValue');
  if (dialect.refusesPastEnd === true && startIndex > users.length)
    return scimError(400, 'startIndex is past the last user', 'invalidValue');
  const sent = users.slice(0, dialect.lastPlace).slice(startIndex - 1, startIndex - 1 + count);
  return { status: 200, body: { schemas: LIST, totalResults: users.length, startIndex, itemsPerPage: sent.length, Resources: sent } };
}

/** RFC 9865 section 2: no total, and the absence of nextCursor is the end. A cursor is opaque to everybody but this server. */
function byCursor(users: readonly object[], query: URLSearchParams, count: number): Answer {
  const from = placeOf(query.get('cursor') ?? '');
  if (from === undefined || from > users.length) return scimError(400, 'this cursor was not given out here', 'invalidCursor');
  const sent = users.slice(from, from + count);
  const next = from + sent.length;
  const nextCursor = next < users.length ? { nextCursor: Buffer.from(`after:${next}`).toString('base64url') } : {};
  return { status: 200, body: { schemas: LIST, itemsPerPage: sent.length, Resources: sent, ...nextCursor } };
}

function placeOf(cursor: string): number | undefined {
  if (cursor === '') return 0;
  const place = /^after:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return place === undefined ? undefined : Number(place);
}

/** RFC 7643 section 5, and RFC 9865 section 4. Nothing in it says that a deactivation has an effect. */
export function serviceProviderConfig(dialect: Dialect): object {
  const supported = { supported: true };
  const unsupported = { supported: false };
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: supported,
    bulk: { ...unsupported, maxOperations: 0, maxPayloadSize: 0 },
    filter: { ...supported, maxResults: dialect.pageSize },
    changePassword: unsupported,
    sort: unsupported,
    etag: unsupported,
    ...(dialect.paging === 'cursor' ? { pagination: { cursor: true, index: false, maxPageSize: dialect.pageSize } } : {}),
    authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer token', description: 'RFC 6750' }],
  };
}
