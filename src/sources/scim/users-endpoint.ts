import { SourceError } from '../../model/errors.js';
import type { HttpClient, JsonResponse } from '../../http/client.js';
import { attribute, isObject } from './json.js';
import { type ListPage, type Notes, type PageContext, readListResponse, resource, type ScimResource } from './list-response.js';

export interface Ask {
  readonly signal: AbortSignal;
  readonly notes: Notes;
}

/** The `Users` endpoint (RFC 7644 section 3.4). Lists are never filtered: a filter puts e-mail addresses into access logs (see by-filter.ts). */
export class UsersEndpoint {
  constructor(
    readonly system: string,
    private readonly http: HttpClient,
  ) {}

  /** `startIndex` is 1-based. */
  async byIndex(startIndex: number, count: number, ask: Ask): Promise<ListPage> {
    const purpose = `reading users from startIndex ${startIndex}`;
    const answer = await this.http.json({ url: 'Users', query: { startIndex, count }, signal: ask.signal, purpose });
    return readPage(answer, { system: this.system, purpose, startIndex, notes: ask.notes });
  }

  /** As `byIndex`, where an index may lie past the end: some servers answer an empty page there, and some 400 or 404. */
  async pastEnd(startIndex: number, count: number, ask: Ask): Promise<ListPage | 'refused'> {
    const purpose = `reading users from startIndex ${startIndex}, past the end`;
    const answer = await this.http.json({ url: 'Users', query: { startIndex, count }, signal: ask.signal, purpose, accept: [400, 404] });
    if (answer.status >= 400) return 'refused';
    return readPage(answer, { system: this.system, purpose, startIndex, notes: ask.notes });
  }

  /** RFC 9865 section 2: the empty cursor asks for the first page, and every other parameter is repeated unchanged. */
  async byCursor(cursor: string, count: number, ask: Ask): Promise<ListPage | 'expired'> {
    const purpose = cursor === '' ? 'reading the first page of users by cursor' : 'reading the next page of users by cursor';
    const answer = await this.http.json({ url: 'Users', query: { cursor, count }, signal: ask.signal, purpose, accept: [400] });
    if (answer.status < 400) return readPage(answer, { system: this.system, purpose, notes: ask.notes });
    const scimType = scimTypeOf(answer);
    if (scimType === 'expiredcursor') return 'expired';
    throw new SourceError(
      this.system,
      'refused',
      `${this.system}: ${purpose}: ${REFUSALS.get(scimType) ?? 'the server answered 400; set paging: index if it has no cursors'}`,
    );
  }

  /** The first page of what a filter finds; `refused` where the server does not filter, or not by this. */
  async filtered(filter: string, count: number, ask: Ask): Promise<ListPage | 'refused'> {
    const purpose = 'asking for one person';
    const answer = await this.http.json({
      url: 'Users',
      query: { filter, count },
      signal: ask.signal,
      purpose,
      accept: [400, 403, 404, 501],
    });
    if (answer.status >= 400) return 'refused';
    return readPage(answer, { system: this.system, purpose, notes: ask.notes });
  }

  /** Asks whether the server pages by cursor, where index paging got nowhere: one row, and is there a next cursor? */
  async hasCursors(ask: Ask): Promise<boolean> {
    const purpose = 'finding out whether users are paged by cursor';
    const answer = await this.http.json({
      url: 'Users',
      query: { cursor: '', count: 1 },
      signal: ask.signal,
      purpose,
      accept: [400, 404, 501],
    });
    if (answer.status >= 400) return false;
    return readPage(answer, { system: this.system, purpose, notes: ask.notes }).nextCursor !== undefined;
  }

  /** One user by id; undefined when there is none (404). */
  async byId(id: string, ask: Ask): Promise<ScimResource | undefined> {
    const purpose = 'reading one user again';
    // The URL standard resolves these two away even when they are percent-encoded: the request would go to another resource.
    if (/^\.{1,2}$/.test(id))
      throw new SourceError(this.system, 'malformed', `${this.system}: ${purpose}: its id is made of dots and cannot stand in a URL`);
    const { status, body } = await this.http.json({ url: `Users/${encodeURIComponent(id)}`, signal: ask.signal, purpose, accept: [404] });
    if (status === 404) return undefined;
    const user = resource(body, 0, { system: this.system, purpose, notes: ask.notes });
    if (user.id !== id)
      throw new SourceError(this.system, 'malformed', `${this.system}: ${purpose}: the server gave a user with another id`);
    return user;
  }
}

/** RFC 9865 section 2.3, lower-cased. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['invalidcursor', 'the server calls its own cursor invalid (invalidCursor); run again, or set paging: index'],
  ['invalidcount', 'the server refuses the page size (invalidCount); lower page_size'],
]);

/** A list response, and what the evidence keeps of it. */
function readPage({ body, seen }: JsonResponse, context: PageContext): ListPage {
  const page = readListResponse(body, context);
  if (seen !== undefined) {
    seen.rows = page.resources.length;
    if (page.total !== undefined) seen.declaredTotal = page.total;
  }
  return page;
}

function scimTypeOf({ body }: JsonResponse): string {
  const scimType = isObject(body) ? attribute(body, 'scimType') : undefined;
  return typeof scimType === 'string' ? scimType.toLowerCase() : '';
}
