import { SourceError } from '../../model/errors.js';
import { attribute, isObject, type JsonObject } from './json.js';
import { isList } from '../../model/parsed.js';

/** One user as the server sent it, with the identifier that paging is proved by. */
export interface ScimResource {
  readonly id: string;
  readonly raw: JsonObject;
}

/** A list response (RFC 7644 section 3.4.2, RFC 9865 section 2) after its known deviations are straightened out. */
export interface ListPage {
  readonly resources: readonly ScimResource[];
  readonly total?: number;
  readonly itemsPerPage?: number;
  readonly startIndex?: number;
  readonly nextCursor?: string;
}

/** Where a page's oddities are noted: the ledger of the pull. */
export interface Notes {
  remark(text: string): void;
  doubt(reason: string): void;
}

export interface PageContext {
  readonly system: string;
  /** What was attempted, for messages: "reading users from startIndex 101". */
  readonly purpose: string;
  /** The index that was asked for; absent in cursor paging. */
  readonly startIndex?: number;
  readonly notes: Notes;
}

/**
 * Reads a list response. Tolerated: keys in any case (`resources`), totals and indices as text, `Resources` absent or null
 * where there is nothing to list. Anything else that is not a list is a SourceError, never an empty page.
 */
export function readListResponse(body: unknown, context: PageContext): ListPage {
  if (!isObject(body)) throw malformed(context, `the answer is ${nameOf(body)}, not a SCIM list response`);
  const total = count(body, 'totalResults', context);
  const nextCursor = cursor(attribute(body, 'nextCursor'), context);
  const listed = attribute(body, 'Resources');
  if (listed === undefined || listed === null) {
    const pastTotal = total !== undefined && context.startIndex !== undefined && context.startIndex > total;
    if (total !== 0 && !pastTotal && nextCursor === undefined) {
      throw malformed(context, `the answer has no "Resources"${total === undefined ? '' : `, yet declares ${total} of them`}`);
    }
  } else if (!isList(listed)) {
    throw malformed(context, `"Resources" is ${nameOf(listed)}, not a list`);
  }
  const itemsPerPage = count(body, 'itemsPerPage', context);
  const startIndex = count(body, 'startIndex', context);
  return {
    resources: (listed ?? []).map((entry, index) => resource(entry, index, context)),
    ...(total === undefined ? {} : { total }),
    ...(itemsPerPage === undefined ? {} : { itemsPerPage }),
    ...(startIndex === undefined ? {} : { startIndex }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}

/** Reads one resource; `index` is its 0-based place on the page. */
export function resource(entry: unknown, index: number, context: PageContext): ScimResource {
  if (!isObject(entry)) throw malformed(context, `Resources[${index}] is ${nameOf(entry)}, not a user`);
  const id = attribute(entry, 'id');

  if (typeof id === 'string' && /[\u0000-\u001f\u007f]/.test(id))
    throw malformed(context, `Resources[${index}] has an id with control characters`);
  if (typeof id === 'string' && id.trim() !== '') return { id, raw: entry };
  if (typeof id === 'number' && Number.isSafeInteger(id)) {
    context.notes.remark('sends ids as numbers, not as text (RFC 7643 section 3.1)');
    return { id: String(id), raw: entry };
  }
  // Beyond 2^53 JSON numbers lose digits, so that two accounts could be taken for one.
  const what = typeof id === 'number' ? 'an id that is a number too large to be exact' : 'no id';
  throw malformed(context, `Resources[${index}] has ${what}`);
}

function count(body: JsonObject, name: string, { notes }: PageContext): number | undefined {
  const value = attribute(body, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  if (typeof value === 'string' && /^\d{1,15}$/.test(value.trim())) {
    notes.remark(`sends ${name} as text`);
    return Number(value);
  }
  // Only the total takes part in the proof; the other two are echoes that many servers get wrong.
  if (name === 'totalResults') notes.doubt('totalResults is not a count');
  return undefined;
}

function cursor(value: unknown, context: PageContext): string | undefined {
  // An empty cursor would ask for the first page again (RFC 9865 section 2): it can only mean "no more".
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw malformed(context, `"nextCursor" is ${nameOf(value)}, not text`);
}

function malformed({ system, purpose }: PageContext, what: string): SourceError {
  return new SourceError(
    system,
    'malformed',
    `${system}: ${purpose}: ${what}; check that url is the SCIM base (it usually ends in /scim/v2)`,
  );
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
