import { SourceError } from '../../model/errors.js';
import type { HttpClient } from '../../http/client.js';
import { attribute, isObject, type JsonObject } from './json.js';

/** What a ServiceProviderConfig (RFC 7643 section 5, RFC 9865 section 4) declares. Undefined: it does not say. */
export interface Declared {
  readonly offered: boolean;
  readonly patch?: boolean;
  readonly filter?: boolean;
  readonly bulk?: boolean;
  readonly indexPaging?: boolean;
  readonly cursorPaging?: boolean;
  readonly maxPageSize?: number;
  /** One line each. */
  readonly notes: readonly string[];
}

/** Reads it where it is offered; many servers do not offer it, or not to this token, and then the list alone must show what they do. */
export async function readServiceProviderConfig(http: HttpClient, signal: AbortSignal): Promise<Declared> {
  try {
    const { status, body } = await http.json({
      url: 'ServiceProviderConfig',
      signal,
      purpose: 'reading ServiceProviderConfig',
      // A server error is among them, because it is no reason to wait: the list alone can show how it is paged.
      accept: [400, 401, 403, 404, 405, 406, 500, 501, 502, 503],
    });
    if (status >= 400) return absent(`HTTP ${status}`);
    return isObject(body) ? declared(body) : absent('not a JSON object');
  } catch (error) {
    // A web page or a redirect for an unknown path says nothing about the list.
    if (error instanceof SourceError && (error.fault === 'malformed' || error.fault === 'redirect')) {
      return absent(error.fault === 'redirect' ? 'a redirect' : 'no JSON');
    }
    throw error;
  }
}

function absent(what: string): Declared {
  return { offered: false, notes: [`offers no ServiceProviderConfig (${what})`] };
}

function declared(config: JsonObject): Declared {
  const pagination = attribute(config, 'pagination');
  const paging = isObject(pagination) ? pagination : {};
  const supported = {
    patch: flag(config, 'patch'),
    filter: flag(config, 'filter'),
    bulk: flag(config, 'bulk'),
    indexPaging: truth(attribute(paging, 'index')),
    cursorPaging: truth(attribute(paging, 'cursor')),
  };
  const size = attribute(paging, 'maxPageSize');
  const notes = Object.entries({ PATCH: supported.patch, filter: supported.filter, bulk: supported.bulk })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `declares ${name} ${value === true ? 'supported' : 'unsupported'}`);
  if (supported.indexPaging !== undefined || supported.cursorPaging !== undefined) {
    notes.push(
      `declares paging by ${[supported.indexPaging === true && 'index', supported.cursorPaging === true && 'cursor'].filter(Boolean).join(' and ') || 'nothing'}`,
    );
  }
  return {
    offered: true,
    ...Object.fromEntries(Object.entries(supported).filter(([, value]) => value !== undefined)),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? { maxPageSize: size } : {}),
    // Create, delete and "active is honoured" cannot be declared: RFC 7643 section 5 has no attribute for them.
    notes: [...notes, 'a SCIM server cannot declare create, delete, or that active is honoured'],
  };
}

function flag(config: JsonObject, name: string): boolean | undefined {
  const value = attribute(config, name);
  return isObject(value) ? truth(attribute(value, 'supported')) : undefined;
}

function truth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
}
